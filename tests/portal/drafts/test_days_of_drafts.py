"""Days of a discussion follow the calendar and the clocks; nothing people were told is cut."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.deadlines import actions as clocks
from aiqyn_portal.deadlines import queries as deadlines
from aiqyn_portal.deadlines.models import Deadline
from aiqyn_portal.notices.models import Delivery
from aiqyn_portal.sections.drafts import actions, terms
from aiqyn_portal.trail.models import Event as Act
from tests.portal.drafts.projects import comment, decided, fresh, prepared

MONDAY = datetime(2026, 9, 7, 10, tzinfo=ZoneInfo("Asia/Almaty"))
LAST = date(2026, 9, 28)  # fifteen working days
WEDNESDAY = date(2026, 9, 16)  # not a holiday, yet


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def running(clock, body, officer):
    """A discussion of exactly the legal term."""
    draft = prepared(body, officer)
    actions.start_discussion(
        draft, actions.Opening(opens_on=MONDAY.date()), by=officer, at=timezone.now()
    )
    return fresh(draft)


def holiday(by: Any) -> Any:
    row, _moved = clocks.enter_day(
        {"kind": "holiday", "day": WEDNESDAY, "name": {"kk": "Демалыс"}, "source": "№ 5 бұйрық"},
        by=by,
    )
    return row


def days(draft: Any) -> tuple[date, date, date | None]:
    held = fresh(draft).discussion
    return held.due_on, held.closes_on, held.report_due_on


def report_clock(draft: Any) -> Deadline:
    return Deadline.objects.open().get(subject=terms.report_subject(draft, 1))


def test_a_holiday_moves_the_last_day_and_the_report_after_it(running, administrator):
    assert days(running) == (LAST, LAST, date(2026, 10, 5))

    holiday(administrator)

    assert days(running) == (date(2026, 9, 29), date(2026, 9, 29), date(2026, 10, 6))
    assert report_clock(running).due_on == date(2026, 10, 6)
    act = Act.objects.get(action="draft.discussion_moved")
    assert act.details["closes"] == "2026-09-29"


def test_commenters_and_officers_hear_of_it_once(running, citizen, officer, administrator):
    comment(running, citizen)

    row = holiday(administrator)
    actions.move_discussions("", f"calendar:{row.pk}", at=timezone.now())

    told = Delivery.objects.filter(message__code="draft.moved")
    assert {each.reader.user for each in told} == {citizen, officer}


def test_a_day_taken_back_moves_the_term_and_cuts_nothing(running, administrator):
    clocks.withdraw_day(holiday(administrator), by=administrator)

    assert days(running) == (LAST, date(2026, 9, 29), date(2026, 10, 6))


def test_a_longer_discussion_keeps_its_last_day(running, officer, administrator):
    longer = LAST + timedelta(days=9)
    why = Phrase(kk="Сұрақ көп", ru="Много вопросов")
    actions.extend_discussion(running, longer, why, by=officer, at=timezone.now())

    holiday(administrator)

    assert days(running)[:2] == (date(2026, 9, 29), longer)
    assert not Delivery.objects.filter(message__code="draft.moved").exists()


def test_a_discussion_that_is_over_stays_as_it_was(running, clock, administrator):
    clock.move_to(MONDAY + timedelta(days=22))

    holiday(administrator)

    assert days(running)[:2] == (LAST, LAST)


def test_a_term_changed_later_is_not_for_it(running, administrator):
    changed = {"count": 30, "unit": "working", "source": "№ 6 бұйрық"}
    clocks.change_term("draft_discussion", by=administrator, **changed)

    holiday(administrator)

    assert days(running)[0] == date(2026, 9, 29)


def test_comments_wait_as_long_as_the_clock_of_the_report(running, citizen, officer, clock):
    first, second = comment(running, citizen), comment(running, citizen, "2")
    decided(running, [second], officer)
    clock.move_to(MONDAY + timedelta(days=22))  # the report's clock begins when comments end

    clocks.extend(report_clock(running), days=2, reason="Көп", by=officer)

    assert days(running)[2] == date(2026, 10, 7)
    for row in (first, second):
        row.refresh_from_db()
    assert (first.due_on, second.due_on) == (date(2026, 10, 7), date(2026, 10, 5))
    clocks.suspend(report_clock(running), reason="Сот", by=officer)
    first.refresh_from_db()
    assert (days(running)[2], first.due_on) == (None, None)
    clocks.resume(report_clock(running), by=officer)
    first.refresh_from_db()
    assert first.due_on == report_clock(running).due_on == days(running)[2]


@pytest.mark.parametrize("code", ["draft_report", "draft_decision"])
def test_terms_without_an_act_are_said_to_be_the_portals_own(client, administrator, code):
    said = " ".join(client.get("/ru/deadlines/terms/").content.decode().split())
    row = said.partition(f'id="{code}"')[2].partition("</tr>")[0]
    assert "Собственное правило этого портала, ни в одном акте этого срока нет" in row
    assert deadlines.terms()[code].is_own

    found = {"count": 7, "unit": "working", "source": "№ 7 бұйрық", "is_verified": True}
    clocks.change_term(code, by=administrator, **found)
    assert not deadlines.terms()[code].is_own
