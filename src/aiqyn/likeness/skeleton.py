"""A word in one plain writing, whatever alphabet and practice it came in.

Kazakh in its own letters, without them, in any of its Latin alphabets, and Russian in
Latin letters come to the same few letters. Nothing is meant to be read back from them.
"""

import re
import unicodedata
from functools import cache, lru_cache

from msgspec import Struct

from aiqyn import catalogue
from aiqyn.words import letters

REMEMBERED = 131_072  # words
LONGEST = 40  # letters of a word that are read
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u0300-\u036f]")
_KAZAKH_APOSTROPHE = re.compile(r"[aou]['’ʼ`]", re.IGNORECASE)
_RUSSIAN_ZH = re.compile("zh", re.IGNORECASE)
_TWICE = re.compile(r"(.)\1+")


class Letters(Struct, frozen=True, forbid_unknown_fields=True):
    """skeleton.yaml as it is written."""

    cyrillic: dict[str, str]
    apostrophes: dict[str, str]
    pairs: dict[str, str]
    single: dict[str, str]
    alike: dict[str, str]


class Practice(Struct, frozen=True):
    """How a text uses the Latin letters that Kazakh and Russian use differently."""

    has_apostrophes: bool = False  # a' is ә; otherwise an apostrophe is ь
    j_is_glide: bool = False  # j is й, because ж is written zh; otherwise j is ж


@cache
def _letters() -> Letters:
    return catalogue.read(catalogue.ROOT / "likeness" / "skeleton.yaml", Letters)


@cache
def _tables() -> tuple[dict[int, str], dict[int, str]]:
    return str.maketrans(_letters().cyrillic), str.maketrans(_letters().single)


def seen(text: str) -> str:
    """Return `text` without what no reader sees: zero-width characters, direction marks."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text))


def practice(text: str) -> Practice:
    """Return how a whole text writes Latin letters; one word alone cannot tell."""
    return Practice(
        _KAZAKH_APOSTROPHE.search(text) is not None, _RUSSIAN_ZH.search(text) is not None
    )


CYRILLIC = Practice()


@lru_cache(maxsize=REMEMBERED)
def skeleton(word: str, how: Practice = CYRILLIC) -> str:
    """Return one word in its plain writing; "" for one of soft signs alone."""
    plain = letters.plain(word)[:LONGEST]
    cyrillic, single = _tables()
    if letters.is_cyrillic(plain):
        plain = plain.translate(cyrillic)
    else:
        plain = _latin(plain, how).translate(single)
    plain = _TWICE.sub(r"\1", plain)
    for pair, letter in _letters().alike.items():
        plain = plain.replace(pair, letter)
    return _TWICE.sub(r"\1", plain)


def _latin(word: str, how: Practice) -> str:
    if "'" in word or "ʼ" in word or "`" in word:
        word = word.replace("ʼ", "'").replace("`", "'")
        if how.has_apostrophes:
            for pair, letter in _letters().apostrophes.items():
                word = word.replace(pair, letter)
        word = word.replace("'", "")
    if how.j_is_glide:
        word = word.replace("j", "i")
    for pair, letter in _letters().pairs.items():
        word = word.replace(pair, letter)
    return word
