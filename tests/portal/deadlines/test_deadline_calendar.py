"""A day entered by an administrator moves open dates, and they say so."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.deadlines import actions, queries
from aiqyn_portal.deadlines.models import EnteredDay
from aiqyn_portal.deadlines.refusals import DayEnteredAlready, DayIsWithdrawn
from aiqyn_portal.notices import actions as notices
from aiqyn_portal.notices.models import Delivery
from aiqyn_portal.trail.models import Event as Act
from tests.portal.deadlines.clocks import started

AT = datetime(2025, 9, 1, tzinfo=UTC)


def entered(by: User, **others: Any) -> Any:
    given = {
        "kind": "moved",
        "day": date(2025, 9, 22),
        "worked": date(2025, 9, 27),
        "source": "Бұйрық № 5",
        "address": "https://example.kz/5",
        "is_verified": True,
    }
    return actions.enter_day({**given, **others}, by=by)


def test_day_moved_away_and_back_within_the_term_moves_nothing(
    body: Body, administrator: User
) -> None:
    started(body)

    _row, moved = entered(administrator)

    assert moved == []


def test_holiday_entered_moves_open_dates_and_tells(
    body: Body, officer: User, citizen: User, administrator: User
) -> None:
    open_one = started(body)
    notices.follow(citizen, open_one.subject, at=AT)
    done = started(body, subject="question:2")
    actions.meet("question:2", datetime(2025, 9, 16, tzinfo=UTC))
    name = {"kk": "Мереке", "ru": "Праздник", "en": "Holiday"}

    row, moved = entered(administrator, kind="holiday", worked=None, name=name)

    assert moved == [open_one]
    open_one.refresh_from_db()
    done.refresh_from_db()
    assert (open_one.due_on, done.due_on) == (date(2025, 10, 7), date(2025, 10, 6))
    event = open_one.events.get(what="recomputed")
    assert (event.by, event.due_before, event.due_after) == (
        "system",
        date(2025, 10, 6),
        date(2025, 10, 7),
    )
    assert (event.details["day"], event.details["source"]) == ("2025-09-22", "Бұйрық № 5")
    act = Act.objects.get()
    assert (act.action, act.details["moved"]) == ("calendar.day_entered", 1)
    heard = {each.reader.user: each.message.title["en"] for each in Delivery.objects.all()}
    assert heard == {
        officer: "The calendar changed: due dates moved — 1",
        citizen: "A due date moved: A question about the road",
    }
    assert row.entered_by == administrator.get_username()


def test_entry_taken_back_moves_dates_back(body: Body, administrator: User) -> None:
    deadline = started(body)
    row, _moved = entered(administrator, worked=None)

    moved = actions.withdraw_day(row, by=administrator)

    deadline.refresh_from_db()
    assert (moved, deadline.due_on) == ([deadline], date(2025, 10, 6))
    assert [event.what for event in deadline.events.all()] == [
        "started",
        "recomputed",
        "recomputed",
    ]
    with pytest.raises(DayIsWithdrawn):
        actions.withdraw_day(row, by=administrator)


def test_day_is_entered_once(administrator: User) -> None:
    entered(administrator)

    with pytest.raises(DayEnteredAlready):
        entered(administrator)


def test_moon_moves_kurban_ait(administrator: User) -> None:
    name = {"kk": "Құрбан айт", "ru": "Курбан-айт", "en": "Kurban Ait"}
    old, new = date(2026, 5, 27), date(2026, 5, 28)

    entered(administrator, kind=EnteredDay.Kind.ORDINARY, day=old, worked=None)
    entered(administrator, kind=EnteredDay.Kind.RELIGIOUS, day=new, worked=None, name=name)

    assert [queries.calendar().is_working(day) for day in (old, new)] == [True, False]
    assert queries.calendar(week=6).week == 6


def test_missed_date_that_moves_later_is_not_missed(body: Body, administrator: User) -> None:
    today = queries.today()
    days = queries.calendar()
    due = days.worked_days_later(today, -1)
    deadline = started(body, on=days.worked_days_later(due, -15))
    actions.lapse(today)
    free = {"kind": "moved", "day": due, "worked": None}

    entered(administrator, **free)

    deadline.refresh_from_db()
    assert deadline.due_on is not None
    assert deadline.due_on >= today
    assert deadline.lapsed_on is None


def test_some_may_be_recomputed_alone(body: Body, administrator: User) -> None:
    one, other = started(body), started(body, subject="question:2")
    EnteredDay.objects.create(
        kind="moved", day=date(2025, 9, 22), source="Б", entered_by="x", entered_at=AT
    )

    assert actions.recompute([other]) == [other]
    one.refresh_from_db()
    assert one.due_on == date(2025, 10, 6)
