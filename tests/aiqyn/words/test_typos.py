"""How often a mistyped Kazakh word is understood: found as it is, or its like suggested."""

import random

import pytest

from aiqyn import words
from tests.aiqyn.words.measured import forms
from tests.aiqyn.words.typos import KINDS

EVERY = 50  # form: the whole list takes a minute; bench/results tells of it


def keys(word: str) -> set[str]:
    made = words.reduce(word)
    return {made.folded, made.stem, *made.also}


def understood(typed: str, meant: str, vocabulary: list[str]) -> bool:
    if keys(typed) & keys(meant):
        return True
    offered = words.suggest(typed, vocabulary, limit=1)
    return bool(offered and keys(offered[0]) & keys(meant))


@pytest.mark.parametrize(("has_forms", "least"), [(True, 0.9), (False, 0.85)])
def test_typos_of_published_forms_are_understood(has_forms: bool, least: float) -> None:
    """The vocabulary has the forms themselves, or only the words they are forms of."""
    by = random.Random(7)  # the same typos every time
    known = {each.form for each in forms() if has_forms} | {each.lemma for each in forms()}
    vocabulary = sorted(known)
    asked = [each.form for each in forms() if len(each.form) > 4][::EVERY]

    tried = [(kind(form, by), form) for form in asked for kind in KINDS]
    right = sum(understood(typed, form, vocabulary) for typed, form in tried)

    assert right / len(tried) >= least
