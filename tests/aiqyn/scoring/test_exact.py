import re
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest

from aiqyn.errors import ScoringError
from aiqyn.scoring.exact import (
    cut,
    decimals,
    finite,
    in_points,
    in_steps,
    inside,
    plain,
    rounded,
    whole,
)
from aiqyn.scoring.spread import Spread

CENT = Decimal("0.01")


@pytest.mark.parametrize(
    ("value", "step", "expected"),
    [
        (Fraction(1, 3), CENT, "0.33"),
        (Fraction(1, 200), CENT, "0.01"),
        (Fraction(-1, 200), CENT, "-0.01"),
        (Fraction(2, 3), Decimal("0.5"), "0.5"),
        (Fraction(5, 2), Decimal(1), "3"),
    ],
)
def test_rounded_goes_half_up(value, step, expected):
    assert str(rounded(value, step)) == expected


def test_rounded_does_not_depend_on_the_callers_context():
    with localcontext() as context:
        context.prec = 2

        assert str(rounded(Fraction(123456, 100), CENT)) == "1234.56"


def test_steps_are_whole_or_exact():
    assert (in_steps(Decimal("0.5"), CENT), in_steps(Fraction(1, 3), CENT)) == (
        50,
        Fraction(100, 3),
    )
    assert (whole(7), whole(Fraction(7, 2)), whole(Fraction(10, 3))) == (7, 4, 3)
    assert str(in_points(Fraction(7, 2), CENT)) == "0.04"


def test_cut_leaves_the_rest_out():
    assert str(cut(Fraction(932294, 10000), CENT)) == "93.22"


@pytest.mark.parametrize(
    ("value", "expected"), [("93.22", "0.01"), ("5", "1"), ("1E+2", "1"), ("NaN", "1")]
)
def test_decimals_is_the_step_a_number_is_written_in(value, expected):
    assert decimals(Decimal(value)) == Decimal(expected)


@pytest.mark.parametrize(
    ("value", "expected"), [("20.00", "20"), ("100", "100"), ("1E+2", "100"), ("0.50", "0.5")]
)
def test_plain_says_no_more_than_the_number(value, expected):
    assert plain(Decimal(value)) == expected


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "sNaN", "1E+41", "1E-41"])
def test_finite_refuses_what_is_no_number(value):
    with pytest.raises(ScoringError, match=re.escape(f"row 2: {value} is not a number")):
        finite(Decimal(value), "row 2")


def test_inside_keeps_a_number_on_the_scale():
    assert inside(Decimal(3), Decimal(0), Decimal(3), "row 2") == Decimal(3)


def test_spread_of_parts_is_the_spread_of_the_whole():
    numbers = [Fraction(n) for n in (2, 4, 4, 4, 5, 5, 7, 9)]
    whole_ = Spread.of(numbers[0])
    for number in numbers[1:]:
        whole_ = whole_ + Spread.of(number)

    parts = sum((Spread.of(n) for n in numbers[-2::-1]), start=Spread.of(numbers[-1]))

    assert parts == whole_
    assert (whole_.mean, whole_.deviation, whole_.bodies) == (5, 2, 8)
