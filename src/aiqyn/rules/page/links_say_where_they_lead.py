"""Every link has a name: a text, a label, or a picture that has a text."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.reach import has_name, is_hidden


def check(page: Page) -> Iterator[Place]:
    if not page.hrefs:
        raise Inapplicable
    for link in page.nodes_lean("a"):
        if _holds_text_alone(link) or "href" not in link.attributes:
            continue
        if not has_name(link, page) and not is_hidden(link):
            href = link.attributes["href"] or ""
            yield Place(where=page.path_of(link), saw=shorten(href), note="no_name")


def _holds_text_alone(link: LexborNode) -> bool:
    """Most links do, and have a name; only the rest is looked at one by one."""
    inside = link.first_child
    if inside is None or inside.next is not None:
        return False
    return bool(inside.is_text_node and not inside.is_empty_text_node)
