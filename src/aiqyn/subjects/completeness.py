"""How complete a site's mandatory content is, section by section.

A section is judged as Infometer judges a parameter: found × complete × current ×
accessible, weighed by its importance. What could not be judged (an outside site, a
scan, no date) is None and lowers nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from weakref import WeakKeyDictionary, proxy

from aiqyn.chain import Noun
from aiqyn.subjects.sections import Section, expected_of, sections, sections_of_address
from aiqyn.subjects.site import PageFacts, Site, is_home
from aiqyn.text import favour

# Infometer's coefficients, as published at system.infometer.org.
COMPLETE = {"none": Decimal("0.2"), "some": Decimal("0.5"), "all": Decimal(1)}
CURRENT = {"old": Decimal("0.7"), "late": Decimal("0.85"), "new": Decimal(1)}
ACCESSIBLE = {"far": Decimal("0.9"), "near": Decimal("0.95"), "at_hand": Decimal(1)}
CLICKS = 3  # to a section at hand; one more is near, and whatever is farther is far

ENOUGH_ITEMS = 3  # links in the text of a page that make a list
_DOCUMENTS = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".odt", ".ods", ".rtf", ".ppt", ".pptx",
              ".csv", ".xml", ".json", ".zip", ".rar")  # fmt: skip


class SectionState(Noun, frozen=True, kw_only=True):
    """What was found of one section; factors are None where nothing can be said."""

    code: str
    address: str = ""  # where it is; "" when it was not found
    sha256: str = ""  # of the page there
    language: str = ""  # of the page there
    is_outside: bool = False  # kept on another site, which was not read
    clicks: int | None = None  # from the first page; None when no ordinary links lead there
    pages: int = 0  # its own and those right below
    documents: int = 0
    lacks: tuple[str, ...] = ()  # needs that nothing of it meets
    unknown: tuple[str, ...] = ()  # needs that a document or an unread page may meet
    newest: date | None = None
    newest_words: str = ""
    is_stale: bool = False
    complete: Decimal | None = None
    current: Decimal | None = None
    accessible: Decimal | None = None

    @property
    def is_found(self) -> bool:
        return bool(self.address)

    @property
    def share(self) -> Decimal:
        """Product of the factors, 0–1."""
        if not self.is_found:
            return Decimal(0)
        product = Decimal(1)
        for factor in (self.complete, self.current, self.accessible):
            product *= 1 if factor is None else factor
        return product


def states_of(site: Site) -> dict[str, SectionState]:
    """Return the state of every section expected of this kind of body, by code."""
    return _content_of(site).states


def percent(states: Iterable[SectionState]) -> Decimal:
    """Return the weighted share of all sections, 0–100, to one decimal; 100 for none."""
    weights = [(sections()[each.code].importance, each.share) for each in states]
    most = sum(weight for weight, _ in weights)
    got = sum((weight * share for weight, share in weights), Decimal(0))
    return (100 * got / most).quantize(Decimal("0.1")) if most else Decimal(100)


def pages_of(site: Site, code: str) -> list[PageFacts]:
    """Return the pages of a section and those right below it, in order of address."""
    content = _content_of(site)
    return content.with_below(content.pages.get(code, []), code)


_KNOWN: "WeakKeyDictionary[Site, _SiteContent]" = WeakKeyDictionary()


def _content_of(site: Site) -> "_SiteContent":
    if site not in _KNOWN:
        _KNOWN[site] = _SiteContent(site)
    return _KNOWN[site]


class _SiteContent:
    """Which pages belong to which section, and the states; keeps no hold of the site itself."""

    def __init__(self, site: Site) -> None:
        self._urls = site.urls
        self._site = proxy(site)  # who is asked for the states has the site
        homes = [*site.first_pages, *(page for page in site.pages if is_home(page.address))]
        self._homes = {page.url for page in homes}
        self._menu = {number for page in homes for number in page.links}
        self._read = [page for page in site.pages if page.traits.content.is_read]
        self._attached = {each.parent for each in site.documents}
        self.pages = self._own_pages(site)
        self.outside = _outside(site)
        self._fill_by_address_and_text()
        expected = expected_of(site.about.kind)
        self.states = {each.code: self._state(site, each) for each in expected}
        self.states |= {each.code: self._within(each) for each in expected if each.within}

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
        return {code: _own_names_first(code, pages.values()) for code, pages in found.items()}

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
            for code in found.keys() - self.pages.keys() - self.outside.keys():
                self.pages[code] = found[code]

    def with_below(self, pages: Sequence[PageFacts], code: str) -> list[PageFacts]:
        """Return `pages` and what lies right below them by links of their text or by address."""
        own = {page.url: page for page in pages}
        below = dict(own)
        for page in pages if code != "news" else ():
            for number in set(page.links) - self._menu:
                target = self._site.page_at(self._urls[number])
                if target is not None and _may_lie_below(target, code):
                    below[target.url] = target
        for page in self._read if pages else ():
            if code in page.traits.content.candidates and _may_lie_below(page, code):
                below[page.url] = page
        kept = (page for url, page in below.items() if url in own or url not in self._homes)
        return sorted(kept, key=_by_address)

    def _state(self, site: Site, section: Section) -> SectionState:
        own = self.pages.get(section.code, [])
        if not own:
            return self._state_outside(site, section.code)
        pages = self.with_below(own, section.code)
        shown = min(
            own, key=lambda page: (page.language != "kk", site.clicks.get(page.url, 99), page.url)
        )
        links = sum(1 for page in pages for _ in self._documents_of(page))
        documents = max(links, sum(page.address in self._attached for page in pages))
        lacks, unknown = self._unmet(section, own, pages, documents)
        newest, words = _newest(site, section.code, pages)
        clicks = min(
            (site.clicks[page.url] for page in own if page.url in site.clicks), default=None
        )
        age = site.as_of - newest if newest and section.days else None
        return SectionState(
            code=section.code,
            address=shown.address,
            sha256=shown.sha256,
            language=shown.language or shown.written or "",
            clicks=clicks,
            pages=len(pages),
            documents=documents,
            lacks=lacks,
            unknown=unknown,
            newest=newest,
            newest_words=words,
            is_stale=age is not None and age > timedelta(days=section.days),
            complete=_complete(len(section.needs), len(lacks), len(unknown)),
            current=_current(age, section.days),
            accessible=_accessible(clicks),
        )

    def _within(self, section: Section) -> SectionState:
        """A section without a page of its own is where a section that tells of it too is."""
        own, wider = self.states[section.code], self.states[section.within]
        if own.is_found or not wider.is_found or wider.lacks:
            return own
        return SectionState(
            code=section.code,
            address=wider.address,
            sha256=wider.sha256,
            language=wider.language,
            is_outside=wider.is_outside,
            clicks=wider.clicks,
            accessible=wider.accessible,
        )

    def _state_outside(self, site: Site, code: str) -> SectionState:
        if code not in self.outside:
            return SectionState(code=code)
        clicks, address = self.outside[code]
        return SectionState(
            code=code,
            address=address,
            is_outside=True,
            clicks=clicks,
            documents=int(_is_document(address)),
            accessible=_accessible(clicks),
        )

    def _unmet(
        self, section: Section, own: Sequence[PageFacts], pages: Sequence[PageFacts], documents: int
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the needs that are not met, and those a document or an unread page may meet."""
        met = {code for page in pages for code in page.traits.content.met}
        if documents:
            met.add("document")
        if any(self._items_of(page) >= ENOUGH_ITEMS for page in own):
            met.add("items")
        unmet = tuple(each for each in section.needs if met.isdisjoint(each.split("|")))
        is_hidden = documents or any(
            page.is_shell or not page.traits.content.is_read for page in pages
        )
        return ((), unmet) if is_hidden else (unmet, ())

    def _items_of(self, page: PageFacts) -> int:
        return len(set(page.links) - self._menu)

    def _documents_of(self, page: PageFacts) -> Iterator[str]:
        for number in set(page.links) - self._menu:
            if _is_document(self._urls[number]):
                yield self._urls[number]


def _by_address(page: PageFacts) -> str:
    return page.address


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


def _is_document(address: str) -> bool:
    return address.partition("?")[0].lower().endswith(_DOCUMENTS)


def _newest(site: Site, code: str, pages: Sequence[PageFacts]) -> tuple[date | None, str]:
    """Return the latest day the section names, and its words; of news, that of the latest item."""
    if code == "news":
        days = [page.published for page in site.news]
        days += [day for page in pages for day in page.listed]
        newest = max((day for day in days if day and day <= site.as_of), default=None)
        return newest, newest.isoformat() if newest else ""
    told = [(page.traits.freshness, favour(page.language)) for page in pages]
    known = [
        (min(fresh.newest, site.as_of), first, fresh.newest_words)
        for fresh, first in told
        if fresh.newest
    ]
    newest, _, words = max(known, default=(None, 0, ""))
    return newest, words


def _complete(needs: int, lacks: int, unknown: int) -> Decimal | None:
    if needs and needs == unknown:
        return None
    if not lacks:
        return COMPLETE["all"]
    return COMPLETE["none" if lacks == needs - unknown else "some"]


def _current(age: timedelta | None, days: int) -> Decimal | None:
    if age is None:
        return None
    if age <= timedelta(days=days):
        return CURRENT["new"]
    return CURRENT["late" if age <= timedelta(days=2 * days) else "old"]


def _accessible(clicks: int | None) -> Decimal:
    if clicks is None or clicks > CLICKS + 1:
        return ACCESSIBLE["far"]
    return ACCESSIBLE["at_hand" if clicks <= CLICKS else "near"]
