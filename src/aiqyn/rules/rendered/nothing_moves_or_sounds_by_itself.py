"""Nothing moves for longer than five seconds, blinks or sounds unless the reader asked for it."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.rules.axe import places_of
from aiqyn.subjects.rendering import Rendering, place_of


def check(rendering: Rendering) -> Iterator[Place]:
    seen = rendering.seen
    try:
        found = list(places_of(rendering, "motion"))
    except (CannotTell, Inapplicable):
        found = []
    known = {place.where for place in found}
    yield from found
    for note, spots in (
        ("sounds", seen.sounding),
        ("plays", seen.playing),
        ("moves", seen.moving),
    ):
        yield from (place_of(spot, note) for spot in spots if spot.path not in known)
