"""What a body has promised to repair stands on its page, with what the newest audit says."""

from datetime import UTC, date, datetime, timedelta

import pytest

from aiqyn.chain import Outcome
from aiqyn_portal.evidence.models import FindingRow
from aiqyn_portal.sections.site_audit import actions, queries
from aiqyn_portal.sections.site_audit.actions.replies import Words
from aiqyn_portal.sections.site_audit.promises import promises
from tests.portal.site_audit.audited import AS_OF, audited, page

SAID = datetime(2025, 11, 21, 6, 0, tzinfo=UTC)
BY = date(2025, 12, 1)
LATER = AS_OF + timedelta(days=30)


@pytest.fixture
def promised(body, officer):
    """An officer has named a day for one finding."""
    audit = audited(body, {"S001": Outcome.FAILED, "S003": Outcome.FAILED})
    row = FindingRow.objects.get(audit=audit, rule="S001")
    actions.agree(row, Words(fix_by=BY), by=officer, at=SAID)
    return audit


def states(audit, today):
    found = promises(audit.body, audit, queries.lines_of(audit), today)
    return [(each.line.finding.rule, each.state) for each in found]


def test_promise_waits_until_its_day_and_is_unchecked_until_the_next_audit(promised):
    assert states(promised, BY) == [("S001", "waiting")]
    assert states(promised, BY + timedelta(days=1)) == [("S001", "unchecked")]


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.PASSED, "kept"),
        (Outcome.INAPPLICABLE, "kept"),
        (Outcome.FAILED, "late"),
        (Outcome.CANNOT_TELL, "unchecked"),
    ],
)
def test_newest_audit_says_whether_a_promise_was_kept(promised, outcome, state):
    newer = audited(promised.body, {"S001": outcome}, as_of=LATER)

    assert states(newer, LATER) == [("S001", state)]


def test_newest_day_named_for_a_rule_counts(promised, officer):
    row = FindingRow.objects.get(audit=promised, rule="S001")
    actions.agree(row, Words(fix_by=BY + timedelta(days=9)), by=officer, at=SAID)

    assert states(promised, BY + timedelta(days=1)) == [("S001", "waiting")]


def test_rule_the_newest_audit_does_not_hold_is_left_out(promised):
    newer = audited(promised.body, {"S003": Outcome.FAILED}, as_of=LATER)

    assert states(newer, LATER) == []


def test_everybody_reads_what_a_body_has_promised(promised):
    shown = page("site_audit:body", promised.body.code, language="en").text

    assert "What the body has promised to repair" in shown
    assert "The day has passed, not checked since" in shown
    assert "to be repaired by 1\u00a0December 2025" in shown


def test_promise_that_was_kept_is_not_called_broken_when_the_rule_breaks_anew(promised):
    repaired = audited(promised.body, {"S001": Outcome.PASSED}, as_of=BY)
    anew = audited(promised.body, {"S001": Outcome.FAILED}, as_of=LATER)

    assert states(repaired, BY) == [("S001", "kept")]
    assert states(anew, LATER) == [("S001", "anew")]
    shown = page("site_audit:body", anew.body.code, language="en").text
    assert "Kept, broken again since" in shown


def test_rule_that_was_in_order_before_the_promise_keeps_no_promise(body, officer):
    audited(body, {"S001": Outcome.PASSED}, as_of=AS_OF - timedelta(days=30))
    audit = audited(body, {"S001": Outcome.FAILED})
    row = FindingRow.objects.get(audit=audit, rule="S001")
    actions.agree(row, Words(fix_by=BY), by=officer, at=SAID)
    newer = audited(body, {"S001": Outcome.FAILED}, as_of=LATER)

    assert states(newer, LATER) == [("S001", "late")]


def test_audit_that_could_not_tell_is_not_said_never_to_have_been(promised):
    newer = audited(promised.body, {"S001": Outcome.CANNOT_TELL}, as_of=LATER)

    shown = page("site_audit:body", newer.body.code, language="en").text

    assert "The day has passed, not checked since" in shown
    assert "no audit since" not in shown
