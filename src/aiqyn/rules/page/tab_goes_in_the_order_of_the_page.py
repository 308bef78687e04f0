"""The Tab key goes through the page in the order in which it is read."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page


def check(page: Page) -> Iterator[Place]:
    given = page.given("tabindex")
    if not given:
        raise Inapplicable
    for node in given:
        told = (node.attributes["tabindex"] or "").strip()
        if told.isdecimal() and int(told) > 0:
            yield Place(where=page.path_of(node), saw=f"tabindex={told}", note="jumps")
