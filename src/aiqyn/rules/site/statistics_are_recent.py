"""The newest period the statistics tell of is not long over."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from msgspec.structs import replace

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.rules.of_sections import (
    may_be_of_later,
    old_places,
    place_of,
    states_found,
    unless_cut,
)
from aiqyn.subjects.completeness import VersionState, documents_of, pages_by_version
from aiqyn.subjects.document_facts import DocumentFacts
from aiqyn.subjects.site import PageFacts, Site
from aiqyn.text import favour


def check(site: Site, *, max_age_days: int = 400) -> Iterator[Place]:
    (state,) = states_found(site, ["statistics"])
    pages = (version.pages for version in pages_by_version(site, "statistics"))
    told = [
        _of_figures(version, shown, documents_of(site, shown).values())
        for version, shown in zip(state.told, pages, strict=False)
    ]
    if not any(each.newest for each in told):
        yield place_of(state, "")
        raise CannotTell("no_period")
    limit = site.as_of - timedelta(days=max_age_days)
    found = old_places(replace(state, versions=tuple(told)), limit)
    yield from unless_cut(site, found)
    if found and may_be_of_later(site, "statistics", limit):
        raise CannotTell("in_documents")


def _of_figures(
    told: VersionState, pages: Sequence[PageFacts], documents: Iterable[DocumentFacts | None]
) -> VersionState:
    """Return the version with the end of the newest period that its figures are of."""
    known = [
        (day, favour(page.language), page.traits.freshness.period_words)
        for page in pages
        for day in page.traits.freshness.periods[:1]
    ]
    known += [(day, 0, each.period_words) for each in documents if each for day in each.periods[:1]]
    # A later year in a heading or a table tells of figures of that year.
    if told.newest and (told.newest_words.isdigit() or not known):
        known.append((told.newest, 0, told.newest_words))
    newest, _, words = max(known, default=(None, 0, ""))
    return replace(told, newest=newest, newest_words=words)
