"""What a clerk reads first, and the ways from one page to the next."""

import msgspec
import pytest

from aiqyn.chain import Finding, Outcome, Place
from aiqyn.text import LANGUAGES
from aiqyn_portal.base.shared import MARK
from aiqyn_portal.evidence.models import FindingRow
from aiqyn_portal.evidence.store import as_finding, keep_findings
from aiqyn_portal.sections.site_audit.templatetags.site_audit import first_sentence
from tests.portal.site_audit.audited import AS_OF, audited, page


@pytest.fixture
def outside(body):
    """An audit whose one finding names a place on the web and one a browser must not open."""
    audit = audited(body, {})
    places = (
        Place(where="a", address='https://a.example/бет?a=1&b="<x>'),
        Place(where="a", address="javascript:alert(1)"),
    )
    found = Finding(rule="P004", outcome=Outcome.FAILED, places=places)
    return FindingRow.objects.create(
        body=body,
        audit=audit,
        rule="P004",
        outcome="failed",
        found_on=AS_OF,
        finding=msgspec.to_builtins(found, str_keys=True),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_of_repairs_leads_with_what_is_to_be_done(paper, language):
    said = page("site_audit:audit", paper.pk, language=language).text
    first = said[said.index('id="first"') :].split("</ol>")[0]
    links = first.split("<a ")[1:]

    assert len(links) == 3
    assert all(link.split("</a>")[1].startswith("<br>") for link in links)


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("Көркемдік мәтінсіз. Түзетіңіз.", "Көркемдік мәтінсіз."),
        ("Жазыңыз: № 5. Содан соң", "Жазыңыз: № 5."),
        ("Файл robots.txt болсын", "Файл robots.txt болсын"),
        ("", ""),
    ],
)
def test_remedy_in_one_line_is_its_first_sentence(said, first):
    assert first_sentence(said) == first


def test_place_of_a_finding_is_opened_by_one_click_where_it_is_safe(outside):
    said = page("site_audit:finding", outside.pk).text

    assert 'href="https://a.example/бет?a=1&amp;b=&quot;&lt;x&gt;"' in said
    assert 'rel="nofollow noopener noreferrer"' in said
    assert "javascript:alert(1)" in said
    assert 'href="javascript:' not in said


def test_officer_finds_the_audits_of_the_site_in_the_office(body, officer_client):
    said = page("evaluation:office", client=officer_client).text

    assert f'href="/kk/site-audit/bodies/{body.code}/"' in said


def test_what_no_database_takes_is_kept_all_the_same(body):
    """PostgreSQL refuses NUL; a text that only speaks of it stays as it is."""
    places = (Place(where="title", saw="a\0b"), Place(where="p", saw=r"\u0000 and \\u0000"))
    found = Finding(rule="P001", outcome=Outcome.FAILED, places=places)

    keep_findings([found], body=body, audit=None, found_on=AS_OF)

    kept = as_finding(FindingRow.objects.get())
    assert [place.saw for place in kept.places] == ["a\ufffdb", r"\u0000 and \\u0000"]


def test_finding_with_many_places_is_read_on_one_page(body):
    audit = audited(body, {})
    place = Place(where="a", saw="<script>alert(1)</script>", address="https://a.example/")
    found = Finding(rule="P004", outcome=Outcome.FAILED, places=(place,) * 500)
    keep_findings([found], body=body, audit=audit, found_on=AS_OF)

    said = page("site_audit:finding", audit.findings.get().pk).text

    assert said.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 500
    assert "<script>alert" not in said


@pytest.mark.parametrize(
    ("view", "is_shared"),
    [
        ("home", True),
        ("body", True),
        ("audit", True),
        ("agreement", True),
        ("rules", True),
        ("rule", True),
        ("finding", False),
    ],
)
def test_pages_many_read_are_drawn_once_for_who_is_not_signed_in(paper, view, is_shared):
    of = {
        "body": paper.body.code,
        "audit": paper.pk,
        "agreement": paper.pk,
        "rule": "S001",
        "finding": paper.findings.get(rule="S001").pk,
    }

    asked = page(f"site_audit:{view}", *([of[view]] if view in of else []))

    assert asked.status_code == 200
    assert asked.wsgi_request.META.get(MARK, False) is is_shared
    assert not asked.cookies
