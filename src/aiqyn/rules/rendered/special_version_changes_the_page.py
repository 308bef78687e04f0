"""The version for people with impaired sight really is larger or stands out more."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.rules.axe import dressed
from aiqyn.subjects.rendering import Look, Rendering, place_of

SAME = 0.5  # px and steps of contrast that nobody notices


def check(rendering: Rendering) -> Iterator[Place]:
    seen = dressed(rendering)
    if seen.special is None:
        raise Inapplicable
    if seen.look is None or seen.special.after is None or seen.scripts_missing:
        yield place_of(seen.special.spot, "")
        raise CannotTell("not_clicked")
    if _is_helped(seen.look, seen.special.after):
        return
    if seen.special.panel:
        yield place_of(seen.special.spot, "")
        raise CannotTell("panel")
    yield place_of(seen.special.spot, "nothing_changes")


def _is_helped(before: Look, after: Look) -> bool:
    return (
        after.size > before.size + SAME
        or after.contrast > before.contrast + SAME
        or (after.colours != before.colours and after.contrast >= before.contrast - SAME)
    )
