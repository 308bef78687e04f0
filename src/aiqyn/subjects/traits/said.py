"""The words by which a text tells what a section needs."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from aiqyn.subjects.dates import fold
from aiqyn.subjects.sections import needs, promises, sections

PROMISE = "promise"  # told of a text some sentence of which may promise
BESIDE_NAME = " beside a name"  # after the code of a need: what tells of it with a name alone
SPEAKS = " speaks: "  # after the code of a section, before what its content is known by
MOST_SILENT = 50_000  # words remembered that tell nothing, about 6 MB
_OPENING = "«“„\"'([*•·–—-"


class _Phrase(NamedTuple):
    words: str
    head: str  # three letters with which another word begins where it stands; "" for any
    told: str


@cache
def stems_of_words() -> dict[str, list[tuple[str, bool, str]]]:
    """Return (beginning of a word, is it all of it, need) by three letters, in both spellings.

    Several words are found by the first: «по этике» by «по»; two letters also before a sign.
    """
    found: dict[str, list[tuple[str, bool, str]]] = {}
    for words, is_whole, told in _all_words():
        for stem in {*words, *map(fold, words)}:
            signs = ".,:;-–—/)" if len(stem) == 2 else ""
            for key in (stem.partition(" ")[0][:3], *(stem + sign for sign in signs)):
                found.setdefault(key, []).append((stem, is_whole, told))
    return found


def _all_words() -> Iterator[tuple[tuple[str, ...], bool, str]]:
    for code, need in needs().items():
        yield need.words, False, code
        yield need.whole, True, code
        yield need.beside_name, True, code + BESIDE_NAME
    for code, section in sections().items():
        yield from (((stem,), False, code + SPEAKS + fold(stem)) for stem in section.speaks)
    yield promises(), False, PROMISE


@lru_cache(16)
def told_by(text: str) -> frozenset[str]:
    """Return the needs whose words the text has, all in one walk over its different words."""
    lower = lowered(text)
    words = set(lower.split())
    heads: set[str] = set()
    met: set[str] = set()
    for word in words - _silent:  # most words were met before, and tell nothing
        codes, phrases = _meaning(word)
        met |= codes
        if phrases:
            heads = heads or {"", *(each[:3] for each in words)}
            met.update(each.told for each in phrases if each.head in heads and each.words in lower)
        elif not codes:
            _keep_silent(word)
    return frozenset(met)


@lru_cache(4)
def lowered(text: str) -> str:
    """Return a text in small letters: of one page it is asked for again and again."""
    return text.lower()


@lru_cache(10_000)
def _meaning(word: str) -> tuple[frozenset[str], tuple[_Phrase, ...]]:
    """Return the needs a word tells, and the phrases it may begin."""
    word = word.lstrip(_OPENING)
    stems = stems_of_words().get(word[:3], ())
    codes = frozenset(
        code
        for stem, is_whole, code in stems
        if word.startswith(stem) and not (is_whole and word[len(stem) :][:1].isalnum())
    )
    return codes, tuple(_phrase(stem, code) for stem, _, code in stems if " " in stem)


def _phrase(words: str, told: str) -> _Phrase:
    second = words.split(" ", 2)[1]
    return _Phrase(words, second[:3] if len(second) >= 3 else "", told)


_silent: set[str] = set()


def _keep_silent(word: str) -> None:
    if len(_silent) >= MOST_SILENT:
        _silent.clear()
    _silent.add(word)
