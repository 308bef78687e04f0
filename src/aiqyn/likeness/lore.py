"""lore.yaml: what is known of words, in their plain writing."""

from collections.abc import Iterable
from functools import cache, lru_cache

from msgspec import Struct

from aiqyn import catalogue
from aiqyn.likeness.skeleton import skeleton
from aiqyn.words.nearest import distance

SURE = 6  # letters of a word that is known in spite of a slip


class Pair(Struct, frozen=True, forbid_unknown_fields=True):
    one: list[str]
    other: list[str]


class Places(Struct, frozen=True, forbid_unknown_fields=True):
    before: list[str]
    after: list[str]


class Negated(Struct, frozen=True, forbid_unknown_fields=True):
    affixes: list[str]
    endings: list[str]


class Written(Struct, frozen=True, forbid_unknown_fields=True):
    """lore.yaml as it is written."""

    greetings: list[str]
    farewells: list[str]
    farewell_phrases: list[str]
    mute: list[str]
    light: list[str]
    places: Places
    addresses: list[str]
    negations_before: list[str]
    negations_after: list[str]
    negated_verbs: Negated
    numerals: dict[str, str]
    stance: Pair
    opposites: list[Pair]


class Words:
    """A list of words, some of them by their beginnings: `word in words`."""

    def __init__(self, listed: Iterable[str]) -> None:
        listed = list(listed)
        self._whole = frozenset(skeleton(word) for word in listed if not word.endswith("*"))
        self._begun = tuple(skeleton(word[:-1]) for word in listed if word.endswith("*"))

    def meant(self, word: str) -> bool:
        """Whether `word` is one of the whole words but for one slip of the pen."""
        return any(
            abs(len(known) - len(word)) <= 1
            and (known[:2] == word[:2] or known[-2:] == word[-2:])
            and distance(known, word, 1) <= 1
            for known in self._whole
            if len(known) >= SURE
        )

    def __contains__(self, word: str) -> bool:
        return word in self._whole or word.startswith(self._begun)


class Lore:
    """The lists, ready to be asked about a word in its plain writing."""

    def __init__(self, written: Written) -> None:
        self.greetings = Words(written.greetings)
        self.farewells = Words(written.farewells)
        self.farewell_phrases = [
            [Words([word]) for word in phrase.split()] for phrase in written.farewell_phrases
        ]
        self.mute = Words([*written.mute, *written.greetings])
        self.light = Words(written.light)
        self.places = Words([*written.places.before, *written.places.after])
        self.place_before = Words(written.places.before)
        self.place_after = Words(written.places.after)
        self.addresses = Words(written.addresses)
        self.before = Words(written.negations_before)
        self.after = Words(written.negations_after)
        self.affixes = frozenset(map(skeleton, written.negated_verbs.affixes))
        self.endings = frozenset(map(skeleton, written.negated_verbs.endings))
        self.numerals = {skeleton(word): number for word, number in written.numerals.items()}
        pairs = [written.stance, *written.opposites]
        self._sides = [(Words(pair.one), Words(pair.other)) for pair in pairs]
        self.sides = lru_cache(maxsize=65_536)(self._sides_of)

    def _sides_of(self, word: str) -> tuple[tuple[int, bool], ...]:
        """Return the numbers of the pairs `word` is of, and whether of the other side."""
        found = []
        for number, (one, other) in enumerate(self._sides):
            if word in other:  # a longer beginning stands there: қолдамаймын
                found.append((number, True))
            elif word in one:
                found.append((number, False))
        if not found and len(word) >= SURE - 1:
            sides = zip((False, True), self._sides[STANCE], strict=True)
            found = [(STANCE, side) for side, listed in sides if listed.meant(word)]
        return tuple(found)


STANCE = 0  # the number of the pair that is for and against


@cache
def lore() -> Lore:
    return Lore(catalogue.read(catalogue.ROOT / "likeness" / "lore.yaml", Written))
