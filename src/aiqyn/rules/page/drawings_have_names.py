"""A drawing or an element that plays a picture has a name for those who do not see it."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.reach import is_hidden, named_by

_DRAWN = ("graphics-document", "graphics-symbol")


def check(page: Page) -> Iterator[Place]:
    pictures = [node for node in page.roles if _is_picture(node) and not is_hidden(node)]
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


def _is_picture(node: LexborNode) -> bool:
    role = node.attributes["role"]
    return (role == "img" and node.tag != "img") or (node.tag == "svg" and role in _DRAWN)
