"""Sections whose content changes with time are brought up to date."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType

from aiqyn.chain import Count, Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.rules.of_sections import old_places, place_of, unless_cut
from aiqyn.subjects.completeness import states_of
from aiqyn.subjects.sections import sections
from aiqyn.subjects.site import Site
from aiqyn.subjects.stamps import day_of_site

OF_THEIR_OWN = ("news", "statistics", "appeals_review")  # rules of their own ask about these
USUAL: Mapping[str, int] = MappingProxyType({})


def check(
    site: Site, *, skip: Sequence[str] = OF_THEIR_OWN, days: Mapping[str, int] = USUAL
) -> Iterator[Place | Count]:
    states = [
        state
        for code, state in states_of(site).items()
        if state.newest and code not in skip and _limit(code, days)
    ]
    if not states:
        raise Inapplicable
    stale = [
        places
        for state in states
        if (places := old_places(state, site.as_of - timedelta(days=_limit(state.code, days))))
    ]
    yield from unless_cut(site, [place for places in stale for place in places])
    day = day_of_site(site)
    masked = [state for state in states if state.newest == day]
    if masked and not stale:  # what the section itself would tell, nobody sees behind it
        yield from (place_of(state, "") for state in masked)
        raise CannotTell("one_day")
    yield Count(good=len(states) - len(stale), of=len(states))


def _limit(code: str, days: Mapping[str, int]) -> int:
    return days.get(code, sections()[code].days)
