"""Reading due dates, terms and the calendar with what administrators added."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Literal, NamedTuple

import msgspec
from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from aiqyn.calendar import (
    Calendar,
    Extension,
    HandOver,
    Reckoning,
    Source,
    Suspension,
    Term,
    local_date,
    reckon,
)
from aiqyn.calendar.days import Entered
from aiqyn.calendar.reading import Moved, Named, Ordinary
from aiqyn.text import Text
from aiqyn_portal.accounts.models import Membership, User
from aiqyn_portal.accounts.permissions import officer_body_ids
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.deadlines.models import (
    Deadline,
    DeadlineQuerySet,
    EnteredDay,
    Event,
    TermChange,
)
from aiqyn_portal.deadlines.terms import Known, shipped

What = Event.What


def today() -> date:
    """The date in Kazakhstan now, whatever zone the server keeps."""
    return local_date(timezone.now())


def calendar(*, week: Literal[5, 6] = 5) -> Calendar:
    """The calendar of our files with the days administrators entered; one query."""
    rows = EnteredDay.objects.filter(withdrawn_at__isnull=True).order_by("pk")
    told = rows.values_list("kind", "day", "worked", "name", "source", "address", "is_verified")
    return _kept(week, tuple((*each[:3], tuple(each[3].items()), *each[4:]) for each in told))


@lru_cache(maxsize=8)
def _kept(week: Literal[5, 6], told: tuple[tuple[Any, ...], ...]) -> Calendar:
    """The calendar with these days: a year is reckoned once, not for every date asked about."""
    names = ("kind", "day", "worked", "name", "source", "address", "is_verified")
    rows = (EnteredDay(**dict(zip(names, each, strict=True))) for each in told)
    return Calendar.load(week=week, entered=[_entered(row) for row in rows])


def _entered(row: EnteredDay) -> Entered:
    words = dict.fromkeys(("kk", "ru", "en"), row.source)
    source = Source(title=Text(words), address=row.address)
    if row.kind == EnteredDay.Kind.MOVED:
        return Moved(rest=row.day, work=row.worked, source=source, verified=row.is_verified)
    if row.kind == EnteredDay.Kind.ORDINARY:
        return Ordinary(day=row.day, source=source, verified=row.is_verified)
    return Named(
        day=row.day,
        name=Text(dict(row.name)),
        carries=row.kind == EnteredDay.Kind.HOLIDAY,
        source=source,
        verified=row.is_verified,
    )


def terms() -> dict[str, Known]:
    """Every term by code, as administrators last set it; one query."""
    known = dict(shipped())
    for change in TermChange.objects.order_by("pk"):
        if change.code in known:
            known[change.code] = msgspec.structs.replace(
                known[change.code],
                count=change.count,
                unit=change.unit,
                source=Text(dict.fromkeys(("kk", "ru", "en"), change.source)),
                address=change.address,
                verified=change.is_verified,
                is_own=known[change.code].is_own and not change.is_verified,
            )
    return known


def of(subjects: Iterable[str]) -> dict[str, list[Deadline]]:
    """The due dates of these subjects, by subject: open ones first, then by date; one query."""
    wanted = list(subjects)
    found: dict[str, list[Deadline]] = {subject: [] for subject in wanted}
    for deadline in Deadline.objects.filter(subject__in=wanted).select_related("body").by_due():
        found[deadline.subject].append(deadline)
    for rows in found.values():
        rows.sort(key=lambda row: not row.is_open)
    return found


def running(subjects: Iterable[str]) -> dict[str, str]:
    """Code of the term that runs for each of these subjects, where one does; one query."""
    rows = Deadline.objects.open().filter(subject__in=list(subjects))
    return dict(rows.values_list("subject", "term"))


def open_of(body: Body) -> DeadlineQuerySet:
    """What a body has still to do, the nearest first."""
    return Deadline.objects.open().filter(body=body).by_due()


def rule_of(deadline: Deadline) -> Term:
    """The term as it was when the clock began."""
    return msgspec.convert(deadline.rule, Term)


def reckoning(deadline: Deadline, days: Calendar, events: Sequence[Event]) -> Reckoning:
    """How the due date follows from what happened to it, by the calendar given."""
    return reckon(
        deadline.starts_on,
        rule_of(deadline),
        days,
        extensions=[_extension(event) for event in events if event.what == What.EXTENDED],
        suspensions=_suspensions(events),
        hand_overs=[_hand_over(event) for event in events if event.what == What.HANDED_OVER],
    )


def _extension(event: Event) -> Extension:
    return Extension(
        count=event.details["count"],
        unit=event.details["unit"],
        reason=event.reason,
        decided_on=event.on,
    )


def _suspensions(events: Sequence[Event]) -> list[Suspension]:
    found: list[Suspension] = []
    for event in events:
        if event.what == What.SUSPENDED:
            found.append(Suspension(since=event.on, reason=event.reason))
        elif event.what == What.RESUMED:
            found[-1] = msgspec.structs.replace(found[-1], until=event.on)
    return found


def _hand_over(event: Event) -> HandOver:
    return HandOver(on=event.on, to=Text(event.details["name"]), reason=event.reason)


def head_of(body: Body) -> User | None:
    """Who heads the body; None where nobody was named."""
    return User.objects.filter(heads__body=body, is_active=True).first()


def officers_of(body: Body) -> list[User]:
    """Everybody who speaks for the body."""
    found = User.objects.filter(
        memberships__body=body, memberships__role=Membership.Role.OFFICER, is_active=True
    )
    return list(found.distinct().order_by("pk"))


def administrators() -> list[User]:
    found = User.objects.filter(memberships__role=Membership.Role.ADMINISTRATOR, is_active=True)
    return list(found.distinct().order_by("pk"))


def of_person(user: User) -> DeadlineQuerySet:
    """What a person has to do: what names them, and what their bodies have open."""
    mine = Q(officer=user) | Q(body__in=officer_body_ids(user)) | Q(body__head__user=user)
    return Deadline.objects.open().filter(mine).select_related("body").by_due()


def with_changes(deadlines: DeadlineQuerySet) -> DeadlineQuerySet:
    """With `changed_at`: when the last thing happened to each."""
    return deadlines.annotate(changed_at=Max("events__at"))


def entered_days() -> QuerySet[EnteredDay]:
    return EnteredDay.objects.order_by("withdrawn_at", "-day")


class Promptness(NamedTuple):
    """How a body kept its public dates; only finished and missed ones count."""

    in_time: int
    late: int  # done after the date, or still not done after it


def promptness(body: Body) -> Promptness:
    """Counted over everything public of `body`, in one query."""
    closed = Q(state=Deadline.State.MET)
    missed = Q(lapsed_on__isnull=False) & ~Q(state=Deadline.State.WITHDRAWN)
    counted = Deadline.objects.filter(body=body, is_public=True).aggregate(
        in_time=Count("pk", filter=closed & Q(lapsed_on__isnull=True)),
        late=Count("pk", filter=missed),
    )
    return Promptness(**counted)
