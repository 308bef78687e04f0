"""An international index as a reader needs it: Kazakhstan through the years, and beside others."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aiqyn.scoring.indices import Comparison, Origin, Results, reproduce, results
from aiqyn.scoring.methodology import FOLDER, Methodology
from aiqyn_portal.base.formats import say_phrase
from aiqyn_portal.reports import drawings
from aiqyn_portal.reports.places import method_of

KAZAKHSTAN = "kz"
ENOUGH = 3  # results before a line says more than the table


class Value(NamedTuple):
    """One published result, with ours beside it."""

    name: str
    year: int
    points: Decimal | None
    rank: int | None
    of: int | None
    grade: str
    ours: Decimal | None
    agrees: bool | None  # None: nothing to compare
    source: Origin
    note: str


class Component(NamedTuple):
    """One part of the newest result of Kazakhstan."""

    title: str
    value: Decimal | None
    maximum: Decimal | None


class IndexPage(NamedTuple):
    method: Methodology
    values: list[Value]  # of Kazakhstan, oldest first
    others: list[Value]  # of the year in which most countries are known, best first
    components: list[Component]
    components_year: int | None
    note: str  # why ours may differ
    chart: SafeString


@cache
def compared(code: str) -> tuple[Comparison, ...]:
    """Every published result of an index with ours beside it, computed once per process."""
    return tuple(reproduce(FOLDER / code))


@cache
def published(code: str) -> Results:
    """What the makers of an index published."""
    return results(code)


def page(code: str) -> IndexPage:
    """The index `code` in the active language."""
    method, made = method_of(code), published(code)
    beside = compared(code)
    values = [_value(c, method, made) for c in beside if c.published.body == KAZAKHSTAN]
    answered = [c for c in beside if c.published.body == KAZAKHSTAN and c.rating is not None]
    newest = answered[-1] if answered else None
    return IndexPage(
        method=method,
        values=values,
        others=_others(beside, method, made),
        components=_components(newest, method) if newest else [],
        components_year=newest.published.year if newest else None,
        note=say_phrase(made.note) if made.note else "",
        chart=_chart(values, method),
    )


def newest(code: str) -> Value:
    """Kazakhstan's newest published result."""
    method, made = method_of(code), published(code)
    kazakh = [c for c in compared(code) if c.published.body == KAZAKHSTAN]
    return _value(kazakh[-1], method, made)


def _value(compared: Comparison, method: Methodology, made: Results) -> Value:
    published = compared.published
    titles = {band.code: say_phrase(band.title) for band in method.bands}
    return Value(
        name=say_phrase(made.names[published.body]),
        year=published.year,
        points=published.points,
        rank=published.rank,
        of=published.of,
        grade=titles.get(published.grade, published.grade),
        ours=compared.rating.points if compared.rating else None,
        agrees=compared.agrees,
        source=made.sources[published.source],
        note=say_phrase(published.note) if published.note else "",
    )


def _others(compared: Sequence[Comparison], method: Methodology, made: Results) -> list[Value]:
    years = [c.published.year for c in compared]
    year = max(years, key=lambda one: (years.count(one), one))
    values = [_value(c, method, made) for c in compared if c.published.year == year]
    if len(values) < 2:
        return []
    return sorted(values, key=lambda value: -(value.points or Decimal(0)))


def _components(compared: Comparison, method: Methodology) -> list[Component]:
    scores = {s.code: s for s in compared.rating.criteria} if compared.rating else {}
    return [
        Component(
            title=say_phrase(criterion.title),
            value=scores[criterion.code].points,
            maximum=scores[criterion.code].max_points,
        )
        for criterion in method.criteria
        if criterion.code in scores
    ]


def _chart(values: Sequence[Value], method: Methodology) -> SafeString:
    points = [(value.year, value.points) for value in values if value.points is not None]
    maximum = method.maximum
    if len(points) >= ENOUGH and maximum is not None:
        return drawings.series_chart(_titled(method, _("points")), points, (Decimal(0), maximum))
    ranks = [(value.year, Decimal(value.rank)) for value in values if value.rank is not None]
    if len(ranks) >= ENOUGH:
        lowest = max(rank for _year, rank in ranks)
        return drawings.series_chart(_titled(method, _("rank")), ranks, (lowest, Decimal(1)))
    return SafeString("")


def _titled(method: Methodology, what: str) -> str:
    return f"{say_phrase(method.title)}: {what}"
