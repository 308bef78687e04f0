"""Sentences and paragraphs are short enough to be understood at one reading."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.language import sentences
from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.prose import is_act, paragraphs, prose_of

ENOUGH = 60  # words of a text worth measuring
SOME = 4  # sentences an average is taken of
LETTERS = 5  # and a space of a word, at least: shorter pieces hold no long sentence


def check(
    page: Page, *, kk: int = 20, ru: int = 24, en: int = 26, longest: int = 60, paragraph: int = 150
) -> Iterator[Place]:
    """Words of an average sentence by language; of one sentence and of a paragraph in any."""
    most = {"kk": kk, "ru": ru, "en": en}.get(page.language or "")
    prose = prose_of(page)
    if most is None or prose.words < ENOUGH:
        raise Inapplicable
    pieces = prose.text.split(". ")
    is_plain = prose.words <= most * len(pieces) and max(map(len, pieces)) < LETTERS * longest
    if is_plain and prose.words < paragraph:
        return
    texts = list(paragraphs(page, prose.text))
    long = next((each for each in texts if each.count(" ") >= paragraph), "")
    if is_plain and not long:
        return
    if is_act(page):
        raise Inapplicable
    yield from _long_sentences(texts, most, longest)
    if long:
        saw = f"{long.count(' ') + 1}: {shorten(long)}"
        yield Place(where="p", saw=saw, note="long_paragraph")


def _long_sentences(texts: list[str], most: int, longest: int) -> Iterator[Place]:
    """A sentence of a list, its parts marked off by semicolons, counts by its parts."""
    found = [
        (part.count(" ") + 1, part)
        for text in texts
        for each in sentences(text)
        for part in each.split(";")
        if " " in part.strip()
    ]
    if not found:
        return
    average = round(sum(words for words, _ in found) / len(found))
    words, part = max(found)
    if (len(found) >= SOME and average > most) or words > longest:
        saw = f"{average}, {words}: {shorten(part)}"
        yield Place(where="main", saw=saw, note="long_sentences")
