"""Precision and recall on planted copies: the proof that the method page quotes."""

import re

import pytest

from aiqyn.likeness import compare, group, read
from tests.aiqyn.likeness.planted import measured, planted


@pytest.mark.parametrize("half", ["tuned", "held_out"])
def test_planted_copies_are_found_and_nothing_else(half):
    texts = planted(half)

    figures = measured(texts, group([each.text for each in texts]))

    assert figures.precision >= 0.98
    assert figures.recall >= 0.95


def test_planted_texts_are_more_than_a_thousand():
    assert len(planted("tuned")) + len(planted("held_out")) >= 1000


@pytest.mark.parametrize("half", ["tuned", "held_out"])
def test_another_number_is_another_opinion(half):
    for each in planted(half):
        if each.how or not (found := re.search(r"\d+", each.text)):
            continue
        other = each.text.replace(found[0], str(int(found[0]) + 1), 1)
        assert not compare(read(each.text), read(other)).are_copies, other
