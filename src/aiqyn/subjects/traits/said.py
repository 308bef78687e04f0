"""The words by which a text tells what a section needs, by their first three letters."""

from collections.abc import Iterator
from functools import cache

from aiqyn.subjects.dates import fold
from aiqyn.subjects.sections import needs, promises, sections

PROMISE = "promise"  # told of a text some sentence of which may promise
BESIDE_NAME = " beside a name"  # after the code of a need: what tells of it with a name alone
SPEAKS = " speaks: "  # after the code of a section, before what its content is known by


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
