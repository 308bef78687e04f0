"""No picture is a map that only a mouse can use."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page, shorten


def check(page: Page) -> Iterator[Place]:
    maps = [(node, given) for node, given in page.images if "ismap" in given or "usemap" in given]
    if not maps:
        raise Inapplicable
    for node, given in maps:
        if "ismap" in given and _is_in_a_link(node):
            saw = shorten(given.get("src") or "")
            yield Place(where=page.path_of(node), saw=saw, note="mouse_only")


def _is_in_a_link(node: LexborNode) -> bool:
    around = node.parent
    while around is not None and around.tag != "a":
        around = around.parent
    return around is not None and "href" in around.attributes
