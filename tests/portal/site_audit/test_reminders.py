"""Officers are reminded of a repair they have named a day for, once at every stage."""

from datetime import UTC, datetime, time, timedelta

import pytest

from aiqyn.chain import Outcome
from aiqyn_portal.notices.models import Message
from aiqyn_portal.sections.site_audit import actions, tasks
from aiqyn_portal.sections.site_audit.actions.replies import Words
from tests.portal.site_audit.audited import AS_OF, audited
from tests.portal.site_audit.test_telling_of_runs import heard

SAID = datetime.combine(AS_OF, time(6), tzinfo=UTC)
BY = AS_OF + timedelta(days=20)


@pytest.fixture
def row(body):
    return audited(body, {"S001": Outcome.FAILED}).findings.get(rule="S001")


@pytest.fixture
def promised(row, officer):
    return actions.agree(row, Words(fix_by=BY), by=officer, at=SAID)


def told_on(day):
    """What is told on that day, however often the worker looks."""
    known = set(Message.objects.values_list("pk", flat=True))
    for hour in (3, 9):
        tasks.remind(datetime.combine(day, time(hour), tzinfo=UTC))
    return [each.title["en"].split(":")[0] for each in Message.objects.exclude(pk__in=known)]


def test_officers_hear_before_the_day_on_the_day_and_when_nobody_has_looked(promised, officer):
    assert told_on(BY - timedelta(days=4)) == []
    assert told_on(BY - timedelta(days=2)) == ["A repair is promised by 10\u00a0December 2025"]
    assert told_on(BY - timedelta(days=1)) == []
    assert told_on(BY) == ["The repair was promised by today"]
    assert told_on(BY + timedelta(days=1)) == ["The day of a promised repair has passed"]
    assert told_on(BY + timedelta(days=5)) == []
    assert heard(officer) == ["repair.due"] * 3
    assert Message.objects.latest("pk").arguments == {"pk": promised.finding_id}


def test_repaired_in_time_nobody_is_reminded(promised, body):
    audited(body, {"S001": Outcome.PASSED}, as_of=BY - timedelta(days=9))

    assert [told_on(BY + timedelta(days=n)) for n in (-3, 0, 1)] == [[], [], []]


def test_audit_after_the_day_says_itself_that_the_rule_is_broken(promised, body):
    audited(body, {"S001": Outcome.FAILED}, as_of=BY + timedelta(days=1))

    assert told_on(BY + timedelta(days=1)) == []


def test_another_day_named_later_counts(promised, row, officer):
    actions.agree(row, Words(fix_by=BY + timedelta(days=9)), by=officer, at=SAID)

    assert told_on(BY) == []


def test_promise_of_a_few_days_is_told_on_its_day_alone(row, officer):
    soon = AS_OF + timedelta(days=2)
    actions.agree(row, Words(fix_by=soon), by=officer, at=SAID)

    assert told_on(AS_OF + timedelta(days=1)) == []
    assert told_on(soon) == ["The repair was promised by today"]
