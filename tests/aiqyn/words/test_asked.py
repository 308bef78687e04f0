"""Words as clerks ask for them (asked.csv): places, offices, verbs, without Kazakh letters too.

They were written down before they were tried. How many were found then stands in
docs/benchmarks.md; since then the endings and roots they lacked are known.
"""

import csv

from aiqyn import words
from tests.aiqyn.words import measured


def asked() -> list[dict[str, str]]:
    with (measured.HERE / "asked.csv").open(encoding="utf-8", newline="") as sheet:
        return list(csv.DictReader(sheet))


def keys(word: str) -> set[str]:
    """Return what the search finds a word by."""
    made = words.reduce(word)
    return {made.stem, made.folded, *made.also}


def test_words_that_are_asked_for_are_none_of_the_published_forms() -> None:
    assert {row["form"] for row in asked()}.isdisjoint(each.form for each in measured.forms())


def test_words_are_found_as_clerks_ask_for_them() -> None:
    missed = {row["form"] for row in asked() if keys(row["form"]).isdisjoint(keys(row["lemma"]))}

    assert (len(asked()) > 500, missed) == (True, {"азаматша", "ыстықтады"})
