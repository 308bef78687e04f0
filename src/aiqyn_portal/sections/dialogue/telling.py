"""What is told of conferences and commitments; of questions the contributions tell."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.fields import Phrase, in_all
from aiqyn_portal.base.formats import say_date, say_moment
from aiqyn_portal.notices.actions import Notice, tell
from aiqyn_portal.sections.dialogue.models import Commitment, Conference, Question


def askers(conference: Conference) -> list[User]:
    """Who has asked something of the conference and is still here."""
    people = User.objects.filter(contributions__question__conference=conference, is_active=True)
    return list(people.distinct())


def announced(conference: Conference, *, by: User) -> None:
    """Followers of the body hear of a conference."""

    def text() -> str:
        return f"{say_moment(conference.starts_at)}. {conference.head}"

    title = _titled(lambda: _("A conference is announced: %(title)s"), conference)
    topics = [f"body:{conference.head.body.code}"]
    _of(conference, "announced", (title, in_all(text)), topics=topics, by=by)


def called_off(conference: Conference, *, by: User) -> None:
    """Whoever heard of it hears that it does not take place."""
    title = _titled(lambda: _("Called off: %(title)s"), conference)
    topics = [conference.key, f"body:{conference.head.body.code}"]
    words = conference.called_off
    told = (title, words)
    _of(conference, "called_off", told, topics=topics, to=askers(conference), by=by)


def results(conference: Conference, *, by: User) -> None:
    """Transcript and results are out."""
    title = _titled(lambda: _("Results of the conference: %(title)s"), conference)
    words = conference.results
    _of(conference, "results", (title, words), to=askers(conference), by=by)


def promised(commitment: Commitment, step: int, *, by: User) -> None:
    """Whoever asked hears what is promised, and everything that becomes of it."""

    def title() -> str:
        said = {
            Commitment.State.OPEN: _("Promised by %(day)s: %(text)s"),
            Commitment.State.KEPT: _("Promise kept: %(text)s"),
            Commitment.State.DROPPED: _("Promise given up: %(text)s"),
        }[Commitment.State(commitment.state)]
        return said % {"day": say_date(commitment.due_on), "text": commitment}

    tell(
        Notice(
            code=f"commitment.{commitment.state}",
            key=f"commitment:{commitment.pk}:{step}",
            title=in_all(title),
            text=dict(commitment.steps.get(pk=step).words),
            topics=[commitment.subject],
            to=_concerned(commitment.question, commitment.conference),
            but=[by],
            view="dialogue:commitment",
            arguments={"pk": commitment.pk},
        )
    )


def _concerned(question: Question | None, conference: Conference | None) -> list[User]:
    if question is None:
        return askers(conference) if conference else []
    folded = question.answers.values("questions__contribution__author")
    return list(User.objects.filter(pk__in=folded, is_active=True))


def _titled(words: Callable[[], str], conference: Conference) -> Phrase:
    return in_all(lambda: words() % {"title": conference.title})


def _of(
    conference: Conference,
    what: str,
    words: tuple[Mapping[str, str], Mapping[str, str]],
    *,
    by: User,
    topics: Iterable[str] = (),
    to: Iterable[Any] = (),
) -> None:
    title, text = words
    tell(
        Notice(
            code=f"conference.{what}",
            key=f"conference.{what}:{conference.slug}",
            title=title,
            text=text,
            topics=[*topics] or [conference.key],
            to=to,
            but=[by],
            view="dialogue:conference",
            arguments={"slug": conference.slug},
        )
    )
