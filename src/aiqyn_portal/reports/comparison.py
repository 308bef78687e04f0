"""Two published results side by side, in percent of what both could reach."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from django.urls import reverse

from aiqyn_portal.base.formats import say_phrase
from aiqyn_portal.evaluation.models import Round
from aiqyn_portal.reports.figures import percent_of
from aiqyn_portal.reports.history import Cell
from aiqyn_portal.reports.places import method_of
from aiqyn_portal.reports.queries import Result


class Side(NamedTuple):
    """One of the two."""

    name: str
    title: str
    year: int
    href: str
    total: Cell
    printed: Decimal | None  # total its source printed, when that is another


class Line(NamedTuple):
    """One criterion that at least one of the two has."""

    title: str
    cells: tuple[Cell | None, Cell | None]
    difference: Decimal | None  # percentage points, second minus first


def side(result: Result, round_: Round) -> Side:
    return Side(
        name=str(result.name),
        title=f"{result.name}, {round_.until.year}",
        year=round_.until.year,
        href=reverse("reports:why", args=[round_.code, result.body]),
        total=Cell(
            result.points,
            result.tree.max_points,
            percent_of(result.points, result.tree.max_points),
        ),
        printed=result.printed,
    )


def lines(first: Result, second: Result) -> list[Line]:
    """Every criterion of either, in the order of the second's methodology, then the first's."""
    titles: dict[str, str] = {}
    for result in (second, first):
        for criterion in method_of(result.tree.methodology).criteria:
            titles.setdefault(criterion.code, say_phrase(criterion.title))
    found = []
    for code, title in titles.items():
        cells = (_cell(first, code), _cell(second, code))
        found.append(Line(title, cells, _difference(*cells)))
    return found


def overall(first: Result, second: Result) -> Decimal | None:
    """Percentage points over the criteria both have figures for; None when there are none."""
    before, after = _known(first), _known(second)
    common = [code for code in before if code in after]
    if not common:
        return None
    shares = [_share([scores[code] for code in common]) for scores in (before, after)]
    change = shares[1] - shares[0]
    return Decimal(change.numerator) / Decimal(change.denominator)


def _known(result: Result) -> dict[str, tuple[Decimal, Decimal]]:
    return {
        score.code: (score.points, score.max_points)
        for score in result.tree.criteria
        if score.points is not None and score.max_points
    }


def _share(scores: list[tuple[Decimal, Decimal]]) -> Fraction:
    points = sum((Fraction(points) for points, _ in scores), Fraction(0))
    return 100 * points / sum((Fraction(maximum) for _, maximum in scores), Fraction(0))


def _cell(result: Result, code: str) -> Cell | None:
    for score in result.tree.criteria:
        if score.code == code:
            percent = percent_of(score.points, score.max_points)
            return Cell(score.points, score.max_points, percent)
    return None


def _difference(first: Cell | None, second: Cell | None) -> Decimal | None:
    if first is None or second is None or first.percent is None or second.percent is None:
        return None
    return second.percent - first.percent
