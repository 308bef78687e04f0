"""How a body's dialogue went in a period, as it stood on the last day of it.

Told from rows that keep their moments, so a period told later is told the same.
"""

from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from django.db.models import Q
from django.utils import timezone

from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.dialogue.models import (
    Answer,
    Commitment,
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
    due: date | None
    answered: date | None  # first; None when it was not on the last day

    def was_due(self, until: date) -> bool:
        """Whether its term had come to an end, or its answer had come before."""
        return self.answered is not None or (self.due is not None and self.due < until)

    @property
    def is_in_time(self) -> bool:
        return self.answered is not None and (self.due is None or self.answered <= self.due)


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
    due: date
    is_kept: bool  # by that day
    was_moved: bool


@dataclass(frozen=True, slots=True)
class Period:
    asked: tuple[Asked, ...]
    marked: tuple[Marked, ...]
    answers: int  # made in the period
    templates: int  # of them
    met: tuple[Met, ...]
    promised: tuple[Promised, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.asked or self.marked or self.answers or self.met or self.promised)

    @property
    def median_days(self) -> float | None:
        """Calendar days from question to first answer; None where nothing was answered."""
        days = [(each.answered - each.asked).days for each in self.asked if each.answered]
        return median(days) if days else None


def of_body(body: Body, *, since: date, until: date) -> Period:
    """Everything of one body; six queries, however much it is."""
    answers = _answers(body, since, until)
    return Period(
        asked=tuple(_asked(body, since, until)),
        marked=tuple(_marked(body, since, until)),
        answers=len(answers),
        templates=sum(answers),
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
    told = rows.values_list(
        "contribution__number", "contribution__made_at", "first_due_on", "first_answered_at"
    )
    found = []
    for number, made_at, due, answered_at in told:
        answered = _day(answered_at) if answered_at else None
        known = answered if answered and answered <= until else None
        found.append(Asked(number, _day(made_at), due, known))
    return found


def _marked(body: Body, since: date, until: date) -> list[Marked]:
    rows = Mark.objects.filter(
        question__contribution__body=body, at__date__range=(since, until)
    ).order_by("pk")
    told = rows.values_list("question__contribution__number", "said", "satisfaction")
    return [Marked(*row) for row in told]


def _answers(body: Body, since: date, until: date) -> list[bool]:
    """For each answer of the period whether it looked like a template."""
    rows = Answer.objects.filter(
        questions__contribution__body=body, made_at__date__range=(since, until)
    )
    return [is_template for _pk, is_template in rows.values_list("pk", "is_template").distinct()]


def _met(body: Body, since: date, until: date) -> list[Met]:
    rows = Conference.objects.standing().filter(
        head__body=body, ends_at__date__range=(since, until)
    )
    return [
        Met(each.slug, _day(each.starts_at), each.was_announced_in_time)
        for each in rows.order_by("starts_at", "pk")
    ]


def _promised(body: Body, since: date, until: date) -> list[Promised]:
    rows = Commitment.objects.filter(head__body=body, due_on__range=(since, until)).filter(
        Q(due_on__lt=until) | ~Q(state=Commitment.State.OPEN)
    )
    kept = Commitment.State.KEPT
    return [
        Promised(
            each.pk,
            each.due_on,
            each.state == kept and each.ended_on is not None and each.ended_on <= each.due_on,
            each.due_on != each.first_due_on,
        )
        for each in rows.order_by("due_on", "pk")
    ]
