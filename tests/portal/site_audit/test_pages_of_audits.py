"""All bodies by families, one body through time, two audits, what to repair first."""

import csv
from decimal import Decimal
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override
from selectolax.lexbor import LexborHTMLParser

from aiqyn import rules
from aiqyn.chain import Finding, Outcome, Place
from aiqyn.report.model import Account
from aiqyn_portal.evidence.models import Audit, FindingRow, Snapshot
from aiqyn_portal.evidence.store import keep, keep_findings
from aiqyn_portal.sections.site_audit import families, history, queries
from aiqyn_portal.sections.site_audit.advice import advise, valued
from aiqyn_portal.sections.site_audit.templatetags.site_audit import points_gained
from tests import factories
from tests.portal.site_audit.audited import (
    AS_OF,
    NO_BYTES,
    audited,
    page,
)

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def texts(html, selector):
    return [" ".join(node.text().split()) for node in LexborHTMLParser(html).css(selector)]


@pytest.fixture
def bodies(db):
    """Three bodies; their names are in no order of their codes."""
    made = []
    for code, name in [("kz-a", "Қарағанды"), ("kz-b", "Абай"), ("kz-c", "Шымкент")]:
        made.append(factories.BodyFactory(code=code, name={"kk": name, "ru": name, "en": name}))
    return made


def test_share_counts_only_what_could_be_told():
    assert queries.share_passed({"passed": 2, "failed": 1, "cannot_tell": 5}) == 66
    assert queries.share_passed({"passed": 3, "inapplicable": 2}) == 100
    assert queries.share_passed({"passed": 1, "partly": 1}) == 50
    assert queries.share_passed({"cannot_tell": 5}) is None


def test_table_holds_the_newest_audit_of_every_body_by_family(bodies):
    audited(bodies[0], {"P004": Outcome.FAILED}, as_of=AS_OF.replace(year=2024))
    audited(
        bodies[0], {"P004": Outcome.PASSED, "S001": Outcome.FAILED, "H001": Outcome.CANNOT_TELL}
    )
    audited(bodies[1], {"S001": Outcome.PASSED})

    found = families.table()
    cells_of = {row.code: row.cells(found.families) for row in found.rows}

    access, languages = (rules.load()[code].text.family for code in ("P004", "S001"))
    cells = {code: {each.family: each.share for each in told} for code, told in cells_of.items()}
    assert cells == {
        "kz-a": {"all": 50, languages: 0, access: 100},
        "kz-b": {"all": 100, languages: 100, access: None},
    }
    assert [cell.heat for cell in cells_of["kz-a"]] == [2, 1, 5]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("body", ["kz-b", "kz-a", "kz-c"]),
        ("-body", ["kz-c", "kz-a", "kz-b"]),
        ("all", ["kz-c", "kz-a", "kz-b"]),
        ("-all", ["kz-b", "kz-a", "kz-c"]),
        ("languages", ["kz-c", "kz-a", "kz-b"]),
        ("nonsense", ["kz-b", "kz-a", "kz-c"]),
    ],
)
def test_table_is_sorted_by_a_column_and_names_by_the_alphabet(bodies, sort, order):
    shares = [
        {"S001": Outcome.PASSED, "S002": Outcome.FAILED},
        {"S001": Outcome.FAILED, "S002": Outcome.FAILED},
        {"S001": Outcome.PASSED, "S002": Outcome.PASSED},
    ]
    for body, outcomes in zip(bodies, shares, strict=True):
        audited(body, outcomes)

    assert [row.code for row in families.table().sorted(sort)] == order


def test_headings_say_how_the_table_is_sorted_and_lead_to_the_other_way(bodies):
    audited(bodies[0], {"S001": Outcome.PASSED})
    tree = LexborHTMLParser(Client().get("/kk/site-audit/?sort=all").content)

    sorted_by = tree.css("th[aria-sort]")

    assert [th.attributes["aria-sort"] for th in sorted_by] == ["descending"]
    assert sorted_by[0].css_first("a").attributes["href"] == "?sort=-all"


def test_table_for_a_spreadsheet_holds_the_same(bodies):
    audited(bodies[0], {"S001": Outcome.PASSED})

    content = Client().get(reverse("families_csv"), {"lang": "en"}).content.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(content)))

    assert rows == [
        ["code", "body", "as_of", "all", "Languages"],
        ["kz-a", "Қарағанды", "2025-11-20", "100", "100"],
    ]
    assert Client().get(reverse("families_csv"), {"lang": "fr"}).status_code == 404


def test_table_asks_the_database_equally_often_for_one_and_three(bodies, django_assert_num_queries):
    audited(bodies[0], {"S001": Outcome.PASSED})
    with django_assert_num_queries(1):
        page("site_audit:home")
    for body in bodies[1:]:
        audited(body, {"S001": Outcome.PASSED, "P004": Outcome.FAILED})
    with django_assert_num_queries(1):
        page("site_audit:home")


def test_time_line_tells_what_changed_since_the_audit_before(bodies):
    first = audited(
        bodies[0],
        {"S001": Outcome.FAILED, "P004": Outcome.PASSED, "S002": Outcome.FAILED},
        as_of=AS_OF.replace(year=2024),
    )
    second = audited(
        bodies[0], {"S001": Outcome.PASSED, "P004": Outcome.FAILED, "S002": Outcome.CANNOT_TELL}
    )

    newer, older = history.time_line(queries.audits_of(bodies[0]))

    assert newer == history.Step(second, share=50, broken=1, before=first, fixed=1, new=1, unlike=1)
    shown = page("site_audit:body", "kz-a", language="en").text
    assert "fixed 1, new 1, judged in only one of the two 1" in shown
    assert older == history.Step(first, share=33, broken=2, before=None)


def test_page_of_a_body_asks_equally_often_for_one_audit_and_three(
    bodies, django_assert_num_queries
):
    audited(bodies[0], {"S001": Outcome.FAILED}, as_of=AS_OF.replace(year=2022))
    with django_assert_num_queries(4):
        page("site_audit:body", "kz-a")
    for year in (2023, 2024):
        audited(bodies[0], {"S001": Outcome.FAILED}, as_of=AS_OF.replace(year=year))
    with django_assert_num_queries(4):
        page("site_audit:body", "kz-a")


def test_rules_most_bodies_break_stand_first(bodies):
    audited(bodies[0], {"S001": Outcome.FAILED, "S007": Outcome.FAILED})
    audited(bodies[1], {"S001": Outcome.PASSED, "S007": Outcome.PARTLY, "P004": Outcome.FAILED})
    audited(bodies[2], {"S001": Outcome.CANNOT_TELL, "P001": Outcome.PASSED})

    shown = texts(page("site_audit:home", language="en").text, "#most-broken ~ ol li")

    assert [each.split()[0] for each in shown] == ["S007", "S001", "P004"]
    assert shown[0].endswith("by 2 of 2 bodies")
    assert shown[1].endswith("by 1 of 2 bodies")


def test_body_can_be_followed_from_its_audits(bodies):
    assert "?topic=body%3Akz-a" in page("site_audit:body", "kz-a").text


def test_invented_body_is_told_on_its_pages_once(bodies):
    bodies[0].is_example = True
    bodies[0].save()
    audit = audited(bodies[0], {"S001": Outcome.FAILED})

    for view, of in (("site_audit:body", "kz-a"), ("site_audit:audit", audit.pk)):
        html = page(view, of, language="en").text
        assert texts(html, ".app-example") == ["An example: this body is invented."]


def test_step_of_an_audit_stands_beside_the_one_before_it(bodies):
    first = audited(bodies[0], {"S001": Outcome.FAILED})
    second = audited(bodies[0], {"S001": Outcome.PASSED}, as_of=AS_OF.replace(year=2026))

    step = history.step_of(second)

    assert (step.before, step.share, step.fixed) == (first, 100, 1)
    assert history.step_of(first).before is None


def test_page_of_a_body_never_audited_says_so(bodies):
    for view in ("site_audit:body", "site_audit:compare"):
        assert "govuk-inset-text" in page(view, "kz-a").text
    assert page("site_audit:body", "kz-nobody").status_code == 404


def test_audits_of_two_sites_are_not_compared(bodies):
    audited(bodies[0], {"S001": Outcome.FAILED}, as_of=AS_OF.replace(year=2024))
    audited(bodies[0], {"S001": Outcome.PASSED}, start="https://b.example/")

    assert "мекенжай өзгерген" in page("site_audit:compare", "kz-a").text


def test_place_on_a_page_that_was_not_read_is_not_called_fixed(bodies):
    place = Place(where="img", address="https://a.example/late")
    older = audited(bodies[0], {}, as_of=AS_OF.replace(year=2024))
    broken = Finding(rule="P004", outcome=Outcome.FAILED, places=(place,))
    keep_findings([broken], body=bodies[0], audit=older, found_on=AS_OF)
    read = keep(
        b'{"manifest":1}\n{"url":"https://a.example/","final_url":""}\n',
        body=bodies[0],
        origin=Snapshot.Origin.CRAWL,
        address="https://a.example/#manifest",
        taken_at=older.finished_at,
    )
    newer = audited(bodies[0], {"P004": Outcome.PASSED}, was_cut=True)
    Audit.objects.filter(pk=newer.pk).update(manifest_sha256=read.sha256)
    newer.refresh_from_db()

    found = history.compared(older, newer)

    assert [turn.change.rule for turn in found.turns["not_comparable"]] == ["P004"]


def test_list_of_what_was_read_may_be_lost(bodies):
    older = audited(bodies[0], {"P004": Outcome.FAILED}, as_of=AS_OF.replace(year=2024))
    newer = audited(bodies[0], {"P004": Outcome.PASSED}, was_cut=True)

    assert [turn.change.rule for turn in history.compared(older, newer).turns["fixed"]] == ["P004"]


@pytest.mark.parametrize("chosen", ["older=1&newer=99999", "older=x&newer=y"])
def test_audits_that_are_not_the_bodys_cannot_be_chosen(bodies, chosen):
    for year in (2024, 2025):
        audited(bodies[0], {"S001": Outcome.FAILED}, as_of=AS_OF.replace(year=year))

    answer = Client().get(f"/kk/site-audit/bodies/kz-a/compare/?{chosen}")

    assert answer.status_code == 200
    assert texts(answer.content, ".app-findings") == []


def test_evaluation_takes_the_audit_judged_on_the_latest_day_of_its_period(bodies):
    late = audited(bodies[0], {"S001": Outcome.PASSED})
    judged_later_for_an_earlier_day = audited(
        bodies[0], {"S001": Outcome.FAILED}, as_of=AS_OF.replace(month=1)
    )
    Audit.objects.filter(pk=judged_later_for_an_earlier_day.pk).update(
        finished_at="2026-01-01T00:00:00Z"
    )

    within = {"since": AS_OF.replace(month=1, day=1), "until": AS_OF.replace(month=12)}

    assert queries.audit_within(bodies[0], **within) == late


def test_repairs_come_in_the_order_of_the_reports_for_download(paper):
    lines = queries.lines_of(paper)
    report = queries.report_of(paper)
    advice = advise(report, queries.chapters(lines))

    account = Account(report=report, language="kk", worth=valued(report))
    gains = {repair.line.finding.rule: repair.gain for repair in advice.repairs}

    assert list(gains) == [entry.finding.rule for entry in account.repairs]
    assert gains["P004"] == valued(report).gains["P004"] > 0
    assert [line.finding.rule for line in advice.strengths] == [
        entry.finding.rule for entry in account.good[: len(advice.strengths)]
    ]
    assert len(advice.first) <= 5


def test_day_before_any_profile_has_no_points(bodies):
    audit = audited(bodies[0], {"P004": Outcome.FAILED}, as_of=AS_OF.replace(year=2016))
    report = queries.report_of(audit)

    assert valued(report) is None
    assert advise(report, queries.chapters(queries.lines_of(audit))).gains == {}


def test_rule_no_longer_in_the_catalogue_breaks_no_page(bodies):
    audit = audited(bodies[0], {"X999": Outcome.FAILED, "S001": Outcome.PASSED})
    gone = FindingRow.objects.get(rule="X999")

    assert page("site_audit:audit", audit.pk).status_code == 200
    assert page("site_audit:finding", gone.pk).status_code == 404


def test_chapters_put_what_is_broken_first(audit):
    for chapter in queries.chapters(queries.lines_of(audit)):
        order = [queries.ORDER.index(line.finding.outcome) for line in chapter.lines]
        assert order == sorted(order)
        assert [*chapter.broken, *chapter.open, *chapter.quiet] == chapter.lines


def test_finding_has_a_page_of_its_own_with_clause_points_and_evidence(audit):
    row = audit.findings.get(rule="P004")
    shown = page("site_audit:finding", row.pk, language="en").text

    text = rules.load()["P004"].text
    for words in (text.why["en"], text.fix["en"], "points", "/a.png"):
        assert escape(words) in shown
    assert row.audit.findings.get(rule="P004").evidence[:16] in shown


@pytest.mark.parametrize(
    ("gain", "kk", "ru", "en"),
    [
        ("1", "+1 балл", "+1 балл", "+1 point"),
        ("1.5", "+1,5 балл", "+1,5 балла", "+1.5 points"),
        ("4", "+4 балл", "+4 балла", "+4 points"),
        ("5.00", "+5 балл", "+5 баллов", "+5 points"),
    ],
)
def test_points_are_counted_as_people_count_them(gain, kk, ru, en):
    for code, words in (("kk", kk), ("ru", ru), ("en", en)):
        with override(code):
            assert points_gained(Decimal(gain)) == words


def test_picture_of_a_place_is_shown_as_a_picture_and_nothing_else_is(body, audit):
    digest = keep(
        PNG,
        body=body,
        origin=Snapshot.Origin.CRAWL,
        address="https://a.example/#picture",
        taken_at=audit.finished_at,
        media_type="image/png",
    ).sha256
    html = audit.findings.exclude(evidence="").first().evidence

    shown = Client().get(reverse("evidence_picture", args=[digest]))

    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/png")
    assert shown.content == PNG
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    for other in (html, NO_BYTES):
        assert Client().get(reverse("evidence_picture", args=[other])).status_code == 404


@pytest.mark.parametrize(
    ("view", "entry", "below"),
    [
        ("site_audit:audit", "/kk/site-audit/", []),
        ("site_audit:rules", "/kk/methodologies/", ["/kk/rules/"]),
    ],
)
def test_menu_shows_the_section_one_is_in(paper, view, entry, below):
    answer = page(view, *([paper.pk] if view == "site_audit:audit" else []))

    shown = [answer.context[name] for name in ("navigation", "below_navigation")]
    assert [[link.href for link in row if link.is_current] for row in shown] == [[entry], below]


def test_audit_cut_short_blames_no_limit_where_the_site_fell_silent(bodies):
    audit = audited(bodies[0], {"S001": Outcome.PASSED}, was_cut=True)

    said = texts(page("site_audit:audit", audit.pk, language="en").text, ".govuk-inset-text")

    assert "a limit of ours was reached or the site stopped answering" in said[0]
