"""The static rules name the very elements axe-core names, on the examples and on nasty pages."""

from pathlib import Path

import pytest
import yaml
from playwright.sync_api import sync_playwright

from aiqyn import rules
from aiqyn.rendering.browser import axe_source
from aiqyn.subjects.page import Page
from tests.aiqyn.worked import evidence_of

# Notes of our rules that axe has no rule for are left out: a file name for a description …
PAIRS = {
    "P004": (("image-alt", "input-image-alt", "area-alt"), {"missing"}),
    "P006": (("link-name",), {"no_name"}),
    "P008": (("label", "select-name"), {"no_label"}),
    "P060": (("button-name", "input-button-name"), {"no_name"}),
    "P061": (("frame-title",), {"no_title"}),
    "P062": (("meta-refresh",), {"reloads"}),
    "P063": (("list", "listitem", "dlitem"), {"list", "item", "term"}),
    "P064": (("heading-order",), {"skips"}),
    "P065": (("tabindex",), {"jumps"}),
    "P066": (("blink", "marquee"), {"blink", "marquee"}),
    "P068": (("aria-roles", "aria-hidden-body"), {"no_role", "hidden_page"}),
    "P069": (("td-headers-attr",), {"lost"}),
    "P070": (("duplicate-id-aria",), {"repeated"}),
    "P071": (("svg-img-alt", "role-img-alt"), {"no_name"}),
    "P072": (("valid-lang", "html-xml-lang-mismatch"), {"unknown", "mismatch"}),
    "P073": (("server-side-image-map",), {"mouse_only"}),
    "P074": (("accesskeys",), {"repeated"}),
}
# axe finds these and asks a person to make sure.
REVIEWED = ["duplicate-id-aria", "server-side-image-map"]
AXE = """async (ids) => {
    const all = [...document.querySelectorAll("*")];
    const found = await axe.run(document, {
        runOnly: {type: "rule", values: ids},
        resultTypes: ["violations", "incomplete"], iframes: false, elementRef: true,
    });
    const told = [...found.violations, ...found.incomplete.filter(({id}) => REVIEWED.includes(id))];
    return Object.fromEntries(told.map(
        (each) => [each.id, each.nodes.map((node) => all.indexOf(node.element))]));
}""".replace("REVIEWED", str(REVIEWED))
OURS = """([paths, around, but]) => {
    const all = [...document.querySelectorAll("*")];
    const nodes = paths.map((path) => document.querySelector(path));
    return nodes.filter((node) => !but || !node.matches(but))
        .map((node) => all.indexOf(around ? node.closest(around) : node));
}"""
AROUND = {"P069": "table"}  # axe names the table, we the cell
# A placeholder is a name to axe; it vanishes as one types, so it is none to us.
STRICTER = {"P008": "[placeholder]"}
EXAMPLES = sorted(Path("examples/sites").glob("*/public/**/*.html"))[::12]
NASTY = yaml.safe_load(Path(__file__).with_name("nasty.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def drawn(chromium):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(java_script_enabled=True)
        page.route("**/*", lambda route: route.abort())
        yield page
        browser.close()


def differences(drawn, html):
    """Return, by rule, what axe alone names and what we alone name (as numbers of elements)."""
    drawn.set_content(html, wait_until="domcontentloaded")
    if not drawn.evaluate("'axe' in window"):  # it stays there from page to page
        drawn.evaluate(axe_source())
    ids = [each for names, _ in PAIRS.values() for each in names]
    theirs = drawn.evaluate(AXE, ids)
    page = Page(html.encode(), evidence_of("http://site.example/", html.encode()))
    found = {}
    for code, (names, notes) in PAIRS.items():
        axe = {number for name in names for number in theirs.get(name, [])}
        paths = paths_of(code, page, notes)
        ours = set(drawn.evaluate(OURS, [paths, AROUND.get(code), STRICTER.get(code)]))
        if axe != ours:
            found[code] = (sorted(axe - ours), sorted(ours - axe))
    return found


def paths_of(code, page, notes):
    try:
        places = list(rules.load()[code].check(page))
    except (rules.Inapplicable, rules.CannotTell):
        return []
    return [place.where for place in places if place.note in notes]


@pytest.mark.parametrize("name", NASTY)
def test_nasty_page_is_seen_as_axe_sees_it(drawn, name):
    html = NASTY[name]
    whole = html if html.startswith(("<html", "<body")) else f"<title>x</title><body>{html}</body>"

    assert differences(drawn, f"<!doctype html>{whole}") == {}


def test_examples_are_seen_as_axe_sees_them(drawn):
    different = {}

    for path in EXAMPLES:
        if found := differences(drawn, path.read_text(encoding="utf-8", errors="replace")):
            different[str(path)] = found

    assert different == {}
    assert len(EXAMPLES) > 10
