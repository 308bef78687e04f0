"""One body through the years, like for like."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from aiqyn.scoring.trend import is_declining
from aiqyn_portal.base.formats import say_phrase
from aiqyn_portal.evaluation.models import Round
from aiqyn_portal.reports.figures import percent_of
from aiqyn_portal.reports.places import change_between, edition_and_before, method_of
from aiqyn_portal.reports.queries import Result


class Year(NamedTuple):
    """One published result of a body."""

    round: Round
    result: Result
    percent: Decimal | None
    change: Decimal | None  # against the year before by the same or an earlier edition
    grade: str


class Cell(NamedTuple):
    points: Decimal | None
    maximum: Decimal | None
    percent: Decimal | None


class CriterionYears(NamedTuple):
    """One criterion over the years; None where an edition did not have it."""

    title: str
    cells: list[Cell | None]


def years(results: Sequence[Result], rounds: Sequence[Round]) -> list[Year]:
    """Oldest first, as `results` come."""
    by_pk = {round_.pk: round_ for round_ in rounds}
    found: list[Year] = []
    for result in results:
        round_ = by_pk[result.round]
        before = _before(found, round_)
        found.append(
            Year(
                round=round_,
                result=result,
                percent=percent_of(result.points, result.tree.max_points),
                change=change_between(before.result if before else None, result),
                grade=_grade(result, round_),
            )
        )
    return found


def _before(found: Sequence[Year], round_: Round) -> Year | None:
    editions = edition_and_before(round_.methodology)
    comparable = [year for year in found if year.round.methodology in editions]
    return comparable[-1] if comparable else None


def _grade(result: Result, round_: Round) -> str:
    bands = method_of(round_.methodology).bands
    return next((say_phrase(b.title) for b in bands if b.code == result.tree.grade), "")


def criteria_table(found: Sequence[Year]) -> list[CriterionYears]:
    """Criteria of every year, in the order they first appear."""
    titles: dict[str, str] = {}
    for year in found:
        for criterion in method_of(year.round.methodology).criteria:
            titles.setdefault(criterion.code, say_phrase(criterion.title))
    return [
        CriterionYears(title, [_cell(year, code) for year in found])
        for code, title in titles.items()
    ]


def _cell(year: Year, code: str) -> Cell | None:
    for score in year.result.tree.criteria:
        if score.code == code:
            percent = percent_of(score.points, score.max_points)
            return Cell(score.points, score.max_points, percent)
    return None


def falls_two_years_running(found: Sequence[Year]) -> bool:
    """Whether the newest ratings by one line of editions fell twice or more in a row."""
    if not found:
        return False
    editions = edition_and_before(found[-1].round.methodology)
    return is_declining([y.result.tree for y in found if y.round.methodology in editions])
