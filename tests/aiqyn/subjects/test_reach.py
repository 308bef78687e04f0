import pytest

from aiqyn.subjects.page import Page
from aiqyn.subjects.reach import has_name, is_hidden, named_by
from aiqyn.subjects.traits.access import Access, access_of
from tests.aiqyn.worked import evidence_of


def page(html, **more):
    content = html.encode()
    return Page(content, evidence_of("http://site.example/", content, **more))


@pytest.mark.parametrize(
    ("around", "hidden"),
    [
        ("<div>{}</div>", False),
        ("<div hidden>{}</div>", True),
        ("<div aria-hidden='true'>{}</div>", True),
        ("<div aria-hidden='false'>{}</div>", False),
        ("<div style='display : NONE'>{}</div>", True),
        ("<div style='visibility:hidden'>{}</div>", True),
        ("<div style='color:red'>{}</div>", False),
        ("<dialog>{}</dialog>", True),
        ("<dialog open>{}</dialog>", False),
        ("<p>1</p><noscript>{}</noscript>", True),
    ],
)
def test_element_is_hidden_by_what_is_around_it(around, hidden):
    found = page(around.format("<b id='x'>1</b>"))

    assert is_hidden(found.select("#x")[0]) is hidden


def test_dialog_itself_is_not_folded():
    assert not is_hidden(page("<dialog id=x>1</dialog>").select("#x")[0])


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        ("Мәтін", True),
        ("", False),
        ("<i aria-hidden=true>x</i>", False),
        ("<i aria-hidden=true>x</i>Мәтін", True),
        ("<style>a {}</style>", False),
        ("<i style='color: red'>x</i>", True),
        ("<img alt='Герб'>", True),
        ("<img alt=''>", False),
        ("<span hidden><img alt='Герб'></span>", False),
        ("<svg><title>Герб</title></svg>", True),
        ("<svg><title> </title></svg>", False),
        ("<i title='Герб'></i>", True),
    ],
)
def test_name_comes_from_what_is_inside(inside, named):
    found = page(f"<a id=x href=/>{inside}</a>")

    assert has_name(found.select("#x")[0], found) is named


@pytest.mark.parametrize(
    ("ids", "named"),
    [
        ("a", True),
        ("nobody a", True),
        ("empty", False),
        ("label", True),
        ("picture", True),
        ('"]', False),
        ("", False),
    ],
)
def test_name_comes_from_another_element(ids, named):
    found = page(
        "<b id=a>1</b><b id=empty></b><b id=label aria-label=1></b><b id=picture><img alt=1></b>"
    )

    assert named_by(ids, found) is named


def test_attributes_name_an_element():
    found = page("<a id=x aria-label=1></a><a id=y aria-labelledby=z></a><b id=z>1</b>")

    assert [has_name(found.select(each)[0], found) for each in ("#x", "#y")] == [True, True]
    assert found.roles == []


ACT = "Аудан әкімдігі ҚАУЛЫ ЕТЕДІ: 1. Азаматтарды қабылдау кестесі бекітілсін. " * 20


@pytest.mark.parametrize(
    ("html", "url", "depth", "facts"),
    [
        ("<a href=?bvi>Нашар көретіндерге</a>", "/", 0, Access(special="offered")),
        ("<p>1</p>", "/kk/", 1, Access(special="missing")),
        ("<script></script>", "/ru/", 1, Access(special="unknown")),
        ("<a>Нашар көретіндерге</a>", "/kk/news/2026/opening", 2, Access()),
        ("<a>Нашар көретіндерге</a>", "/kk/", 5, Access()),
        (f"<main>{ACT}</main>", "/kk/acts/2026/resolution", 3, Access(is_act=True)),
        (f"<main>{'Мәтін: 1 ' * 300}</main>", "/kk/acts/2026/resolution", 3, Access()),
    ],
)
def test_facts_of_a_page(html, url, depth, facts):
    content = html.encode()
    found = Page(content, evidence_of(f"http://site.example{url}", content, depth=depth))

    assert access_of(found, None) == facts
