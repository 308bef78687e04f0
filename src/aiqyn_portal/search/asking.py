"""What a person typed, read as a question.

All words must be there; "words in quotes" in that order; -word must not be there; wor* is a
beginning. Anything else people type, and every sign of FTS5, SQL and tsquery, is no sign here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from aiqyn import words
from aiqyn.words.letters import fold, letters, plain
from aiqyn_portal.search.terms import BREAK, safe

LONGEST = 300  # characters of a question that are read
MOST = 12  # words of a question that are asked

_PART = re.compile(
    r'(?P<minus>(?<!\S)-)?(?:["«“„](?P<phrase>[^"»”“„«]*)["»”“]|(?P<word>[^\s"«»“”„]+))'
)


@dataclass(frozen=True)
class Asked:
    """One word: any of its exact stems, or of its folded keys, answers."""

    exact: tuple[str, ...]
    folded: tuple[str, ...]
    beginning: str = ""  # folded; what a word may begin with


@dataclass(frozen=True)
class Phrase:
    """Words one after another, written in each way the whole of them may be meant."""

    exact: tuple[tuple[str, ...], ...]
    folded: tuple[str, ...]


@dataclass(frozen=True)
class Either:
    """Words in several sets: any whole set answers. Nobody types one; programs ask so."""

    sets: "tuple[tuple[Part, ...], ...]"


Part = Asked | Phrase | Either


@dataclass(frozen=True)
class Question:
    wanted: tuple[Part, ...] = ()
    unwanted: tuple[Part, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted)


def read(typed: str) -> Question:
    """Read what was typed; words that say nothing alone are passed over if others remain."""
    wanted: list[Part] = []
    passed: list[Part] = []
    unwanted: list[Part] = []
    for found in _PART.finditer(typed[:LONGEST].replace("\0", " ")):
        for part, is_passed in _parts(found):
            target = unwanted if found["minus"] else passed if is_passed else wanted
            target.append(part)
    return Question(tuple((wanted or passed)[:MOST]), tuple(unwanted[:MOST]))


def _parts(found: re.Match[str]) -> Iterator[tuple[Part, bool]]:
    if found["word"] is None:
        tokens = words.analyse(found["phrase"])[:MOST]
        if len(tokens) > 1:
            yield _phrase(tokens), False
        elif tokens:
            yield asked_for(tokens[0]), False
        return
    tokens = words.analyse(found["word"])[:MOST]
    for token in tokens:
        is_last = token is tokens[-1]
        yield (
            asked_for(token, is_beginning=is_last and found["word"].endswith("*")),
            _is_passed(token),
        )


def asked_for(token: words.Token, *, is_beginning: bool = False) -> Asked:
    made = words.reduce(token.word)
    exact = dict.fromkeys(safe(stem) for stem in (made.stem, *made.also))
    folded = safe(made.folded)
    if made.is_known:  # typed with its own letters: only texts without them are forgiven
        exact[folded] = None
        return Asked(tuple(exact), (), _beginning(token) if is_beginning else "")
    return Asked(tuple(exact), (folded,), _beginning(token) if is_beginning else "")


def _beginning(token: words.Token) -> str:
    return safe(fold(plain(token.word)))


def _phrase(tokens: list[words.Token]) -> Phrase:
    """Each word by its likeliest stem; or each by its other one, where it has another."""
    likeliest = tuple(safe(token.stem) for token in tokens)
    other = tuple(safe(token.also[0] if token.also else token.stem) for token in tokens)
    return Phrase(
        tuple(dict.fromkeys((likeliest, other))), tuple(safe(token.folded) for token in tokens)
    )


def _is_passed(token: words.Token) -> bool:
    return plain(token.word) in letters().passed or safe(token.stem) == BREAK
