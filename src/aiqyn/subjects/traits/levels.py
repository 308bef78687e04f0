"""How many levels the menus of a page have: lists in lists, each with links of its own."""

import re
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.spaces import squeeze

_LISTS = frozenset({"ul", "ol", "menu"})
_WORDS = frozenset({"menu", "mainmenu", "topmenu", "nav", "navbar", "navigation", "sidenav"})
_BETWEEN = re.compile(r"[\s_-]+")
LONGEST = 60  # characters of the name of an entry


class Levels(NamedTuple):
    """Of the deepest entry of the menus."""

    depth: int = 0  # lists with links it stands in, one in another
    name: str = ""


def levels_of(page: Page) -> Levels:
    """Return the levels of menus: of `<nav>`, of the role, and of what is called a menu."""
    deepest = Levels()
    body = page.lean.body
    waiting = [(body, 0, False)] if body else []
    while waiting:
        node, levels, is_menu = waiting.pop()
        is_menu = is_menu or _is_menu(node)
        if is_menu and node.tag in _LISTS and _has_links(node):
            levels += 1
        if levels > deepest.depth and node.tag == "a":
            deepest = Levels(levels, shorten(squeeze(node.text()), LONGEST))
        waiting += [(child, levels, is_menu) for child in reversed(list(node.iter()))]
    return deepest


def _is_menu(node: LexborNode) -> bool:
    if node.tag == "nav":
        return True
    given = node.attributes
    if "navigation" in (given.get("role") or "").lower().split():
        return True
    named = f"{given.get('class') or ''} {given.get('id') or ''}".lower()
    return not _WORDS.isdisjoint(_BETWEEN.split(named))


def _has_links(node: LexborNode) -> bool:
    """Whether an entry of the list itself is a link; lists of mere columns are no level."""
    waiting = list(node.iter())
    while waiting:
        inner = waiting.pop()
        if inner.tag == "a":
            return True
        if inner.tag not in _LISTS:
            waiting += inner.iter()
    return False
