"""A drawing or an element that plays a picture has a name for those who do not see it."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.reach import is_hidden, named_by

_PICTURES = "[role=img]:not(img), svg[role=graphics-document], svg[role=graphics-symbol]"


def check(page: Page) -> Iterator[Place]:
    if not page.holds(b"role="):
        raise Inapplicable
    pictures = [node for node in page.select(_PICTURES) if not is_hidden(node)]
    if not pictures:
        raise Inapplicable
    for node in pictures:
        given = node.attributes
        is_told = any((given.get(name) or "").strip() for name in ("aria-label", "title"))
        titles = node.css("title") if node.tag == "svg" else []
        is_told |= any(title.text().strip() for title in titles if title.parent == node)
        if not is_told and not named_by(given.get("aria-labelledby") or "", page):
            opening = (node.html or "").partition(">")[0]
            yield Place(where=page.path_of(node), saw=shorten(opening + ">"), note="no_name")
