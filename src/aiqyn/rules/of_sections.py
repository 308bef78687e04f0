"""What rules about mandatory sections share: places for what a section lacks."""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from aiqyn.chain import Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.completeness import (
    SectionState,
    VersionState,
    documents_of,
    pages_by_version,
    states_of,
    unnamed_page_of,
)
from aiqyn.subjects.sections import sections
from aiqyn.subjects.site import PageFacts, Site
from aiqyn.text import favour


def states_found(site: Site, codes: Sequence[str]) -> list[SectionState]:
    """Return the states of those sections that are there and were read.

    Raises CannotTell("not_read") when the site could not be read, and Inapplicable
    when it has none of the sections: their absence is another rule's finding.
    """
    need_first_page(site)
    states = [each for code in codes if (each := states_of(site).get(code)) and each.is_found]
    if not states:
        raise Inapplicable
    return states


def lacks(
    site: Site,
    states: Sequence[SectionState],
    needs: Sequence[str],
    *,
    places: Sequence[Place] = (),
) -> Iterator[Place]:
    """Yield a place per need that a section does not meet, after `places` found elsewhere.

    The note is the first word of the need. Raises CannotTell("cut") then when a limit
    of ours may have hidden it, and CannotTell("in_documents") when nothing is lacking but
    what a document or an unread page may tell.
    """
    found = [*places]
    for state in states:
        for need in state.lacks:
            if (note := need.partition("|")[0]) in needs:
                found += places_in(state, [each for each in state.told if need in each.lacks], note)
    yield from unless_cut(site, found)
    if found:
        return
    hidden = [each for each in states if _hides(each, needs)]
    if hidden or all(each.is_outside for each in states):
        yield from (place_of(each, "") for each in hidden or states)
        raise CannotTell("in_documents")


def _hides(state: SectionState, needs: Sequence[str]) -> bool:
    """Whether an unread document or page of a section may meet one of `needs`."""
    return any(need.partition("|")[0] in needs for need in state.unknown)


def unless_cut(site: Site, found: Sequence[Place], note: str = "cut") -> Iterator[Place]:
    """Yield what seems wrong; raise CannotTell where what a limit of ours hid may right it."""
    yield from found
    if found and site.was_cut:
        raise CannotTell(note)


def missing(site: Site, codes: Sequence[str]) -> Iterator[Place]:
    """Yield a place on the first page for each section that is expected and not there."""
    yield from unless_unnamed(site, _absent(site, codes))


def unless_unnamed(site: Site, found: Sequence[Place]) -> Iterator[Place]:
    """Yield the sections `found` missing; raise CannotTell where no page is called so but one is.

    What is missing beyond doubt stands alone. A person is shown the pages that may be meant.
    """
    seen = [
        (each, unnamed_page_of(site, each.where) if each.note == "missing" else None)
        for each in found
    ]
    sure = [each for each, page in seen if page is None]
    yield from unless_cut(site, sure)
    if found and not sure:
        yield from (_unnamed(each, page) for each, page in seen if page)
        raise CannotTell("unnamed")


def _unnamed(absent: Place, page: PageFacts) -> Place:
    return replace(absent, address=page.address, evidence=page.sha256, note="unnamed")


def _absent(site: Site, codes: Sequence[str]) -> list[Place]:
    first = need_first_page(site)
    return [
        Place(
            where=code,
            saw=title_of(code, first.language or first.written or ""),
            address=first.address,
            evidence=first.sha256,
            note="missing",
        )
        for code in codes
        if code in states_of(site) and not states_of(site)[code].is_found
    ]


def lacks_or_missing(site: Site, codes: Sequence[str], needs: Sequence[str]) -> Iterator[Place]:
    """Yield a place for each section that is not there, and for each need of the others."""
    absent = _absent(site, codes)
    states = [each for code in codes if (each := states_of(site).get(code)) and each.is_found]
    if states:
        yield from lacks(site, states, needs, places=absent)
    else:
        yield from unless_unnamed(site, absent)


def any_of(site: Site, codes: Sequence[str]) -> Iterator[Place]:
    """Yield a place for the first of `codes` when the site has none of those sections."""
    expected = [code for code in codes if code in states_of(site)]
    if not expected:
        raise Inapplicable
    if not any(states_of(site)[code].is_found for code in expected):
        yield from missing(site, expected[:1])


def place_of(state: SectionState, note: str, saw: str = "") -> Place:
    """Return the section's own page as a place."""
    return Place(
        where=state.code,
        saw=saw or title_of(state.code, state.language),
        address=state.address,
        evidence=state.sha256,
        note=note,
    )


def places_in(
    state: SectionState, versions: Sequence[VersionState], note: str, saw: str = ""
) -> list[Place]:
    """Return the section's own page where all its versions are meant, else that of each.

    Which of the versions it is, stands before what was seen.
    """
    if len(versions) == len(state.told):
        return [place_of(state, note, saw)]
    return [
        Place(
            where=state.code,
            saw=f"{each.language}: {saw or title_of(state.code, each.language)}",
            address=each.address,
            evidence=each.sha256,
            note=note,
        )
        for each in versions
    ]


def old_places(state: SectionState, limit: date) -> list[Place]:
    """Return a place with the note "stale" for a section that tells of no day from `limit` on.

    Where only some of its versions do not, a place for each of them.
    """
    dated = [(each.newest, each) for each in state.told if each.newest]
    old = [(newest, each) for newest, each in dated if newest < limit]
    if old and len(old) == len(dated):
        _, last = max(old, key=lambda each: (each[0], favour(each[1].language)))
        place = place_of(state, "stale", last.newest_words)
        return [replace(place, address=last.address, evidence=last.sha256)]  # where they stand
    return [
        place for _, each in old for place in places_in(state, [each], "stale", each.newest_words)
    ]


def may_be_of_later(site: Site, code: str, day: date) -> bool:
    """Whether a document of a section may be of a period that ended after `day`.

    It is of the period its link or its beginning names; else nobody knows, but of a text that
    was looked through and names no later year.
    """
    pages = [page for version in pages_by_version(site, code) for page in version.pages]
    dated = frozenset[str]().union(*(each.traits.freshness.dated_documents for each in pages))
    return any(
        address not in dated
        and (each is None or not (each.periods or (each.is_told and each.year <= day.year)))
        for address, each in documents_of(site, pages).items()
    )


def title_of(code: str, language: str) -> str:
    """Return the title of a section in the language of a page; in Kazakh where that is unknown."""
    title = sections()[code].title
    return title.get(language, title["kk"])


def need_first_page(site: Site) -> PageFacts:
    """Return the first page; raises CannotTell("not_read") when it told nothing."""
    first = site.first
    if first is None or (first.is_shell and not first.links):
        raise CannotTell("not_read")
    return first
