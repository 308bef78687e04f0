"""How a body's dialogue went in a period, as it stood on the last day of it.

Told from rows that keep their moments, so a period told later is told the same.
"""

from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from django.db.models import Min, OuterRef, Q, Subquery
from django.utils import timezone

from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.dialogue.models import (
    Answer,
    Commitment,
    CommitmentStep,
    Conference,
    Mark,
    Question,
)

SATISFIED, DISSATISFIED = 4, 2  # of 5: at least, at most


@dataclass(frozen=True, slots=True)
class Asked:
    """A public question of the period."""

    number: str
    asked: date
    due: date | None  # as its clock told it last: extended, stopped, handed over
    answered: date | None  # first; None when it was not on the last day
    reopened: date | None  # the asker said "not answered"; None when not by the last day

    def was_due(self, until: date) -> bool:
        """Whether its term had come to an end, or its answer had come before."""
        return self.answered is not None or (self.due is not None and self.due < until)

    @property
    def is_in_time(self) -> bool:
        return self.answered is not None and (self.due is None or self.answered <= self.due)

    @property
    def days(self) -> int:
        """Calendar days to the first answer, of one that came."""
        return ((self.answered or self.asked) - self.asked).days


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer of the period; one may go to many questions."""

    number: str  # of the first question it went to
    is_template: bool


@dataclass(frozen=True, slots=True)
class Marked:
    """What an asker made of an answer in the period."""

    number: str
    said: str
    satisfaction: int


@dataclass(frozen=True, slots=True)
class Met:
    """A conference that ended in the period."""

    slug: str
    day: date
    in_time: bool  # announced


@dataclass(frozen=True, slots=True)
class Promised:
    """A commitment whose day came in the period."""

    key: int
    text: dict[str, str]
    due: date
    is_kept: bool  # by that day
    was_moved: bool


@dataclass(frozen=True, slots=True)
class Period:
    asked: tuple[Asked, ...]
    marked: tuple[Marked, ...]
    answers: tuple[Answered, ...]
    met: tuple[Met, ...]
    promised: tuple[Promised, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.asked or self.marked or self.answers or self.met or self.promised)

    @property
    def median_days(self) -> float | None:
        """Calendar days from question to first answer; None where nothing was answered."""
        days = [each.days for each in self.asked if each.answered]
        return median(days) if days else None


def of_body(body: Body, *, since: date, until: date) -> Period:
    """Everything of one body; six queries, however much it is."""
    return Period(
        asked=tuple(_asked(body, since, until)),
        marked=tuple(_marked(body, since, until)),
        answers=tuple(_answers(body, since, until)),
        met=tuple(_met(body, since, until)),
        promised=tuple(_promised(body, since, until)),
    )


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def _asked(body: Body, since: date, until: date) -> list[Asked]:
    rows = Question.objects.filter(
        contribution__body=body,
        contribution__shown="public",
        contribution__made_at__date__range=(since, until),
    ).order_by("pk")
    first = Min("marks__at", filter=Q(marks__said=Question.Said.NOT))
    told = rows.annotate(reopened_at=first).values_list(
        "contribution__number",
        "contribution__made_at",
        "first_due_on",
        "first_answered_at",
        "reopened_at",
    )
    return [
        Asked(number, _day(made_at), due, _by(answered_at, until), _by(reopened_at, until))
        for number, made_at, due, answered_at, reopened_at in told
    ]


def _by(moment: datetime | None, until: date) -> date | None:
    """The day of what had happened by the last day; None of what had not."""
    day = _day(moment) if moment else None
    return day if day and day <= until else None


def _marked(body: Body, since: date, until: date) -> list[Marked]:
    rows = Mark.objects.filter(
        question__contribution__body=body, at__date__range=(since, until)
    ).order_by("pk")
    told = rows.values_list("question__contribution__number", "said", "satisfaction")
    return [Marked(*row) for row in told]


def _answers(body: Body, since: date, until: date) -> list[Answered]:
    rows = Answer.objects.filter(
        questions__contribution__body=body, made_at__date__range=(since, until)
    ).annotate(first=Min("questions__contribution__number"))
    told = rows.order_by("made_at", "pk").values_list("first", "is_template")
    return [Answered(*row) for row in told]


def _met(body: Body, since: date, until: date) -> list[Met]:
    rows = Conference.objects.standing().filter(
        head__body=body, ends_at__date__range=(since, until)
    )
    return [
        Met(each.slug, _day(each.starts_at), each.was_announced_in_time)
        for each in rows.order_by("starts_at", "pk")
    ]


def _promised(body: Body, since: date, until: date) -> list[Promised]:
    """Promises whose day, as named last by the end of the period, has come in it."""
    steps = CommitmentStep.objects.filter(commitment=OuterRef("pk"), at__date__lte=until)
    named = Subquery(steps.order_by("-pk").values("due_on")[:1])
    rows = Commitment.objects.filter(body=body, made_on__lte=until).annotate(named=named)
    found = [
        _promise(each, each.__dict__["named"], until)
        for each in rows.filter(named__range=(since, until)).order_by("named", "pk")
    ]
    return [each for each in found if each]


def _promise(row: Commitment, named: date, until: date) -> Promised | None:
    """As it stood; None of one whose day is the last of the period and may still be kept."""
    ended = row.ended_on if row.ended_on and row.ended_on <= until else None
    if ended is None and named == until:
        return None
    is_kept = row.state == Commitment.State.KEPT and ended is not None and ended <= named
    return Promised(row.pk, dict(row.text), named, is_kept, named != row.first_due_on)
