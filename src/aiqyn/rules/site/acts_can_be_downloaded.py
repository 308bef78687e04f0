"""Acts that stand as text on pages can be downloaded as files as well."""

from collections import defaultdict
from collections.abc import Iterator, Set

from msgspec import Struct

from aiqyn.chain import Count, Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.rules.of_sections import unless_cut
from aiqyn.subjects.parts import hostname_of
from aiqyn.subjects.site import PageFacts, Site, is_news_address
from aiqyn.subjects.traits.acts import Act
from aiqyn.subjects.twins import DOCUMENT

MOST = 20  # pages shown


class Given(Struct, frozen=True):
    """One act and where its page leads: to `own` addresses, and to those of all acts."""

    page: PageFacts
    act: Act
    own: frozenset[str]
    shared: frozenset[str]  # the frame of the site, or a list of all acts on the page of each

    def can_be_saved(self, site: Site, files: Set[str]) -> bool:
        named = (self.act.named | files) & self.own
        return self.act.can_be_saved or any(map(site.is_alive, named))

    def is_in_doubt(self, site: Site, files: Set[str], fewest: int) -> bool:
        """Whether what we do not read, or what all acts link to, may be the file of this one."""
        listed = self.shared & files
        common = (listed | self.shared & self.act.named) & self.act.within
        if self.act.stored & self.own or common or len(listed) >= fewest:
            return True
        host = hostname_of(self.page.address)
        return any(
            hostname_of(url) == host and url in site.evidence and site.is_alive(url)
            for url in self.own
            if site.page_at(url) is None
        )


def check(site: Site, *, fewest: int = 3) -> Iterator[Place | Count]:
    """A page offers its act by a link of its own, or by a button with such a name.

    What all acts of a language link to belongs to the frame of the site. Nothing is said where
    the file may stand elsewhere: with a keeper of files, among other acts, in the list that
    leads to the act.
    """
    acts = _acts(site)
    if len(acts) < fewest:
        raise Inapplicable
    files = _files(site)
    bare = [each for each in acts if not each.can_be_saved(site, files)]
    yield from unless_cut(site, [_place(each.page) for each in bare[:MOST]], "was_cut")
    beside = files.difference(*(each.shared for each in acts))
    if any(each.is_in_doubt(site, files, fewest) for each in bare) or (
        bare and _may_stand_beside(site, {each.page.url for each in bare}, beside)
    ):
        raise CannotTell("beside")
    yield Count(good=len(acts) - len(bare), of=len(acts))


def _place(page: PageFacts) -> Place:
    return Place(where="main", address=page.address, evidence=page.sha256, note="only_page")


def _acts(site: Site) -> list[Given]:
    """Return the acts of which the text stands on a page; news of an act is none."""
    news = {page.url for page in site.news}
    found = [
        (page, act, frozenset(site.urls[number] for number in page.links))
        for page in site.pages
        if (act := page.traits.access.act)
        and page.url not in news
        and not is_news_address(page.address)
    ]
    by_language = defaultdict(list)
    for page, _, led in found:
        by_language[page.written].append(led)
    every = [led for _, _, led in found]
    return [
        Given(page, act, led - shared, shared)
        for page, act, led in found
        for alike in [by_language[page.written]]
        for shared in [frozenset.intersection(*(alike if len(alike) > 1 else every))]
    ]


def _files(site: Site) -> frozenset[str]:
    """The addresses at which a file may be had."""
    read = {each.url for each in site.of_role("document")}
    return frozenset(
        url for url in site.urls if (DOCUMENT.search(url) or url in read) and site.is_alive(url)
    )


def _may_stand_beside(site: Site, bare: Set[str], files: Set[str]) -> bool:
    if any(each.is_act for each in site.documents):
        return True
    to_acts, to_files = set(), set()
    for number, url in enumerate(site.urls):
        if (page := site.page_at(url)) and page.url in bare:
            to_acts.add(number)
        if url in files:
            to_files.add(number)
    return any(
        not (to_acts.isdisjoint(page.links) or to_files.isdisjoint(page.links))
        for page in site.pages
    )
