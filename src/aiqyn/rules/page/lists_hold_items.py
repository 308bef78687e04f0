"""Lists hold items and nothing else, and items stand in lists."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.reach import is_hidden

_LISTS = ("ul", "ol")
_STRANGERS = ", ".join(
    f"{name}:not([role]) > :not(li):not(script):not(template):not(style)" for name in _LISTS
)
_LOST = ":not(ul):not(ol):not(menu):not([role=list]) > li:not([role])"
_LOST_TERMS = (
    ":not(dl):not(div) > dt, :not(dl):not(div) > dd, "
    ":not(dl) > div > dt:not([role]), :not(dl) > div > dd:not([role])"
)
_PASSED_BY = ("none", "presentation")


def check(page: Page) -> Iterator[Place]:
    lists = [node for name in _LISTS for node in page.nodes(name)]
    has_terms = page.holds(b"<dt") or page.holds(b"<dd")
    if not lists and not has_terms and not page.holds(b"<li"):
        raise Inapplicable
    broken = {node.mem_id: node for node in lists if _holds_text(node)}
    for stranger in page.select(_STRANGERS) if lists else ():
        if stranger.parent is not None and _is_stranger(stranger):
            broken[stranger.parent.mem_id] = stranger.parent
    yield from _places(page, list(broken.values()), "list")
    yield from _places(page, page.select(_LOST) if page.holds(b"<li") else [], "item")
    yield from _places(page, page.select(_LOST_TERMS) if has_terms else [], "term")


def _holds_text(node: LexborNode) -> bool:
    text = node.text(deep=False)
    return bool(text) and not text.isspace() and "role" not in node.attributes


def _is_stranger(node: LexborNode) -> bool:
    return node.attributes.get("role") not in ("listitem", *_PASSED_BY) and not is_hidden(node)


def _places(page: Page, nodes: list[LexborNode], note: str) -> Iterator[Place]:
    for node in nodes:
        if not is_hidden(node):
            saw = shorten(node.text(separator=" "), 60) or str(node.tag)
            yield Place(where=page.path_of(node), saw=saw, note=note)
