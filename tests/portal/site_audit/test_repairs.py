"""The list of repairs of an audit: all of them, most points first, for print."""

from datetime import UTC, datetime, timedelta

import pytest

from aiqyn.chain import Outcome
from aiqyn_portal.base.shared import MARK
from aiqyn_portal.sections.site_audit import actions
from aiqyn_portal.sections.site_audit.actions.replies import Words
from tests.portal.site_audit.audited import AS_OF, audited, page
from tests.portal.site_audit.test_pages_of_rules import texts

AT = datetime(2025, 11, 21, 6, 0, tzinfo=UTC)
BROKEN = ("S001", "S003", "S005", "S007", "S011", "P004", "D002")


@pytest.fixture
def audit(body):
    return audited(body, dict.fromkeys(BROKEN, Outcome.FAILED) | {"S008": Outcome.PASSED})


def test_every_repair_stands_in_the_list_the_one_that_adds_most_first(audit):
    shown = page("site_audit:repairs", audit.pk, language="en")

    assert sorted(each.split()[0] for each in texts(shown.text, "tbody .app-note")) == sorted(
        BROKEN
    )
    gains = [float(each) for each in texts(shown.text, "tbody td:nth-of-type(2)") if each]
    assert gains == sorted(gains, reverse=True)
    assert gains
    assert shown.wsgi_request.META[MARK]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_list_is_reached_from_the_audit_and_from_the_body(audit, language):
    address = f'href="/{language}/audits/{audit.pk}/repairs/"'

    assert address in page("site_audit:audit", audit.pk, language=language).text
    assert address in page("site_audit:body", audit.body.code, language=language).text


def test_day_the_body_has_named_stands_in_the_list_of_the_newest_audit(audit, officer):
    row = audit.findings.get(rule="S003")
    actions.agree(row, Words(fix_by=AS_OF + timedelta(days=11)), by=officer, at=AT)

    shown = page("site_audit:repairs", audit.pk, language="en").text
    assert "1\u00a0December 2025" in shown
    audited(audit.body, {"S001": Outcome.FAILED}, as_of=AS_OF + timedelta(days=3))
    older = page("site_audit:repairs", audit.pk, language="en").text
    assert "1\u00a0December 2025" not in older
    assert "This is an earlier audit." in older


def test_site_without_faults_has_nothing_to_repair(body):
    audit = audited(body, {"S001": Outcome.PASSED})

    assert "Nothing is broken." in page("site_audit:repairs", audit.pk, language="en").text
