"""What axe-core saw on a drawn page, as places and outcomes."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.axe import GROUPS
from aiqyn.subjects.rendering import Drawn, Rendering, axe_says


def places_of(rendering: Rendering, group: str) -> Iterator[Place]:
    """Yield what breaks the axe rules of one group; each place's note is the id of its rule.

    Raises Inapplicable when none of them had anything to look at, CannotTell
    "axe_stopped" when axe did not finish and "axe_in_doubt" when it could not decide.
    """
    said = axe_says(rendering, GROUPS[group])
    if said is None:
        raise CannotTell("axe_stopped")
    if said.in_doubt:
        yield from said.doubts
        raise CannotTell("axe_in_doubt")
    if not said.was_asked:
        raise Inapplicable
    yield from said.places


def dressed(rendering: Rendering) -> Drawn:
    """Return what was seen. Raises CannotTell when we kept a style sheet from the page."""
    if rendering.seen.unstyled:
        raise CannotTell("unstyled")
    return rendering.seen
