"""What all bodies together say about one indicator: the first of two passes.

Measures that compare bodies (min–max, z-score) need the figures of every body
before the first one can be scored. The first pass adds each body to a `Spread`
per indicator; spreads of parts of the list add up to the spread of the whole,
in any order, so the pass can be split over processes.
"""

from fractions import Fraction
from functools import cached_property
from math import isqrt

from aiqyn.chain import Noun

DIGITS = 30


class Spread(Noun, frozen=True, kw_only=True, dict=True):
    """Sums over the bodies that have a figure; numbers are exact."""

    bodies: int
    lowest: Fraction
    highest: Fraction
    total: Fraction
    squares: Fraction  # sum of squares

    @classmethod
    def of(cls, value: Fraction) -> "Spread":
        """Return the spread of one body."""
        return cls(bodies=1, lowest=value, highest=value, total=value, squares=value * value)

    def __add__(self, other: "Spread") -> "Spread":
        return Spread(
            bodies=self.bodies + other.bodies,
            lowest=min(self.lowest, other.lowest),
            highest=max(self.highest, other.highest),
            total=self.total + other.total,
            squares=self.squares + other.squares,
        )

    @cached_property
    def mean(self) -> Fraction:
        return self.total / self.bodies

    @cached_property
    def deviation(self) -> Fraction:
        """Standard deviation of the whole population, cut at 30 decimals."""
        variance = self.squares / self.bodies - self.mean * self.mean
        scaled = variance.numerator * 10 ** (2 * DIGITS) // variance.denominator
        return Fraction(isqrt(scaled), 10**DIGITS)
