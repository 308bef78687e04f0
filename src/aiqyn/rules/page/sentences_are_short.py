"""Sentences and paragraphs are short enough to be understood at one reading."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.prose import is_act, paragraphs, prose_of, sentences_of

ENOUGH = 60  # words of a text worth measuring
SOME = 4  # sentences an average is taken of


def check(
    page: Page, *, kk: int = 20, ru: int = 24, en: int = 26, paragraph: int = 150
) -> Iterator[Place]:
    """Words of an average sentence by language; words of a paragraph in any."""
    most = {"kk": kk, "ru": ru, "en": en}.get(page.language or "")
    words = prose_of(page).words
    if most is None or words < ENOUGH:
        raise Inapplicable
    text = page.main_text
    ends = text.count(". ") + text.count("! ") + text.count("? ") + 1
    if words <= most * ends and words < paragraph:
        return
    if is_act(page):
        raise Inapplicable
    yield from _long_sentences(page, most)
    for each in paragraphs(page):
        if each.count(" ") >= paragraph:
            yield Place(
                where="p", saw=f"{each.count(' ') + 1}: {shorten(each)}", note="long_paragraph"
            )
            return


def _long_sentences(page: Page, most: int) -> Iterator[Place]:
    found = [each for each in sentences_of(page) if " " in each]
    if len(found) < SOME:
        return
    lengths = [each.count(" ") + 1 for each in found]
    average = round(sum(lengths) / len(lengths))
    if average > most:
        longest = max(found, key=lambda each: (each.count(" "), each))
        yield Place(where="main", saw=f"{average}: {shorten(longest)}", note="long_sentences")
