"""The rating of a catalogue: the mean of its sets, indicator by indicator.

Adding up findings would not do: "no licence, hence nothing for its being known" is said
of one set, and must not be said of a thousand because one of them has no licence.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from msgspec.structs import replace

from aiqyn.chain import CriterionScore, Fact, IndicatorValue, Rating
from aiqyn.scoring.engine import band_of, score_facts
from aiqyn.scoring.exact import in_points, in_steps
from aiqyn.scoring.methodology import Methodology

Points = dict[str, Decimal]  # by code of an indicator; one without points is left out


def points_of(rating: Rating) -> Points:
    """Return the points of one set."""
    indicators = (each for criterion in rating.criteria for each in criterion.indicators)
    return {each.code: each.points for each in indicators if each.points is not None}


class Mean:
    """Ratings of sets by one methodology, added up as they come."""

    def __init__(self, method: Methodology) -> None:
        self._method = method
        self._sums: defaultdict[str, Fraction] = defaultdict(Fraction)
        self._sets: defaultdict[str, int] = defaultdict(int)

    def add(self, points: Points) -> None:
        for code, value in points.items():
            self._sums[code] += Fraction(value)
            self._sets[code] += 1

    def rating(self, facts: Mapping[str, Fact]) -> Rating:
        """Return the mean; an indicator is averaged over the sets that have points for it.

        `facts` are the findings of all sets added up: they are shown, and say why an
        indicator has no points on any set.
        """
        shown = score_facts("", facts, self._method)
        criteria = tuple(map(self._criterion, shown.criteria))
        means = self._means([each for one in shown.criteria for each in one.indicators])
        points, full = _sum(means)
        return replace(
            shown,
            criteria=criteria,
            points=self._written(points) if means else None,
            max_points=full if means else shown.max_points,
            grade=self._grade(points, full) if means else "",
            why="" if means else shown.why or "not_enough_data",
        )

    def _criterion(self, shown: CriterionScore) -> CriterionScore:
        means = self._means(shown.indicators)
        points, full = _sum(means)
        return replace(
            shown,
            indicators=tuple(map(self._indicator, shown.indicators)),
            points=self._written(points) if means else None,
            max_points=full if means else shown.max_points,
            why="" if means else shown.why or "not_enough_data",
        )

    def _indicator(self, shown: IndicatorValue) -> IndicatorValue:
        if not self._sets[shown.code]:
            return replace(shown, points=None, why=shown.why or "no_finding")
        return replace(shown, points=self._written(self._mean(shown.code)), why="")

    def _means(self, shown: Sequence[IndicatorValue]) -> list[tuple[Fraction, Decimal]]:
        """Mean and maximum of the indicators that have points on some set."""
        return [
            (self._mean(each.code), each.max_points or Decimal(0))
            for each in shown
            if self._sets[each.code]
        ]

    def _mean(self, code: str) -> Fraction:
        return self._sums[code] / self._sets[code]

    def _written(self, points: Fraction) -> Decimal:
        return in_points(points / Fraction(self._method.step), self._method.step)

    def _grade(self, points: Fraction, full: Decimal) -> str:
        step = Fraction(self._method.step)
        band = band_of(points / step, in_steps(full, self._method.step), self._method)
        return band.code if band else ""


def _sum(means: Iterable[tuple[Fraction, Decimal]]) -> tuple[Fraction, Decimal]:
    points, full = Fraction(0), Decimal(0)
    for mean, most in means:
        points, full = points + mean, full + most
    return points, full
