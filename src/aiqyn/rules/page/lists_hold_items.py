"""Lists hold items and nothing else, and items stand in lists."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.reach import is_hidden

_LISTS = ("ul", "ol")
_ALLOWED = ("script", "template", "style")
_LOST = ":not(ul):not(ol):not(menu):not([role=list]) > li:not([role])"
_BESIDE_TERMS = "dl > :not(dt):not(dd):not(div)"
_PASSED_BY = ("none", "presentation")


def check(page: Page) -> Iterator[Place]:
    """What breaks is quoted from the whole page."""
    yield from list(_found(page)) and _found(page.whole)


def _found(page: Page) -> Iterator[Place]:
    lists = [node for name in _LISTS for node in page.nodes(name)]
    terms = page.select_lean("dt, dd") if page.nodes("dt") or page.nodes("dd") else []
    of_terms = page.nodes("dl")
    if not (lists or terms or of_terms or page.nodes_lean("li")):
        raise Inapplicable
    broken = {node.mem_id: node for node in [*lists, *of_terms] if _holds_text(node)}
    for stranger in page.select_lean(_BESIDE_TERMS) if of_terms else ():
        if stranger.parent is not None and _is_stranger(stranger):
            broken[stranger.parent.mem_id] = stranger.parent
    items = len(page.nodes_lean("li"))
    for each in lists:
        for child in each.iter():
            if child.tag == "li":
                items -= 1
            elif child.is_element_node and _is_stranger(child):
                broken[each.mem_id] = each
    yield from _places(page, list(broken.values()), "list")
    yield from _places(page, page.select_lean(_LOST) if items else [], "item")
    yield from _places(page, [term for term in terms if _is_lost(term)], "term")


def _holds_text(node: LexborNode) -> bool:
    text = node.text(deep=False)
    return bool(text) and not text.isspace() and "role" not in node.attributes


def _is_stranger(node: LexborNode) -> bool:
    if node.tag in _ALLOWED or "role" in (node.parent.attributes if node.parent else {}):
        return False
    return node.attributes.get("role") not in ("listitem", *_PASSED_BY) and not is_hidden(node)


def _is_lost(term: LexborNode) -> bool:
    """Terms stand in a dl, or in a div that does."""
    around = term.parent
    if around is not None and around.tag == "div":
        around = around.parent
    return "role" not in term.attributes and (around is None or around.tag != "dl")


def _places(page: Page, nodes: list[LexborNode], note: str) -> Iterator[Place]:
    for node in nodes:
        if not is_hidden(node):
            saw = shorten(node.text(separator=" "), 60) or str(node.tag)
            yield Place(where=page.path_of(node), saw=saw, note=note)
