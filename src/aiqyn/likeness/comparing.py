"""Whether two texts are copies of one another, and if not, why not."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from aiqyn.likeness.lore import STANCE, lore
from aiqyn.likeness.reading import WHOLE, Number, Reading
from aiqyn.words.nearest import distance

SHARED = 0.40  # of the weight of both texts together that copies share at least
CHANGED = 0.16  # of the weight of the lighter text that may stand there in other words
LEAST = 4.0  # weight of a text whose every word counts
ABOUT = 0.5  # of the words about a number that the other text must have for it to be the same
SLIP, SLIPS = 4, 8  # letters of a word that may have one slip of the pen, and two
BEGINNING = 4  # letters that two forms of one word have in common at least
TAIL = 4  # letters after them
GLIDE, VOWELS = "i", ("a", "e", "i")  # й, and what stands for it where nothing is denied
MANY = 60  # words left over on a side: such texts are no copies


class Why(StrEnum):
    """What decided."""

    ALIKE = "alike"
    OTHER_WORDS = "other_words"
    NUMBER = "number"  # another number stands in the same place
    DENIED = "denied"  # what one says the other denies
    REPLACED = "replaced"  # another word in the same place: a school where the other has a road
    OPPOSITE = "opposite"  # words of opposite meaning


class Comparison(Struct, frozen=True):
    """The outcome: `likeness` is the share of words in common, 0–1."""

    likeness: float
    why: Why
    words: tuple[str, ...] = ()  # what spoke against, in its plain writing

    @property
    def are_copies(self) -> bool:
        return self.why is Why.ALIKE


def compare(one: Reading, other: Reading) -> Comparison:
    """Compare two texts; the order of the two says nothing."""
    if not one.weight and not other.weight:
        return _bare(one, other)
    exact = sum(
        min(weight, other.weights[word])
        for word, weight in one.weights.items()
        if word in other.weights
    )
    if not _may_be_alike(one, other, exact):
        return Comparison(_share(one, other, exact), Why.OTHER_WORDS)
    return _closely(one, other)


def _bare(one: Reading, other: Reading) -> Comparison:
    """Compare texts that are numbers, thanks and greetings alone."""
    if one.weights.keys() != other.weights.keys():
        return Comparison(0.0, Why.OTHER_WORDS)
    mine, its = ([number.value for number in each.numbers] for each in (one, other))
    return Comparison(1.0, Why.ALIKE if mine == its else Why.NUMBER)


def _may_be_alike(one: Reading, other: Reading, exact: float) -> bool:
    """Whether a closer look is worth its time: nearly half of the words are there as they are."""
    return 2.5 * exact >= min(one.weight, other.weight) > 0


def _closely(one: Reading, other: Reading) -> Comparison:
    pairs, denial = _matched(one, other)
    if denial:
        return Comparison(0.0, Why.DENIED, denial)
    common = sum(min(one.weights[mine], other.weights[its]) for mine, its in pairs.items())
    likeness = _share(one, other, common)
    if not _is_enough(one, other, common, likeness):
        return Comparison(likeness, Why.OTHER_WORDS)
    for why, words in (
        (Why.OPPOSITE, _opposites(one, other)),
        (Why.DENIED, _denials(one, other, pairs)),
        (Why.NUMBER, _numbers(one, other)),
        (Why.REPLACED, _replaced(one, other, pairs)),
    ):
        if words:
            return Comparison(likeness, why, words)
    return Comparison(likeness, Why.ALIKE)


def _replaced(one: Reading, other: Reading, pairs: dict[str, str]) -> tuple[str, ...]:
    """Return two telling words that stand between the same neighbours and are quite different."""
    taken = set(pairs.values())
    its = [word for word, weight in other.weights.items() if weight == WHOLE and word not in taken]
    for word, weight in one.weights.items():
        if weight != WHOLE or word in pairs:
            continue
        for known in its:
            if one.beside[word] == other.beside[known] and _is_another(word, known):
                return word, known
    return ()


def _is_another(word: str, other: str) -> bool:
    """Whether no slip of the pen makes one of the other: more than half of the letters differ."""
    half = min(len(word), len(other)) // 2
    return half > 1 and distance(word, other, half) > half


def _share(one: Reading, other: Reading, common: float) -> float:
    whole = one.weight + other.weight - common
    return common / whole


def _is_enough(one: Reading, other: Reading, common: float, likeness: float) -> bool:
    """Whether the one is the other with something added, or nearly the same words."""
    lighter = min(one.weight, other.weight)
    changed = lighter - common
    if lighter < LEAST:
        return changed < WHOLE and likeness >= 2 * SHARED
    return likeness >= SHARED and changed <= CHANGED * lighter


def _matched(one: Reading, other: Reading) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return which word of `other` each word of `one` is, and a verb that one of them denies."""
    pairs = {word: word for word in one.weights if word in other.weights}
    mine = [word for word in one.weights if word not in pairs]
    its = [word for word in other.weights if word not in pairs]
    if len(mine) > MANY and len(its) > MANY:
        return pairs, ()
    for word in mine:
        for known in its:
            if is_denial(word, known) or is_denial(known, word):
                return pairs, (word, known)
    for word in mine:
        found = next((known for known in its if is_same(word, known)), None)
        if found is not None:
            pairs[word] = found
            its.remove(found)
    return pairs, ()


def is_same(word: str, other: str) -> bool:
    """Whether two words are forms of one, or one of them has a slip of the pen."""
    shortest = min(len(word), len(other))
    if shortest < SLIP:
        return False
    if lore().sides(word) != lore().sides(other):
        return False
    begun = _begun(word, other)
    if begun >= max(BEGINNING, shortest * 0.6) and max(len(word), len(other)) - begun <= TAIL:
        return True
    most = 1 + (shortest >= SLIPS)
    return distance(word, other, most) <= most


def _begun(word: str, other: str) -> int:
    count = 0
    for mine, its in zip(word, other, strict=False):
        if mine != its:
            break
        count += 1
    return count


def is_denial(denied: str, said: str) -> bool:
    """Whether a Kazakh verb is another with a negation in it: қолдамаймын of қолдаймын.

    The suffix ма takes the vowel before the ending with it: қосылады is қосылмайды.
    """
    if len(denied) != len(said) + 2:
        return False
    begun = _begun(denied, said)
    for at in range(max(2, begun - 1), begun + 1):
        if denied[at : at + 2] not in lore().affixes:
            continue
        rest = denied[at + 2 :]
        if rest in lore().endings and denied[:at] + rest == said:
            return True
        if rest[:1] == GLIDE and rest[1:] in lore().endings and denied[:at] == said[:at]:
            return said[at : at + 1] in VOWELS and said[at + 1 :] == rest[1:]
    return False


def _opposites(one: Reading, other: Reading) -> tuple[str, ...]:
    """Return the number of a pair of opposites the texts are on different sides of."""
    against = frozenset({True})
    if (one.sides.get(STANCE) == against) != (other.sides.get(STANCE) == against):
        return (str(STANCE),)
    for pair, sides in one.sides.items():
        if sides.isdisjoint(other.sides.get(pair, sides)):
            return (str(pair),)
    for pair, beside, side in one.held - other.held:
        turned = (pair, beside, not side)
        if turned in other.held and turned not in one.held:
            return (str(pair),)
    return ()


def _denials(one: Reading, other: Reading, pairs: dict[str, str]) -> tuple[str, ...]:
    """Return words that only one of the texts denies."""
    return tuple(
        mine
        for mine, its in pairs.items()
        if one.weights[mine] == WHOLE and (mine in one.denied) != (its in other.denied)
    )


def _numbers(one: Reading, other: Reading) -> tuple[str, ...]:
    """Return numbers that stand in the words of the other text, but not there."""
    mine = _missing(one.numbers, other)
    return mine or _missing(other.numbers, one)


def _missing(numbers: Iterable[Number], other: Reading) -> tuple[str, ...]:
    return tuple(
        number.value
        for number in numbers
        if not number.is_address
        and not any(_is_same_number(number, its) for its in other.numbers)
        and _is_about(number, other)
    )


def _is_same_number(number: Number, other: Number) -> bool:
    if number.value != other.value:
        return False
    return _is_beside(number.left, other.left) or _is_beside(number.right, other.right)


def _is_beside(word: str, other: str) -> bool:
    return word[:NEIGHBOUR] == other[:NEIGHBOUR]


NEIGHBOUR = 3  # letters of a neighbour that tell it: the rest may be an ending or a slip


def _is_about(number: Number, other: Reading) -> bool:
    """Whether the words about a number are all but the other text's own."""
    found = sum(word in other.weights for word in number.around)
    return found >= ABOUT * len(number.around)
