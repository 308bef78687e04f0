"""Places of findings page by page, on the page of an audit and on the page of all pages."""

import pytest
from django.utils.translation import override
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from aiqyn.chain import Finding, Outcome, Place
from aiqyn.rules import load
from aiqyn_portal.evidence.models import FindingRow
from aiqyn_portal.evidence.store import keep_findings
from aiqyn_portal.sections.site_audit import queries
from aiqyn_portal.sections.site_audit.places import alike, by_page, remarks
from aiqyn_portal.sections.site_audit.templatetags.site_audit import (
    is_quoted,
    said_saw,
    said_where,
    within,
)
from tests import factories
from tests.portal.site_audit.audited import AS_OF, NO_BYTES, audited, page

HOME, NEWS = "https://a.example/", "https://a.example/news"


def texts(html, selector):
    return [" ".join(node.text().split()) for node in LexborHTMLParser(html).css(selector)]


def picture(address, saw="/a.png", note="missing"):
    return Place(where="html > body > img", note=note, saw=saw, address=address, evidence=NO_BYTES)


@pytest.fixture
def audit(db):
    """Two rules broken on the first page, one of them on the news page too."""
    found = audited(factories.BodyFactory(), {"S001": Outcome.PASSED})
    pictures = (picture(HOME), picture(NEWS), picture(HOME, "/b.png"))
    findings = [
        Finding(rule="P004", outcome=Outcome.FAILED, places=pictures, more=7),
        Finding(
            rule="S011",
            outcome=Outcome.FAILED,
            places=(Place(where="body", note="no_postal", saw="postal", address=HOME),),
        ),
        Finding(rule="P001", outcome=Outcome.CANNOT_TELL, places=(picture(NEWS),)),
    ]
    keep_findings(findings, body=found.body, audit=found, found_on=AS_OF)
    return found


def test_places_of_one_page_stand_together():
    places = [(picture(HOME), None), (picture(NEWS), None), (picture(HOME, "/b.png"), None)]

    pages = by_page(places)

    assert [(each.address, len(each.places)) for each in pages] == [(HOME, 2), (NEWS, 1)]


def test_page_that_breaks_most_rules_comes_first(audit):
    told = remarks(queries.lines_of(audit), HOME)

    assert [(each.address, len(each.lines), each.how_many) for each in told] == [
        (HOME, 2, 3),
        (NEWS, 1, 1),
    ]


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("html > body > img", "… > img"),
        ("a[href]", ""),
        ("meta[name=viewport]", "meta[name=viewport]"),
        ("robots.txt", "robots.txt"),
        ("page 2", "2-бет"),
        ("body", ""),
        ("drafts", ""),
    ],
)
def test_path_of_a_place_is_said_where_it_helps_to_find_it(where, said):
    with override("kk"):
        assert said_where(Place(where=where)) == said


def test_what_the_note_has_said_is_not_quoted_as_a_word_of_the_machine():
    assert said_saw(Place(where="body", note="no_postal", saw="postal")) == ""
    assert said_saw(Place(where="img", note="missing", saw="/a.png")) == "/a.png"


def test_document_as_a_whole_is_named_by_its_address_without_bare_numbers():
    scan = Place(where="document", note="scan", saw="2")
    assert (said_saw(scan), said_where(scan)) == ("", "")
    named = Place(where="document", note="unsaid", saw="prikaz.pdf")
    assert said_saw(named) == "prikaz.pdf"
    assert said_where(Place(where="page 2", note="scanned_page")) != ""


def test_audit_shows_the_pages_with_most_remarks(audit):
    html = page("site_audit:audit", audit.pk, language="en").text

    assert texts(html, ".app-pages > li summary") == [
        f"{HOME} 2 rules broken",
        "/news 1 rule broken",
    ]
    assert "All pages with remarks" not in html


def test_all_pages_say_what_is_wrong_on_each_and_how_many_places_are_not_listed(audit):
    html = page("site_audit:pages", audit.pk, language="en").text

    assert len(texts(html, ".app-pages > li")) == 2
    assert "/b.png" in html
    assert "7 more places are counted and not listed." in html
    finding = FindingRow.objects.get(audit=audit, rule="S011")
    assert f"/en/site-audit/findings/{finding.pk}/" in html


def test_audit_of_many_pages_leads_to_all_of_them(audit):
    many = tuple(picture(f"https://a.example/{n}") for n in range(60))
    keep_findings(
        [Finding(rule="P006", outcome=Outcome.FAILED, places=many)],
        body=audit.body,
        audit=audit,
        found_on=AS_OF,
    )

    first = page("site_audit:audit", audit.pk, language="en").text
    every = page("site_audit:pages", audit.pk, language="en").text

    assert len(texts(first, ".app-pages > li")) == 10
    assert "All pages with remarks" in first
    assert len(texts(every, ".app-pages > li")) == 50
    assert "?page=2" in every


def test_audit_says_its_share_first_and_leads_to_every_family(audit):
    html = page("site_audit:audit", audit.pk, language="en").text

    families = texts(html, "nav[aria-label='Families of rules'] a")
    assert texts(html, ".app-big strong") == ["33 %"]
    assert families == [
        "100 % Languages",
        "– Finding things",
        "0 % Contacts and feedback",
        "0 % Access for all",
    ]


def test_finding_shows_what_to_do_and_where_before_what_it_rests_on(audit):
    row = FindingRow.objects.get(audit=audit, rule="P004")

    html = page("site_audit:finding", row.pk, language="en").text

    order = [html.index(each) for each in ("How to repair:", 'id="places"', 'id="about"')]
    assert order == sorted(order)
    assert texts(html, ".app-places > li > a.app-address") == [HOME, "/news"]
    assert "/en/rules/P004/#basis" in html


def test_what_has_no_page_of_its_own_stands_with_the_first(db):
    audit = audited(factories.BodyFactory(), {"S001": Outcome.PASSED}, start=HOME)
    trap = Place(where="https://a.example/calendar", saw="https://a.example/calendar?y=2099")
    series = Finding(rule="S095", outcome=Outcome.FAILED, places=(trap,))
    keep_findings([series], body=audit.body, audit=audit, found_on=AS_OF)

    told = remarks(queries.lines_of(audit), HOME)

    assert [(each.address, len(each.lines)) for each in told] == [(HOME, 1)]
    assert "/calendar?y=2099" in texts(page("site_audit:pages", audit.pk).text, ".app-pages q")


def test_pages_with_equal_remarks_are_told_together():
    pages = by_page(
        [
            (picture(HOME), None),
            (picture(NEWS, "/b.png"), None),
            (picture("https://a.example/about"), None),
        ]
    )

    groups = alike(pages)

    assert [[page.address for page in each.pages] for each in groups] == [
        [HOME, "https://a.example/about"],
        [NEWS],
    ]
    assert [each.places[0][0].saw for each in groups] == ["/a.png", "/b.png"]


@pytest.mark.parametrize(("pictures", "groups"), [(("1", "1"), 1), (("1", "2"), 2), (("1", ""), 2)])
def test_pages_a_browser_has_shown_are_told_together_where_they_look_the_same(pictures, groups):
    shown = [
        replace(picture(address), picture=digest)
        for address, digest in zip((HOME, NEWS), pictures, strict=True)
    ]

    assert len(alike(by_page((place, None) for place in shown))) == groups


def test_remark_of_several_pages_is_read_once(audit):
    both = (picture(HOME, "/c.png"), picture(NEWS, "/c.png"))
    keep_findings(
        [Finding(rule="P006", outcome=Outcome.FAILED, places=both)],
        body=audit.body,
        audit=audit,
        found_on=AS_OF,
    )
    row = FindingRow.objects.get(audit=audit, rule="P006")

    html = page("site_audit:finding", row.pk, language="en").text

    assert html.count("/c.png") == 1
    assert texts(html, ".app-places .app-address") == [HOME, "/news"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://a.example/", "https://a.example/"),
        (
            "https://a.example/kk/news?page=2&lang=kk",
            "/kk/<wbr>news?<wbr>page=2&amp;<wbr>lang=kk",
        ),
        ("https://a.example/%D0%B0%D2%9B%D1%88%D0%B0%20a.pdf", "/ақша a.pdf"),
        ("https://a.example/%F2%E5%EA%F1%F2", "/%F2%E5%EA%F1%F2"),
        ("https://a.example/a%0Ab%E2%80%AEfdp", "/a%0Ab%E2%80%AEfdp"),
        ("https://a.example/%3Cb%3E", "/&lt;b&gt;"),
        ("http://a.example/kk", "http://a.example/<wbr>kk"),
        ("https://a.example.kz/kk", "https://a.example.kz/<wbr>kk"),
        ("robots.txt", "robots.txt"),
    ],
)
def test_address_of_the_site_itself_needs_no_host(address, said):
    assert within(address, "https://a.example/kk/") == said


def test_pages_of_the_site_are_named_by_their_path(audit):
    keep_findings(
        [Finding(rule="P009", outcome=Outcome.FAILED, places=(picture("https://b.example/x"),))],
        body=audit.body,
        audit=audit,
        found_on=AS_OF,
    )

    pages = page("site_audit:pages", audit.pk, language="en").text
    found = FindingRow.objects.get(rule="P004")
    one = page("site_audit:finding", found.pk, language="en").text

    assert texts(pages, ".app-pages summary .govuk-details__summary-text") == [
        HOME,
        "/news",
        "https://b.example/x",
    ]
    assert f'href="{NEWS}"' in one
    assert texts(one, ".app-places .app-address") == [HOME, "/news"]
    assert HOME in texts(one, ".govuk-summary-list__value")


def test_quoted_address_of_the_site_is_its_path_and_other_quotes_are_exact(audit):
    quoted = (f"{NEWS}-2 (404)", "https://b.example/x (404)", "100%25")
    keep_findings(
        [
            Finding(
                rule="S006",
                outcome=Outcome.FAILED,
                places=tuple(picture(HOME, saw, note="not_found") for saw in quoted),
            )
        ],
        body=audit.body,
        audit=audit,
        found_on=AS_OF,
    )

    one = page("site_audit:finding", FindingRow.objects.get(rule="S006").pk).text

    assert texts(one, ".app-places q") == ["/news-2 (404)", "https://b.example/x (404)", "100%25"]
    assert texts(one, ".app-places code") == ["… > img"] * 3


def test_remedy_of_what_was_found_is_told(audit):
    text = load()["S086"].text
    place = Place(where="HTTP", note="version_told", saw="Server: a/1.1", address=HOME)
    finding = Finding(rule="S086", outcome=Outcome.FAILED, places=(place,))
    keep_findings([finding], body=audit.body, audit=audit, found_on=AS_OF)
    row = FindingRow.objects.get(audit=audit, rule="S086")

    pages = [
        page(f"site_audit:{view}", pk, language="ru").text
        for view, pk in (("finding", row.pk), ("audit", audit.pk), ("repairs", audit.pk))
    ]

    assert [text.fixes["version_told"]["ru"] in each for each in pages] == [True] * 3
    assert [text.fix["ru"] in each for each in pages] == [False] * 3


def test_sections_and_languages_are_named_in_the_language_of_the_reader(audit):
    places = (
        Place(where="appeals_review", note="missing", saw="Обзор обращений", address=HOME),
        Place(where="budget", note="missing", saw="Бюджет", address=HOME),
        Place(where="html", note="missing", saw="ru", address=HOME),
        Place(where="news", note="missing", saw="ru: 2019", address=HOME),
    )
    finding = Finding(rule="S004", outcome=Outcome.FAILED, places=places)
    keep_findings([finding], body=audit.body, audit=audit, found_on=AS_OF)
    row = FindingRow.objects.get(audit=audit, rule="S004")

    said = texts(page("site_audit:finding", row.pk).text, ".app-places li li")

    missing = load()["S004"].text.notes["missing"]["kk"]
    named = ["Өтініштерге шолу", "Бюджет", "орыс тілі", "Жаңалықтар: орыс тілі: 2019"]
    assert said == [f"{missing} {each}" for each in named]


@pytest.mark.parametrize(
    ("where", "saw", "is_of_site"),
    [
        ("news", "Новости: 4", False),
        ("news", "ru: 2019", False),
        ("html", "kk", False),
        ("news", "Өткен жыл", True),
        ("html", "ru: Новости", True),
    ],
)
def test_only_what_the_site_wrote_is_quoted(where, saw, is_of_site):
    assert is_quoted(Place(where=where, saw=saw)) is is_of_site


def test_what_is_said_of_a_finding_is_not_said_again_at_its_places(audit):
    place = Place(where="appeals_review", note="unnamed", saw="Обращения", address=HOME)
    finding = Finding(
        rule="S038", outcome=Outcome.CANNOT_TELL, note="unnamed", places=(place, place)
    )
    keep_findings([finding], body=audit.body, audit=audit, found_on=AS_OF)
    row = FindingRow.objects.get(audit=audit, rule="S038")

    told = page("site_audit:finding", row.pk, language="ru").text

    assert told.count(load()["S038"].text.notes["unnamed"]["ru"]) == 1
