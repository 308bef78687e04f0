"""The page and its parts say which language they are in."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules.axe import places_of
from aiqyn.subjects.rendering import Rendering


def check(rendering: Rendering) -> Iterator[Place]:
    yield from places_of(rendering, "language")
