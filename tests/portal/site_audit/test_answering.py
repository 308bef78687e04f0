"""What an officer meets who answers a finding: links nobody can open, days past, old findings."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aiqyn.chain import Outcome
from aiqyn_portal.sections.site_audit.models import Reply
from tests.portal.site_audit.audited import AS_OF, audited, page, press

FAILED = Outcome.FAILED


@pytest.fixture
def row(body):
    audit = audited(body, {"S001": FAILED}, start="http://10.0.0.7/site/")
    return audit.findings.get(rule="S001")


@pytest.mark.parametrize(
    ("link", "is_kept"),
    [
        ("http://10.1.1.5/order.pdf", False),
        ("http://192.168.0.1/", False),
        ("http://localhost/x", False),
        ("http://portal.akimat.local/", False),
        ("https://example.kz/" + "x" * 2000, False),
        ("http://10.0.0.7/site/order.pdf", True),  # the audited site itself
        ("https://қызылорда.қаз/бұйрық", True),
        ("", True),
    ],
)
def test_link_of_a_dispute_is_one_that_everybody_can_open(row, officer_client, link, is_kept):
    shown = press(officer_client, "site_audit:dispute", row.pk, text="Себебі бар.", link=link)

    assert Reply.objects.exists() is is_kept
    if not is_kept:
        assert list(shown.context["form"].errors) == ["link"]
        assert "Себебі бар." in shown.text


def test_day_that_has_passed_is_told_at_its_field(row, officer_client):
    shown = press(officer_client, "site_audit:agree", row.pk, fix_by="2020-01-01", text="Жасаймыз.")

    assert list(shown.context["form"].errors) == ["fix_by"]
    assert "Жасаймыз." in shown.text


def test_finding_of_an_earlier_audit_leads_to_what_the_newest_says(row, officer_client):
    assert "of an earlier audit" not in page("site_audit:finding", row.pk, language="en").text
    newer = audited(row.body, {"S001": FAILED}, as_of=AS_OF + timedelta(days=9))
    again = newer.findings.get(rule="S001")

    shown = page("site_audit:finding", row.pk, language="en", client=officer_client).text

    assert "This finding is of an earlier audit." in shown
    assert f'href="/en/site-audit/findings/{again.pk}/">What the newest audit says' in shown
    last = audited(row.body, {"S003": FAILED}, as_of=AS_OF + timedelta(days=19))
    shown = page("site_audit:finding", row.pk, language="en").text
    assert f'href="/en/audits/{last.pk}/">To the newest' in shown


@pytest.mark.parametrize("view", ["agree", "dispute"])
def test_finding_that_can_no_longer_be_answered_says_so_before_anything_is_typed(
    row, officer_client, view
):
    assert page(f"site_audit:{view}", row.pk, client=officer_client).status_code == 200
    press(officer_client, "site_audit:dispute", row.pk, text="Себебі бар.")

    late = page(f"site_audit:{view}", row.pk, language="en", client=officer_client)

    assert late.url == f"/en/site-audit/findings/{row.pk}/"
    shown = page("site_audit:finding", row.pk, language="en", client=officer_client).text
    assert "The dispute already waits for the evaluator." in shown


def test_finding_at_another_address_says_that_it_counts_nowhere(row, officer_client):
    other = audited(row.body, {"S001": FAILED}, as_of=AS_OF + timedelta(days=9), is_elsewhere=True)
    found = other.findings.get()

    shown = page("site_audit:finding", found.pk, language="en", client=officer_client).text

    assert "This audit counts nowhere." in shown
    assert "of an earlier audit" not in shown


def test_body_that_has_named_a_day_is_offered_another(row, officer_client):
    before = page("site_audit:finding", row.pk, language="en", client=officer_client).text
    day = timezone.localdate() + timedelta(days=3)
    press(officer_client, "site_audit:agree", row.pk, fix_by=day)
    after = page("site_audit:finding", row.pk, language="en", client=officer_client).text

    assert ("Agree and name a day" in before, "Name another day" in before) == (True, False)
    assert ("Agree and name a day" in after, "Name another day" in after) == (False, True)
