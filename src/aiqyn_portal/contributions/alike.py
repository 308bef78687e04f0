"""How far something known says what a text asks: by the telling words of the text that it has."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import combinations

from msgspec import Struct

from aiqyn import words
from aiqyn.catalogue import read
from aiqyn.likeness import stems_of, telling
from aiqyn.likeness.lore import Words
from aiqyn.likeness.skeleton import skeleton

SHORTEST = 2  # letters: water is two in Kazakh
MOST = 6  # words of a text that are looked for: those that weigh most, then the longest
ENOUGH = 0.5  # of the weight of these: what has less is about something else
ROUNDED = 1e-9  # sums of the same weights in another order differ by less
RARE = 2  # entries; a word that so many have weighs half as much as one that none has


class _Common(Struct, frozen=True, forbid_unknown_fields=True):
    weight: float
    words: list[str]


class Telling(Struct, frozen=True):
    """One word of a text, by itself or by any of its stems."""

    word: str
    stems: frozenset[str]
    weight: float  # before anybody has counted who else has it
    is_common: bool  # whether it is in questions of every kind


def meant(text: str) -> list[Telling]:
    """Return the words that say what a text is about; none where it has but common ones."""
    found: list[Telling] = []
    known: set[str] = set()
    for word, stems in telling(text, SHORTEST).items():
        if not stems & known:
            known |= stems
            is_common = skeleton(word) in _common()
            weight = _file().weight if is_common else 1.0
            found.append(Telling(word, frozenset(stems), weight, is_common))
    found.sort(key=lambda each: (-each.weight, -len(each.word)))
    return found[:MOST] if found and not found[0].is_common else []


def weighed(asked: list[Telling], times: Mapping[str, int]) -> dict[Telling, float]:
    """Return what each word weighs: the more entries have it (`times`), the less."""
    return {each: each.weight * RARE / (RARE + times.get(each.word, 0) ** 0.5) for each in asked}


def enough(asked: Mapping[Telling, float], part: float) -> list[tuple[Telling, ...]]:
    """Return the smallest sets of words that weigh that part of all, none of common words alone.

    Whatever has as much has all words of one of them.
    """
    least = part * sum(asked.values())
    found: list[tuple[Telling, ...]] = []
    for size in range(1, len(asked) + 1):
        for some in combinations(asked, size):
            is_whole = sum(asked[each] for each in some) >= least - ROUNDED
            is_telling = not all(each.is_common for each in some)
            if is_whole and is_telling and not any(set(one) <= set(some) for one in found):
                found.append(some)
    return found


def share(asked: Mapping[Telling, float], text: str) -> float:
    """Return which part of what is asked a text has, 0–1; 0 where only common words meet."""
    its = {stem for token in words.analyse(text) for stem in stems_of(token)}
    met = [each for each in asked if each.stems & its]
    if all(each.is_common for each in met):
        return 0.0
    return sum(asked[each] for each in met) / sum(asked.values())


@cache
def _file() -> _Common:
    return read(files("aiqyn_portal.contributions") / "common.yaml", _Common)


@cache
def _common() -> Words:
    return Words(_file().words)
