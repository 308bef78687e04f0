"""Most of the text is large enough to be read without effort."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.rules.axe import dressed
from aiqyn.subjects.rendering import Rendering

FEWEST = 200  # letters below which a page has no text to speak of


def check(
    rendering: Rendering, *, body_px: float = 14, small_px: float = 12, most_small: int = 25
) -> Iterator[Place]:
    seen = dressed(rendering)
    letters = sum(count for _, count in seen.sizes)
    if seen.look is None or letters < FEWEST:
        raise Inapplicable
    if seen.look.size < body_px:
        yield Place(where="body", saw=f"{seen.look.size:g} px", note="small_body")
        return
    small = sum(count for size, count in seen.sizes if size < small_px)
    if small * 100 > most_small * letters:
        share = f"{round(small * 100 / letters)} % < {small_px:g} px"
        yield Place(where="body", saw=share, note="much_small")
