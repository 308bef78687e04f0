"""Questions to heads of the example bodies: answered well, badly and not yet; a conference to come.

The people are invented and never sign in. Everything happens on the day of the first start, so
that terms run and everybody can try what comes next.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from aiqyn.catalogue import read
from aiqyn.chain import Noun
from aiqyn.text import Text
from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.demo.data import officer_of
from aiqyn_portal.demo.drafts import PEOPLE
from aiqyn_portal.sections.dialogue import actions
from aiqyn_portal.sections.dialogue.contributing import LIVE_QUESTION, QUESTION
from aiqyn_portal.sections.dialogue.models import Head

RESPONSIBLE = {"kk": "Б. Сәбит, бөлім басшысы", "ru": "Б. Сабит, руководитель отдела"}
AHEAD = 7  # days to the conference


class Office(Noun, frozen=True, kw_only=True):
    body: str
    name: Text
    post: Text
    since: date
    hours: Text = Text({})


class Asked(Noun, frozen=True, kw_only=True):
    """One question, and what becomes of it."""

    by: str
    language: str
    text: str
    head: int = 0  # its number in the list of heads
    votes: tuple[str, ...] = ()
    answer: Text = Text({})
    template: bool = False
    said: str = ""
    satisfaction: int = 0
    reason: str = ""
    promise: Text = Text({})
    days: int = 0  # until the promise is due
    news: Text = Text({})


class Meeting(Noun, frozen=True, kw_only=True):
    head: int
    title: Text
    agenda: Text
    questions: tuple[Asked, ...]


class Example(Noun, frozen=True, kw_only=True):
    heads: tuple[Office, ...]
    questions: tuple[Asked, ...]
    conference: Meeting


def load_dialogue(officer: User, say: Callable[[str], object]) -> None:
    """Play the dialogue of `examples/dialogue` through, once."""
    if Head.objects.exists():
        return
    example = read(Path(settings.ROOT) / "examples" / "dialogue" / "dialogue.yaml", Example)
    heads = [_presented(office, officer) for office in example.heads]
    for asked in example.questions:
        _carry(asked, heads[asked.head], officer)
    _invite(example.conference, heads, officer)
    say(f"  {len(example.questions)} example questions are asked of {len(heads)} heads")


def _presented(office: Office, officer: User) -> Head:
    body = Body.objects.get(code=office.body)
    said = actions.Presented(
        name=office.name,
        post=office.post,
        hours=office.hours,
        place=body.heads.count(),
        takes_questions=True,
        since=office.since,
    )
    return actions.appoint(body, said, by=officer_of(body, officer))


def _person(name: str) -> User:
    return User.objects.get(username=f"example-{name}")


def _said(kind: str, key: str, asked: Asked) -> Contribution:
    row = contributions.receive(
        kind,
        key,
        author=_person(asked.by),
        form_key=f"example-{key}-{asked.text[:20]}",
        text=asked.text,
        language=asked.language,
        display_name=PEOPLE[asked.by],
    )
    for name in asked.votes:
        contributions.support(row, _person(name), 1)
    return row


def _carry(asked: Asked, head: Head, officer: User) -> None:
    question = _said(QUESTION, head.slug, asked).question
    if not asked.answer:
        return
    by = officer_of(head.body, officer)
    reply = actions.Reply(text=asked.answer, responsible=RESPONSIBLE, is_template=asked.template)
    actions.answer([question], reply, by=by)
    if asked.promise:
        due_on = timezone.localdate() + timedelta(days=asked.days)
        promise = actions.promise(question, text=asked.promise, due_on=due_on, by=by)
        actions.tell_news(promise, words=asked.news, by=by)
    if asked.said:
        actions.mark(
            question,
            by=_person(asked.by),
            said=asked.said,
            satisfaction=asked.satisfaction,
            reason=asked.reason,
        )


def _invite(meeting: Meeting, heads: Sequence[Head], officer: User) -> None:
    head = heads[meeting.head]
    day = timezone.localdate() + timedelta(days=AHEAD)
    starts = timezone.make_aware(datetime.combine(day, time(11)))
    said = actions.Invitation(
        title=meeting.title,
        agenda=meeting.agenda,
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
    )
    conference = actions.announce(head, said, by=officer_of(head.body, officer))
    for asked in meeting.questions:
        _said(LIVE_QUESTION, conference.slug, asked)
