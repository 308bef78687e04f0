"""A whole site as its pages told it: compact facts, clicks from the first page, languages.

A page is read once into `PageFacts`; rules about the site look only at these, so
thousands of pages fit in memory and the order of reading changes nothing.
"""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from msgspec import Struct

from aiqyn.chain import FAILURES, Evidence, Noun, Sitemap
from aiqyn.subjects.document_facts import DocumentFacts
from aiqyn.subjects.page import Page
from aiqyn.subjects.parts import parts_of
from aiqyn.subjects.traits import Traits
from aiqyn.text import Text

if TYPE_CHECKING:
    Numbers = array[int]
else:  # Python 3.11 knows no array of something
    Numbers = array

LANGUAGE_WORDS = {
    "kk": "kk", "kz": "kk", "kaz": "kk", "qaz": "kk", "qazaq": "kk", "kk-kz": "kk",
    "ru": "ru", "rus": "ru", "ru-ru": "ru", "ru-kz": "ru",
    "en": "en", "eng": "en", "en-us": "en", "en-gb": "en",
}  # fmt: skip
MET = frozenset({"page", "document", "link"})  # roles of what links lead to
MOST_FORWARDS = 3  # pages that only send the reader on, one after another
# What most addresses are: the first step of the path is their language.
_FIRST_STEP = re.compile(
    rf"https?://[a-z0-9.:-]+/({'|'.join(LANGUAGE_WORDS)})(?=[/.?#]|\Z)", re.ASCII
)
_LANGUAGE_KEYS = {"lang", "language", "locale", "lng", "hl"}
_ITEM_KEYS = {"id", "nid", "item", "news", "article", "post", "element_id"}
# What most addresses are: at least two steps deep, and the second no first page of the first.
_BELOW = re.compile(
    r"https?://[a-z0-9.:-]+/[^/?#]+/(?!index\.|default\.)[^/?#]", re.IGNORECASE | re.ASCII
)
_NEWS_WORDS = re.compile(
    r"(?:news|novosti?|novost|zha?n?alyk(?:tar)?|janalyq(?:tar)?|jana?lyk(?:tar)?|zhanalyqtar|"
    r"press|press-?releases?|press-?center|press-?centre|baspasoz)"
)
_MAY_BE_NEWS = re.compile(rf"/{_NEWS_WORDS.pattern}(?:[/.?#]|\Z)", re.IGNORECASE)


WAYS = frozenset({"telephone", "email", "postal"})  # to reach a body


class PageFacts(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """What one page told the site; everything rules about the site may ask of a page."""

    url: str  # as asked for
    address: str  # as answered, after redirects
    sha256: str
    depth: int
    title: str = ""
    declared: str = ""  # primary subtag of <html lang>, lower case
    written: str | None = None  # language of the main text; of all text on the first page
    text_size: int = 0  # characters of main text, of a long one page.BEGINNING
    above: int = 0  # of these, where they are few, those that stand before the one heading
    is_shell: bool = False  # an empty page that a script would fill
    published: date | None = None
    listed: tuple[date, ...] = ()  # newest dates of its main text, for pages that list
    sections: frozenset[str] = frozenset()  # that its heading or title names
    named_links: tuple[tuple[str, str], ...] = ()  # (section code, address), near the first page
    alternates: tuple[tuple[str, str], ...] = ()  # (language, address) of hreflang links
    links: Numbers = array("I")  # numbers of addresses, see Site.numbers
    forwards_to: str = ""  # address it sends its reader on to at once
    has_search: bool = False  # of first pages; elsewhere nobody looks
    has_media: bool = False
    symbols: frozenset[str] = frozenset()  # "flag", "emblem"
    contacts: frozenset[str] = frozenset()  # "telephone", "email", "postal"
    traits: Traits = Traits()  # what the families of rules keep of it

    @property
    def language(self) -> str:
        """The language its address claims; "" when it claims none."""
        return language_of_address(self.address)

    @property
    def ways(self) -> frozenset[str]:
        """Its `contacts`, those among them that nothing labels as such."""
        return self.contacts | (self.traits.contacts.says & WAYS)


def language_of_address(address: str) -> str:
    """Return the language that path, query or subdomain names; "" when none does.

    /kk/news, /kz/news, ?lang=kk and kk.example.kz all say Kazakh.
    """
    if told := _FIRST_STEP.match(address):
        return LANGUAGE_WORDS[told[1]]
    parts = parts_of(address)
    for segment in parts.path.lower().split("/")[1:3]:
        if found := LANGUAGE_WORDS.get(segment.partition(".")[0]):
            return found
    if parts.query:
        for key, value in parse_qsl(parts.query.lower()):
            if key in _LANGUAGE_KEYS and value in LANGUAGE_WORDS:
                return LANGUAGE_WORDS[value]
    label, _, rest = (parts.hostname or "").partition(".")
    return LANGUAGE_WORDS.get(label, "") if "." in rest else ""


class About(Noun, frozen=True, kw_only=True):
    """Whose site it is, as the registry of bodies says; rules may expect more of some kinds."""

    code: str = ""  # of the body; "" when nobody said whose site it is
    kind: str = ""  # "akimat_region", "ministry" …
    names: Text = Text({})
    former_names: tuple[Text, ...] = ()


class Answered(Struct, frozen=True, kw_only=True):
    """One page that was asked for beside those that links lead to, see `chain.Ask`."""

    evidence: Evidence
    page: Page
    facts: PageFacts


class Answers(Struct, frozen=True, kw_only=True):
    """What the site answered beside its pages."""

    evidence: Sequence[Evidence]
    asked: Sequence[Answered] = ()  # HTML under a good status, in order of address
    robots: str = ""  # text of robots.txt
    sitemaps: Sequence[Sitemap] = ()  # what the sitemap files that were read name
    certificate: str = ""  # that the site showed, PEM
    was_cut: bool = False  # a limit of ours ended the crawl before all pages were met
    # All limits of ours that were met, harmless ones too, each with an address it left out.
    cuts: Mapping[str, str] = {}
    documents: Sequence[DocumentFacts] = ()  # in order of address
    about: About = About()


class Site:
    """The pages and other answers of one crawl."""

    def __init__(
        self,
        start: str,
        *,
        as_of: date,
        pages: Iterable[PageFacts],
        answers: Answers,
        urls: Sequence[str],
    ) -> None:
        """`urls` gives the address of each link number."""
        self.start = start
        self.as_of = as_of
        self.urls = urls
        self._take(answers)
        known = {page.url: page for page in sorted(pages, key=lambda page: page.url)}
        self._canonical = _canonical(known)
        self.pages = [page for url, page in known.items() if self._canonical[url] == url]

    def _take(self, answers: Answers) -> None:
        self.answers = answers
        self.about = answers.about
        self.documents = answers.documents
        # Under one address, what a link leads to stands before what we asked for ourselves.
        self._all = sorted(answers.evidence, key=lambda each: (each.url, each.role in MET))
        self.evidence = {each.url: each for each in self._all}

    def answering(self, answers: Answers) -> "Site":
        """Return the same pages with other answers; what is known of pages alone is kept."""
        site = copy(self)
        site.__dict__.pop("was_cut", None)
        site._take(answers)  # noqa: SLF001 - of its own kind
        return site

    def of_role(self, role: str) -> list[Evidence]:
        """Return what was seen in one role, in order of address."""
        return [each for each in self._all if each.role == role]

    def answered(self, role: str) -> list[Answered]:
        """Return the pages that answered what was asked in one role, in order of address."""
        return [each for each in self.answers.asked if each.evidence.role == role]

    @cached_property
    def _by_url(self) -> dict[str, PageFacts]:
        kept = {page.url: page for page in self.pages}
        by_answer = {page.address: page for page in self.pages}
        return by_answer | {url: kept[target] for url, target in self._canonical.items()}

    def page_at(self, address: str) -> PageFacts | None:
        """Return the page that answers at `address`, redirects followed."""
        return self._by_url.get(address)

    @cached_property
    def first(self) -> PageFacts | None:
        """The page a reader of the start address comes to; None when it could not be read."""
        page = self.page_at(self.start) or next((p for p in self.pages if p.depth == 0), None)
        for _ in range(MOST_FORWARDS):
            onward = self.page_at(page.forwards_to) if page and page.forwards_to else None
            page = onward or page
        return page

    @cached_property
    def clicks(self) -> dict[str, int]:
        """Clicks from the first page, by `PageFacts.url`, over ordinary links only."""
        if self.first is None:
            return {}
        clicks = {self.first.url: 0}
        queue = [self.first]
        met: set[int] = set()
        for page in queue:
            if met.issuperset(page.links):  # of most pages nothing is new
                continue
            for number in page.links:
                if number in met:
                    continue
                met.add(number)
                target = self.page_at(self.urls[number])
                if target is not None and target.url not in clicks:
                    clicks[target.url] = clicks[page.url] + 1
                    queue.append(target)
            if len(clicks) == len(self.pages):  # nothing is left to be found
                break
        return clicks

    def within(self, clicks: int) -> list[PageFacts]:
        """Return the pages at most so many clicks from the first one."""
        known = self.clicks
        return [page for page in self.pages if known.get(page.url, 1_000_000) <= clicks]

    @cached_property
    def first_pages(self) -> list[PageFacts]:
        """The first page of the site and of each of its languages."""
        if self.first is None:
            return []
        return [
            page
            for page in self.within(2)
            if page is self.first or (is_home(page.address) and not page.forwards_to)
        ]

    @cached_property
    def was_cut(self) -> bool:
        """Whether pages were left unread for a reason of ours."""
        return self.answers.was_cut or any(
            FAILURES.get(each.failure) == "us" and each.failure not in ("robots", "blocked")
            for each in self.evidence.values()
            if each.role == "page"
        )

    def is_alive(self, address: str) -> bool:
        """Whether `address` answered; an address nobody asked is taken at its word."""
        seen = self.evidence.get(address)
        return seen is None or (seen.status < 400 and FAILURES.get(seen.failure) != "site")

    def pages_of(self, section: str) -> list[PageFacts]:
        """Return the pages that a heading or a link near the first page calls so."""
        return list(self._by_section.get(section, ()))

    @cached_property
    def _by_section(self) -> dict[str, list[PageFacts]]:
        called: dict[str, set[str]] = defaultdict(set)
        for page in self.pages:
            for code, address in page.named_links:
                if target := self.page_at(address):
                    called[target.url].add(code)
        found: dict[str, list[PageFacts]] = defaultdict(list)
        for page in self.pages:
            for code in page.sections | called.get(page.url, frozenset()):
                found[code].append(page)
        return found

    @cached_property
    def news(self) -> list[PageFacts]:
        """Single news items: pages with a date of their own, below a page of news."""
        indexes = self.pages_of("news")
        listing = {page.url for page in indexes}
        folders = tuple(
            _folder(page.address) for page in indexes if parts_of(page.address).path.strip("/")
        )
        return [
            page
            for page in self.pages
            if page.url not in listing
            and page.published
            and (page.address.startswith(folders) or is_news_address(page.address))
        ]


def _canonical(pages: dict[str, PageFacts]) -> dict[str, str]:
    """Map each url to the one that stands for its page: the address answered, else the least."""
    leaders: dict[str, str] = {}
    for url, page in pages.items():
        leaders.setdefault(page.address, page.address if page.address in pages else url)
    return {url: leaders[page.address] for url, page in pages.items()}


@lru_cache(20_000)
def is_home(address: str) -> bool:
    """Whether `address` is the root of a site or of one of its languages: /, /ru/index.php."""
    return _BELOW.match(address) is None and _is_root(address)


def _is_root(address: str) -> bool:
    parts = parts_of(address)
    segments = [each for each in parts.path.lower().split("/") if each]
    if segments and segments[-1].startswith(("index.", "default.")):
        segments.pop()
    return all(each in LANGUAGE_WORDS for each in segments) and len(segments) <= 1


def _folder(address: str) -> str:
    """Return the prefix of pages below a list: /kk/news/ for /kk/news, /kk/news.html, /kk/news/."""
    base = address.partition("?")[0]
    base = re.sub(r"(?:/index)?\.(?:html?|php|aspx?)$", "", base)
    return base.rstrip("/") + "/"


def is_news_address(address: str) -> bool:
    """Whether `address` is that of one news item: /kk/news/12, /news.php?id=12."""
    if "?" not in address and "#" not in address:  # most: what lies in a folder is of one kind
        return _is_folder_of_news(address.rpartition("/")[0])
    if _MAY_BE_NEWS.search(address) is None:
        return False
    parts = parts_of(address)
    *segments, last = parts.path.lower().split("/")[1:] or [""]
    if parts.query and _NEWS_WORDS.fullmatch(last.partition(".")[0]):
        return any(key in _ITEM_KEYS for key, _ in parse_qsl(parts.query.lower()))
    return _is_of_news(segments)


@lru_cache(1_000)
def _is_folder_of_news(folder: str) -> bool:
    return _is_of_news(parts_of(f"{folder}/").path.lower().split("/")[1:-1])


def _is_of_news(segments: Iterable[str]) -> bool:
    return any(map(_NEWS_WORDS.fullmatch, segments))
