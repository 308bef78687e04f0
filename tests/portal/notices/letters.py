"""A mail server that does what a test tells it, and a person with a letter due."""

import smtplib
from datetime import UTC, datetime

from aiqyn_portal.notices import actions
from aiqyn_portal.notices.models import Letter

AT = datetime(2026, 11, 20, 6, tzinfo=UTC)
TITLE = {"kk": "Талқылау басталды", "ru": "Обсуждение началось", "en": "Discussion has begun"}
TEXT = {"kk": "Пікір жазыңыз.", "ru": "Напишите замечание.", "en": "Write a comment."}


def told(*people, key="draft.opened:1", **said):
    """Tell people of something, and make the letters."""
    given = {"code": "draft.opened", "title": TITLE, "text": TEXT, "view": "reports:home"}
    actions.tell(actions.Notice(key=key, to=people, **given | said), at=AT)
    actions.gather(AT)


def postman(at=AT):
    return actions.Postman(clock=lambda: at)


def letters():
    """(state, attempts) of every letter."""
    return list(Letter.objects.values_list("state", "attempts"))


def refused(code, said=b"no such user"):
    return smtplib.SMTPRecipientsRefused({"a@example.kz": (code, said)})
