"""The newest period the statistics tell of is not long over."""

from collections.abc import Iterator
from datetime import timedelta

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.rules.of_sections import place_of, states_found
from aiqyn.subjects.completeness import pages_of
from aiqyn.subjects.site import Site
from aiqyn.text import favour


def check(site: Site, *, max_age_days: int = 400) -> Iterator[Place]:
    (state,) = states_found(site, ["statistics"])
    told = [(page.traits.freshness, page.language) for page in pages_of(site, "statistics")]
    known = [
        (day, favour(language), fresh.period_words)
        for fresh, language in told
        for day in fresh.periods[:1]
    ]
    # A later year in a heading or a table tells of figures of that year.
    if state.newest and (state.newest_words.isdigit() or not known):
        known.append((state.newest, 0, state.newest_words))
    if not known:
        raise CannotTell("no_period")
    newest, _, words = max(known)
    if newest < site.as_of - timedelta(days=max_age_days):
        if site.was_cut or state.documents:
            raise CannotTell("cut" if site.was_cut else "in_documents")
        yield place_of(state, "stale", words)
