"""The text says what it means, without phrases that only make it longer."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page
from aiqyn.subjects.prose import is_act, key_of, officialese, prose_of

ENOUGH = 60  # words of a text worth measuring
MOST_SHOWN = 5


def check(page: Page, *, per_hundred: float = 2.0, at_least: int = 4) -> Iterator[Place]:
    """`at_least` such phrases, and more than `per_hundred` to a hundred words."""
    prose = prose_of(page)
    phrases = officialese().get(page.language or "")
    if phrases is None or prose.words < ENOUGH:
        raise Inapplicable
    hot = {word.lower() for word in prose.hot}
    likely = [phrase for phrase in phrases if key_of(phrase) in hot]
    if not likely:
        return
    text = page.main_text.lower()
    found = {phrase: number for phrase in likely if (number := text.count(phrase))}
    number = sum(found.values())
    if number < at_least or number * 100 <= per_hundred * prose.words:
        return
    if is_act(page):
        raise Inapplicable
    shown = sorted(found, key=lambda phrase: (-found[phrase], phrase))[:MOST_SHOWN]
    saw = "; ".join(f"«{phrase}» → {phrases[phrase]}" for phrase in shown)
    yield Place(where="main", saw=f"{number} / {prose.words}: {saw}", note="officialese")
