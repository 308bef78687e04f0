"""Template answers: copies of one another, set phrases, nothing of what was asked.

A verdict is a hint to the officer before sending and a row of a published indicator; every
reason names its place in the answer, so that a person can see it and disagree.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache

from msgspec import Struct

from aiqyn import catalogue, words
from aiqyn.likeness.comparing import Why, compare
from aiqyn.likeness.lore import Words
from aiqyn.likeness.reading import Reading, read
from aiqyn.likeness.skeleton import practice, skeleton
from aiqyn.likeness.sketch import WIDE, keys

Place = tuple[int, int]
Asked = tuple[str, str]  # a question and its answer

SET = 0.6  # of an answer's words that may stand in set phrases
TOLD = 0.08  # of the weight of a question's words that an answer to it has at least
ENOUGH = 3  # telling words of a question below which nobody can say what it is about
ALONE = 0.75  # of the words of a text that are of one language, for it to be in that language
GAP = 4  # words that three dots stand for
CROWD = 64  # answers looked at that share a key
WORDY = 4  # words of a text that is read at all


class Reason(StrEnum):
    COPY = "copy"  # the same was answered to another question
    OFF_TOPIC = "off_topic"  # no word of the question is in it
    SET_PHRASES = "set_phrases"  # hardly anything but phrases that suit any question
    EMPTY = "empty"  # no words at all


class Fault(Struct, frozen=True):
    """One reason, and where: places are [begin, end) in the answer."""

    reason: Reason
    places: tuple[Place, ...] = ()
    share: float = 1.0  # 0–1: of words in set phrases, or in common with the copy, or off topic
    copy_of: int | None = None  # number of the other answer
    missing: tuple[str, ...] = ()  # words of the question that nothing answers


class Verdict(Struct, frozen=True):
    """What was found in one answer; nothing found, no template."""

    faults: tuple[Fault, ...] = ()

    @property
    def is_template(self) -> bool:
        return bool(self.faults)


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    phrases: list[str]
    office: list[str]


def examine(question: str, answer: str, others: Sequence[Asked] = ()) -> Verdict:
    """Judge one answer; `others` are answers given before, each with its question."""
    held = _Held(question, answer)
    known = [_Held(*other) for other in others]
    return _judged(held, list(enumerate(known)), {})


def template_answers(pairs: Sequence[Asked]) -> list[Verdict]:
    """Judge answers beside one another, each with its question; a verdict for each, in order."""
    held = [_Held(*pair) for pair in pairs]
    rarity = _rarity(held)
    shared: dict[int, list[int]] = {}
    for number, each in enumerate(held):
        for key in each.keys:
            shared.setdefault(key, []).append(number)
    return [
        _judged(each, [(other, held[other]) for other in _beside(number, each, shared)], rarity)
        for number, each in enumerate(held)
    ]


def share_of_templates(verdicts: Sequence[Verdict]) -> float | None:
    """Return the share of template answers, 0–1; None where nothing was answered."""
    if not verdicts:
        return None
    return sum(verdict.is_template for verdict in verdicts) / len(verdicts)


class _Held:
    """A question and an answer, read."""

    def __init__(self, question: str, answer: str) -> None:
        self.question, self.answer = question, answer
        self.asked, self.answered = read(question), read(answer)
        self.keys = keys(self.answered, WIDE)
        self.tokens = _tokens(answer)
        self.set = _set_places(self.tokens)


class _Token(Struct, frozen=True):
    plain: str
    begin: int
    end: int


def _tokens(text: str) -> list[_Token]:
    how = practice(text)
    found = [_Token(skeleton(it.word, how), it.start, it.end) for it in words.analyse(text)]
    return [token for token in found if token.plain]


def _judged(
    held: _Held, others: Iterable[tuple[int, _Held]], rarity: Mapping[str, float]
) -> Verdict:
    if not held.tokens:
        return Verdict((Fault(Reason.EMPTY),))
    found = (_copied(held, others), _phrased(held), _off_topic(held, rarity))
    return Verdict(tuple(fault for fault in found if fault))


def _beside(number: int, held: _Held, shared: Mapping[int, list[int]]) -> list[int]:
    found = {other for key in held.keys for other in shared[key][:CROWD]}
    return sorted(found - {number})


def _copied(held: _Held, others: Iterable[tuple[int, _Held]]) -> Fault | None:
    """Look for the same answer to a question that is not the same; numbers do not count."""
    for number, other in others:
        told = compare(held.answered, other.answered)
        if told.why not in (Why.ALIKE, Why.NUMBER):
            continue
        if compare(held.asked, other.asked).why is not Why.ALIKE:
            places = ((held.tokens[0].begin, held.tokens[-1].end),)
            return Fault(Reason.COPY, places, told.likeness, number)
    return None


def _phrased(held: _Held) -> Fault | None:
    share = sum(last - first for first, last in held.set) / len(held.tokens)
    if share < SET or len(held.tokens) < WORDY:
        return None
    places = tuple((held.tokens[one].begin, held.tokens[last - 1].end) for one, last in held.set)
    return Fault(Reason.SET_PHRASES, places, share)


def _off_topic(held: _Held, rarity: Mapping[str, float]) -> Fault | None:
    """Look whether any telling word of the question is in the answer, set phrases left out."""
    asked = telling(held.question)
    if len(asked) < ENOUGH or _language(held.question) != _language(held.answer):
        return None
    in_phrases = {place for first, last in held.set for place in range(first, last)}
    said = [token for place, token in enumerate(held.tokens) if place not in in_phrases]
    answered = _stems(held.answer, {token.begin for token in said})
    whole = sum(rarity.get(word, 1.0) for word in asked)
    told = sum(rarity.get(word, 1.0) for word, its in asked.items() if its & answered)
    if told > TOLD * whole or _same_number(held):
        return None
    return Fault(
        Reason.OFF_TOPIC,
        tuple((token.begin, token.end) for token in said),
        1 - told / whole,
        missing=tuple(asked),
    )


def _same_number(held: _Held) -> bool:
    """Whether the answer names a number of the question: an article, a bus, a sum."""
    mine, its = held.asked.numbers, held.answered.numbers
    return bool({number.value for number in mine} & {number.value for number in its})


def telling(text: str, shortest: int = ENOUGH + 1) -> dict[str, set[str]]:
    """Return words of a question that say what it is about, each with its stems.

    `shortest`: letters of a word that tells; in short ones answers go astray.
    """
    reading = read(text)
    how = practice(text)
    found: dict[str, set[str]] = {}
    for token in words.analyse(text):
        plain = skeleton(token.word, how)
        if len(plain) >= shortest and _tells(plain, reading):
            found.setdefault(token.word, set()).update(stems_of(token))
    return found


def _tells(plain: str, reading: Reading) -> bool:
    is_counted = reading.weights.get(plain, 0.0) > 0 and plain in set(reading.content)
    return is_counted and plain not in _office()


def _stems(text: str, begins: set[int]) -> set[str]:
    tokens = [token for token in words.analyse(text) if token.start in begins]
    return {stem for token in tokens for stem in stems_of(token)}


def stems_of(token: words.Token) -> set[str]:
    """All a word may be found by; what the endings are nobody needs to know."""
    plain = skeleton(token.word)
    begun = {plain[:BEGINNING]} if len(plain) > BEGINNING else set()
    return {token.stem, token.folded, *token.also, *begun}


BEGINNING = 6  # letters in common that make two words one, where stems differ


def _language(text: str) -> str:
    """Return "kk" or "ru"; "" where both are there or Latin letters leave it open."""
    told = Counter(token.language for token in words.analyse(text) if token.language)
    marked = sum(letter in "әғқңөұүһі" for letter in text.casefold())
    if not told or told["en"] > told.total() * (1 - ALONE):
        return ""
    return "kk" if marked * 12 > len(text) / 2 or told["kk"] > told["ru"] else "ru"


def _rarity(held: Sequence[_Held]) -> dict[str, float]:
    """Return how telling words are, by how few of the questions have them: 0–1."""
    count: Counter[str] = Counter()
    for each in held:
        count.update(telling(each.question).keys())
    most = math.log(1 + len(held))
    return {word: math.log((1 + len(held)) / number) / most for word, number in count.items()}


@cache
def _file() -> _File:
    return catalogue.read(catalogue.ROOT / "likeness" / "answers.yaml", _File)


@cache
def _office() -> Words:
    return Words(_file().office)


@cache
def _phrases() -> tuple[tuple[Words | None, ...], ...]:
    """Return set phrases as lists of words; None is a gap."""
    return tuple(
        tuple(None if word == "..." else Words([word]) for word in phrase.split())
        for phrase in _file().phrases
    )


def _set_places(tokens: Sequence[_Token]) -> list[Place]:
    """Return the runs of tokens [first, last) that are set phrases, joined where they touch."""
    plain = [token.plain for token in tokens]
    found: list[Place] = []
    for first in range(len(plain)):
        last = max((_matched(plain, first, phrase) for phrase in _phrases()), default=0)
        if last and found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        elif last:
            found.append((first, last))
    return found


def _matched(plain: Sequence[str], first: int, phrase: Sequence[Words | None]) -> int:
    """Return where the phrase that begins at `first` ends; 0 where it does not stand there."""
    place, may_skip = first, 0
    for wanted in phrase:
        if wanted is None:
            may_skip = GAP
            continue
        found = next(_found(plain, place, may_skip, wanted), None)
        if found is None:
            return 0
        place, may_skip = found + 1, 0
    return place


def _found(plain: Sequence[str], place: int, may_skip: int, wanted: Words) -> Iterator[int]:
    for at in range(place, min(place + may_skip + 1, len(plain))):
        if plain[at] in wanted:
            yield at
