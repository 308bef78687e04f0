"""Asking: the contribution is received below; here it becomes a question to a head."""

from typing import Unpack

from django.db import transaction

from aiqyn_portal.accounts.models import User
from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions import texts
from aiqyn_portal.contributions.actions.receiving import Said
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.sections.dialogue.contributing import LIVE_QUESTION, QUESTION
from aiqyn_portal.sections.dialogue.models import Conference, Head, Question
from aiqyn_portal.sections.dialogue.refusals import SubjectMissing

LONGEST_SUBJECT = 150


@transaction.atomic
def ask(
    head: Head, *, author: User, form_key: str, subject: str, topic: str = "", **said: Unpack[Said]
) -> Question:
    """Ask a head. The same form posted again gives the question it gave before.

    Raises SubjectMissing and what `contributions.actions.receive` raises.
    """
    named = _subject(subject)
    received = contributions.receive(QUESTION, head.slug, author=author, form_key=form_key, **said)
    return _question(received, head=head, subject=named, topic=topic)


@transaction.atomic
def ask_conference(
    conference: Conference, *, author: User, form_key: str, subject: str, **said: Unpack[Said]
) -> Question:
    """Ask during a conference or before it. Raises as `ask`."""
    named = _subject(subject)
    received = contributions.receive(
        LIVE_QUESTION, conference.slug, author=author, form_key=form_key, **said
    )
    return _question(received, head=conference.head, subject=named, conference=conference)


def _subject(said: str) -> str:
    """What the question is about, as it may be published: nothing hidden, nothing personal."""
    plain = " ".join(texts.masked(texts.clean(said)).split())
    if not texts.has_words(plain):
        raise SubjectMissing
    return plain[:LONGEST_SUBJECT]


def _question(
    received: Contribution,
    *,
    head: Head,
    subject: str,
    topic: str = "",
    conference: Conference | None = None,
) -> Question:
    fields = {
        "head": head,
        "subject": subject,
        "topic": topic,
        "conference": conference,
        "first_due_on": received.due_on,
    }
    question, _is_new = Question.objects.get_or_create(contribution=received, defaults=fields)
    return question
