"""Which pages of a site belong to which mandatory section, and what they link to."""

import re
from collections.abc import Collection, Iterable, Sequence
from weakref import proxy

from aiqyn.subjects.document_facts import DocumentFacts
from aiqyn.subjects.parts import hostname_of, is_document
from aiqyn.subjects.sections import sections_of_address
from aiqyn.subjects.site import PageFacts, Site, is_home

_NUMBERED = re.compile(r"\d[^/]*$")  # the address of one item of many


class SectionPages:
    """The pages of every section that was found; keeps no hold of the site itself."""

    def __init__(self, site: Site) -> None:
        self._urls = site.urls
        self._site = proxy(site)  # who asks has the site
        homes = [*site.first_pages, *(page for page in site.pages if is_home(page.address))]
        self._homes = {page.url for page in homes}
        self._menu = {number for page in homes for number in page.links}
        self._documents = {each.address: each for each in site.documents}
        self._documents |= {each.url: each for each in site.documents}
        self._attached: dict[str, list[DocumentFacts]] = {}
        for each in site.documents:
            self._attached.setdefault(each.parent, []).append(each)
        self._read = [page for page in site.pages if page.traits.content.is_read]
        self._candidates = _by_code((page.traits.content.candidates, page) for page in self._read)
        # Pages that are plainly of a section, though nothing on them says so.
        self.spoken = _by_code((page.traits.content.spoken, page) for page in site.pages)
        self.own = self._own_pages(site)  # by code
        self.outside = _outside(site)  # (clicks, address) by code
        self._fill_by_address_and_text()

    def _own_pages(self, site: Site) -> dict[str, list[PageFacts]]:
        """Pages called so by their heading, or by a link near the first page."""
        found: dict[str, dict[str, PageFacts]] = {}
        for page in site.pages:
            for code in page.sections:
                found.setdefault(code, {})[page.url] = page
            for code, address in page.named_links:
                target = site.page_at(address)
                if target is not None and target.url not in self._homes:
                    found.setdefault(code, {})[target.url] = target
        news = {page.url for page in site.news}
        chosen = {
            code: _own_names_first(code, _but_news(code, pages.values(), news))
            for code, pages in found.items()
        }
        return {code: pages for code, pages in chosen.items() if pages}

    def _fill_by_address_and_text(self) -> None:
        """Where no heading and no link names a section, an address or a lesser heading may."""
        by_address: dict[str, list[PageFacts]] = {}
        by_text: dict[str, list[PageFacts]] = {}
        for page in sorted(self._read, key=_by_address):
            for code in sections_of_address(page.address)[0]:
                by_address.setdefault(code, []).append(page)
            for code in page.traits.content.named:
                if code != "news" or page.traits.freshness.newest:
                    by_text.setdefault(code, []).append(page)
        for found in (by_address, by_text):
            for code in found.keys() - self.own.keys() - self.outside.keys():
                self.own[code] = found[code]

    def with_below(self, pages: Sequence[PageFacts], code: str) -> list[PageFacts]:
        """Return `pages` and what lies right below them by links of their text or by address."""
        own = {page.url: page for page in pages}
        below = dict(own)
        for page in pages if code != "news" else ():
            for number in set(page.links) - self._menu:
                target = self._site.page_at(self._urls[number])
                if target is not None and _may_lie_below(target, code):
                    below[target.url] = target
        for page in self._candidates.get(code, ()) if pages else ():
            if _may_lie_below(page, code):
                below[page.url] = page
        kept = (page for url, page in below.items() if url in own or url not in self._homes)
        return sorted(kept, key=_by_address)

    def count_items(self, page: PageFacts) -> int:
        """How many different addresses its text links to."""
        return len(set(page.links) - self._menu)

    def lead_elsewhere(self, pages: Iterable[PageFacts], hosts: Collection[str]) -> bool:
        """Whether the text of `pages` leads to one of `hosts`, "*" for any site but this."""
        found = {
            hostname_of(self._urls[number]).removeprefix("www.")
            for page in (pages if hosts else ())
            for number in set(page.links) - self._menu
        }
        own = {hostname_of(page.address).removeprefix("www.") for page in pages}
        others = found - own - {""}
        return any(
            each in hosts or "*" in hosts or each.endswith(tuple(f".{host}" for host in hosts))
            for each in others
        )

    def documents_of(self, pages: Iterable[PageFacts]) -> dict[str, DocumentFacts | None]:
        """Return by address what `pages` offer for download; None for what nobody has read."""
        found: dict[str, DocumentFacts | None] = {}
        for page in pages:
            for number in set(page.links) - self._menu:
                known = self._documents.get(self._urls[number])
                if known or is_document(self._urls[number]):
                    found[known.url if known else self._urls[number]] = known
            found |= {each.url: each for each in self._attached.get(page.address, ())}
        return found


def _by_code(told: Iterable[tuple[frozenset[str], PageFacts]]) -> dict[str, list[PageFacts]]:
    found: dict[str, list[PageFacts]] = {}
    for codes, page in told:
        for code in codes:
            found.setdefault(code, []).append(page)
    return found


def _by_address(page: PageFacts) -> str:
    return page.address


def _but_news(code: str, pages: Iterable[PageFacts], news: set[str]) -> list[PageFacts]:
    """What is no news item called like the section; a lone page in a folder of news may be it."""
    known = list(pages)
    if code == "news":
        return known
    others = [page for page in known if page.url not in news]
    return others or [page for page in known if not _NUMBERED.search(page.address)]


def _own_names_first(code: str, pages: Iterable[PageFacts]) -> list[PageFacts]:
    """Pages called by a name of the section's own; where there is none, those called by another."""
    known = sorted(pages, key=_by_address)
    return [page for page in known if code not in page.traits.content.aside] or known


def _may_lie_below(page: PageFacts, code: str) -> bool:
    """Not news, and not a section of another name."""
    if page.sections and (code not in page.sections or code in page.traits.content.aside):
        return False
    return "news" not in page.traits.content.candidates


def _outside(site: Site) -> dict[str, tuple[int | None, str]]:
    """Return (clicks, address) of living addresses that links call sections and nobody read.

    These are documents, other sites, and what a limit of ours left out.
    """
    found: dict[str, tuple[int, str]] = {}
    for page in site.pages:
        for code, address in page.named_links:
            if site.page_at(address) is None and site.is_alive(address):
                known = site.clicks.get(page.url, 99) + 1, address
                found[code] = min(known, found.get(code, known))
    return {code: (clicks if clicks < 99 else None, url) for code, (clicks, url) in found.items()}
