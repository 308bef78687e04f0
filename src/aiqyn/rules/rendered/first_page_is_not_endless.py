"""The first page is not so long that nobody comes to its end."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.rules.axe import dressed
from aiqyn.subjects.rendering import Rendering


def check(rendering: Rendering, *, most_screens: int = 10) -> Iterator[Place]:
    seen = dressed(rendering)
    if not seen.is_first or not seen.window:
        raise Inapplicable
    screens = seen.height / seen.window
    if screens > most_screens:
        yield Place(where="body", saw=f"{screens:.1f} > {most_screens}", note="endless")
