"""Leaders are presented with their duties, biography and contacts."""

from collections.abc import Iterator, Sequence

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.rules.of_sections import lacks, place_of, states_found
from aiqyn.subjects.completeness import documents_of, pages_of
from aiqyn.subjects.dates import fold
from aiqyn.subjects.site import About, PageFacts, Site
from aiqyn.subjects.traits.leaders import Leader
from aiqyn.text import favour

NEEDS = ("person", "telephone", "duties", "biography", "deputies")
PERSONAL = ("duties", "biography")  # contacts may stand together on the list of leaders
CONTACTS = frozenset({"telephone", "email"})
# Bodies that have deputies, unless their names say that they are of a village.
WITH_DEPUTIES = ("ministry", "agency", "akimat_region", "akimat_city", "akimat_district")
RURAL = ("ауыл", "кент", "сель", "посел", "rural", "village", "settlement")
SHORTEST_NAME = 4  # letters of a word by which two pages speak of one person


def check(site: Site, *, needs: Sequence[str] = NEEDS) -> Iterator[Place]:
    (state,) = states_found(site, ["leaders"])
    own = sorted(pages_of(site, "leaders"), key=_kazakh_first)
    unmet = {need.partition("|")[0] for need in (*state.lacks, *state.unknown)}
    places = list(_told_less_on_their_pages(own, needs))
    asked = [each for each in needs if each not in unmet]
    told = list(_told_less_in_lists(site, own, asked))
    in_lists = [place for place in told if place.note != "unclear"]
    lacks_deputies = "deputies" in needs and not _has_deputies(own) and "person" not in unmet
    if lacks_deputies and own and _must_have_deputies(site.about):
        in_lists.append(place_of(state, "deputies"))
    files = documents_of(site, own).values()
    if all(each and each.is_told for each in files):
        in_files = frozenset[str]().union(*(each.met for each in files if each))
        places += [place for place in in_lists if place.note not in in_files]
    yield from lacks(site, [state], needs, places=places)
    if not places and in_lists:
        yield from in_lists
        raise CannotTell("in_documents")
    if not places and not state.lacks and (lacks_deputies or told):
        yield from told or [place_of(state, "")]
        raise CannotTell("unclear" if told else "may_have_none")


def _told_less_on_their_pages(own: Sequence[PageFacts], needs: Sequence[str]) -> Iterator[Place]:
    """Yield what the page of one leader tells and that of another does not."""
    people = [page for page in own if page.traits.content.person]
    told = {code for page in people for code in page.traits.content.met}
    for page in people:
        for note in PERSONAL:
            if note in needs and note in told and note not in page.traits.content.met:
                yield _place(page, note, page.traits.content.person)


def _told_less_in_lists(
    site: Site, own: Sequence[PageFacts], needs: Sequence[str]
) -> Iterator[Place]:
    """Yield what a list of leaders does not tell of the first of them and of each deputy.

    The note is "unclear" where it stands nearby, and the page does not show of whom it is.
    """
    menu = {number for page in site.first_pages for number in page.links}
    lists = {page.url for page in own if page.traits.content.leaders}
    for page in own:
        people = page.traits.content.leaders
        has_contacts = any(not CONTACTS.isdisjoint(each.met) for each in people[:-1])
        asked = [(note, frozenset({note})) for note in PERSONAL if note in needs]
        asked += [("telephone", CONTACTS)] if has_contacts and "telephone" in needs else []
        for leader in (each for each in people if each is people[0] or each.is_deputy):
            met = {*leader.met, *_told_elsewhere(site, own, lists, leader, menu)}
            for note, either in asked:
                if met.isdisjoint(either):
                    is_clear = leader.unclear.isdisjoint(either)
                    yield _place(page, note if is_clear else "unclear", leader.said)


def _told_elsewhere(
    site: Site, own: Sequence[PageFacts], lists: set[str], leader: Leader, menu: set[int]
) -> Iterator[str]:
    """Yield the needs met by the pages of a leader: those linked beside the name, or so called."""
    words = {each for each in fold(leader.name).split() if len(each) >= SHORTEST_NAME}
    for page in own:
        if words & set(fold(page.traits.content.person).split()):
            yield from page.traits.content.met
    for number in leader.targets:
        target = site.page_at(site.urls[number])
        if number not in menu and (target is None or target.url not in lists):
            is_read = target is not None and target.traits.content.is_read
            yield from target.traits.content.met if target and is_read else (*PERSONAL, *CONTACTS)


def _has_deputies(own: Sequence[PageFacts]) -> bool:
    """Whether somebody of a list is a deputy, or the page of a person is that of one.

    Where nobody is listed, a word of deputies is enough; beside a list, it may be of reception.
    """
    contents = [page.traits.content for page in own]
    listed = [leader for each in contents for leader in each.leaders]
    others = [each for each in contents if not each.leaders and (each.person or not listed)]
    return (
        any(leader.is_deputy for leader in listed)
        or any("deputies" in each.met for each in others)
        or not all(each.is_read for each in contents)
    )


def _kazakh_first(page: PageFacts) -> tuple[int, str]:
    return -favour(page.language or page.written or ""), page.address


def _must_have_deputies(about: About) -> bool:
    names = " ".join(about.names.values()).lower()
    return about.kind in WITH_DEPUTIES and not any(map(names.__contains__, RURAL))


def _place(page: PageFacts, note: str, saw: str) -> Place:
    return Place(where="main", saw=saw, address=page.address, evidence=page.sha256, note=note)
