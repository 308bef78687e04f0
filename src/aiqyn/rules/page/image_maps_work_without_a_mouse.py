"""No picture is a map that only a mouse can use."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page, shorten


def check(page: Page) -> Iterator[Place]:
    if not page.holds(b"<map") and not page.holds(b"ismap"):
        raise Inapplicable
    for node in page.select("a[href] img[ismap]"):
        saw = shorten(node.attributes.get("src") or "")
        yield Place(where=page.path_of(node), saw=saw, note="mouse_only")
