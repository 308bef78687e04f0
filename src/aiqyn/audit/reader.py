"""Judge pages and documents as they come, in any order, and keep compact facts of each."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from datetime import date
from operator import is_, itemgetter

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from aiqyn import rules
from aiqyn.audit.addresses import BROKEN, Addresses
from aiqyn.audit.ledger import Ledger, Verdict
from aiqyn.chain import Evidence, Finding
from aiqyn.fetch.keeping import is_readable
from aiqyn.regulations import Edition
from aiqyn.subjects.document import Document
from aiqyn.subjects.document_facts import DocumentFacts, facts_of_document
from aiqyn.subjects.facts import facts_of
from aiqyn.subjects.page import Page
from aiqyn.subjects.site import About, Answered, PageFacts, Site

NOBODY = About()


class Passed(Struct, frozen=True):
    """Addresses that passed the same rules: numbers of them, in order of the edition."""

    rules: tuple[int, ...]
    addresses: list[str]


class Gathered(Struct, frozen=True):
    """The site as it was seen when these were its pages: asked for again after every answer."""

    pages: list[PageFacts] = []
    site: Site | None = None

    def get(self, pages: Sequence[PageFacts]) -> Site | None:
        """Return it where exactly these are its pages still."""
        is_same = len(pages) == len(self.pages) and all(map(is_, pages, self.pages))
        return self.site if is_same else None


class Partial(Struct, frozen=True, kw_only=True):
    """What a reader knows of some addresses of a site, as plain values another can take over."""

    facts: list[PageFacts]
    documents: dict[str, DocumentFacts]
    urls: list[str]  # what the numbers in `facts` mean
    unread: set[str]
    rank: dict[str, tuple[bool, str]]
    verdicts: dict[str, list[dict[str, Verdict]]]  # by kind, in order of the edition
    passed: dict[str, list[Passed]]  # by kind

    def __reduce__(self) -> "tuple[Callable[[bytes], Partial], tuple[bytes]]":
        """Go from process to process packed: a tenth of the time pickle takes."""
        return unpacked, (self.packed(),)

    def packed(self) -> bytes:
        return ENCODER.encode(self)


def unpacked(content: bytes) -> Partial:
    """Return what `Partial.packed` gave. Raises msgspec.DecodeError."""
    return _DECODER.decode(content)


def numbers_of(_: type, packed: bytes) -> "array[int]":
    """Take an `array`, the only type of facts that is not msgspec's own, out of its bytes."""
    return array("I", packed)


ENCODER = msgspec.msgpack.Encoder(enc_hook=array.tobytes)
_DECODER = msgspec.msgpack.Decoder(Partial, dec_hook=numbers_of)


class Reader:
    """Judges the pages and documents of one crawl as they come; keeps compact facts of each."""

    def __init__(
        self,
        edition: Edition,
        *,
        as_of: date,
        about: About = NOBODY,
        asked: Set[str] | None = None,
    ) -> None:
        """`about` says whose site it is: some rules expect more of some kinds of bodies.

        `asked` are the dear facts to be kept of pages, by default those its rules read.
        """
        self.edition = edition
        self.as_of = as_of
        self.about = about
        self.facts: dict[str, PageFacts] = {}
        self.documents: dict[str, DocumentFacts] = {}
        self.addresses = Addresses()
        self.unread: set[str] = set()
        self.gathered = Gathered()
        self._rank: dict[str, tuple[bool, str]] = {}
        self.ledgers: dict[str, list[Ledger]] = {"page": [], "document": []}
        # What each address passed, by kind; most pass what others do, and share one tuple.
        self.passed: dict[str, dict[str, tuple[int, ...]]] = {kind: {} for kind in self.ledgers}
        self._shared: dict[tuple[int, ...], tuple[int, ...]] = {}
        reads = [rules.load()[each.rule].reads for each in edition.requires]
        self._asked = frozenset().union(*reads) if asked is None else asked
        for requirement in edition.requires:
            rule = rules.load()[requirement.rule]
            if rule.kind in self.ledgers and rule.check:
                self.ledgers[rule.kind].append(Ledger(requirement, rule.check))

    def read(self, evidence: Evidence, content: bytes) -> Sequence[str]:
        """Judge what was fetched; return the raw hrefs of a page, as a crawl wants them.

        Where the page has a <base>, they are made absolute first. An answer other
        than 2xx is not the page that was asked for: it is neither judged nor followed.
        """
        if not is_readable(evidence):
            return ()
        if evidence.role == "document":
            self._read_document(Document(content, evidence))
            return ()
        return self._read_page(Page(content, evidence))

    def read_kept(self, evidence: Evidence, content: bytes) -> None:
        """Judge what was kept; what no parser can read is `unread` and counts for nothing."""
        try:
            self.read(evidence, content)
        except (RecursionError, MemoryError):
            self.unread.add(evidence.url)

    def has(self, evidence: Evidence) -> bool:
        """Whether exactly these bytes have been judged already."""
        if evidence.role == "document":
            known = self.documents.get(evidence.url)
            return known is not None and known.sha256 == evidence.sha256
        facts = self.facts.get(evidence.url)
        return facts is not None and facts.sha256 == evidence.sha256

    def found(self) -> int:
        """Return how many rules are broken by what was read so far."""
        return sum(ledger.is_broken for ledgers in self.ledgers.values() for ledger in ledgers)

    def partial(self) -> Partial:
        """Return all this reader knows."""
        return Partial(
            facts=list(self.facts.values()),
            documents=self.documents,
            urls=self.addresses.urls,
            unread=self.unread,
            rank=self._rank,
            verdicts={
                kind: [ledger.verdicts for ledger in ledgers]
                for kind, ledgers in self.ledgers.items()
            },
            passed={kind: _together(passed) for kind, passed in self.passed.items()},
        )

    def absorb(self, partial: Partial) -> None:
        """Take over what a reader for the same edition knows of addresses unknown here."""
        numbers = self.addresses.absorb(partial.urls)
        for facts in partial.facts:
            links = itemgetter(*facts.links, 0)(numbers)[:-1] if facts.links else ()
            self.facts[facts.url] = replace(facts, links=array("I", links))
        self.documents |= partial.documents
        self.unread |= partial.unread
        self._rank |= partial.rank
        for kind, ledgers in self.ledgers.items():
            for ledger, verdicts in zip(ledgers, partial.verdicts[kind], strict=True):
                ledger.absorb(verdicts)
        for kind, groups in partial.passed.items():
            for each in groups:
                passed = self._share(each.rules)
                self.passed[kind] |= dict.fromkeys(each.addresses, passed)

    def _judge(self, kind: str, subject: Page | Document) -> None:
        """Judge one subject per address: of several links redirected there, the same one always."""
        url, address = subject.evidence.url, subject.address
        rank = (url != address, url)
        if rank <= self._rank.setdefault(address, rank):
            self._rank[address] = rank
            ledgers = enumerate(self.ledgers[kind])
            passed = tuple([number for number, ledger in ledgers if ledger.judge(subject)])
            self.passed[kind][address] = self._share(passed)

    def _share(self, passed: tuple[int, ...]) -> tuple[int, ...]:
        return self._shared.setdefault(passed, passed)

    def findings(self, kind: str, addresses: Sequence[str], evidence: str) -> list[Finding]:
        """Return a finding per rule on one kind of subjects; `addresses` come in order."""
        ended = Counter(map(self.passed[kind].get, addresses))
        good: Counter[int] = Counter()
        for passed, times in ended.items():
            good.update(dict.fromkeys(passed or (), times))
        return [
            self._opened(kind, ledger.finding(addresses, good[number], evidence))
            for number, ledger in enumerate(self.ledgers[kind])
        ]

    def _opened(self, kind: str, finding: Finding) -> Finding:
        """Name the bytes of each place: of a doubt about a whole page nobody has yet."""
        if all(place.evidence for place in finding.places):
            return finding
        facts = (self.facts if kind == "page" else self.documents).values()
        digests = {each.address: each.sha256 for each in facts}
        places = [replace(each, evidence=digests.get(each.address, "")) for each in finding.places]
        return replace(finding, places=tuple(places))

    def _read_document(self, document: Document) -> None:
        self._judge("document", document)
        self.documents[document.evidence.url] = facts_of_document(document)

    def _read_page(self, page: Page) -> Sequence[str]:
        if not page.forwards:  # nobody reads a page that only sends its reader on
            self._judge("page", page)
        numbers = self.addresses.of(page)
        facts = facts_of(page, numbers, self.addresses.urls, self._asked)
        self.facts[page.evidence.url] = facts
        if page.base:
            urls = self.addresses.urls
            return [  # what is broken stays as written, to be told as such
                urls[number] if number >= 0 else href
                for href, number in zip(page.hrefs, numbers, strict=True)
                if number >= 0 or number == BROKEN
            ]
        return page.hrefs

    def answered(self, evidence: Evidence, content: bytes) -> Answered:
        """Read a page that was asked for beside the others; no rule of pages judges it."""
        page = Page(content, evidence)
        numbers = self.addresses.of(page)
        facts = facts_of(page, numbers, self.addresses.urls, self._asked)
        return Answered(evidence=evidence, page=page, facts=facts)


def _together(passed: Mapping[str, tuple[int, ...]]) -> list[Passed]:
    groups: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for address, numbers in passed.items():
        groups[numbers].append(address)
    return [Passed(numbers, addresses) for numbers, addresses in groups.items()]


class Judge(Reader):
    """A reader that keeps no facts: they are known, and only some rules are not."""

    def _read_document(self, document: Document) -> None:
        self._judge("document", document)

    def _read_page(self, page: Page) -> Sequence[str]:
        if self.ledgers["page"] and not page.forwards:
            self._judge("page", page)
        return ()
