"""Which pages of a site say the same in different languages, and how we know.

A pair is found by the first way that tells: hreflang; the switch, when it is the only
link to that language or leads to a page that leads back; the address but for its
language; the same place in the menu of first pages that are alike; the day, for news
of which each language has as many. Every way is linear in pages and links.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from urllib.parse import parse_qsl, urlencode
from weakref import WeakKeyDictionary, proxy

from msgspec import Struct

from aiqyn.subjects.among import Among
from aiqyn.subjects.parts import hostname_of, parts_of
from aiqyn.subjects.site import (
    LANGUAGE_WORDS,
    PageFacts,
    Site,
    is_home,
    language_of_address,
)

LANGUAGES = ("kk", "ru", "en")
MOSTLY = 0.7  # of pages with unmarked addresses in one language: then all of them promise it
_LANGUAGE_KEYS = {"lang", "language", "locale", "lng", "hl"}
_PART_OF_A_LIST = re.compile(
    r"[?&](?:page|p|pg|start|offset|pagen_\d+|tag|q|query|search|date|day|month|year|sort|order"
    r"|print|view|filter|curpos|special|bvi)=|/page/\d+|/(?:tag|search|izdeu|poisk|calendar|print)/",
    re.IGNORECASE,
)
# What most addresses are: the first step of the path is the language, and nothing is asked.
_USUAL = re.compile(
    rf"https?://([a-z0-9.-]+)(?::[0-9]*)?/(?:{'|'.join(LANGUAGE_WORDS)})((?:/[!\"$->@-~]*)?)"
)
GONE = (404, 410)
DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|rtf|odt|ods|pptx?|zip|rar)(?:$|[?#])", re.IGNORECASE)


class Twin(Struct, frozen=True):
    """Another language's version of a page; `how` it was found names one of the ways above."""

    page: PageFacts
    how: str  # "hreflang", "switch", "address", "menu", "date"


class Crossing(Struct, frozen=True):
    """Where one page's links lead in another language, in no order."""

    addresses: tuple[str, ...]
    pages: tuple[PageFacts, ...] = ()  # those of them that were read
    urls: frozenset[str] = frozenset()  # of these pages


NOWHERE = Crossing(())


def neutral(address: str) -> str:
    """Return `address` without what names its language: the key its twins share."""
    usual = _USUAL.fullmatch(address)
    if usual and usual[1].partition(".")[0] not in LANGUAGE_WORDS:
        return f"{usual[1].removeprefix('www.')}{usual[2].rstrip('/')}?"
    parts = parts_of(address)
    segments = parts.path.split("/")
    for place in (1, 2):
        if place < len(segments) and segments[place].lower().partition(".")[0] in LANGUAGE_WORDS:
            ending = segments.pop(place).partition(".")[2]
            segments = [*segments, ending] if ending and len(segments) == 1 else segments
            break
    query = ""
    if parts.query:
        pairs = [
            (key, value)
            for key, value in parse_qsl(parts.query, keep_blank_values=True)
            if key.lower() not in _LANGUAGE_KEYS or value.lower() not in LANGUAGE_WORDS
        ]
        query = urlencode(sorted(pairs))
    host = hostname_of(address)
    label, _, rest = host.partition(".")
    if label in LANGUAGE_WORDS and "." in rest:
        host = rest
    host = host.removeprefix("www.")
    return f"{host}{'/'.join(segments).rstrip('/')}?{query}"


def is_whole(page: PageFacts) -> bool:
    """Whether the page is one of its own: no further part of a list, search or calendar."""
    return not page.forwards_to and not _PART_OF_A_LIST.search(page.address)


def twins_of(site: Site) -> "Twins":
    """Return the twins of `site`, worked out once for all rules that ask."""
    known = _KNOWN.get(site)
    if known is None:
        known = _KNOWN[site] = Twins(site)
    return known


class Twins:
    """Pairs of pages; `tongue` and `crossings` tell what they were made from."""

    def __init__(self, site: Site) -> None:
        self._pages = [page for page in site.pages if is_whole(page)]
        self._site = proxy(site)  # who is asked for the twins has the site
        self._keys: dict[str, str] = {}

    def key(self, address: str) -> str:
        """Return `neutral(address)`, worked out once an address."""
        if address not in self._keys:
            self._keys[address] = neutral(address)
        return self._keys[address]

    @cached_property
    def promised(self) -> dict[str, str]:
        """Language each page's address promises, by url; "" for none.

        Where addresses of other languages are marked, as /ru/, the unmarked ones are of
        the language most of them are written in.
        """
        named = {page.url: page.language for page in self._site.pages}
        marked = set(named.values()) - {""}
        if "" not in named.values() or not marked or self._default in marked:
            return named
        return {url: language or self._default for url, language in named.items()}

    @cached_property
    def _default(self) -> str:
        """The language nearly all pages with unmarked addresses are written in; "" for none."""
        told = [page.written for page in self._site.pages if not page.language and page.written]
        most = max(LANGUAGES, key=told.count)
        return most if told and told.count(most) >= MOSTLY * len(told) else ""

    @cached_property
    def tongue(self) -> dict[str, str]:
        """Language of each page, by url: promised, or else of its text; "" for neither."""
        promised = self.promised
        return {
            page.url: promised[page.url] or page.written or self._default
            for page in self._site.pages
        }

    @cached_property
    def pages(self) -> dict[str, list[PageFacts]]:
        """Whole pages of each language that has any, in order of address."""
        found: dict[str, list[PageFacts]] = defaultdict(list)
        for page in self._pages:
            if tongue := self.tongue[page.url]:
                found[tongue].append(page)
        return dict(found)

    def offered(self, languages: Iterable[str]) -> list[str]:
        """Return those of `languages` in which the site has pages."""
        return [language for language in languages if language in self.pages]

    @cached_property
    def _tongue_of_number(self) -> list[str]:
        hosts = {_host(page.address) for page in self._site.pages}
        tongues = []
        for url in self._site.urls:
            page = self._site.page_at(url)
            if page is not None:
                tongues.append(self.tongue[page.url])
            else:
                is_ours = _host(url) in hosts and not DOCUMENT.search(url)
                tongues.append(language_of_address(url) if is_ours else "")
        return tongues

    @cached_property
    def crossings(self) -> dict[str, dict[str, Crossing]]:
        """Links of each page that lead to other languages, by url and language."""
        tongues = self._tongue_of_number
        elsewhere = {own: Among(self._numbers_outside(own)) for own in set(self.tongue.values())}
        found = {}
        for page in self._site.pages:
            foreign: dict[str, list[str]] = defaultdict(list)
            # Most links stay in their language: those that do not are picked out without a loop.
            for number in elsewhere[self.tongue[page.url]].of(page.links):
                foreign[tongues[number]].append(self._site.urls[number])
            found[page.url] = {
                language: self._crossing(addresses) for language, addresses in foreign.items()
            }
        return found

    def _numbers_outside(self, own: str) -> set[int]:
        """Numbers of the addresses that are in some language, and not in this one."""
        numbered = enumerate(self._tongue_of_number)
        return {number for number, other in numbered if other and other != own}

    def _crossing(self, addresses: Sequence[str]) -> Crossing:
        known = tuple(addresses)
        if len(known) == 1:  # mostly the twin
            page = self._site.page_at(known[0])
            return Crossing(known, (page,), frozenset((page.url,))) if page else Crossing(known)
        pages = {page.url: page for each in known if (page := self._site.page_at(each))}
        return Crossing(known, tuple(pages.values()), frozenset(pages))

    def crossing(self, page: PageFacts, language: str) -> Crossing:
        return self.crossings[page.url].get(language, NOWHERE)

    def of(self, page: PageFacts, language: str) -> Twin | None:
        """Return the twin of `page` in `language`; None when none was found."""
        return self._found.get((page.url, language))

    def pairs(self, languages: Sequence[str]) -> Iterator[tuple[PageFacts, PageFacts, str]]:
        """Yield each pair once, the earlier of `languages` first, with how it was found."""
        for place, language in enumerate(languages):
            for page in self.pages.get(language, ()):
                for other in languages[place + 1 :]:
                    if twin := self.of(page, other):
                        yield page, twin.page, twin.how

    def may_exist(self, page: PageFacts, language: str) -> bool:
        """Whether a twin that was not read may be there: a link of `page` names its address.

        Where that address answered that there is nothing, there is none.
        """
        key = self.key(page.address)
        return any(
            self._site.page_at(each) is None and self.key(each) == key and not self._is_gone(each)
            for each in self.crossing(page, language).addresses
        )

    def _is_gone(self, address: str) -> bool:
        seen = self._site.evidence.get(address)
        return seen is not None and seen.status in GONE

    @cached_property
    def _found(self) -> dict[tuple[str, str], Twin]:
        found: dict[tuple[str, str], Twin] = {}
        for pairs in (self._by_hreflang, self._by_switch):
            _keep(found, pairs())
        _keep(found, self._by_address(found))
        _keep(found, self._by_menu(dict(found)))
        _keep(found, self._by_date(found))
        return found

    def _by_hreflang(self) -> Iterator[tuple[PageFacts, str, Twin]]:
        for page in self._pages:
            for language, address in page.traits.languages.alternates:
                other = self._site.page_at(address)
                if other and self._is_likely(page, other, language):
                    yield page, language, Twin(other, "hreflang")

    def _is_likely(self, page: PageFacts, other: PageFacts, language: str) -> bool:
        """First pages are twins of first pages, and of no other."""
        is_other = other.url != page.url and self.tongue[other.url] == language
        return is_other and (page.url in self._homes) == (other.url in self._homes)

    @cached_property
    def _homes(self) -> set[str]:
        return {page.url for page in self._site.pages if is_home(page.address)}

    def _by_switch(self) -> Iterator[tuple[PageFacts, str, Twin]]:
        for page in self._pages:
            own = self.tongue[page.url]
            for language, crossing in self.crossings[page.url].items() if own else ():
                back = [
                    each
                    for each in crossing.pages
                    if page.url in self.crossing(each, own).urls
                    and self._is_likely(page, each, language)
                ]
                if len(back) == 1 and is_whole(back[0]):
                    yield page, language, Twin(back[0], "switch")

    def _by_address(
        self, found: dict[tuple[str, str], Twin]
    ) -> Iterator[tuple[PageFacts, str, Twin]]:
        same: dict[str, dict[str, PageFacts]] = defaultdict(dict)
        for page in self._pages:
            same[self.key(page.address)].setdefault(self.tongue[page.url], page)
        for page in self._pages:
            own = self.tongue[page.url]
            for language, other in same[self.key(page.address)].items():
                if language and language != own and (page.url, language) not in found:
                    yield page, language, Twin(other, "address")

    def _by_menu(self, found: dict[tuple[str, str], Twin]) -> Iterator[tuple[PageFacts, str, Twin]]:
        """Pages linked from the same place of two first pages with as many links each."""
        for (url, language), twin in found.items():
            page = self._site.page_at(url)
            if page is None or not is_home(page.address):
                continue
            mine = self._linked(page, self.tongue[url])
            theirs = self._linked(twin.page, language)
            if len(mine) == len(theirs):
                for one, other in zip(mine, theirs, strict=True):
                    yield one, language, Twin(other, "menu")

    def _linked(self, page: PageFacts, language: str) -> list[PageFacts]:
        targets = (self._site.page_at(self._site.urls[number]) for number in page.links)
        return [each for each in targets if each and self.tongue[each.url] == language]

    def _by_date(self, found: dict[tuple[str, str], Twin]) -> Iterator[tuple[PageFacts, str, Twin]]:
        """News without a twin yet, of days on which both languages have as many of them."""
        left: dict[tuple[object, str, str], list[PageFacts]] = defaultdict(list)
        for page in self._site.news:
            own = self.tongue[page.url]
            for language in LANGUAGES:
                if own and language != own and (page.url, language) not in found:
                    left[page.published, own, language].append(page)
        for (day, own, language), mine in left.items():
            theirs = left.get((day, language, own), ())
            if len(mine) == len(theirs):
                for one, other in zip(mine, theirs, strict=True):
                    yield one, language, Twin(other, "date")


def _keep(found: dict[tuple[str, str], Twin], pairs: Iterable[tuple[PageFacts, str, Twin]]) -> None:
    for page, language, twin in list(pairs):
        found.setdefault((page.url, language), twin)


def paired_by(how: str) -> str:
    """Return a place for reports that names how a pair was found: `report.words.said_place`."""
    return f"pair {how}"


def folder_of(page: PageFacts) -> str:
    """Return the part of the site a page is in: "/news" for /kk/news/2026/12; "/" at the top."""
    path = neutral(page.address).partition("?")[0].partition("/")[2]
    first, slash, _ = path.partition("/")
    return f"/{first}" if slash else "/"


def by_group(
    pages: Iterable[tuple[str, PageFacts]],
) -> list[tuple[str, PageFacts, int]]:
    """Return each group with its first page and how many it has, the largest group first."""
    groups: dict[str, list[PageFacts]] = defaultdict(list)
    for name, page in pages:
        groups[name].append(page)
    firsts = [
        (name, min(each, key=lambda page: page.address), len(each)) for name, each in groups.items()
    ]
    return sorted(firsts, key=lambda group: (-group[2], group[0]))


def _host(address: str) -> str:
    return address.partition("://")[2].partition("/")[0]


_KNOWN: WeakKeyDictionary[Site, Twins] = WeakKeyDictionary()
