"""What a letter says, in the reader's language: as text and as simple HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import formatdate

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, ngettext, override

from aiqyn.text import Text, say
from aiqyn_portal.notices import topics
from aiqyn_portal.notices.models import Delivery, Letter, Message, Reader
from aiqyn_portal.notices.stopping import Stop, confirm_path, stop_path

STATE_LANGUAGES = ("kk", "ru")  # of readers who have chosen none
LONGEST_SUBJECT = 150


@dataclass(frozen=True)
class Line:
    """One notice as a letter says it."""

    title: str
    text: str
    href: str


@dataclass(frozen=True)
class Part:
    """All of a letter in one language."""

    language: str
    subject: str
    lines: Sequence[Line]
    ending: str  # why the letter came
    links: Sequence[tuple[str, str]]  # what can be done about it: words, address


def write(letter: Letter, to: str) -> EmailMultiAlternatives:
    """Return the letter ready to be sent; two languages stand one after the other."""
    make = _asking if letter.topic else _telling
    parts = [make(letter, language) for language in languages_of(letter.reader)]
    subject = " / ".join(dict.fromkeys(part.subject for part in parts))
    made = EmailMultiAlternatives(
        subject=" ".join(subject.split())[:LONGEST_SUBJECT],
        body="\n\n\n".join(_as_text(part) for part in parts),
        to=[to],
        headers=_headers(letter, parts),
    )
    html = render_to_string("notices/letter.html", {"parts": parts, "subject": subject})
    made.attach_alternative(html, "text/html")
    return made


def languages_of(reader: Reader) -> tuple[str, ...]:
    return (reader.language,) if reader.language else STATE_LANGUAGES


def href(message: Message, language: str) -> str:
    """Return the full address of what the message is about; "" where it names no page."""
    with override(language):
        found = path(message)
    return settings.PUBLIC_ADDRESS + found if found else ""


def path(message: Message) -> str:
    """Return the page the message is about, in the active language; "" where it names none."""
    try:
        return reverse(message.view, kwargs=message.arguments) if message.view else ""
    except NoReverseMatch:  # its section is no longer installed
        return ""


def what_it_stops(letter: Letter) -> Stop:
    """Return what one click ends: the one topic it is all about, else letters altogether."""
    found = {delivery.topic for delivery in letter.deliveries.all()}
    return Stop(letter.reader_id, found.pop() if len(found) == 1 else "")


def _headers(letter: Letter, parts: Sequence[Part]) -> dict[str, str]:
    headers = {
        "Message-ID": letter.message_id,
        "Date": formatdate(letter.made_at.timestamp()),
        "Auto-Submitted": "auto-generated",
        "Content-Language": ", ".join(part.language for part in parts),
    }
    if not letter.topic:
        stop = settings.PUBLIC_ADDRESS + stop_path(what_it_stops(letter), parts[0].language)
        headers["List-Unsubscribe"] = f"<{stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _telling(letter: Letter, language: str) -> Part:
    deliveries = list(letter.deliveries.select_related("message").order_by("at", "pk"))
    with override(language):
        lines = [_line(delivery, language) for delivery in deliveries]
        counted = ngettext("%(count)s notice", "%(count)s notices", len(lines))
        several = f"{gettext('Aiqyn')}: {counted % {'count': len(lines)}}"
        links = [(gettext("Stop such letters:"), stop_path(what_it_stops(letter), language))]
        if letter.reader.user_id:
            links.append((gettext("All notices and settings:"), reverse("notices:home")))
        return Part(
            language=language,
            subject=lines[0].title if len(lines) == 1 else several,
            lines=lines,
            ending=gettext(
                "This letter came because you follow this on Aiqyn, or because it concerns you."
            ),
            links=[(words, settings.PUBLIC_ADDRESS + path) for words, path in links],
        )


def _line(delivery: Delivery, language: str) -> Line:
    message = delivery.message
    return Line(
        title=say(Text(message.title), language),
        text=say(Text(message.text), language),
        href=href(message, language),
    )


def _asking(letter: Letter, language: str) -> Part:
    """A letter that asks the owner of an address whether the wish is theirs."""
    named = topics.named(letter.topic)
    with override(language):
        path = confirm_path(letter.pk, language)
        return Part(
            language=language,
            subject=gettext("Confirm that you wish to receive letters"),
            lines=[
                Line(
                    title=say(Text(dict(named.title)), language) if named else letter.topic,
                    text=gettext("Somebody asked for letters about this to your address."),
                    href="",
                )
            ],
            ending=gettext("If it was not you, do nothing: no more letters will come."),
            links=[(gettext("Yes, I wish to receive them:"), settings.PUBLIC_ADDRESS + path)],
        )


def _as_text(part: Part) -> str:
    told = ["\n".join(filter(None, (line.title, line.text, line.href))) for line in part.lines]
    links = "\n".join(f"{words} {address}" for words, address in part.links)
    return "\n\n".join([*told, f"-- \n{part.ending}\n{links}"])
