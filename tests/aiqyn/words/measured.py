"""Recall and precision on the published forms: what the tests and the bench both ask.

forms.csv: a form, its lemma, its part of speech, and whether its lemma was looked at while
the tables of endings were made ("seen") or not ("held_out"). pairs.csv: words that must
not meet.
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent

Keys = Callable[[str], Iterable[str]]  # what a tool files a word under


class Form(NamedTuple):
    lemma: str
    kind: str
    half: str
    form: str


class Figures(NamedTuple):
    """Shares, 0–1."""

    recall: float  # of forms that their lemma finds
    precision: float  # of what a lemma finds among all forms and all words of the pairs
    apart: float  # of pairs that do not meet


def forms(half: str = "") -> list[Form]:
    with (HERE / "forms.csv").open(encoding="utf-8", newline="") as sheet:
        rows = [Form(**row) for row in csv.DictReader(sheet)]
    return [row for row in rows if not half or row.half == half]


def pairs() -> list[tuple[str, str]]:
    with (HERE / "pairs.csv").open(encoding="utf-8", newline="") as sheet:
        return [(row["word"], row["other"]) for row in csv.DictReader(sheet)]


def roots_of(rows: Iterable[Form]) -> set[str]:
    """Return the lemmas of `rows` as roots.yaml would name them: a verb without its у."""
    found = set()
    for row in rows:
        verb = row.lemma.removesuffix("у")
        hard = verb.removesuffix("б") + "п"  # табу is of тап
        found |= {row.lemma} if row.kind != "verb" else {verb, verb + "ы", verb + "і", hard}
    return found


def missed(rows: list[Form], keys: Keys) -> list[Form]:
    return [row for row in rows if set(keys(row.form)).isdisjoint(keys(row.lemma))]


def met(keys: Keys) -> list[tuple[str, str]]:
    return [(one, other) for one, other in pairs() if not set(keys(one)).isdisjoint(keys(other))]


def figures(rows: list[Form], keys: Keys) -> Figures:
    """Measure a tool: each lemma asked for, among all `rows` and all words of the pairs."""
    lemmas = {row.lemma for row in rows}
    filed: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for lemma, word in {(row.lemma, row.form) for row in rows} | {
        (word, word) for pair in pairs() for word in pair
    }:
        for key in keys(word):
            filed[key].add((lemma, word))
    right = wrong = 0
    for lemma in lemmas:
        for its, _ in set().union(*(filed[key] for key in keys(lemma))):
            right += its == lemma
            wrong += its != lemma
    return Figures(
        1 - len(missed(rows, keys)) / len(rows),
        right / (right + wrong) if right + wrong else 1.0,
        1 - len(met(keys)) / len(pairs()),
    )
