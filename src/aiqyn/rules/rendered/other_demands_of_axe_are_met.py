"""What else axe-core asks of a page is met."""

from collections.abc import Iterator

from msgspec.structs import replace

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.axe import GROUPED
from aiqyn.subjects.rendering import Rendering, Spot, place_of


def check(rendering: Rendering) -> Iterator[Place]:
    axe = rendering.seen.axe
    if axe is None:
        raise CannotTell("axe_stopped")
    for result in axe.violations:
        if result.id not in GROUPED:
            yield from (place_of(_named(spot, result.id), "other") for spot in result.nodes)


def _named(spot: Spot, name: str) -> Spot:
    """Say which rule of axe it is: we have no words of our own for it."""
    return replace(spot, told=f"{name} {spot.told}".rstrip())
