"""A decision of the evaluator is shown at the next audit, and counts there when taken again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from aiqyn.chain import Finding, Outcome, Place
from aiqyn_portal.evidence.models import FindingRow
from aiqyn_portal.evidence.store import as_finding, keep_findings, store
from aiqyn_portal.sections.site_audit import actions
from aiqyn_portal.sections.site_audit.actions.replies import Verdict, Words
from aiqyn_portal.sections.site_audit.earlier import earlier_ruling
from aiqyn_portal.sections.site_audit.models import Ruling
from aiqyn_portal.sections.site_audit.refusals import (
    AlreadyOverruled,
    NothingWasDecided,
    NotTheNewest,
)
from aiqyn_portal.trail.models import Event
from tests.portal.site_audit.audited import AS_OF, NO_BYTES, audited, page, press

AT = datetime(2025, 11, 21, 6, 0, tzinfo=UTC)
LATER = date(2025, 12, 20)
SITE = "https://a.example/"
UPHELD = Verdict(decision=Ruling.Decision.UPHELD, reason="Сурет шынымен безендіру.")
REJECTED = Verdict(decision=Ruling.Decision.REJECTED, reason="Сурет мазмұн береді.")
PICTURE = Place(where="img", saw="/a.png", address=SITE)
OTHER = Place(where="p > img", saw="/b.png", address=SITE)


@pytest.fixture
def ruled(paper, officer, evaluator):
    """The first audit, of which a dispute was decided."""

    def decide(verdict):
        said = actions.dispute(
            paper.findings.get(rule="P004"), Words(text="Безендіру."), by=officer, at=AT
        )
        return actions.rule_on(said, verdict, by=evaluator, at=AT)

    return decide


def found_again(body, *places, day=LATER, more=0):
    """The finding on pictures of a later audit."""
    audit = audited(body, {}, as_of=day)
    finding = Finding(
        rule="P004", outcome=Outcome.FAILED, evidence=NO_BYTES, places=places, more=more
    )
    keep_findings([finding], body=body, audit=audit, found_on=day)
    return audit.findings.get(rule="P004")


def test_decision_on_the_same_places_is_known_at_the_next_audit(ruled, body):
    ruling = ruled(UPHELD)

    assert earlier_ruling(found_again(body, PICTURE)) == ruling


@pytest.mark.parametrize(
    ("places", "more"), [((PICTURE, OTHER), 0), ((OTHER,), 0), ((PICTURE,), 3), ((), 0)]
)
def test_place_nobody_decided_on_has_no_decision(ruled, body, places, more):
    ruled(UPHELD)

    assert earlier_ruling(found_again(body, *places, more=more)) is None


def test_decision_is_never_taken_over_in_silence(ruled, body):
    ruled(UPHELD)
    row = found_again(body, PICTURE)

    assert row.audit.findings.counting().get(rule="P004") == row
    assert earlier_ruling(FindingRow(body=body, rule="P004", finding=row.finding)) is None


def test_evaluator_decides_so_again_with_a_new_row(ruled, body, evaluator):
    ruling = ruled(UPHELD)
    row = found_again(body, PICTURE)

    new = actions.carry_over(row, by=evaluator, at=AT + timedelta(days=30))

    assert row.audit.findings.counting().get(rule="P004") == new
    assert (new.overrides, new.outcome) == (row, Outcome.PASSED)
    assert as_finding(new).places[0].saw == UPHELD.reason
    assert ruling.record_sha256.encode() in store().get(new.evidence)
    assert Event.objects.last().action == "ruling.carried"
    with pytest.raises(AlreadyOverruled):
        actions.carry_over(row, by=evaluator, at=AT)


def test_what_cannot_be_decided_again_is_refused(ruled, body, officer, evaluator):
    ruled(REJECTED)
    row = found_again(body, PICTURE)

    with pytest.raises(PermissionDenied):
        actions.carry_over(row, by=officer, at=AT)
    with pytest.raises(NothingWasDecided):
        actions.carry_over(row, by=evaluator, at=AT)
    found_again(body, PICTURE, day=LATER + timedelta(days=1))
    with pytest.raises(NotTheNewest):
        actions.carry_over(row, by=evaluator, at=AT)


def test_decision_stands_beside_the_finding_and_one_press_takes_it_again(
    ruled, body, evaluator_client
):
    ruled(UPHELD)
    row = found_again(body, PICTURE)
    carry = f"/kk/site-audit/findings/{row.pk}/carry/"

    stranger = page("site_audit:finding", row.pk, client=Client()).text
    assert UPHELD.reason in stranger
    assert carry not in stranger
    assert carry in page("site_audit:finding", row.pk, client=evaluator_client).text

    press(evaluator_client, "site_audit:carry", row.pk)

    assert row.audit.findings.counting().get(rule="P004").outcome == Outcome.PASSED
    assert carry not in page("site_audit:finding", row.pk, client=evaluator_client).text


def test_rejected_dispute_is_shown_and_not_offered(ruled, body, evaluator_client):
    ruled(REJECTED)
    row = found_again(body, PICTURE, day=AS_OF + timedelta(days=9))

    text = page("site_audit:finding", row.pk, client=evaluator_client).text

    assert REJECTED.reason in text
    assert "/carry/" not in text
