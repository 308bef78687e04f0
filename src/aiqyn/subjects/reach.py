"""What a screen reader is told: which elements are hidden from it, and which have a name.

Only what the markup says; what a style sheet hides is not known here. Both walk the
tree, so they are asked of the few suspects a selector has found, never of all.
"""

import re

from selectolax.lexbor import LexborNode

from aiqyn.subjects.once import kept
from aiqyn.subjects.page import Page

_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_SILENT = ("noscript", "template", "script", "style", "head")
_INSIDE = "[aria-hidden=true], [hidden], [style], script, style, noscript, template"
_HIDING = (b"aria-hidden", b"hidden", b"style", b"<style", b"<noscript", b"<template")
_SPEAKING = "img[alt], input[type=image][alt], area[alt], [aria-label], [title], svg > title"


@kept
def _may_hide(page: Page) -> bool:
    """Whether anything on the page may be hidden from readers, or is no text though inside one."""
    return any(map(page.holds, _HIDING))


def is_hidden(node: LexborNode) -> bool:
    """Whether the element or one around it is kept from readers by its markup."""
    at: LexborNode | None = node
    while at is not None and at.is_element_node:
        if at.tag in _SILENT or _hides(at.attributes) or _is_folded(at, node):
            return True
        at = at.parent
    return False


def _hides(given: dict[str, str | None]) -> bool:
    if "hidden" in given or given.get("aria-hidden") == "true":
        return True
    style = given.get("style")
    return style is not None and _UNSEEN.search(style) is not None


def _is_folded(at: LexborNode, node: LexborNode) -> bool:
    return at.tag == "dialog" and at.mem_id != node.mem_id and "open" not in at.attributes


def has_name(node: LexborNode, page: Page) -> bool:
    """Whether the element has a name: of its own, by another element, or by what is in it."""
    given = node.attributes
    if _says(given, "aria-label") or _says(given, "title"):
        return True
    if named_by(given.get("aria-labelledby") or "", page):
        return True
    if _is_spoken_picture(next(node.iter(), None)) or seen_text(node, page):
        return True
    return any(_speaks(each) for each in node.css(_SPEAKING))


def _is_spoken_picture(node: LexborNode | None) -> bool:
    """Whether the first element inside another, mostly its only one, is a picture with a text."""
    return node is not None and node.tag == "img" and "alt" in node.attributes and _speaks(node)


def _says(given: dict[str, str | None], name: str) -> bool:
    return bool((given.get(name) or "").strip())


def _speaks(node: LexborNode) -> bool:
    """Of elements inside another: their alternative text, label, tip or drawing's title."""
    if is_hidden(node):
        return False
    given = node.attributes
    if any(_says(given, name) for name in ("alt", "aria-label", "title")):
        return True
    return node.tag == "title" and bool(node.text().strip())


def named_by(ids: str, page: Page) -> bool:
    """Whether one of the elements `ids` (as in aria-labelledby) is there and says something."""
    for each in ids.split():
        if '"' in each or "\\" in each:
            continue
        named = page.lean.css_first(f'[id="{each}"]')
        if named is not None and (
            named.text().strip()
            or any(_says(named.attributes, name) for name in ("aria-label", "alt", "title"))
            or any(_speaks(inside) for inside in named.css(_SPEAKING))
        ):
            return True
    return False


def seen_text(node: LexborNode, page: Page) -> str:
    """The text of an element without what is hidden inside it."""
    text = node.text()
    if not text or text.isspace():
        return ""
    if not _may_hide(page):
        return text.strip()
    for inside in node.css(_INSIDE):
        if inside.mem_id != node.mem_id and (inside.tag in _SILENT or _hides(inside.attributes)):
            text = text.replace(inside.text(), "", 1)
    return text.strip()
