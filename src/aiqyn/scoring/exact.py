"""Exact numbers: fractions inside, decimals outside, one rounding between them."""

from decimal import Context, Decimal
from fractions import Fraction

from aiqyn.errors import ScoringError

# Wide enough for every product below, and independent of the caller's context.
WIDE = Context(prec=100)
LONGEST = 40  # decimal places before and after the point


def rounded(value: Fraction, step: Decimal) -> Decimal:
    """Return `value` as a multiple of `step`, half up (away from zero when negative)."""
    numerator, denominator = step.as_integer_ratio()
    steps, half = 2 * abs(value.numerator) * denominator, value.denominator * numerator
    whole = (steps + half) // (2 * half)
    return WIDE.multiply(Decimal(whole if value >= 0 else -whole), step)


Number = int | Fraction  # of steps; a whole number of them is an int


def in_steps(value: Fraction | Decimal, step: Decimal) -> Number:
    """Return how many steps `value` is, exactly."""
    steps = Fraction(value) / Fraction(step)
    return steps.numerator if steps.denominator == 1 else steps


def whole(steps: Number) -> int:
    """Round half up to a whole number of steps."""
    if isinstance(steps, int):
        return steps
    return (2 * steps.numerator + steps.denominator) // (2 * steps.denominator)


def in_points(steps: Number, step: Decimal) -> Decimal:
    """Return a number of steps as points, rounded half up to a whole number of steps."""
    return WIDE.multiply(Decimal(whole(steps)), step)


def cut(value: Fraction, step: Decimal) -> Decimal:
    """Return the largest multiple of `step` not above `value`: what truncation prints."""
    return WIDE.multiply(Decimal(value / Fraction(step) // 1), step)


def decimals(value: Decimal) -> Decimal:
    """Return the step in which `value` is written: 0.01 for 93.22."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(min(0, exponent if isinstance(exponent, int) else 0))


def plain(value: Decimal) -> str:
    """Write `value` without an exponent and without zeros that say nothing."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def is_usable(value: Decimal) -> bool:
    """Return whether `value` is finite and of a size that exact arithmetic can carry.

    1E+999999999 is a short text and a number of a gigabyte: nobody measured it.
    """
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -LONGEST and value.adjusted() <= LONGEST


def finite(value: Decimal, place: str) -> Decimal:
    """Return `value`; raises ScoringError for NaN, infinities and numbers beyond all measure."""
    if not is_usable(value):
        raise ScoringError(f"{place}: {value} is not a number")
    return value


def inside(value: Decimal, lowest: Decimal, highest: Decimal, place: str) -> Decimal:
    """Return `value`; raises ScoringError when it lies outside the scale."""
    finite(value, place)
    if value < lowest:
        raise ScoringError(f"{place}: {plain(value)} is below {plain(lowest)}")
    if value > highest:
        raise ScoringError(f"{place}: {plain(value)} is over the maximum {plain(highest)}")
    return value
