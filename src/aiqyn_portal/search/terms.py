"""A draft's words, as both databases are given them."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aiqyn import words
from aiqyn_portal.search.kinds import Draft

LONGEST_TEXT = 200_000  # characters of one language that are read
LONGEST_WORD = 40
MOST_WORDS = 12_000  # of a thing; PostgreSQL keeps places up to 16 383
MOST_TIMES = 250  # a stem is placed; PostgreSQL keeps 255 places of a word
BREAK = "_"  # stands between languages, so that no phrase reaches over

_UNSAFE = re.compile(r"\W|_")

Placed = tuple[str, str]  # exact stem, folded key


@dataclass(frozen=True)
class Terms:
    """Words in their places; BREAK in both of a pair where there is none."""

    title: list[Placed]
    text: list[Placed]

    @property
    def title_words(self) -> int:
        return max(1, sum(exact != BREAK for exact, _ in self.title))


def terms_of(draft: Draft) -> Terms:
    times: Counter[str] = Counter()
    title = _placed([draft.title], times)
    return Terms(title, _placed([draft.summary, draft.text], times))


def safe(term: str) -> str:
    """Return a stem in nothing but letters and digits: no sign of any query language."""
    return _UNSAFE.sub("", term) or BREAK


def words_of(title: Mapping[str, str]) -> set[str]:
    """Return the words of a title as they are typed, for completing and correcting."""
    tokens = [token for code, said in title.items() for token in words.analyse(said, _known(code))]
    return {
        token.word.casefold()[:LONGEST_WORD]
        for token in tokens
        if len(token.word) > 1 and not token.word.isdecimal()
    }


def _placed(phrases: Iterable[Mapping[str, str]], times: Counter[str]) -> list[Placed]:
    placed: list[Placed] = []
    for phrase in phrases:
        for language, said in phrase.items():
            tokens = words.analyse(said[:LONGEST_TEXT], _known(language))
            placed += (_one(token.stem, token.folded, times) for token in tokens)
            placed.append((BREAK, BREAK))
            for besides in sorted({token.besides for token in tokens if token.besides}):
                placed += [_one(*besides, times), (BREAK, BREAK)]
    return placed[:MOST_WORDS]


def _one(stem: str, key: str, times: Counter[str]) -> Placed:
    """Return a word of a text; one said too often leaves an empty place."""
    exact, folded = safe(stem), safe(key)
    times.update({exact, f"{BREAK}{folded}"})
    is_rare = max(times[exact], times[f"{BREAK}{folded}"]) <= MOST_TIMES
    return (exact, folded) if is_rare else (BREAK, BREAK)


def _known(language: str) -> str:
    return language if language in ("kk", "ru", "en") else ""
