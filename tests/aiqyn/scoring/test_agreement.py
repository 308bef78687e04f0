"""Cohen's kappa against worked figures."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiqyn.scoring.agreement import Agreement, agreement

MARKS = st.sampled_from(["good", "bad", "both"])


def pairs(both_yes, first_alone, second_alone, both_no):
    return (
        [("yes", "yes")] * both_yes
        + [("yes", "no")] * first_alone
        + [("no", "yes")] * second_alone
        + [("no", "no")] * both_no
    )


def test_kappa_of_the_textbook_example_is_two_fifths():
    """Fifty grant proposals, two readers: 20 and 15 alike, 5 and 10 not."""
    assert agreement(pairs(20, 5, 10, 15)) == Agreement(
        n=50, agreed=35, expected=Fraction(1, 2), kappa=Fraction(2, 5)
    )


ORDER = ("bad", "both", "good")


def test_neighbours_of_an_order_agree_by_half():
    """Six sites: 3 alike, 2 next to each other, 1 opposite; worked by hand."""
    cases = [
        ("good", "good"), ("good", "good"), ("bad", "bad"),
        ("both", "good"), ("both", "bad"), ("bad", "good"),
    ]  # fmt: skip

    found = agreement(cases, order=ORDER)

    # seen 3 + 2 · 1/2 = 4 of 6; by chance (8 + 4 + 4 + 2) of 36
    assert found == Agreement(
        n=6, agreed=3, opposed=1, expected=Fraction(1, 2), kappa=Fraction(1, 3)
    )


def test_two_classes_in_order_are_as_two_without():
    cases = pairs(20, 5, 10, 15)

    assert agreement(cases, order=("no", "yes")).kappa == agreement(cases).kappa


def test_kappa_without_cases_does_not_exist():
    assert agreement([]) == Agreement(n=0, agreed=0, expected=Fraction(0), kappa=None)


def test_kappa_does_not_exist_when_both_always_say_the_same_thing():
    found = agreement([("good", "good")] * 12)

    assert (found.kappa, found.expected, found.strength) == (None, Fraction(1), "undefined")


@pytest.mark.parametrize(
    ("cases", "strength"),
    [
        (pairs(5, 0, 0, 4), "too_few"),
        (pairs(10, 0, 0, 10), "almost_perfect"),
        (pairs(17, 3, 2, 18), "substantial"),
        (pairs(15, 5, 5, 15), "moderate"),
        (pairs(13, 7, 7, 13), "fair"),
        (pairs(11, 9, 9, 11), "slight"),
        (pairs(5, 15, 15, 5), "poor"),
    ],
)
def test_strength_names_the_band(cases, strength):
    assert agreement(cases).strength == strength


@given(st.lists(st.tuples(MARKS, MARKS), min_size=1, max_size=40), st.sampled_from([(), ORDER]))
def test_kappa_is_at_most_one_and_does_not_know_who_is_first(cases, order):
    found = agreement(cases, order=order)
    turned = agreement([(other, one) for one, other in cases], order=order)

    assert found == turned
    assert found.kappa is None or found.kappa <= 1
    assert (found.kappa == 1) == (found.agreed == found.n and found.expected != 1)
