"""On a phone the page is read without scrolling sideways."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.rules.axe import dressed
from aiqyn.subjects.rendering import Rendering, place_of


def check(rendering: Rendering) -> Iterator[Place]:
    fit = dressed(rendering).phone
    if fit is None:
        raise Inapplicable
    if fit.content <= fit.window + 1:
        return
    yield Place(where="body", saw=f"{fit.content} px > {fit.window} px", note="sideways")
    yield from (place_of(spot, "wide") for spot in fit.wide[:3])
