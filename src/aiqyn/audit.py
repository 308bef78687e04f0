"""Hold a site against one edition of a regulation.

Pages and documents are judged by a `Reader` as they come, in any order; rules
about the whole site follow when everything is there. Judged live or from kept
evidence, in whatever order, the findings are the same to the byte.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from heapq import nsmallest
from typing import Protocol

import msgspec

from aiqyn import rules
from aiqyn.chain import Count, Evidence, Finding, Noun, Outcome, Place
from aiqyn.errors import FetchError
from aiqyn.fetch.addresses import BadAddress, is_rooted, normalise, origin, resolve
from aiqyn.fetch.crawl import Manifest, Reading, is_readable, sha256_of_manifest
from aiqyn.fetch.store import Store
from aiqyn.regulations import Edition, Requirement, edition_on, editions
from aiqyn.subjects.document import Document
from aiqyn.subjects.document_facts import DocumentFacts, facts_of_document
from aiqyn.subjects.facts import facts_of
from aiqyn.subjects.page import Page
from aiqyn.subjects.site import About, Answers, PageFacts, Site

__all__ = ["Edition", "Reader", "Report", "audit_site", "edition_on", "editions", "judge"]

MOST_PLACES = 100  # listed of one finding; the rest is counted
NOBODY = About()
HARMLESS_CUTS = ("max_external_links", "max_depth")  # limits that hide no page near the first one


class Report(Noun, frozen=True, kw_only=True):
    """One finding per requirement of the edition, in order of rule code."""

    start: str
    regulation: str
    in_force: date
    as_of: date
    manifest_sha256: str
    pages: int
    documents: int
    findings: tuple[Finding, ...]
    body: str = ""  # registry code of the state body, when said
    was_cut: bool = False  # a limit of ours was reached before all pages were read


class Kept(Protocol):
    """Where the bytes are: `fetch.store.Store`, or a mapping in tests."""

    def get(self, sha256: str, /) -> bytes: ...


class Addresses:
    """Where raw hrefs lead: each is worked out once and its address numbered."""

    def __init__(self) -> None:
        self.urls: list[str] = []
        self._numbers: dict[str, int] = {}
        self._known: dict[str, dict[str, int]] = {}  # per origin, and per folder

    def of(self, page: Page) -> list[int]:
        """Return the number of the address each of the page's hrefs leads to; -1 for none."""
        base = page.address
        if page.base:
            base = _resolved(base, page.base) or base
        rooted = self._known.setdefault(origin(base), {})
        relative = self._known.setdefault(base[: base.rfind("/") + 1], {})
        numbers = [rooted.get(href) for href in page.hrefs]
        return [
            number if number is not None else self._learn(base, href, rooted, relative)
            for href, number in zip(page.hrefs, numbers, strict=True)
        ]

    def _learn(self, base: str, href: str, rooted: dict[str, int], relative: dict[str, int]) -> int:
        if (known := relative.get(href)) is not None:
            return known
        url, number = _resolved(base, href), -1
        if url is not None:
            number = self._numbers.setdefault(url, len(self.urls))
            if number == len(self.urls):
                self.urls.append(url)
        if is_rooted(href):
            rooted[href] = number
        elif not href.lstrip().startswith("?"):
            relative[href] = number
        return number


def _resolved(base: str, href: str) -> str | None:
    try:
        return resolve(base, href)
    except BadAddress:
        return None


class _Verdict(Noun, frozen=True, kw_only=True):
    """How one rule ended on one page or document."""

    outcome: Outcome
    note: str = ""
    places: tuple[Place, ...] = ()
    more: int = 0


_PASSED = _Verdict(outcome=Outcome.PASSED)
_INAPPLICABLE = _Verdict(outcome=Outcome.INAPPLICABLE)


class _Ledger:
    """The verdicts of one rule; keeps every outcome, and the places of the first addresses only."""

    def __init__(self, requirement: Requirement, check: rules.Check) -> None:
        self.code = requirement.rule
        self.ask: Callable[..., Iterable[Place | Count]] = partial(check, **requirement.params)
        self._verdicts: dict[str, _Verdict] = {}
        self._with_places: list[str] = []

    def judge(self, subject: Page | Document) -> None:
        address = subject.address
        verdict = judge(self.ask, subject)
        if verdict.places:
            verdict = _located(verdict, address, subject.evidence.sha256)
            self._with_places.append(address)
        self._verdicts[address] = verdict
        if len(self._with_places) > 4 * MOST_PLACES:
            self._forget_late_places()

    def _forget_late_places(self) -> None:
        addresses = set(self._with_places)
        self._with_places = nsmallest(MOST_PLACES, addresses)
        for address in addresses.difference(self._with_places):
            late = self._verdicts[address]
            more = late.more + len(late.places)
            self._verdicts[address] = _Verdict(outcome=late.outcome, more=more)

    def finding(self, addresses: Iterable[str], evidence: str) -> Finding:
        """Add up the verdicts on `addresses`, which come in order."""
        verdicts = [verdict for each in addresses if (verdict := self._verdicts.get(each))]
        ended = Counter(verdict.outcome for verdict in verdicts)
        good, bad = ended[Outcome.PASSED], ended[Outcome.FAILED]
        if not good and not bad:
            return self._open(verdicts, evidence)
        places = [place for verdict in verdicts for place in verdict.places]
        return Finding(
            rule=self.code,
            outcome=Outcome.FAILED if bad else Outcome.PASSED,
            evidence=evidence,
            places=tuple(places[:MOST_PLACES]),
            more=max(0, len(places) - MOST_PLACES) + sum(verdict.more for verdict in verdicts),
            count=Count(good=good, of=good + bad),
        )

    def _open(self, verdicts: list[_Verdict], evidence: str) -> Finding:
        doubts = Counter(verdict.note for verdict in verdicts if verdict.note)
        if not doubts:
            return Finding(rule=self.code, outcome=Outcome.INAPPLICABLE, evidence=evidence)
        note = min(doubts, key=lambda each: (-doubts[each], each))
        return Finding(rule=self.code, outcome=Outcome.CANNOT_TELL, evidence=evidence, note=note)


def judge(ask: Callable[..., Iterable[Place | Count]], subject: Page | Document | Site) -> _Verdict:
    """Run one check; whatever it raises on purpose becomes an outcome."""
    try:
        places = tuple(each for each in ask(subject) if isinstance(each, Place))
    except rules.Inapplicable:
        return _INAPPLICABLE
    except rules.CannotTell as doubt:
        return _Verdict(outcome=Outcome.CANNOT_TELL, note=str(doubt))
    if not places:
        return _PASSED
    more = max(0, len(places) - MOST_PLACES)
    return _Verdict(outcome=Outcome.FAILED, places=places[:MOST_PLACES], more=more)


def _located(verdict: _Verdict, address: str, evidence: str) -> _Verdict:
    places = tuple(
        msgspec.structs.replace(place, address=address, evidence=evidence)
        for place in verdict.places
    )
    return msgspec.structs.replace(verdict, places=places)


class Reader:
    """Judges the pages and documents of one crawl as they come; keeps compact facts of each."""

    def __init__(self, edition: Edition, *, as_of: date, about: About = NOBODY) -> None:
        """`about` says whose site it is: some rules expect more of some kinds of bodies."""
        self.edition = edition
        self.as_of = as_of
        self.about = about
        self.facts: dict[str, PageFacts] = {}
        self.documents: dict[str, DocumentFacts] = {}
        self.addresses = Addresses()
        self._rank: dict[str, tuple[bool, str]] = {}
        self.ledgers: dict[str, list[_Ledger]] = {"page": [], "document": []}
        for requirement in edition.requires:
            rule = rules.load()[requirement.rule]
            if rule.kind in self.ledgers and rule.check:
                self.ledgers[rule.kind].append(_Ledger(requirement, rule.check))

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

    def has(self, evidence: Evidence) -> bool:
        """Whether exactly these bytes have been judged already."""
        if evidence.role == "document":
            known = self.documents.get(evidence.url)
            return known is not None and known.sha256 == evidence.sha256
        facts = self.facts.get(evidence.url)
        return facts is not None and facts.sha256 == evidence.sha256

    def _judge(self, kind: str, subject: Page | Document) -> None:
        """Judge one subject per address: of several links redirected there, the same one always."""
        url, address = subject.evidence.url, subject.address
        rank = (url != address, url)
        if rank <= self._rank.setdefault(address, rank):
            self._rank[address] = rank
            for ledger in self.ledgers[kind]:
                ledger.judge(subject)

    def _read_document(self, document: Document) -> None:
        self._judge("document", document)
        self.documents[document.evidence.url] = facts_of_document(document)

    def _read_page(self, page: Page) -> Sequence[str]:
        if not page.forwards:  # nobody reads a page that only sends its reader on
            self._judge("page", page)
        numbers, urls = self.addresses.of(page), self.addresses.urls
        self.facts[page.evidence.url] = facts_of(page, numbers, urls)
        if page.base:
            return [urls[number] for number in numbers if number >= 0]
        return page.hrefs


def audit_site(
    manifest: Manifest,
    store: Kept,
    edition: Edition,
    *,
    as_of: date,
    reader: Reader | None = None,
    about: About = NOBODY,
) -> Report:
    """Return the report on one crawled site, of the body `about` describes.

    With `reader`, what it has judged is not judged again; everything else is read
    from `store`. Raises EvidenceError when bytes named by the manifest are missing.
    """
    reader = reader or Reader(edition, as_of=as_of, about=about)
    readable = [evidence for evidence in manifest.evidence if is_readable(evidence)]
    for evidence in readable:
        if not reader.has(evidence):
            reader.read(evidence, store.get(evidence.sha256))
    site = gather(manifest, store, reader)
    digest = sha256_of_manifest(manifest)
    documents = sorted({each.final_url or each.url for each in readable if each.role == "document"})
    known = {"page": sorted(page.address for page in site.pages), "document": documents}
    findings = [
        ledger.finding(known[kind], digest)
        for kind, ledgers in reader.ledgers.items()
        for ledger in ledgers
    ]
    findings += [_finding(each, site, digest) for each in edition.requires if _is_about_site(each)]
    findings += _questions(edition, digest)
    return Report(
        start=manifest.start,
        regulation=edition.regulation,
        in_force=edition.in_force,
        as_of=as_of,
        manifest_sha256=digest,
        pages=len(site.pages),
        documents=len(documents),
        findings=tuple(sorted(findings, key=lambda finding: finding.rule)),
        was_cut=site.was_cut,
        body=reader.about.code,
    )


def gather(manifest: Manifest, store: Kept, reader: Reader) -> Site:
    """Return the site as `reader` has read it; it must have read all that is readable."""
    texts = {"robots": "", "sitemap": ""}
    for each in manifest.evidence:
        if each.role in texts and each.status == 200 and each.sha256:
            texts[each.role] += store.get(each.sha256).decode("utf-8", "replace")
    answers = Answers(
        evidence=manifest.evidence,
        robots=texts["robots"],
        sitemap=texts["sitemap"],
        was_cut=any(cut.why not in HARMLESS_CUTS for cut in manifest.cuts),
        documents=[facts for _, facts in sorted(reader.documents.items())],
        about=reader.about,
    )
    pages = [
        reader.facts[each.url]
        for each in manifest.evidence
        if each.role == "page" and is_readable(each)
    ]
    return Site(
        normalise(manifest.start),
        as_of=reader.as_of,
        pages=pages,
        answers=answers,
        urls=reader.addresses.urls,
    )


def _is_about_site(requirement: Requirement) -> bool:
    return rules.load()[requirement.rule].kind == "site"


def _finding(requirement: Requirement, site: Site, evidence: str) -> Finding:
    check = rules.load()[requirement.rule].check
    assert check is not None  # noqa: S101  # a site rule has its code beside it
    counts: list[Count] = []

    def ask(subject: Site) -> Iterable[Place]:
        for each in check(subject, **requirement.params):
            if isinstance(each, Count):
                counts.append(each)
            else:
                yield each

    verdict = judge(ask, site)
    return Finding(
        rule=requirement.rule,
        outcome=verdict.outcome,
        evidence=evidence,
        places=verdict.places,
        more=verdict.more,
        count=counts[0] if counts else None,
        note=verdict.note,
    )


def _questions(edition: Edition, evidence: str) -> list[Finding]:
    """Return an open finding per requirement that only a person can judge."""
    return [
        Finding(rule=each.rule, outcome=Outcome.CANNOT_TELL, evidence=evidence, note="question")
        for each in edition.requires
        if rules.load()[each.rule].kind == "person"
    ]


class LiveReader(Reader):
    """A reader that lives in a crawl's worker process and tells the whole report at the end."""

    def __init__(self, folder: str, regulation: str, day: str, about: str = "{}") -> None:
        """All arguments are plain: `day` (ISO) is judged on, `about` is an About as JSON."""
        as_of = date.fromisoformat(day)
        whose = msgspec.json.decode(about, type=About)
        super().__init__(edition_on(regulation, as_of), as_of=as_of, about=whose)
        self.store = Store(f"{folder}/objects")

    def result(self, manifest: Manifest) -> bytes:
        """Return the report as JSON."""
        report = audit_site(manifest, self.store, self.edition, as_of=self.as_of, reader=self)
        return msgspec.json.encode(report)


def live_reading(folder: str, regulation: str, day: date, about: About = NOBODY) -> Reading:
    """Return what `fetch.crawl.crawl` needs to judge pages in its worker; see `report_of`."""
    whose = msgspec.json.encode(about).decode()
    return Reading("aiqyn.audit:LiveReader", (folder, regulation, day.isoformat(), whose))


def report_of(result: bytes) -> Report:
    """Read the result of a live reading back."""
    return msgspec.json.decode(result, type=Report)


def answered(report: Report, manifest: Manifest) -> Report:
    """Return `report`, or raise FetchError when no page of the site could be read.

    A site that kept silent is told as such, never as one that breaks the rules.
    """
    if report.pages:
        return report
    first = next((each for each in manifest.evidence if each.url == manifest.start), None)
    if first is None:
        raise FetchError(manifest.start, "not asked")
    raise FetchError(manifest.start, first.failure or f"HTTP {first.status}", "no page was read")
