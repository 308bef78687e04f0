"""A review of citizens' appeals is published for every quarter."""

from collections.abc import Iterator
from datetime import date, timedelta

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.rules.of_sections import place_of, states_found
from aiqyn.subjects.completeness import pages_of
from aiqyn.subjects.site import Site

YEAR = 4  # quarters in which a gap is looked for


def check(site: Site, *, grace_days: int = 45) -> Iterator[Place]:
    (state,) = states_found(site, ["appeals_review"])
    pages = pages_of(site, "appeals_review")
    told = {day for page in pages for day in page.traits.freshness.periods if day <= site.as_of}
    if not told:
        raise CannotTell("no_period")
    ended = _quarters_before(site.as_of - timedelta(days=grace_days))
    missing = [day for day in ended if day not in told]
    found = []
    if max(told) < ended[0]:
        found = [place_of(state, "stale", _name(max(told)))]
    else:  # what is older than the oldest review may have been cleared away
        found = [place_of(state, "gap", _name(day)) for day in missing if day > min(told)]
    if found and (site.was_cut or state.documents):
        raise CannotTell("cut" if site.was_cut else "in_documents")
    yield from found


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
