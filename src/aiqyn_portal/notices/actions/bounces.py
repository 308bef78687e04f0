"""A letter that came back: the mail server says later that it could not be delivered."""

import email
import re
from email import policy
from email.message import Message

from django.db import transaction

from aiqyn_portal.notices.actions.posting import LONGEST_FAILURE, see_whether_address_lives
from aiqyn_portal.notices.models import Letter

LARGEST = 1_000_000  # bytes read of a message that came back
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_OURS = re.compile(r"<[0-9a-f]{32}@[^<>\s]{1,255}>")
_NAMING = ("Message-ID", "In-Reply-To", "References", "X-Failed-Message-ID")


@transaction.atomic
def take_back(content: bytes) -> Letter | None:
    """Read a message that came back; return the letter it speaks of, None if it is none of ours.

    Only a final failure (status 5.x.x, RFC 3464) counts against the address, and once for a
    letter. Nobody can forge one without knowing the 128 random bits of a letter's Message-ID.
    """
    message = email.message_from_bytes(content[:LARGEST], policy=policy.default)
    status = _status(message)
    letter = Letter.objects.select_for_update().filter(message_id__in=_named(message)).first()
    if letter is None or not status.startswith("5") or letter.state == Letter.State.REFUSED:
        return letter
    letter.state, letter.failure = Letter.State.REFUSED, f"came back: {status}"[:LONGEST_FAILURE]
    letter.save(update_fields=["state", "failure"])
    see_whether_address_lives(letter.reader)
    return letter


def _status(message: Message) -> str:
    """Return what the report says became of it: "5.1.1"; "" where it says nothing."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            found = _STATUS.search(part.as_string())
            if found:
                return found.group()
    return ""


def _named(message: Message) -> set[str]:
    """Return every Message-ID of our kind that the report names."""
    said = [str(part.get(name, "")) for part in message.walk() for name in _NAMING]
    said += [  # servers that return only the headers return them as text
        str(part.get_payload())
        for part in message.walk()
        if part.get_content_type() == "text/rfc822-headers"
    ]
    return {found for words in said for found in _OURS.findall(words)}
