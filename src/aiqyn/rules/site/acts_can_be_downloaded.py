"""Acts that stand as text on pages can be downloaded as files as well."""

from collections.abc import Iterator

from aiqyn.chain import Count, Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.site import PageFacts, Site
from aiqyn.subjects.twins import DOCUMENT

MOST = 20  # pages shown
REGISTER = "://adilet.zan.kz/"  # the state's own register of acts: gives every text as a file


def check(site: Site, *, fewest: int = 3) -> Iterator[Place | Count]:
    """A page offers its act by a link to a file, or by any other link or button of that name.

    Nothing is said where the file may stand beside the act: among other acts, or in the list
    that leads to it. What all acts link to belongs to the frame of the site.
    """
    acts = [page for page in site.pages if page.traits.access.is_act]
    if len(acts) < fewest:
        raise Inapplicable
    files = _files(site) - frozenset.intersection(*(frozenset(page.links) for page in acts))
    bare = [
        page
        for page in acts
        if not page.traits.access.can_be_saved and files.isdisjoint(page.links)
    ]
    if bare and site.was_cut:
        raise CannotTell("was_cut")
    if bare and _may_stand_beside(site, bare, files):
        raise CannotTell("beside")
    yield Count(good=len(acts) - len(bare), of=len(acts))
    for page in bare[:MOST]:
        yield Place(where="main", address=page.address, evidence=page.sha256, note="only_page")


def _files(site: Site) -> frozenset[int]:
    """Numbers of the addresses at which a file may be had."""
    read = {each.url for each in site.of_role("document")}
    return frozenset(
        number
        for number, url in enumerate(site.urls)
        if (DOCUMENT.search(url) or REGISTER in url or url in read) and site.is_alive(url)
    )


def _may_stand_beside(site: Site, bare: list[PageFacts], files: frozenset[int]) -> bool:
    if any(each.is_act for each in site.documents):
        return True
    known = {page.url for page in bare}
    numbers = {
        number
        for number, url in enumerate(site.urls)
        if (page := site.page_at(url)) and page.url in known
    }
    return any(
        not (numbers.isdisjoint(page.links) or files.isdisjoint(page.links)) for page in site.pages
    )
