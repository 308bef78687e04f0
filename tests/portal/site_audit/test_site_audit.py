"""A site is audited into evidence and findings, shown with its places, and feeds a round."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from aiqyn.audit import edition_on
from aiqyn.chain import Outcome
from aiqyn.errors import FetchError
from aiqyn.fetch.crawl import Limits
from aiqyn.report.findings import findings_json
from aiqyn_portal.base.sections import sections
from aiqyn_portal.evidence.models import Audit, FindingRow, Snapshot
from aiqyn_portal.evidence.store import store
from aiqyn_portal.sections.site_audit import queries
from aiqyn_portal.sections.site_audit.actions import run_audit
from aiqyn_portal.sections.site_audit.actions.audits import keep_audit
from aiqyn_portal.trail.models import Event
from tests.portal.site_audit.audited import AS_OF, LIMITS, page


def outcomes(audit):
    return {finding.rule: finding.outcome for finding in queries.findings_of(audit)}


def test_audit_keeps_one_finding_for_every_requirement(audit):
    asked = {requirement.rule for requirement in edition_on("sites", AS_OF).requires}

    assert set(outcomes(audit)) == asked
    assert outcomes(audit)["P004"] is Outcome.FAILED
    assert outcomes(audit)["P001"] is Outcome.PASSED
    assert outcomes(audit)["H001"] is Outcome.CANNOT_TELL
    assert audit.pages == 2


def test_audit_keeps_the_bytes_of_every_place_it_names(audit):
    for finding in queries.findings_of(audit):
        for digest in filter(None, [finding.evidence, *(p.evidence for p in finding.places)]):
            assert store().get(digest)
            assert Snapshot.objects.filter(sha256=digest).exists()


def test_audit_leaves_no_crawl_behind_and_writes_the_trail(first_audit, tmp_path):
    assert list((tmp_path / "crawls").iterdir()) == []
    assert [event.action for event in Event.objects.all()] == ["site.audited"]


def test_section_gives_the_findings_of_the_period_only(audit, body):
    section = next(s for s in sections() if s.label == "site_audit")

    inside = list(section.findings(body, since=date(2025, 1, 1), until=AS_OF))
    outside = list(section.findings(body, since=date(2024, 1, 1), until=date(2024, 12, 31)))

    assert inside == queries.findings_of(audit)
    assert outside == []


def test_section_says_how_the_newest_audit_ended(audit, body):
    section = next(s for s in sections() if s.label == "site_audit")
    failed = sum(outcome is Outcome.FAILED for outcome in outcomes(audit).values())

    with override("en"):
        summary = section.summary(body)

    assert f"Failed: {failed}." in summary.lines[1]
    assert summary.href == f"/en/audits/{audit.pk}/"


def test_section_says_nothing_of_a_body_never_audited(body):
    section = next(s for s in sections() if s.label == "site_audit")

    assert section.summary(body) is None
    assert list(section.findings(body, since=AS_OF, until=AS_OF)) == []


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_audit_page_shows_every_finding_with_its_places(audit, language):
    content = page("site_audit:audit", audit.pk, language=language).content.decode()

    for code in outcomes(audit):
        assert f'id="{code}"' in content
    assert "/a.png" in content


def test_list_shows_the_newest_audit_of_a_body_only(audit, body, crawled):
    newer = keep_audit(body, *crawled)

    assert [a.pk for a in queries.newest_audits()] == [newer.pk]
    assert page("site_audit:home").status_code == 200


def test_list_says_when_nothing_has_been_audited(db):
    assert "govuk-inset-text" in page("site_audit:home").content.decode()


def test_rule_page_names_the_bodies_that_break_it(audit, body):
    assert body.name["kk"] in page("site_audit:rule", "P004").content.decode()
    assert body.name["kk"] not in page("site_audit:rule", "P001").content.decode()


def test_unknown_audit_and_rule_are_not_found(db):
    assert page("site_audit:audit", 404).status_code == 404
    assert page("site_audit:rule", "X999").status_code == 404


def test_command_audits_the_site_of_the_registry(body, site, settings, tmp_path):
    settings.VAR = tmp_path
    body.site = site
    body.save()
    said = StringIO()

    call_command(
        "audit_site", body.code, "--on", "2025-11-20", "--rate", "0", "--allow-private", stdout=said
    )

    assert said.getvalue() == f"audit {Audit.objects.get().pk}: 2 pages, 0 documents\n"


def test_silent_site_is_told_as_such_and_nothing_is_held_against_the_body(body, settings, tmp_path):
    settings.VAR = tmp_path

    with pytest.raises(FetchError, match="refused"):
        run_audit(body, start="http://127.0.0.1:9/", as_of=AS_OF, limits=LIMITS)

    assert not Audit.objects.exists()
    assert not FindingRow.objects.exists()


def test_audit_cut_by_our_own_limit_says_so(body, site, settings, tmp_path):
    settings.VAR = tmp_path
    cut = run_audit(
        body,
        start=site,
        as_of=AS_OF,
        limits=Limits(per_host_per_second=0, allow_private=True, max_pages=1),
    )

    assert cut.was_cut
    assert "соңына дейін оқылмады" in page("site_audit:audit", cut.pk).content.decode()


@pytest.mark.parametrize(
    ("code", "options", "problem"),
    [
        ("kz-akm-nobody", [], "kz-akm-nobody: the registry knows no such body"),
        ("kz-akm-shymkent", [], "names no site"),
        ("kz-akm-shymkent", ["--start", "http://127.0.0.1:1/", "--on", "1999-01-01"], "no edition"),
    ],
)
def test_command_says_what_is_wrong(body, code, options, problem):
    with pytest.raises(CommandError, match=problem):
        call_command("audit_site", code, *options)


def test_downloads_hold_the_whole_report(audit):
    client = Client()

    told = client.get(reverse("audit_json", args=[audit.pk])).content.decode()
    table = client.get(reverse("audit_csv", args=[audit.pk]), {"lang": "ru"}).content.decode()
    rows = list(csv.reader(StringIO(table.removeprefix("\ufeff"))))

    assert told == findings_json(queries.report_of(audit))
    assert {row[0] for row in rows[1:]} == set(outcomes(audit))


def test_download_in_a_language_nobody_offers_is_not_found(audit):
    assert Client().get(reverse("audit_csv", args=[audit.pk]), {"lang": "fr"}).status_code == 404
