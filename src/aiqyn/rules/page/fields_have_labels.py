"""Every field of a form says what to write in it."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page
from aiqyn.subjects.reach import is_hidden, named_by

_NO_FIELDS = ("hidden", "submit", "button", "image", "reset")
_NAMES = ("aria-label", "title")


def check(page: Page) -> Iterator[Place]:
    others = page.nodes("select") or page.nodes("textarea")
    fields = [
        node
        for node in (page.select_lean("input, select, textarea") if others else page.nodes("input"))
        if (node.attributes.get("type") or "").lower() not in _NO_FIELDS
    ]
    if not fields:
        raise Inapplicable
    labelled = {
        given["for"]
        for node in page.nodes("label")
        if "for" in (given := node.attributes) and node.text().strip()
    }
    for field in fields:
        if field.attributes.get("id") in labelled or _is_named(field, page):
            continue
        if not is_hidden(field):
            saw = field.attributes.get("name") or field.attributes.get("placeholder") or field.tag
            yield Place(where=page.path_of(field), saw=str(saw), note="no_label")


def _is_named(field: LexborNode, page: Page) -> bool:
    """By an attribute or by a label around it; a placeholder vanishes as one types."""
    if any((field.attributes.get(name) or "").strip() for name in _NAMES):
        return True
    if named_by(field.attributes.get("aria-labelledby") or "", page):
        return True
    around = field.parent
    while around is not None and around.tag != "label":
        around = around.parent
    return around is not None and bool(around.text().strip())
