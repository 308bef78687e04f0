"""A body answers a finding; the evaluator rules; what was ruled counts, and the old row stays."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from aiqyn.chain import Count, Finding, Outcome
from aiqyn_portal.base.sections import sections
from aiqyn_portal.evidence.models import FindingRow
from aiqyn_portal.evidence.store import as_finding, store
from aiqyn_portal.sections.site_audit import actions, queries
from aiqyn_portal.sections.site_audit.actions.replies import Verdict, Words
from aiqyn_portal.sections.site_audit.models import Reply, Ruling
from aiqyn_portal.sections.site_audit.refusals import (
    AlreadyOverruled,
    AlreadyRuled,
    DayHasPassed,
    DayIsTooFar,
    DisputeIsOpen,
    NotOneOfTheFailed,
    NotTheNewest,
    ReasonIsMissing,
)
from aiqyn_portal.trail.models import Event
from tests import factories
from tests.portal.conftest import signed_in
from tests.portal.site_audit.audited import AS_OF, audited, page, press

AT = datetime(2025, 11, 21, 6, 0, tzinfo=UTC)
WHY = Words(text="Сурет безендіру үшін ғана қойылған.", link="https://example.kz/why")
SOON = Words(fix_by=date(2025, 12, 1), text="Мәтін қосамыз.")
UPHELD = Verdict(decision=Ruling.Decision.UPHELD, reason="Сурет шынымен безендіру.")
REJECTED = Verdict(decision=Ruling.Decision.REJECTED, reason="Сурет мазмұн береді.")


@pytest.fixture
def row(paper):
    return paper.findings.get(rule="P004")


@pytest.fixture
def said(row, officer):
    return actions.dispute(row, WHY, by=officer, at=AT)


def counting(row):
    return row.audit.findings.counting().get(rule=row.rule)


def test_body_agrees_and_names_a_day(row, officer):
    reply = actions.agree(row, SOON, by=officer, at=AT)

    assert (reply.kind, reply.number, reply.fix_by) == ("agree", 1, SOON.fix_by)
    assert counting(row) == row
    assert Event.objects.last().action == "finding.agreed"


@pytest.mark.parametrize(
    ("language", "told"),
    [("kk", "; түзету мерзімі: 2025 жылғы 1 желтоқсан<"), ("ru", "; срок исправления: 1 декабря")],
)
def test_day_of_the_repair_stands_in_one_sentence(row, officer, language, told):
    actions.agree(row, SOON, by=officer, at=AT)

    shown = page("site_audit:finding", row.pk, language=language).text.replace("\xa0", " ")

    assert told in shown
    assert ".." not in shown.partition('id="replies"')[2].partition("</div>")[0]


def test_day_must_be_still_to_come(row, officer):
    for words in (Words(fix_by=date(2025, 11, 20)), Words()):
        with pytest.raises(DayHasPassed):
            actions.agree(row, words, by=officer, at=AT)


def test_day_of_another_age_is_a_slip_of_the_pen(row, officer):
    with pytest.raises(DayIsTooFar):
        actions.agree(row, Words(fix_by=date(2052, 12, 1)), by=officer, at=AT)

    assert actions.agree(row, Words(fix_by=date(2028, 11, 20)), by=officer, at=AT).fix_by


def test_dispute_needs_a_reason(row, officer):
    with pytest.raises(ReasonIsMissing):
        actions.dispute(row, Words(text="  "), by=officer, at=AT)


def test_only_the_bodys_own_officer_speaks_for_it(row, evaluator, administrator):
    stranger = factories.officer(factories.BodyFactory(code="kz-akm-aqtobe"))

    for other in (evaluator, administrator, stranger, factories.citizen()):
        with pytest.raises(PermissionDenied):
            actions.dispute(row, WHY, by=other, at=AT)


def test_finding_that_is_in_order_cannot_be_answered(paper, officer):
    with pytest.raises(NotOneOfTheFailed):
        actions.dispute(paper.findings.get(rule="P001"), WHY, by=officer, at=AT)


def test_finding_of_an_earlier_audit_cannot_be_answered(row, body, officer):
    audited(body, {"P004": Outcome.FAILED}, as_of=AS_OF + timedelta(days=1))

    with pytest.raises(NotTheNewest):
        actions.dispute(row, WHY, by=officer, at=AT)


def test_one_dispute_at_a_time(row, said, officer):
    with pytest.raises(DisputeIsOpen):
        actions.dispute(row, WHY, by=officer, at=AT)


def test_upheld_dispute_makes_a_new_finding_count_and_keeps_the_old(row, said, evaluator, body):
    before = as_finding(row)
    ruling = actions.rule_on(said, UPHELD, by=evaluator, at=AT)
    row.refresh_from_db()
    now = counting(row)

    assert as_finding(row) == before
    assert (now, now.overrides) == (ruling.row, row)
    assert now.outcome == Outcome.PASSED
    assert as_finding(now).count == Count(good=before.count.of, of=before.count.of)
    assert as_finding(now).places[0].saw == UPHELD.reason
    assert as_finding(now).evidence == ruling.record_sha256


def test_ruled_outcome_feeds_the_evaluation_and_the_downloads(row, said, evaluator, body):
    section = next(each for each in sections() if each.label == "site_audit")
    actions.rule_on(said, UPHELD, by=evaluator, at=AT)

    gathered = {f.rule: f for f in section.findings(body, since=AS_OF, until=AS_OF)}
    reported = {f.rule: f for f in queries.report_of(row.audit).findings}

    assert gathered["P004"].outcome is Outcome.PASSED
    assert gathered == reported
    assert len(gathered) == row.audit.findings.as_found().count()


def test_rejected_dispute_changes_nothing(row, said, evaluator):
    ruling = actions.rule_on(said, REJECTED, by=evaluator, at=AT)

    assert ruling.row is None
    assert counting(row) == row


def test_ruling_may_leave_the_question_open(row, said, evaluator):
    verdict = Verdict(
        decision=Ruling.Decision.UPHELD, reason="Тексеру қажет.", outcome=Outcome.CANNOT_TELL
    )
    actions.rule_on(said, verdict, by=evaluator, at=AT)

    assert counting(row).outcome == Outcome.CANNOT_TELL
    assert as_finding(counting(row)).count is None


def test_record_of_a_ruling_names_no_person(said, evaluator, officer):
    ruling = actions.rule_on(said, UPHELD, by=evaluator, at=AT)
    record = store().get(ruling.record_sha256).decode()

    assert msgspec.json.decode(record)["reason"] == UPHELD.reason
    assert evaluator.username not in record
    assert officer.username not in record


def test_dispute_is_ruled_on_once(row, said, evaluator, officer):
    actions.rule_on(said, UPHELD, by=evaluator, at=AT)

    with pytest.raises(AlreadyRuled):
        actions.rule_on(said, REJECTED, by=evaluator, at=AT)
    with pytest.raises(AlreadyOverruled):
        actions.dispute(row, WHY, by=officer, at=AT)

    assert FindingRow.objects.filter(overrides=row).count() == 1


def test_after_a_rejection_the_body_may_dispute_with_new_reasons(row, said, evaluator, officer):
    actions.rule_on(said, REJECTED, by=evaluator, at=AT)

    assert actions.dispute(row, WHY, by=officer, at=AT).number == 2


def test_ruling_needs_a_reason_and_an_evaluator(said, evaluator, officer):
    with pytest.raises(ReasonIsMissing):
        actions.rule_on(
            said, Verdict(decision=Ruling.Decision.REJECTED, reason=" "), by=evaluator, at=AT
        )
    with pytest.raises(PermissionDenied):
        actions.rule_on(said, UPHELD, by=officer, at=AT)


def test_everybody_reads_both_sides(row, said, evaluator, officer):
    actions.rule_on(said, REJECTED, by=evaluator, at=AT)

    shown = page("site_audit:finding", row.pk).text

    assert WHY.text in shown
    assert REJECTED.reason in shown
    assert f'href="{WHY.link}"' in shown
    assert evaluator.username not in shown
    assert officer.username not in shown


def test_address_of_the_new_finding_leads_to_the_one_page_of_both(row, said, evaluator):
    ruling = actions.rule_on(said, UPHELD, by=evaluator, at=AT)

    answer = page("site_audit:finding", ruling.row.pk)

    assert answer.headers["Location"] == f"/kk/site-audit/findings/{row.pk}/"
    assert "Бағалаушы басқаша шешті" in page("site_audit:finding", row.pk).text


def test_officer_disputes_through_the_form(row, officer_client):
    answer = press(officer_client, "site_audit:dispute", row.pk, text=WHY.text, link=WHY.link)
    again = press(officer_client, "site_audit:dispute", row.pk, text=WHY.text)

    assert answer.headers["Location"] == f"/en/site-audit/findings/{row.pk}/"
    assert "The dispute already waits" in again.text
    assert Reply.objects.count() == 1


def test_officer_agrees_through_the_form(row, officer_client):
    soon = timezone.localdate() + timedelta(days=30)
    press(officer_client, "site_audit:agree", row.pk, fix_by=soon.isoformat())

    assert Reply.objects.get().fix_by == soon


def test_evaluator_rules_through_the_queue(said, evaluator_client):
    assert WHY.text in page("site_audit:disputes", client=evaluator_client).text

    press(
        evaluator_client,
        "site_audit:ruling",
        said.pk,
        decision="upheld",
        outcome="inapplicable",
        reason=UPHELD.reason,
    )

    assert Ruling.objects.get().row.outcome == Outcome.INAPPLICABLE
    assert WHY.text not in page("site_audit:disputes", client=evaluator_client).text


def test_who_decides_sees_what_the_audit_found(said, evaluator_client):
    shown = page("site_audit:ruling", said.pk, client=evaluator_client)

    places = shown.context["line"].places
    assert places
    assert all(place.address in shown.text for place, _ in places)


@pytest.mark.parametrize("is_newer", [False, True])
def test_who_decides_is_told_of_a_newer_audit_and_when_it_was_disputed(
    said, row, evaluator_client, is_newer
):
    newer = (
        audited(row.body, {"P004": Outcome.FAILED}, as_of=date(2026, 1, 10)) if is_newer else None
    )

    shown = page("site_audit:ruling", said.pk, client=evaluator_client, language="en").text

    assert "Disputes it</b>, 21\xa0November 2025" in shown.partition("What the body says")[2]
    assert ("This finding is of an earlier audit." in shown) is is_newer
    if newer is not None:
        assert f"/findings/{newer.findings.get().pk}/" in shown


def test_officer_of_another_body_cannot_open_the_forms(row):
    stranger = signed_in(factories.officer(factories.BodyFactory(code="kz-akm-aqtobe")))

    for view in ("site_audit:agree", "site_audit:dispute"):
        assert page(view, row.pk, client=stranger).status_code == 403
        assert press(stranger, view, row.pk, text="x").status_code == 403
    assert press(stranger, "site_audit:recheck", row.pk).status_code == 403


def test_buttons_are_shown_to_whom_they_concern(row, officer_client, evaluator_client):
    dispute = f"/kk/site-audit/findings/{row.pk}/dispute/"

    assert dispute in page("site_audit:finding", row.pk, client=officer_client).text
    for client in (evaluator_client, Client()):
        assert dispute not in page("site_audit:finding", row.pk, client=client).text


def test_script_in_a_reply_is_text(row, officer):
    words = Words(text="<script>alert(1)</script>", link="https://example.kz/")
    actions.dispute(row, words, by=officer, at=AT)

    assert "<script>alert" not in page("site_audit:finding", row.pk).text


def test_link_that_runs_a_script_is_refused(row, officer_client):
    answer = press(
        officer_client, "site_audit:dispute", row.pk, text="x", link="javascript:alert(1)"
    )

    assert answer.status_code == 200
    assert not Reply.objects.exists()


def test_finding_without_an_audit_has_no_page(body):
    stray = FindingRow.objects.create(
        body=body,
        rule="P004",
        outcome="failed",
        found_on=AS_OF,
        finding=msgspec.to_builtins(Finding(rule="P004", outcome=Outcome.FAILED), str_keys=True),
    )

    assert page("site_audit:finding", stray.pk).status_code == 404
