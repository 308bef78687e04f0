"""The first page offers a version for people with impaired sight."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.rendering import Rendering


def check(rendering: Rendering) -> Iterator[Place]:
    seen = rendering.seen
    if not seen.is_first:
        raise Inapplicable
    if seen.special is None and seen.scripts_missing:
        raise CannotTell("scripts_missing")
    if seen.special is None:
        yield Place(where="body", note="not_found")
