"""The places of one finding, read again: of the body's own site alone; the finding stays."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from msgspec.structs import replace

from aiqyn.chain import Evidence, Outcome, Place
from aiqyn.fetch.crawl import Limits, Manifest
from aiqyn_portal.evidence.models import FindingRow, Snapshot
from aiqyn_portal.evidence.store import as_finding
from aiqyn_portal.sections.site_audit import actions, tasks
from aiqyn_portal.sections.site_audit.actions import rechecks
from aiqyn_portal.sections.site_audit.models import Job, Recheck
from aiqyn_portal.sections.site_audit.refusals import (
    CannotBeRechecked,
    NotOneOfTheFailed,
    RecheckIsLive,
    TooManyRechecks,
)
from tests import factories
from tests.portal.site_audit.audited import FIRST, REPAIRED, on_paper, page, press, write_first

AT = datetime(2025, 11, 21, 6, 0, tzinfo=UTC)


@pytest.fixture
def row(body, site, workplace):
    return on_paper(body, site).findings.get(rule="P004")


def finding_with(row, *places, more=0):
    """A finding of the same audit and rule with other places."""
    found = replace(as_finding(row), places=places, more=more)
    return FindingRow.objects.create(
        body=row.body,
        audit=row.audit,
        rule=row.rule,
        outcome="failed",
        found_on=row.found_on,
        finding=msgspec.to_builtins(found, str_keys=True),
    )


def checked(row, by):
    asked = tasks.start_recheck(row, by=by, at=AT)
    call_command("worker", "periodic", "rechecks", "audits", "--once")
    asked.refresh_from_db()
    return asked


def test_repaired_place_is_told_beside_the_finding_which_stays(row, officer, tmp_path):
    write_first(tmp_path, REPAIRED)

    asked = checked(row, officer)
    row.refresh_from_db()

    assert (asked.state, asked.result, row.outcome) == ("done", "repaired", "failed")
    assert Snapshot.objects.filter(sha256=asked.places[0]["evidence"]).exists()
    assert "Түзетілді" in page("site_audit:finding", row.pk).text


def test_recheck_that_is_under_way_is_not_offered_again(row, officer, officer_client):
    offered = '<button class="govuk-button govuk-button--secondary">Recheck now</button>'
    before = page("site_audit:finding", row.pk, language="en", client=officer_client).text

    tasks.start_recheck(row, by=officer, at=AT)

    after = page("site_audit:finding", row.pk, language="en", client=officer_client).text
    assert (before.count(offered), before.count("Recheck now")) == (1, 2)
    assert after.count("Recheck now") == 0
    assert "The page refreshes itself" in after or "Refresh the page" in after


def test_place_that_is_as_it_was_is_still_there(row, officer):
    assert checked(row, officer).result == "still"


def test_place_nobody_can_read_is_not_called_broken(row, officer, tmp_path):
    write_first(tmp_path, FIRST)
    (tmp_path / "site" / "public" / "index.html").unlink()

    asked = checked(row, officer)

    assert (asked.result, asked.places[0]["failure"]) == ("unknown", "HTTP 404")


def test_places_of_other_sites_are_never_asked(row):
    own = as_finding(row).places[0]
    strange = finding_with(
        row,
        own,
        Place(where="a", address="http://169.254.169.254/latest/"),
        Place(where="a", address="http://another.example/"),
        own,
    )

    assert rechecks.addresses(strange) == [own.address]


def test_finding_whose_places_all_lie_elsewhere_cannot_be_rechecked(row, officer):
    strange = finding_with(row, Place(where="a", address="http://another.example/"))

    with pytest.raises(CannotBeRechecked):
        tasks.start_recheck(strange, by=officer, at=AT)


def test_finding_about_the_whole_site_waits_for_an_audit(row, officer):
    about_site = row.audit.findings.filter(rule__startswith="S", outcome="failed").first()

    with pytest.raises(CannotBeRechecked):
        tasks.start_recheck(about_site, by=officer, at=AT)


def test_finding_in_order_is_not_rechecked(row, officer):
    with pytest.raises(NotOneOfTheFailed):
        tasks.start_recheck(row.audit.findings.get(rule="P001"), by=officer, at=AT)


def test_strangers_cannot_have_anything_fetched(row):
    stranger = factories.officer(factories.BodyFactory(code="kz-akm-aqtobe"))

    for other in (stranger, factories.citizen()):
        with pytest.raises(PermissionDenied):
            tasks.start_recheck(row, by=other, at=AT)


def test_one_recheck_of_a_finding_at_a_time(row, officer, evaluator):
    tasks.start_recheck(row, by=officer, at=AT)

    with pytest.raises(RecheckIsLive):
        tasks.start_recheck(row, by=evaluator, at=AT)


def test_rechecks_of_an_hour_are_limited(row, officer, settings):
    settings.AUDIT_RECHECKS_AN_HOUR = 1
    checked(row, officer)

    with pytest.raises(TooManyRechecks):
        tasks.start_recheck(row, by=officer, at=AT + timedelta(minutes=59))

    assert tasks.start_recheck(row, by=officer, at=AT + timedelta(minutes=61)).is_live


@pytest.mark.parametrize(
    ("told", "result"),
    [
        (["repaired"], "partly"),  # the finding speaks of one more place than was read
        (["repaired", "still"], "partly"),
        (["still", "unknown"], "still"),
        (["repaired", "unknown"], "unknown"),
        ([], "unknown"),
    ],
)
def test_result_is_no_better_than_what_was_seen(row, told, result):
    more = finding_with(row, *as_finding(row).places, more=1)
    seen = [rechecks.Seen(f"http://a.example/{n}", each) for n, each in enumerate(told)]

    assert rechecks.result_of(more, seen) == result


def test_recheck_of_a_dead_worker_begins_anew(row, officer):
    asked = tasks.start_recheck(row, by=officer, at=AT)
    Recheck.objects.filter(pk=asked.pk).update(
        state=Job.State.RUNNING, held_by="another-machine:7", beat_at=AT
    )

    assert rechecks.rechecks_left_behind(AT + timedelta(minutes=5)) == []
    assert rechecks.rechecks_left_behind(AT + timedelta(minutes=11)) == [asked]


@pytest.mark.parametrize(
    ("problem", "left"), [(ValueError("ours"), ("failed", "ours", "")), (SystemExit(), None)]
)
def test_recheck_that_breaks_down_stands_in_nobodys_way(problem, left, row, officer, monkeypatch):
    def break_down(*args):
        raise problem

    monkeypatch.setattr(rechecks, "_look_at", break_down)
    asked = actions.ask_for_recheck(row, by=officer, at=AT)
    with pytest.raises(type(problem)):
        actions.recheck(asked.pk)
    asked.refresh_from_db()

    assert (asked.state, asked.failure, asked.held_by) == (left or ("running", "", ""))
    if left:
        assert actions.ask_for_recheck(row, by=officer, at=AT).is_live
    else:
        assert rechecks.rechecks_left_behind(AT) == [asked]


def test_recheck_that_comes_twice_does_nothing(row, officer):
    asked = checked(row, officer)
    actions.recheck(asked.pk)

    assert Recheck.objects.get().ended_at == asked.ended_at


def test_button_asks_for_a_recheck(row, officer_client):
    answer = press(officer_client, "site_audit:recheck", row.pk)
    again = press(officer_client, "site_audit:recheck", row.pk)

    assert answer.headers["Location"] == again.headers["Location"]
    assert Recheck.objects.count() == 1


def test_edition_that_no_longer_asks_leaves_it_open(row):
    report = rechecks.Report(
        start="http://a.example/",
        regulation="sites",
        in_force=row.audit.edition,
        as_of=row.audit.as_of,
        manifest_sha256="",
        pages=1,
        documents=0,
        findings=(),
    )

    assert rechecks._result(report, "P004") == "unknown"
    doubt = replace(as_finding(row), outcome=Outcome.CANNOT_TELL)
    assert rechecks._result(replace(report, findings=(doubt,)), "P004") == "unknown"


def test_page_that_was_not_read_or_leads_elsewhere_is_open(row, monkeypatch):
    manifest = Manifest(
        start="http://a.example/",
        agent="",
        started_at=AT,
        finished_at=AT,
        limits=Limits(),
        evidence=(
            Evidence(url="http://a.example/robots.txt", taken_at=AT, role="robots"),
            Evidence(url="http://a.example/x", taken_at=AT, final_url="http://b.example/"),
        ),
    )
    monkeypatch.setattr(rechecks, "_read", lambda *args: (manifest, None))

    for address in ("http://a.example/x", "http://a.example/never-met"):
        seen = rechecks._look_at(row, address, row.found_on)
        assert seen == rechecks.Seen(address, "unknown", failure="moved")


def test_trouble_of_ours_leaves_the_place_open(row, monkeypatch):
    def fail(*args):
        raise OSError

    monkeypatch.setattr(rechecks, "_read", fail)

    seen = rechecks._look_at(row, "http://a.example/", row.found_on)

    assert seen == rechecks.Seen("http://a.example/", "unknown", failure="ours")


def test_page_of_a_finding_looks_again_until_its_places_are_read(row, officer):
    asked = tasks.start_recheck(row, by=officer, at=timezone.now())

    waiting = page("site_audit:finding", row.pk).text
    still = Client().get(f"/kk/site-audit/findings/{row.pk}/?still=1").text
    Recheck.objects.filter(pk=asked.pk).update(asked_at=timezone.now() - timedelta(hours=2))
    forgotten = page("site_audit:finding", row.pk).text

    assert 'http-equiv="refresh"' in waiting
    assert "?still=1" in waiting
    for quiet in (still, forgotten):  # nobody looks for ever at what no worker does
        assert "http-equiv" not in quiet
        assert "data-watch" not in quiet
