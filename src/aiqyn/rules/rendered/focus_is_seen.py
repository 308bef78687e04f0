"""Whoever goes through the page with the keyboard sees where they are."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.rules.axe import dressed
from aiqyn.subjects.rendering import Rendering, place_of


def check(rendering: Rendering) -> Iterator[Place]:
    way = dressed(rendering).tabbing
    if way is None or not way.stops:
        raise Inapplicable
    yield from (place_of(spot, "unseen") for spot in way.unseen)
