"""Every ending a Kazakh word may bear, written out of the layers of suffixes.yaml.

Written out once, so that taking a word apart is a look into a dictionary for each of its
letters. An ending goes with letters before it: that is one bit for each harmony and class.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache

from msgspec import Struct

from aiqyn import catalogue

_CHOICE = re.compile(r"\((\w*)\|(\w*)\)")
_SIDES = ("back", "front")

Fold = Callable[[str], str]
Place = tuple[int, str]  # harmony, 0 back and 1 front, and the class of the letter before
Table = dict[str, int]  # ending → the places it goes with, as bits


class Layer(Struct, frozen=True, forbid_unknown_fields=True):
    endings: list[str]
    then: list[str] = []


class Grammar(Struct, frozen=True, forbid_unknown_fields=True):
    start: list[str]
    layers: dict[str, Layer]


class Suffixes(Struct, frozen=True, forbid_unknown_fields=True):
    """suffixes.yaml as it is written."""

    classes: dict[str, str]
    harmony: dict[str, str]
    sounds: dict[str, list[str]]
    onsets: dict[str, dict[str, str]]
    names: Grammar
    rare: Grammar
    named: Grammar
    moods: Grammar
    voices: list[str]
    softened: dict[str, str]
    hardened: dict[str, str]


@cache
def suffixes() -> Suffixes:
    return catalogue.read(catalogue.ROOT / "words" / "suffixes.yaml", Suffixes)


@cache
def class_of_letters() -> dict[str, str]:
    return {letter: name for name, letters in suffixes().classes.items() for letter in letters}


def places() -> list[Place]:
    return [(side, name) for side in (0, 1) for name in suffixes().classes]


def bit_of(place: Place) -> int:
    side, name = place
    return 1 << (side * len(suffixes().classes) + list(suffixes().classes).index(name))


@cache
def table(grammar: str) -> Table:
    """Return all endings of "names", "named" or "moods"."""
    found: Table = {}
    rules: Grammar = getattr(suffixes(), grammar)
    for place in places():
        bit = bit_of(place)
        for ending in _endings(rules, rules.start, place):
            found[ending] = found.get(ending, 0) | bit
    return found


@cache
def voices() -> tuple[str, ...]:
    """Return the endings of a verb's voices, the longest first."""
    written = {_written(pattern, place) for pattern in suffixes().voices for place in places()}
    return tuple(sorted(written, key=lambda ending: (-len(ending), ending)))


def _endings(rules: Grammar, names: list[str], place: Place) -> Iterator[str]:
    for name in names:
        layer = rules.layers[name]
        for pattern in layer.endings:
            ending = _written(pattern, place)
            if not ending:
                continue
            yield ending
            last = class_of_letters()[ending[-1]]
            for more in _endings(rules, layer.then, (place[0], last)):
                yield _joined(ending, more)


def _joined(ending: str, more: str) -> str:
    """Join two endings: лық and ы are лығы."""
    soft = suffixes().softened.get(ending[-1])
    is_before_vowel = class_of_letters()[more[0]] == "V"
    return ending[:-1] + soft + more if soft and is_before_vowel else ending + more


def _written(pattern: str, place: Place) -> str:
    """Write a pattern as it stands after a letter of this harmony and class."""
    side, name = place
    letters = ""
    for sound in _CHOICE.sub(r"\2" if name == "V" else r"\1", pattern):
        letters += _spoken(sound, side, name)
        name = class_of_letters()[letters[-1]]
    return letters


def _spoken(sound: str, side: int, name: str) -> str:
    """Return the letter a sound is written with after this harmony and class."""
    told = suffixes()
    options = told.sounds.get(sound) or told.onsets.get(sound, {}).get(name, sound)
    return options[side] if len(options) > 1 else options[0]


def folded(grammar: str, fold: Fold) -> Table:
    """Return a table with its endings written as `fold` writes."""
    found: Table = {}
    for ending, bits in table(grammar).items():
        key = fold(ending)
        found[key] = found.get(key, 0) | bits
    return found


class Joints:
    """Tells whether an ending goes with the letters it would follow."""

    def __init__(self, fold: Fold) -> None:
        self._classes: dict[str, int] = {}
        for letter, name in class_of_letters().items():
            bits = bit_of((0, name)) | bit_of((1, name))
            self._classes[fold(letter)] = self._classes.get(fold(letter), 0) | bits
        self._sides: dict[str, int] = {}
        every = [bit_of(place) for place in places()]
        half = len(every) // 2
        back, front = sum(every[:half]), sum(every[half:])
        for bits, letters in ((back, "back"), (front, "front")):
            for letter in suffixes().harmony[letters]:
                self._sides[fold(letter)] = self._sides.get(fold(letter), 0) | bits
        for letter in "иую":
            self._sides[letter] = back | front
        self.vowels = frozenset(self._sides)

    def join(self, word: str, end: int, table: Table) -> bool:
        """Whether word[end:] follows the letter before it; anything follows the soft sign."""
        if end == len(word):
            return True
        bits = table.get(word[end:], 0) & self._classes.get(word[end - 1], -1)
        return bool(bits) and not self._should_be_soft(word, end)

    def _should_be_soft(self, word: str, end: int) -> bool:
        """Whether қ or к stays hard between vowels: жақын is not of жақ."""
        return word[end - 1] in "қк" and word[end] in "аеыі" and word[end - 2] in self.vowels

    def agree(self, word: str, end: int, table: Table) -> bool:
        """Whether word[end:] follows the letter before it, in harmony with the last vowel."""
        bits = table.get(word[end:], 0) & self._classes.get(word[end - 1], -1)
        if not bits or self._should_be_soft(word, end):
            return False
        if word[end - 1] == "ь":  # of borrowed words: фестивальдер, королі
            return True
        for letter in reversed(word[:end]):
            if letter in self._sides:
                return bool(bits & self._sides[letter])
        return False
