"""Reminders before, on and after; the head hears what is late; nothing twice."""

from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.deadlines import actions, tasks
from aiqyn_portal.deadlines.refusals import NotAnOfficerOfTheBody
from aiqyn_portal.notices.models import Delivery
from tests.portal.deadlines.clocks import second_officer, started

DAYS = [date(2025, 9, 16), *(date(2025, 10, day) for day in (1, 2, 3, 5, 6, 7, 8, 13, 14, 20))]


def heard(user: User) -> list[str]:
    rows = Delivery.objects.filter(reader__user=user).order_by("pk")
    return [row.message.code.removeprefix("deadline.") for row in rows]


def test_officers_hear_before_on_and_after_and_the_head_what_is_late(
    body: Body, officer: User, administrator: User
) -> None:
    head = second_officer(body)
    actions.name_head(body, head, by=administrator)
    started(body)

    told = [actions.watch(day) for day in DAYS for _again in range(2)]

    assert heard(officer) == ["soon", "soon", "today", "late"]
    assert heard(head) == ["soon", "soon", "today", "late", "late_to_head", "late_to_head"]
    assert told == [0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0]


def test_run_that_was_missed_tells_only_the_newest(body: Body, officer: User) -> None:
    started(body)

    actions.watch(date(2025, 10, 6))

    assert heard(officer) == ["today"]


def test_officer_named_is_told_alone(body: Body, officer: User) -> None:
    other = second_officer(body)
    started(body, officer=other)

    actions.watch(date(2025, 10, 3))

    assert (heard(officer), heard(other)) == ([], ["soon"])


def test_administrators_hear_what_is_late_where_no_head_is_named(
    body: Body, administrator: User
) -> None:
    started(body)

    actions.watch(date(2025, 10, 7))

    assert heard(administrator) == ["late_to_head"]


def test_date_that_moved_is_spoken_of_anew(body: Body, officer: User) -> None:
    deadline = started(body)
    actions.watch(date(2025, 10, 6))

    actions.extend(deadline, days=2, reason="Р", by=officer, on=date(2025, 10, 6))
    actions.watch(date(2025, 10, 8))

    assert heard(officer) == ["today", "today"]


def test_what_is_done_or_stands_is_spoken_of_no_more(body: Body, officer: User) -> None:
    done, stands = started(body), started(body, subject="question:2")
    actions.meet(done.subject, datetime(2025, 9, 20, tzinfo=UTC))
    actions.suspend(stands, reason="Р", by=officer, on=date(2025, 9, 20))

    assert actions.watch(date(2025, 10, 6)) == 0


def test_reminder_is_not_told_on_the_day_it_began(body: Body, officer: User) -> None:
    started(body, count=1)

    actions.watch(date(2025, 9, 15))

    assert heard(officer) == []


def test_worker_watches_by_the_date_of_the_country(body: Body, officer: User) -> None:
    started(body)

    tasks.watch(datetime(2025, 10, 5, 19, 0, tzinfo=UTC))  # midnight in Almaty

    assert heard(officer) == ["today"]


def test_command_watches_for_a_day_and_says_what_it_did(body: Body, officer: User) -> None:
    started(body)
    out = StringIO()

    call_command("watch_deadlines", on="2025-10-06", stdout=out)

    assert out.getvalue() == "2025-10-06: 1 notices\n"
    with pytest.raises(CommandError, match="is not like"):
        call_command("watch_deadlines", on="tomorrow")


def test_head_speaks_for_the_body(body: Body, citizen: User, administrator: User) -> None:
    with pytest.raises(NotAnOfficerOfTheBody):
        actions.name_head(body, citizen, by=administrator)
