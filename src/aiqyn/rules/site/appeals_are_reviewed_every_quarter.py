"""A review of citizens' appeals is published for every quarter."""

from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date, timedelta

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.rules.of_sections import may_be_of_later, place_of, places_in, states_found
from aiqyn.subjects.choices import QUARTERS
from aiqyn.subjects.completeness import VersionState, documents_of, pages_by_version
from aiqyn.subjects.site import PageFacts, Site

YEAR = 4  # quarters in which a gap is looked for

_Causes = dict[tuple[str, str], list[VersionState]]


def check(site: Site, *, grace_days: int = 45) -> Iterator[Place]:
    (state,) = states_found(site, ["appeals_review"])
    pages = [version.pages for version in pages_by_version(site, "appeals_review")]
    told = [(each, *_told(site, shown)) for each, shown in zip(state.told, pages, strict=False)]
    if not any(days for _, days, _ in told):
        yield place_of(state, "")
        raise CannotTell("no_period")
    ended = _quarters_before(site.as_of - timedelta(days=grace_days))
    shown = ((version, days, each) for (version, days, _), each in zip(told, pages, strict=False))
    wrong, hidden = _causes(shown, ended)
    for (note, quarter), versions in (wrong or hidden).items():
        yield from places_in(state, versions, note, quarter)
    if wrong or hidden:
        is_late = any(_wrong(days | unsure, ended) for _, days, unsure in told)
        _doubt(site, ended, is_chosen=not wrong, is_late=is_late)


def _doubt(site: Site, ended: Sequence[date], *, is_chosen: bool, is_late: bool) -> None:
    """Raise CannotTell where something we do not see may be what is missing."""
    if site.was_cut:
        raise CannotTell("cut")
    if is_chosen:
        raise CannotTell("chosen")
    if may_be_of_later(site, "appeals_review", ended[-1] - timedelta(days=366)):
        raise CannotTell("in_documents")
    if not is_late:
        raise CannotTell("year")


def _causes(
    told: Iterable[tuple[VersionState, Set[date], Sequence[PageFacts]]], ended: Sequence[date]
) -> tuple[_Causes, _Causes]:
    """Return the versions by (note, quarter) of what is missing, and of what may be chosen."""
    wrong: _Causes = {}
    hidden: _Causes = {}
    for version, days, pages in told:
        for cause in _wrong(days, ended):
            found = hidden if _may_be_chosen(cause, days, pages) else wrong
            found.setdefault(cause, []).append(version)
    return wrong, hidden


def _may_be_chosen(cause: tuple[str, str], told: Set[date], pages: Sequence[PageFacts]) -> bool:
    """Whether what is missing may stand behind a filter: of a year of which nothing is shown."""
    note, quarter = cause
    choices = frozenset[int]().union(*(page.traits.freshness.choices for page in pages))
    year = int(quarter[:4])
    if note == "stale":
        return QUARTERS in choices or any(each > year for each in choices)
    return QUARTERS in choices or (year in choices and year not in {day.year for day in told})


def _told(site: Site, pages: Sequence[PageFacts]) -> tuple[set[date], set[date]]:
    """Return the last days of the periods pages and documents are of, and those of unsure ones.

    A year alone, "2025 год", among quarters of other years is the review of that year; beside
    quarters of its own it may be that, or the name of the list of them. Years one below another
    may be either, or a column of the page.
    """
    found = {day for page in pages for day in page.traits.freshness.periods}
    found.update(*(each.periods for each in documents_of(site, pages).values() if each))
    years = {year for page in pages for year in page.traits.freshness.years}
    ends = {date(year, 12, 31) for year in years}
    listed = {day.year for day in found}
    unsure = {day for day in ends if day.year in listed or not found}
    rows = {year for page in pages for year in page.traits.freshness.listed_years} - years
    unsure |= {date(year, 12, 31) for year in rows}
    return _ended(site, found | (ends - unsure)), _ended(site, unsure)


def _ended(site: Site, days: Set[date]) -> set[date]:
    return {day for day in days if day <= site.as_of}


def _wrong(told: Set[date], ended: Sequence[date]) -> list[tuple[str, str]]:
    """Return (note, quarter) of what is missing; nothing for a version that names no period."""
    if told and max(told) < ended[0]:
        return [("stale", _name(max(told)))]
    # What is older than the oldest review may have been cleared away.
    return [("gap", _name(day)) for day in ended if day not in told and told and day > min(told)]


def _quarters_before(day: date) -> list[date]:
    """Return the last days of the YEAR quarters that ended by `day`, newest first."""
    ends: list[date] = []
    end = date(day.year, (day.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)
    while len(ends) < YEAR:
        ends.append(end)
        end = date(end.year, end.month - 2, 1) - timedelta(days=1)
    return ends


def _name(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"
