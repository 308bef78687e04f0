"""Pages made to be read otherwise once their menus are known: each says the same every time."""

import pytest

from aiqyn.audit import Reader, edition_on
from aiqyn.subjects import menus
from aiqyn.subjects.page import Page
from tests.aiqyn.subjects.test_menus import DEEP, items, menu, met, nothing_known, page_of
from tests.aiqyn.worked import TAKEN, evidence_of

assert nothing_known  # a fixture

ONE = f'<ul class="menu">\n{items("kk", 1)}</ul>'  # what is left of the menu when it is shortened
OWN = '<main><h1>Бюджет</h1><p><a href="/own">Мәтін</a></p></main>'
EDITION = edition_on("sites", TAKEN.date())


def judged(html):
    """Every verdict on the page and all that is known of it."""
    content = html.encode()
    reader = Reader(EDITION, as_of=TAKEN.date())
    reader.read(evidence_of("http://site.example/a", content, depth=DEEP), content)
    return reader.partial().packed(), list(Page(content).hrefs)


HIDDEN = {
    "comment": "<!-- {} -->",
    "comment that never ends": "{one}<!-- {}",
    "script": "<script>{}</script>",
    "script of another kind": '<script type="text/x-template">{}</script>',
    "style": "<style>{}</style>",
    "template": "<template>{}</template>",
    "template in the head": "<head><template>{}</template></head>",
    "textarea": "<textarea>{}</textarea>",
    "title": "<title>{}</title>",
    "noframes": "<noframes>{}</noframes>",
    "iframe": "<iframe>{}</iframe>",
    "xmp": "<xmp>{}</xmp>",
    "CDATA in a drawing": "<svg><![CDATA[{}]]></svg>",
    "an attribute": "<p data-x='{}'>x</p>",
    "a field of choices": "<select>{}</select>",
}
READ = {  # elements it may be
    "noscript": "<noscript>{}</noscript>",
    "noscript in the head": "<head><noscript>{}</noscript></head>",
    "a list in a list": "<ul><li>{}</li></ul>",
    "a heading": "<h2>{}</h2>",
    "the main heading": "<h1>{}</h1>",
    "a running line": "<marquee>{}</marquee>",
    "a button": "<button>{}</button>",
    "a heading by its role": '<div role="heading">{}</div>',
    "a label": "<label>{}</label>",
    "a list of terms": "<dl><dt>{}</dt></dl>",
    "a paragraph": "<p>{}</p>",
    "a table": "<table>{}<tr><td>x</table>",
    "a drawing": "<svg>{}</svg>",
    "what a drawing is called": "<svg><title>{}</title></svg>",
    "bold nobody closed": "<b>{}",
    "link nobody closed": "<a href=/x>{}",
}


@pytest.mark.parametrize("around", (HIDDEN | READ).values(), ids=HIDDEN | READ)
@pytest.mark.parametrize(
    "beside", ["{hidden}{one}{own}", "{one}{hidden}{own}", "{own}{one}{hidden}"]
)
def test_findings_do_not_depend_on_what_was_read_before(around, beside):
    hidden = around.replace("{}", menu()).replace("{one}", ONE)
    html = beside.format(hidden=hidden, one=ONE, own=OWN)

    said = [judged(html) for _ in range(4)]

    assert said == [said[0]] * 4


@pytest.mark.parametrize("around", HIDDEN.values(), ids=HIDDEN)
def test_a_list_equal_to_the_first_item_is_none_that_is_hidden(around):
    met(menu())
    page = page_of(ONE + OWN + around.replace("{}", menu()).replace("{one}", ""))

    assert page.whole is page
    assert page.hrefs == Page(page.content).hrefs
    assert menus._known == {menu().removesuffix("</ul>").encode(): None}


def test_a_list_beside_its_menu_stays_what_it_is():
    met(menu())
    page = page_of(f"<header>{ONE}{menu()}{ONE}</header>{OWN}")

    assert page.whole is not page
    assert page.hrefs == page.whole.hrefs
    assert [page.path_of(node) for node in page.lean.css("li")] == [
        "html > body > header > ul:nth-of-type(1) > li",
        "html > body > header > ul:nth-of-type(2) > li:nth-of-type(1)",
        "html > body > header > ul:nth-of-type(3) > li",
    ]


def test_nothing_of_a_mark_is_left_in_the_tree():
    met(menu())
    page = page_of(f"<header>{menu()}</header>{OWN}")

    assert menus._MARK not in (page.lean.html or "")


def test_the_ways_to_a_menu_and_behind_it_are_those_of_the_whole_page():
    met(menu("kk"), menu("ru"))
    page = page_of(f"<nav>{menu('kk')}<p>x</p>{menu('ru')}<p>y</p></nav>{OWN}")
    css = "ul, p, ul > li:first-child, ul > li:first-child > a"

    lean, whole = page.lean.css(css), page.whole.select(css)

    assert page.whole is not page
    assert len(lean) == len(whole) == 9
    assert [page.path_of(node) for node in lean] == [page.whole.path_of(node) for node in whole]


def test_ways_are_counted_once_for_a_page_and_its_whole(monkeypatch):
    monkeypatch.setattr("aiqyn.subjects.paths.MOST_PATHS", 2)
    met(menu())
    page = page_of(f"<nav>{menu()}</nav>{OWN}")
    node = page.lean.css("main")[0]

    told = [each.path_of(node) for each in (page, page.whole, page, page.whole)]

    assert told == ["html > body > main"] * 2 + ["main"] * 2


def test_a_list_that_is_nearly_plain_takes_no_longer_than_a_plain_one():
    """Tried in every way there is, this one would take longer than anybody waits."""
    odd = (
        menu().replace("</a></li>\n</ul>", "</b></li>\n</ul>").replace("Бөлім", " " * 40 + "Бөлім")
    )
    met(odd, odd)

    assert list(menus._known.values()) == [None]
