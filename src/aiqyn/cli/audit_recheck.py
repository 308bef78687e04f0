"""One finding looked at again: only its places are asked for, the rest is what was kept."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from aiqyn import audit
from aiqyn.chain import FAILURES, Evidence, Finding, Outcome
from aiqyn.cli.audit_asked import REGULATION, Asked, about_of, rules_of, today
from aiqyn.cli.audit_print import account_of, deliver
from aiqyn.cli.audit_run import Judged
from aiqyn.cli.audit_words import tell
from aiqyn.errors import InputError
from aiqyn.fetch import crawl as crawling
from aiqyn.fetch.addresses import BadAddress, kind, resolve, site_of
from aiqyn.fetch.again import ask_again
from aiqyn.fetch.frontier import Item
from aiqyn.fetch.keeping import DOORS
from aiqyn.fetch.manifest import RENDERED
from aiqyn.fetch.store import Store
from aiqyn.regulations import Edition
from aiqyn.report.comparing import compare
from aiqyn.rules import load
from aiqyn.subjects.page import Page

MOST_NEW = 50  # pages met for the first time on those asked again
SIGNS = ("robots", "sitemap", "probe", *DOORS)  # what rules about the whole site look at besides
ASIDE = (*SIGNS, "sheet", *RENDERED)  # roles in which an address may be seen a second time


def recheck(asked: Asked) -> audit.Report:
    """Ask again for the places of the findings, judge anew, print what became of them.

    Bytes go into the folder of --since beside the old ones; its manifest stays.
    Raises InputError when nothing of it failed there.
    """
    folder = asked.since
    assert folder is not None  # noqa: S101  # the caller has looked
    manifest = crawling.load(str(folder))
    day = asked.day or today()
    edition = audit.edition_on(REGULATION, day)
    before = _judged(asked, folder, manifest, edition, old=True)
    findings = _failed(before.report, rules_of(asked.recheck))
    items = list(_items(findings, manifest))
    store = Store(f"{folder}/objects")
    seen = ask_again(items, limits=asked.limits, store=store)
    known = {each.url for each in manifest.evidence}
    seen += ask_again(_met(seen, store, known), limits=asked.limits, store=store)
    tell("recheck_asked", asked.language, gap=len(seen))
    after = _judged(asked, folder, _patched(manifest, seen), edition)
    return _print(asked, before, after, {finding.rule for finding in findings})


def _judged(
    asked: Asked, folder: Path, manifest: crawling.Manifest, edition: Edition, *, old: bool = False
) -> Judged:
    day = manifest.finished_at.date() if old else asked.day or today()
    about = about_of(asked.body)
    report = audit.judge_again(manifest, f"{folder}/objects", edition, as_of=day, about=about)
    return Judged(report=audit.answered(report, manifest), manifest=manifest, folder=str(folder))


def _failed(report: audit.Report, codes: list[str]) -> list[Finding]:
    found = {finding.rule: finding for finding in report.findings}
    drawn = [code for code in codes if load()[code].kind == "rendered"]
    if drawn:
        problem = "is seen in the browser alone: audit anew with --rendered and --since"
        raise InputError("--recheck", ",".join(drawn), problem)
    broken = [each for each in map(found.get, codes) if each and _is_broken(each)]
    missing = [code for code in codes if code not in {each.rule for each in broken}]
    if missing:
        raise InputError("--recheck", ",".join(missing), "was not broken in the earlier audit")
    return broken


def _is_broken(finding: Finding) -> bool:
    return finding.outcome in (Outcome.FAILED, Outcome.PARTLY) and bool(finding.places)


def _items(findings: Iterable[Finding], manifest: crawling.Manifest) -> Iterator[Item]:
    """What to ask for: the places, what they quote, and what failed under them."""
    named = {word for finding in findings for place in finding.places for word in _named(place)}
    about_site = any(load()[finding.rule].kind == "site" for finding in findings)
    for each in manifest.evidence:
        is_sign = about_site and (each.role in SIGNS or each.url == manifest.start)
        is_dead = each.status >= 400 or FAILURES.get(each.failure) == "site"
        is_under = about_site and each.parent in named and is_dead
        if each.role in RENDERED:  # what a browser drew is of an address that is asked for anyway
            continue
        if each.url in named or each.final_url in named or is_sign or is_under:
            yield _item(each, manifest)


def _named(place: object) -> list[str]:
    """Addresses a place speaks of: where it is, and what it quotes: "http://… (404)"."""
    address, saw = getattr(place, "address", ""), getattr(place, "saw", "")
    return [each for each in (address, saw.partition(" ")[0]) if each]


def _item(evidence: Evidence, manifest: crawling.Manifest) -> Item:
    role = evidence.role
    if role == "link" and manifest.scope.holds(evidence.url):
        role = kind(evidence.url).replace("asset", "link")
    return Item(url=evidence.url, role=role, depth=evidence.depth, parent=evidence.parent)


def _met(seen: Iterable[Evidence], store: Store, known: set[str]) -> list[Item]:
    """Pages of the site that are linked now and were not there before."""
    new: dict[str, Item] = {}
    for evidence in seen:
        if evidence.role != "page" or not crawling.is_readable(evidence):
            continue
        for href in Page(store.get(evidence.sha256), evidence).hrefs:
            url = _resolved(evidence.url, href)
            if url and url not in known and site_of(url) == site_of(evidence.url):
                role = kind(url).replace("asset", "link")
                new[url] = Item(url=url, role=role, depth=evidence.depth + 1, parent=evidence.url)
    return list(new.values())[:MOST_NEW]


def _resolved(base: str, href: str) -> str | None:
    try:
        return resolve(base, href)
    except BadAddress:
        return None


def _patched(manifest: crawling.Manifest, seen: Iterable[Evidence]) -> crawling.Manifest:
    """The manifest with fresh evidence in place of the old."""
    fresh = {(each.role in ASIDE, each.url): each for each in seen}
    kept = [each for each in manifest.evidence if (each.role in ASIDE, each.url) not in fresh]
    merged = sorted([*kept, *fresh.values()], key=lambda each: (each.url, each.role))
    last = max((each.taken_at for each in merged), default=manifest.finished_at)
    return replace(manifest, evidence=tuple(merged), finished_at=last)


def _print(asked: Asked, before: Judged, after: Judged, codes: set[str]) -> audit.Report:
    def only(report: audit.Report) -> audit.Report:
        findings = tuple(each for each in report.findings if each.rule in codes)
        return replace(report, findings=findings, sections=())  # of the whole site is said nothing

    report = only(after.report)
    shown = account_of(replace(after, report=report), replace(asked, since=None))
    changes = compare(only(before.report), report, after.read)
    told = replace(shown, changes=changes, worth=None, is_part=True)
    deliver(told, asked.shape, asked.out)
    return report
