"""The newest period the statistics tell of is not long over."""

from collections.abc import Iterator
from datetime import timedelta

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.rules.of_sections import place_of, states_found
from aiqyn.subjects.completeness import pages_of
from aiqyn.subjects.site import Site


def check(site: Site, *, max_age_days: int = 400) -> Iterator[Place]:
    (state,) = states_found(site, ["statistics"])
    told = [page.traits.freshness for page in pages_of(site, "statistics")]
    periods = [(day, each.period_words) for each in told for day in each.periods[:1]]
    # A later year in a heading or a table tells of figures of that year.
    later = [(state.newest, state.newest_words)] if state.newest_words.isdigit() else []
    known = [each for each in (*periods, *later) if each[0]]
    if not known and state.newest:
        known = [(state.newest, state.newest_words)]
    if not known:
        raise CannotTell("no_period")
    newest, words = max((day, words) for day, words in known if day)
    if newest < site.as_of - timedelta(days=max_age_days):
        if site.was_cut or state.documents:
            raise CannotTell("cut" if site.was_cut else "in_documents")
        yield place_of(state, "stale", words)
