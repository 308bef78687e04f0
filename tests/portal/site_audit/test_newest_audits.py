"""Which audit of a body is its newest: of its own site, judged on the latest day, finished last."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.core.management import call_command

from aiqyn.chain import Outcome
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evidence.models import Audit, FindingRow
from aiqyn_portal.sections.site_audit import actions, queries
from aiqyn_portal.sections.site_audit.actions.replies import Verdict, Words
from aiqyn_portal.sections.site_audit.earlier import earlier_ruling
from aiqyn_portal.sections.site_audit.history import step_of
from aiqyn_portal.sections.site_audit.models import Ruling
from aiqyn_portal.sections.site_audit.promises import promises
from aiqyn_portal.sections.site_audit.refusals import NotTheNewest
from tests.portal.site_audit.audited import AS_OF, audited, page

AT = datetime(2025, 11, 21, 6, 0, tzinfo=UTC)
BY = AS_OF + timedelta(days=11)
LATER = AS_OF + timedelta(days=30)
FAILED, PASSED = Outcome.FAILED, Outcome.PASSED


@pytest.fixture
def official(body):
    return audited(body, {"S001": PASSED, "S003": FAILED})


@pytest.fixture
def elsewhere(official):
    """An audit of an address the registry does not name, of a later day."""
    return audited(
        official.body,
        {"S001": FAILED, "S003": PASSED},
        as_of=LATER,
        start="https://test.example/",
        is_elsewhere=True,
    )


def test_audit_of_another_address_is_nowhere_the_newest(official, elsewhere):
    body = official.body
    later = audited(body, {"S001": FAILED, "S003": FAILED}, as_of=LATER + timedelta(days=1))

    assert step_of(later).before == official
    Audit.objects.filter(pk=later.pk).update(is_elsewhere=True)

    assert list(queries.newest_audits()) == [official]
    assert [each.pk for each in queries.newest_ended()] == [official.pk]
    assert queries.audits_of(body) == [official]
    assert (queries.is_newest(official), queries.is_newest(elsewhere)) == (True, False)
    assert queries.breaking_now("S001") == []
    assert queries.audit_within(body, since=LATER, until=LATER) is None
    assert apps.get_app_config("site_audit").summary(body).href.endswith(f"/{official.pk}/")


def test_pages_tell_an_audit_of_another_address_from_an_earlier_one(
    official, elsewhere, officer_client
):
    shown = page("site_audit:audit", elsewhere.pk, language="en", client=officer_client).text
    code = official.body.code
    of_body = page("site_audit:body", code, language="en", client=officer_client).text

    assert "It reads an address that is not the site" in shown
    assert "This is an earlier audit." not in shown
    assert "https://test.example/" in of_body
    assert of_body.count(f"/en/audits/{elsewhere.pk}/") == 1


def test_finding_of_another_address_cannot_be_answered(elsewhere, officer):
    row = FindingRow.objects.get(audit=elsewhere, rule="S001")

    with pytest.raises(NotTheNewest):
        actions.dispute(row, Words(text="Біздің сайт емес."), by=officer, at=AT)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://WWW.xn--d1albg3kc62g.xn--80ao21a", False),
        ("https://әкімдік.қаз/", False),
        ("https://әкімдік.қаз/kk", True),
        ("әкімдік.қаз", True),
    ],
)
def test_one_site_may_be_written_in_letters_and_in_punycode(address, expected):
    assert queries.is_elsewhere(Body(site="https://әкімдік.қаз"), address) is expected


@pytest.mark.parametrize(
    ("named", "is_elsewhere"),
    [("{site}", False), ("{bare}", False), ("{site}zhanalyq/", True), ("", True)],
)
def test_command_says_whose_address_it_has_read(owner, named, is_elsewhere):
    served = owner.site
    owner.site = named.format(site=served, bare=served.rstrip("/"))
    owner.save()

    call_command(
        "audit_site",
        owner.code,
        "--start",
        served,
        "--rate",
        "0",
        "--allow-private",
        "--max-pages",
        "1",
    )

    assert Audit.objects.get().is_elsewhere is is_elsewhere


def test_promise_is_not_kept_by_an_audit_that_judged_an_earlier_day(body, officer):
    audit = audited(body, {"S001": FAILED})
    row = FindingRow.objects.get(audit=audit, rule="S001")
    actions.agree(row, Words(fix_by=BY), by=officer, at=AT)
    before = {"as_of": AS_OF - timedelta(days=9), "finished_at": f"{BY}T07:00:00Z"}
    audited(body, {"S001": PASSED}, **before)
    audited(body, {"S001": PASSED}, as_of=BY, is_elsewhere=True)
    newer = audited(body, {"S001": FAILED}, as_of=LATER)

    found = promises(body, newer, queries.lines_of(newer), LATER)

    assert [each.state for each in found] == ["late"]


def test_earlier_decision_is_of_an_audit_that_judged_an_earlier_day(body, officer, evaluator):
    audit = audited(body, {"S001": FAILED})
    row = FindingRow.objects.get(audit=audit, rule="S001")
    said = actions.dispute(row, Words(text="Барлығы бар."), by=officer, at=AT)
    verdict = Verdict(decision=Ruling.Decision.REJECTED, reason="Жоқ.")
    ruling = actions.rule_on(said, verdict, by=evaluator, at=AT)
    day = {"S001": FAILED}
    older = audited(body, day, as_of=AS_OF - timedelta(days=9), finished_at=f"{LATER}T07:00:00Z")
    newer = audited(body, day, as_of=LATER, finished_at=f"{AS_OF}T06:30:00Z")

    assert earlier_ruling(older.findings.get()) is None
    assert earlier_ruling(newer.findings.get()) == ruling
