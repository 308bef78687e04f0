"""Measures that compare bodies: they need the figures of all of them, see `spread`."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from aiqyn.chain import Fact
from aiqyn.errors import ScoringError
from aiqyn.scoring.measure import Measure, Ratio, mean_of, need
from aiqyn.scoring.spread import Spread


class _Relative(Measure, frozen=True, kw_only=True):
    relative: ClassVar[bool] = True

    higher_is_better: bool = True

    def share(self, facts: Sequence[Fact], full: Fraction, spread: Spread | None) -> Ratio | None:
        mean = mean_of(facts)
        if mean is None:
            return None
        if spread is None:
            raise ScoringError(f"`{self.name}` compares bodies: survey them all first")
        position = self.position(mean, spread)
        return (position if self.higher_is_better else 1 - position).as_integer_ratio()

    def position(self, mean: Fraction, spread: Spread) -> Fraction:
        """Return where the body stands, 0 for the lowest figure, 1 for the highest."""
        raise NotImplementedError


class MinMax(_Relative, frozen=True, kw_only=True, tag="min_max"):
    """Where the body stands between the lowest and the highest of all bodies.

    When all bodies are equal there is nothing between them and each has 1.
    """

    def position(self, mean: Fraction, spread: Spread) -> Fraction:
        if not spread.lowest <= mean <= spread.highest:
            raise ScoringError("a figure outside the survey: survey all bodies again")
        if spread.lowest == spread.highest:
            return Fraction(1) if self.higher_is_better else Fraction(0)
        return (mean - spread.lowest) / (spread.highest - spread.lowest)


class ZScore(_Relative, frozen=True, kw_only=True, tag="z_score"):
    """Distance from the mean of all bodies in standard deviations.

    From −`limit` to +`limit` the share goes from 0 to 1; what lies beyond is cut
    off. The deviation is that of the whole population, exact to 30 decimals.
    """

    limit: Decimal = Decimal(3)

    def __post_init__(self) -> None:
        need(self.limit.is_finite() and self.limit > 0, f"`limit` is {self.limit}")

    def position(self, mean: Fraction, spread: Spread) -> Fraction:
        deviation = spread.deviation
        if not deviation:
            return Fraction(1, 2)
        limit = Fraction(self.limit)
        distance = (mean - spread.mean) / deviation
        return (max(-limit, min(limit, distance)) + limit) / (2 * limit)
