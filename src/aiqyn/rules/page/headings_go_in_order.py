"""Headings go down one level at a time: after h2 comes h3, not h4."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.reach import is_hidden

# Without any of these no heading is hidden, and nobody has to look.
_HIDING = (b" hidden", b"aria-hidden", b"display:", b"visibility:", b"<dialog", b"<template")
_DEEP = ("h3", "h4", "h5", "h6")
_HEADINGS = "h1, h2, h3, h4, h5, h6, [role=heading]"


def check(page: Page) -> Iterator[Place]:
    if not any(map(page.nodes, _DEEP)) and not any(map(_is_heading, page.roles)):
        raise Inapplicable  # with h1 and h2 alone nothing can be left out
    may_hide = any(map(page.holds, _HIDING))
    before = 0
    for heading in page.select_lean(_HEADINGS):
        level = _level(heading)
        if not level or (may_hide and is_hidden(heading)):
            continue
        if 0 < before < level - 1:
            saw = f"h{before} → h{level}: {shorten(heading.text(separator=' '), 80)}"
            yield Place(where=page.path_of(heading), saw=saw, note="skips")
        before = level
    if not before:
        raise Inapplicable


def _is_heading(node: LexborNode) -> bool:
    return (node.attributes["role"] or "").lower() == "heading"


def _level(heading: LexborNode) -> int:
    """Level by aria-level or by name; 0 for a heading whose role was taken away."""
    given = heading.attributes
    if given.get("role", "heading") != "heading":
        return 0
    told = given.get("aria-level") or ""
    if told.isdecimal() and int(told) > 0:
        return int(told)
    return int(str(heading.tag)[1]) if str(heading.tag)[1:].isdecimal() else 2
