"""What a text says that can be compared: its words, numbers, denials and sides."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from aiqyn.likeness.lore import lore
from aiqyn.likeness.skeleton import Practice, practice, seen, skeleton

MOST = 200_000  # characters that are read
GREETING = 8  # words of a clause that may be a greeting
LAST = 0.5  # of a text: a farewell stands in what follows
NEAR = 3  # words on either side that tell what a number is about
BEGINNING = 4  # letters of a word that tell it
CONTACT = 9  # digits of a number that is a telephone, an IIN or an account
LIGHT, NAMED, WHOLE = 0.25, 0.25, 1.0

_CLAUSE = re.compile(r"(?<=[.!?;…])[\s]+|(?<=[^\d],)\s+|\n+|(?<=[!?])")
_TOKEN = re.compile(
    r"\d{1,3}(?:[ \u00a0]\d{3})+(?!\d)|\d+(?:[.,/:-]\d+)*|[^\W\d_]+(?:['’ʼ`][^\W\d_]*)*"
)
_ROMAN = re.compile(r"[IVXLІХ]{2,7}")


class Number(Struct, frozen=True):
    """A number and the words about it."""

    value: str
    left: str
    right: str
    around: frozenset[str]
    is_address: bool


class Reading(Struct, frozen=True):
    """A text as it is compared; words are in their plain writing."""

    weights: dict[str, float]  # of its distinct words, in their order
    denied: frozenset[str]  # words that are only met beside a negation
    numbers: tuple[Number, ...]
    sides: dict[int, frozenset[bool]]  # of pairs of opposites it has a word of
    beside: dict[str, tuple[str, str]]  # beginnings of the words before and after, of the first
    held: frozenset[tuple[int, str, bool]]  # pair, beginning of the next word, side
    weight: float

    @property
    def content(self) -> list[str]:
        """Words that say what the text is about; all of them where there are few."""
        telling = [word for word, weight in self.weights.items() if weight == WHOLE]
        return telling if len(telling) > NEAR else list(self.weights)


class _Token(Struct, frozen=True):
    word: str  # in its plain writing; a number as it is
    is_number: bool
    is_name: bool


def read(text: str) -> Reading:
    """Read `text`: any length, any letters; what is no word or number is passed over."""
    clauses = _clauses(seen(text[:MOST]))
    tokens = [token for clause in _body(clauses) for token in clause]
    if not tokens:  # a greeting alone is compared as it is
        tokens = [token for clause in clauses for token in clause]
    return _reading(tokens)


def _clauses(text: str) -> list[list[_Token]]:
    how = practice(text)
    found = [list(_tokens(clause, how)) for clause in _CLAUSE.split(text)]
    return [clause for clause in found if clause]


def _tokens(clause: str, how: Practice) -> Iterator[_Token]:
    is_shouted = clause.isupper()
    for place, match in enumerate(_TOKEN.finditer(clause)):
        word = match[0]
        if word[0].isdigit():
            value = re.sub(r"[ \u00a0]", "", word)
            if sum(map(str.isdigit, value)) < CONTACT:
                yield _Token(value, True, False)
            continue
        if _ROMAN.fullmatch(word) and not is_shouted:
            yield _Token(word.replace("І", "I").replace("Х", "X"), True, False)
        elif plain := skeleton(word, how):
            number = lore().numerals.get(plain)
            is_name = word[0].isupper() and bool(place) and not is_shouted
            yield _Token(number or plain, number is not None, is_name)


def _body(clauses: list[list[_Token]]) -> list[list[_Token]]:
    """Leave out the greeting and what follows a farewell."""
    begin = 0
    while begin < len(clauses) and _is_greeting(clauses[begin]):
        begin += 1
    end = len(clauses)
    if begin and end > begin and _is_addressee(clauses[begin]):
        begin += 1
    for place in range(max(begin + 1, int(len(clauses) * LAST)), len(clauses)):
        if _is_farewell(clauses[place]):
            end = place
            break
    while end > begin + 1 and _is_signature(clauses[end - 1]):
        end -= 1
    return clauses[begin:end]


def _is_greeting(clause: Sequence[_Token]) -> bool:
    return len(clause) <= GREETING and clause[0].word in lore().greetings


def _is_addressee(clause: Sequence[_Token]) -> bool:
    """Whether a clause after a greeting is but the name of who is greeted."""
    return len(clause) <= NEAR and all(token.is_name for token in clause[1:]) and len(clause) > 1


def _is_farewell(clause: Sequence[_Token]) -> bool:
    if len(clause) > GREETING:
        return False
    words = [token.word for token in clause]
    if words[0] in lore().farewells:
        return True
    for phrase in lore().farewell_phrases:
        if len(words) >= len(phrase) and all(
            word in listed for word, listed in zip(words, phrase, strict=False)
        ):
            return True
    return False


def _is_signature(clause: Sequence[_Token]) -> bool:
    """Whether a clause is names and numbers only: Асқар Серікұлы, Абай көшесі 15."""
    named = [token for token in clause[1:] if not token.is_number]
    return (
        1 < len(clause) <= GREETING
        and bool(named)
        and all(
            token.is_name or token.word in lore().places or token.word in lore().addresses
            for token in named
        )
    )


def _reading(tokens: list[_Token]) -> Reading:
    weights: dict[str, float] = {}
    denials: dict[str, set[bool]] = {}
    sides: dict[int, set[bool]] = {}
    held: set[tuple[int, str, bool]] = set()
    beside: dict[str, tuple[str, str]] = {}
    is_small = not any(token.is_name for token in tokens)
    for place, token in enumerate(tokens):
        if token.is_number:
            continue
        weight = _weight(tokens, place, is_small)
        weights[token.word] = max(weight, weights.get(token.word, 0.0))
        beside.setdefault(token.word, (_before(tokens, place), _next(tokens, place)))
        is_denied = _is_denied(tokens, place)
        denials.setdefault(token.word, set()).add(is_denied)
        for pair, is_other in lore().sides(token.word):
            sides.setdefault(pair, set()).add(is_other != is_denied)
            held.add((pair, _next(tokens, place), is_other != is_denied))
    numbers = tuple(_number(tokens, place) for place, it in enumerate(tokens) if it.is_number)
    return Reading(
        weights,
        frozenset(word for word, told in denials.items() if told == {True}),
        numbers,
        {pair: frozenset(told) for pair, told in sides.items()},
        beside,
        frozenset(held),
        sum(weights.values()),
    )


def _before(tokens: list[_Token], place: int) -> str:
    return tokens[place - 1].word[:BEGINNING] if place else ""


def _next(tokens: list[_Token], place: int) -> str:
    return tokens[place + 1].word[:BEGINNING] if place + 1 < len(tokens) else ""


def _weight(tokens: list[_Token], place: int, is_small: bool) -> float:
    word = tokens[place].word
    told = lore()
    if word in told.mute:
        return 0.0
    if word in told.light:
        return LIGHT
    if tokens[place].is_name or word in told.addresses or word in told.places:
        return NAMED
    return NAMED if is_small and _is_beside_a_place(tokens, place) else WHOLE


def _is_beside_a_place(tokens: list[_Token], place: int) -> bool:
    before, after = tokens[max(0, place - 1) : place], tokens[place + 1 : place + 2]
    return any(each.word in lore().place_before for each in before) or any(
        each.word in lore().place_after for each in after
    )


def _is_denied(tokens: list[_Token], place: int) -> bool:
    before = place > 0 and tokens[place - 1].word in lore().before
    after = place + 1 < len(tokens) and tokens[place + 1].word in lore().after
    return before or after


def _number(tokens: list[_Token], place: int) -> Number:
    left = tokens[place - 1].word if place else ""
    right = tokens[place + 1].word if place + 1 < len(tokens) else ""
    around = tokens[max(0, place - NEAR) : place] + tokens[place + 1 : place + 1 + NEAR]
    words = frozenset(each.word for each in around if not each.is_number)
    is_address = left in lore().addresses or right in lore().addresses
    return Number(tokens[place].word, left, right, words, is_address)
