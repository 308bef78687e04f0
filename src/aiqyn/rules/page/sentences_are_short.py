"""Sentences and paragraphs are short enough to be understood at one reading."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.language import sentences
from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.prose import is_act, paragraphs, prose_of

ENOUGH = 60  # words of a text worth measuring
SOME = 4  # sentences an average is taken of


def check(
    page: Page, *, kk: int = 20, ru: int = 24, en: int = 26, paragraph: int = 150
) -> Iterator[Place]:
    """Words of an average sentence by language; words of a paragraph in any."""
    most = {"kk": kk, "ru": ru, "en": en}.get(page.language or "")
    prose = prose_of(page)
    if most is None or prose.words < ENOUGH:
        raise Inapplicable
    if prose.words <= most * _ends(prose.text) and prose.words < paragraph:
        return
    if is_act(page):
        raise Inapplicable
    texts = list(paragraphs(page, prose.text))
    yield from _long_sentences(texts, most)
    long = next((each for each in texts if each.count(" ") >= paragraph), "")
    if long:
        saw = f"{long.count(' ') + 1}: {shorten(long)}"
        yield Place(where="p", saw=saw, note="long_paragraph")


def _ends(text: str) -> int:
    """Return about how many sentences `text` has."""
    return text.count(". ") + text.count("! ") + text.count("? ") + 1


def _long_sentences(texts: list[str], most: int) -> Iterator[Place]:
    """Counted roughly first: cutting a text into sentences takes long."""
    if sum(each.count(" ") + 1 for each in texts) <= most * sum(map(_ends, texts)):
        return
    found = [each for text in texts for each in sentences(text) if " " in each]
    if len(found) < SOME:
        return
    average = round(sum(each.count(" ") + 1 for each in found) / len(found))
    if average > most:
        longest = max(found, key=lambda each: (each.count(" "), each))
        yield Place(where="main", saw=f"{average}: {shorten(longest)}", note="long_sentences")
