"""Every link of the menu is reached with the Tab key, and Tab is caught nowhere."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.rendering import Rendering, place_of


def check(rendering: Rendering) -> Iterator[Place]:
    way = rendering.seen.tabbing
    if way is None or not (way.menu or way.trap):
        raise Inapplicable
    if way.trap is not None:
        yield place_of(way.trap, "trap")
    yield from (place_of(spot, "missed") for spot in way.missed)
