"""The text says what it means, without phrases that only make it longer."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page
from aiqyn.subjects.prose import is_act, likely, officialese, officialese_by_word, prose_of

ENOUGH = 60  # words of a text worth measuring
MOST_SHOWN = 5


def check(page: Page, *, per_hundred: float = 2.0, at_least: int = 4) -> Iterator[Place]:
    """`at_least` such phrases, and more than `per_hundred` to a hundred words."""
    prose = prose_of(page)
    phrases = officialese().get(page.language or "")
    if phrases is None or prose.words < ENOUGH:
        raise Inapplicable
    by_word = officialese_by_word(page.language or "")
    found = {}
    for phrase in likely(prose.hot, by_word):
        if number := prose.text.lower().count(phrase):
            found[phrase] = number
    number = sum(found.values())
    if number < at_least or number * 100 <= per_hundred * prose.words:
        return
    if is_act(page):
        raise Inapplicable
    shown = sorted(found, key=lambda phrase: (-found[phrase], phrase))[:MOST_SHOWN]
    saw = "; ".join(f"«{phrase}» → {phrases[phrase]}" for phrase in shown)
    yield Place(where="main", saw=f"{number} / {prose.words}: {saw}", note="officialese")
