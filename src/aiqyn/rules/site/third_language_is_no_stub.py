"""A version that is offered beyond duty is worth opening: it has pages, with text in them."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.rules.of_sections import unless_cut
from aiqyn.subjects.site import PageFacts, Site, is_home
from aiqyn.subjects.twins import Twins, twins_of


def check(
    site: Site, *, language: str = "en", pages: int = 5, characters: int = 150, share: float = 0.5
) -> Iterator[Place]:
    """At least `pages` pages; at most `share` of them with less than `characters` of text.

    A page of less than twice as many counts too where its twin says more than twice as much:
    a heading, the way here and the days of publication are about as long as the text that is owed.
    """
    twins = twins_of(site)
    there = twins.pages.get(language, [])
    others = max((len(found) for code, found in twins.pages.items() if code != language), default=0)
    if not there or others < 2 * pages:
        raise Inapplicable
    empty = [page for page in there if _is_empty(twins, page, characters)]
    if len(there) < pages:
        few = _place(there[0], f"{language}: {len(there)} / {others}", "few_pages")
        yield from unless_cut(site, [few])
    elif len(empty) > share * len(there):
        yield _place(empty[0], f"{language}: {len(empty)} / {len(there)}", "empty_pages")


def _is_empty(twins: Twins, page: PageFacts, characters: int) -> bool:
    if page.has_media or page.is_shell or is_home(page.address):
        return False
    size = page.traits.languages.size
    return size < characters or (size < 2 * characters and 2 * size < _size_of_twins(twins, page))


def _size_of_twins(twins: Twins, page: PageFacts) -> int:
    found = (twins.of(page, language) for language in twins.pages)
    return max((twin.page.traits.languages.size for twin in found if twin), default=0)


def _place(page: PageFacts, saw: str, note: str) -> Place:
    return Place(where="main", saw=saw, address=page.address, evidence=page.sha256, note=note)
