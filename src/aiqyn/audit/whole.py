"""Judge the whole site: what its pages and documents told, added up and seen together."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from aiqyn import rules
from aiqyn.audit.drawn import findings_of_drawn
from aiqyn.audit.ledger import judge
from aiqyn.audit.reader import NOBODY, Gathered, Reader
from aiqyn.audit.report import Report
from aiqyn.chain import Count, Evidence, Finding, Outcome, Place, Sitemap
from aiqyn.fetch.addresses import PAGE_TYPES, normalise
from aiqyn.fetch.keeping import CERTIFICATE, is_readable
from aiqyn.fetch.manifest import Manifest, sha256_of_manifest
from aiqyn.fetch.sitemaps import told_of
from aiqyn.regulations import Edition, Requirement
from aiqyn.subjects.completeness import states_of
from aiqyn.subjects.nesting import MOST
from aiqyn.subjects.site import MET, About, Answers, Site
from aiqyn.subjects.walls import wall_of

HARMLESS_CUTS = ("max_external_links", "max_depth")  # limits that hide no page near the first one
MOST_TEXT = 20_000_000  # bytes of a robots.txt that are looked at
MOST_SITEMAPS = 150_000_000  # bytes, unpacked, of all sitemap files of a site together
NOT_ASKED = MET | {"robots", "sitemap", "probe", "resource", "sheet"}  # what is no answer to read


class Kept(Protocol):
    """Where the bytes are: `fetch.store.Store`, or a mapping in tests."""

    def get(self, sha256: str, /) -> bytes: ...


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
    readable = readable_of(manifest)
    site = gather(manifest, store, reader)
    digest = sha256_of_manifest(manifest)
    documents = sorted({address_of(each) for each in readable if each.role == "document"})
    known = {"page": sorted(page.address for page in site.pages), "document": documents}
    findings = [finding for kind in known for finding in reader.findings(kind, known[kind], digest)]
    findings += [_finding(each, site, digest) for each in edition.requires if _is_about_site(each)]
    findings += findings_of_drawn(manifest, store, edition, digest)
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
        was_cut=site.was_cut or _has_long_pages(manifest),
        body=reader.about.code,
        taken_from=manifest.started_at,
        taken_until=manifest.finished_at,
        sections=tuple(states_of(site).values()) if site.first and not wall_of(site) else (),
    )


def address_of(evidence: Evidence) -> str:
    """Where what was seen really is, after redirects."""
    return evidence.final_url or evidence.url


def readable_of(manifest: Manifest) -> list[Evidence]:
    """Return the pages and documents in order of address; the one judged of each comes first."""
    readable = filter(is_readable, manifest.evidence)
    return sorted(readable, key=lambda each: (address_of(each), each.final_url != "", each.url))


def _has_long_pages(manifest: Manifest) -> bool:
    """Whether the end of a page was not read, which says nothing about the rest of the site."""
    return any(each.size > MOST and each.role == "page" for each in manifest.evidence)


def gather(manifest: Manifest, store: Kept, reader: Reader) -> Site:
    """Return the site as `reader` has read it; what it has not is read first, from `store`."""
    for evidence in readable_of(manifest):
        if not reader.has(evidence):
            reader.read_kept(evidence, store.get(evidence.sha256))
    texts = _texts(manifest, store)
    answers = Answers(
        evidence=manifest.evidence,
        robots=texts["robots"],
        sitemaps=_sitemaps(manifest, store),
        certificate=texts[CERTIFICATE],
        was_cut=bool(reader.unread) or any(cut.why not in HARMLESS_CUTS for cut in manifest.cuts),
        cuts={cut.why: cut.example for cut in reversed(manifest.cuts)},
        documents=[facts for _, facts in sorted(reader.documents.items())],
        about=reader.about,
        asked=[
            reader.answered(each, store.get(each.sha256))
            for each in manifest.evidence
            if each.role not in NOT_ASKED and _is_page(each)
        ],
    )
    pages = [
        reader.facts[each.url]
        for each in manifest.evidence
        if each.role == "page" and is_readable(each) and each.url not in reader.unread
    ]
    site = reader.gathered.get(pages)
    if site is None:
        start, urls = normalise(manifest.start), reader.addresses.urls
        site = Site(start, as_of=reader.as_of, pages=pages, answers=answers, urls=urls)
    else:
        site = site.answering(answers)
    reader.gathered = Gathered(pages, site)
    return site


def _texts(manifest: Manifest, store: Kept) -> dict[str, str]:
    """Return what is read as it stands."""
    texts = {"robots": "", CERTIFICATE: ""}
    for each in manifest.evidence:
        if each.role in texts and each.status in (0, 200) and each.sha256:
            text = store.get(each.sha256)[:MOST_TEXT].decode("utf-8", "replace")
            texts[each.role] += text
    return texts


def _sitemaps(manifest: Manifest, store: Kept) -> list[Sitemap]:
    """Return what sitemap files name: of many the first, in order of address, one at a time."""
    found: list[Sitemap] = []
    room = MOST_SITEMAPS
    for each in manifest.evidence:
        if each.role == "sitemap" and each.status == 200 and each.sha256 and room > 0:
            content = store.get(each.sha256)
            found.append(told_of(each, content))
            room -= max(found[-1].size, len(content))
    return found


def _is_page(evidence: Evidence) -> bool:
    was_there = evidence.sha256 != "" and 200 <= evidence.status < 300 and not evidence.failure
    return was_there and evidence.media_type in PAGE_TYPES


def _is_about_site(requirement: Requirement) -> bool:
    return rules.load()[requirement.rule].kind == "site"


def _finding(requirement: Requirement, site: Site, evidence: str) -> Finding:
    rule = rules.load()[requirement.rule]
    check = rule.check
    assert check is not None  # noqa: S101  # a site rule has its code beside it
    counts: list[Count] = []

    def ask(subject: Site) -> Iterable[Place]:
        if rule.needs_pages and (wall := wall_of(subject)):
            raise rules.CannotTell(f"wall_{wall}")
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
