"""Text stands out from what is behind it: contrast of at least 4.5 : 1, of large text 3 : 1."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules.axe import dressed, places_of
from aiqyn.subjects.rendering import Rendering


def check(rendering: Rendering) -> Iterator[Place]:
    dressed(rendering)
    yield from places_of(rendering, "contrast")
