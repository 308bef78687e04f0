"""How a word is typed: letters for one another, and Kazakh in the Latin alphabets."""

import re
import unicodedata
from functools import cache

from msgspec import Struct

from aiqyn import catalogue

VOWELS = tuple("аеиоуы")  # of folded Cyrillic
GLIDES = ("u", "w", "ý", "y'")
ENGLISH = ("s", "t", "re", "ll", "ve", "d", "m")  # after an apostrophe

_CYRILLIC = re.compile("[Ѐ-ӿ]")
_PLAIN = re.compile("[а-яәғқңөұүһі]+")


class Letters(Struct, frozen=True, forbid_unknown_fields=True):
    """letters.yaml as it is written."""

    folded: dict[str, str]
    lookalikes: dict[str, str]
    pairs: dict[str, str]
    single: dict[str, str]
    marks: str
    glides: list[str]
    passed: list[str]


@cache
def letters() -> Letters:
    return catalogue.read(catalogue.ROOT / "words" / "letters.yaml", Letters)


@cache
def _folding() -> dict[int, str]:
    return str.maketrans(letters().folded)


@cache
def _mending() -> dict[int, str]:
    return str.maketrans(letters().lookalikes)


@cache
def _own() -> frozenset[str]:
    return frozenset(letters().folded) - {"ё"}


def plain(word: str) -> str:
    """Write a word in small letters, one way for each, as Cyrillic if any of it is."""
    if _PLAIN.fullmatch(word):
        return word
    small = unicodedata.normalize("NFKC", word).casefold()
    if _PLAIN.fullmatch(small):
        return small
    small = unicodedata.normalize("NFC", small.replace("ё", "е").replace("’", "'"))
    return small.translate(_mending()) if is_cyrillic(small) else small


def fold(word: str) -> str:
    """Write Kazakh letters as the Russian ones typed in their place: қала is кала."""
    return word.translate(_folding())


def is_cyrillic(word: str) -> bool:
    """Whether any letter is of the Cyrillic block."""
    return _CYRILLIC.search(word) is not None


def is_kazakh(word: str) -> bool:
    """Whether a letter is one that Russian does not have."""
    return not _own().isdisjoint(word)


def is_marked(word: str) -> bool:
    """Whether a Latin word is in one of the Kazakh alphabets, by its letters alone."""
    if not word.isascii():
        return not _marks().isdisjoint(word)
    if word.rpartition("'")[2] in ENGLISH:
        return False
    return any(pair in word for pair in letters().pairs if pair[1] == "'")


@cache
def _marks() -> frozenset[str]:
    return frozenset(letters().marks)


def from_latin(word: str) -> str:
    """Write a Latin Kazakh word in folded Cyrillic: qalasy, qalası and k'alasy are каласы."""
    told = letters()
    written = ""
    place = 0
    while place < len(word):
        pair = word[place : place + 2]
        size = 2 if pair in told.pairs else 1
        letter = told.pairs.get(pair) or told.single.get(pair[0], "")
        is_glide = letter in ("и", "ы") and pair[0] in told.glides
        written += "й" if is_glide and _ends_in_vowel(word[:place], written) else letter
        place += size
    return written.replace("нг", "н") if written.endswith("нг") else written


def _ends_in_vowel(latin: str, written: str) -> bool:
    """Whether й may follow: after a vowel, but not after the glide у (aýyl, beruı)."""
    return written[-1:] in VOWELS and not latin.endswith(GLIDES)
