"""What the section tells the evaluation, the body's page and the officer's desk."""

from datetime import date, timedelta

import msgspec
import pytest
from django.apps import apps
from django.utils.translation import override

from aiqyn.chain import Count, Outcome
from aiqyn_portal.evidence.models import Snapshot
from aiqyn_portal.evidence.store import store
from aiqyn_portal.sections.open_data import actions, queries
from aiqyn_portal.sections.open_data.models import Approved, Use
from tests.portal.open_data.sets import AT, in_preparation, promised, published

DAY = date(2026, 11, 30)


@pytest.fixture
def section():
    return apps.get_app_config("open_data")


def told(section, body, until=DAY):
    found = section.findings(body, since=date(2026, 1, 1), until=until)
    return {each.rule: (each.outcome, each.count) for each in found}


def test_body_without_sets_and_promises_is_told_nothing_about(section, body):
    assert (section.findings(body, since=DAY, until=DAY), section.summary(body)) == ([], None)


def test_sets_and_promises_are_counted_as_they_stood_on_the_last_day(section, body, officer):
    row = published(body, officer)
    promised(row, officer)
    late = promised(row, officer)
    Approved.objects.filter(pk=late.pk).update(dataset=None)
    published(body, officer, name="eski", frequency="weekly")

    found = told(section, body)

    assert found == {
        "H113": (Outcome.FAILED, Count(good=1, of=2)),
        "H114": (Outcome.FAILED, Count(good=1, of=2)),
        "H131": (Outcome.PASSED, Count(good=2, of=2)),
        "H132": (Outcome.PASSED, Count(good=2, of=2)),
        "H133": (Outcome.PASSED, Count(good=2, of=2)),
        "H134": (Outcome.FAILED, Count(good=0, of=2)),
        "H135": (Outcome.FAILED, Count(good=0, of=2)),
    }


def test_what_was_published_later_or_withdrawn_before_does_not_count(section, body, officer):
    published(body, officer)

    assert told(section, body, until=date(2026, 11, 19)) == {}

    gone = {"state": "withdrawn", "reason": "Қате", "withdrawn_at": AT}
    published(body, officer, name="joq", **gone)
    assert told(section, body)["H131"] == (Outcome.PASSED, Count(good=1, of=1))


def test_set_without_a_term_is_never_late(section, body, officer):
    published(body, officer, frequency="on_change")

    assert "H114" not in told(section, body)


def test_promise_whose_day_has_not_come_is_not_counted(section, body, officer):
    row = published(body, officer)
    line = promised(row, officer)
    Approved.objects.filter(pk=line.pk).update(dataset=None, due=date(2027, 6, 1))

    assert "H113" not in told(section, body)


def test_record_behind_the_findings_is_kept_and_open_to_everybody(section, body, officer):
    published(body, officer)

    [finding, *_] = section.findings(body, since=DAY, until=DAY)

    record = msgspec.json.decode(store().get(finding.evidence))
    assert (record["body"], [each["name"] for each in record["sets"]]) == (body.code, ["mektepter"])
    assert Snapshot.objects.get(sha256=finding.evidence).origin == Snapshot.Origin.SECTION


def test_body_s_page_shows_the_sets_in_numbers(section, body, officer):
    row = published(body, officer)
    promised(row, officer)
    actions.count_use(row, Use.Kind.VIEW, day=DAY, times=1500)
    actions.count_use(row, Use.Kind.VIEW, day=DAY)
    actions.count_use(row, Use.Kind.DOWNLOAD, day=DAY, times=30)

    with override("en"):
        summary = section.summary(body)

    assert summary.lines == [
        "Published sets: 1, up to date: 1 of 1.",
        "Of the approved list: 1 of 1.",
        "Views: 1,501, downloads: 30.",
    ]
    assert summary.href == f"/en/open-data/bodies/{body.code}/"


def test_desk_tells_an_officer_what_waits(body, officer):
    row = published(body, officer)
    file = in_preparation(row, officer)
    line = promised(row, officer)
    Approved.objects.filter(pk=line.pk).update(dataset=None)

    desk = queries.desk(body, date(2027, 2, 21))

    assert (
        desk.overdue,
        [each.file for each in desk.held],
        [each.number for each in desk.open],
    ) == (
        [row],
        [file],
        [2],
    )
    assert [each.line for each in desk.promised] == [line]
    assert not desk.is_clear
    assert queries.desk(body, AT.date() - timedelta(days=365)).promised == []
