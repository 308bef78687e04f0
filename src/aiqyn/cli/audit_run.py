"""One site: crawled and judged, judged again from what was kept, or read from an archive."""

from contextlib import suppress
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from aiqyn import audit
from aiqyn.cli.audit_asked import REGULATION, Asked, about_of, address_of, today
from aiqyn.cli.audit_hold import in_hours, opening_of, to_resume
from aiqyn.cli.audit_pace import telling_pace
from aiqyn.cli.audit_progress import counter, progress_bar
from aiqyn.cli.audit_words import tell
from aiqyn.cli.troubles import said
from aiqyn.errors import AiqynError, InputError
from aiqyn.fetch import crawl as crawling
from aiqyn.fetch.manifest import SILENCE
from aiqyn.fetch.scope import Home
from aiqyn.fetch.store import Store
from aiqyn.fetch.warc_in import Archive, walk_archive
from aiqyn.live import live_reading
from aiqyn.regulations import Edition
from aiqyn.report.written import read_written


class Judged(Struct, frozen=True, kw_only=True):
    """A report and what it rests on."""

    report: audit.Report
    manifest: crawling.Manifest
    folder: str

    @property
    def store(self) -> Store:
        return Store(f"{self.folder}/objects")

    @property
    def read(self) -> set[str]:
        """Addresses that answered."""
        seen = (each for each in self.manifest.evidence if each.status and not each.failure)
        return {url for each in seen for url in (each.url, each.final_url) if url}

    @property
    def pictures(self) -> dict[str, bytes]:
        places = (place for finding in self.report.findings for place in finding.places)
        store = self.store
        return {place.picture: store.get(place.picture) for place in places if place.picture}


def judge_live(asked: Asked, folder: str) -> Judged:
    """Crawl into `folder`, or go on there, and judge."""
    day = asked.day or today()
    audit.edition_on(REGULATION, day)  # says at once when no rules were in force
    if asked.rendered:
        _browser().find()  # and when there is no Chromium
    home, limits = _what(asked, Path(folder))
    about = about_of(asked.body)
    reading = live_reading(folder, REGULATION, day, about)
    with progress_bar(asked.language) as watch:
        crawl = partial(_crawl, home, folder, limits, reading)
        told = telling_pace(watch, limits, asked.language)
        manifest = in_hours(asked.hours, crawl, told, asked.language)
    for cut in manifest.cuts:
        if cut.why == SILENCE:
            tell("fell_silent", asked.language, count=cut.count)
    drawn = _rendered(asked, folder, limits) if asked.rendered else None
    if drawn is not None:
        return judge_kept(asked, folder, drawn, day)
    report = audit.report_of(crawling.result_of(folder))
    return Judged(report=audit.answered(report, manifest), manifest=manifest, folder=folder)


def _what(asked: Asked, folder: Path) -> tuple[Home, crawling.Limits]:
    """Where to begin and how far to go; an audit gone on with keeps its own settings."""
    url = None if asked.url is None else address_of(asked.url)
    if asked.resume:
        if opening := to_resume(folder, url):
            return Home(opening.start, opening.part), opening.limits
        tell("begins_anew", asked.language, gap=folder)
    if opening_of(folder) is not None:
        tell("continues", asked.language, gap=folder)
    start = url or ""
    return Home(start, asked.part(start)), asked.limits


def _crawl(
    home: Home, folder: str, limits: crawling.Limits, reading: crawling.Reading, watch: Any
) -> crawling.Manifest:
    return crawling.crawl(home, folder=folder, limits=limits, read=reading, on_progress=watch)


def _browser() -> Any:
    return import_module("aiqyn.rendering")  # Playwright is read only when it is asked for


def _rendered(asked: Asked, folder: str, limits: crawling.Limits) -> crawling.Manifest | None:
    """Draw pages; None, and why, where no page could be: what was read is judged without."""
    browser = _browser()
    sampling = browser.Sampling(pages=asked.rendered)
    try:
        with counter(asked.language) as watch:
            manifest: crawling.Manifest = browser.render(
                folder,
                limits=limits,
                sampling=sampling,
                on_progress=lambda seen: watch(seen.done, seen.of),
            )
    except AiqynError as problem:
        tell("not_drawn", asked.language, why=said(problem, asked.language))
        return None
    return manifest


def judge_kept(
    asked: Asked,
    folder: str,
    manifest: crawling.Manifest | None = None,
    day: date | None = None,
) -> Judged:
    """Judge what `folder` holds; without --on, as of the day it was gathered.

    Without --body it is the site of whom it was when it was judged first.
    """
    manifest = manifest or crawling.load(folder)
    as_of = day or asked.day or manifest.finished_at.date()
    edition, about = audit.edition_on(REGULATION, as_of), about_of(asked.body or _body_of(folder))
    # workers do not share our folder of the moment
    objects = f"{Path(folder).absolute() if asked.workers else folder}/objects"
    run = audit.on_cluster(asked.workers) if asked.workers else audit.in_processes
    if asked.known is not None:
        run = audit.remembering(str(asked.known.absolute()), run)
    report = audit.judge_again(manifest, objects, edition, as_of=as_of, about=about, run=run)
    return Judged(report=audit.answered(report, manifest), manifest=manifest, folder=folder)


def _body_of(folder: str) -> str:
    """The code of the body whose site was audited into `folder`, where that was said."""
    with suppress(InputError, msgspec.DecodeError):  # nobody has judged it there
        return audit.report_of(crawling.result_of(folder)).body
    return ""


def judge_archive(asked: Asked, folder: str) -> Judged:
    """Walk a WARC archive into `folder` and judge it, as of the day it was made."""
    assert asked.warc_in is not None  # noqa: S101  # the caller has looked
    archive = Archive(asked.warc_in, folder=folder, limits=asked.limits)
    for skipped in archive.skipped:
        why, example = (said(each, asked.language) for each in (skipped.why, skipped.example))
        told = {"count": skipped.count, "why": why, "example": example}
        tell("warc_skipped", asked.language, file=asked.warc_in, **told)
    if archive.manifest is not None:
        return judge_kept(asked, folder, archive.manifest)
    start = archive.start(address_of(asked.url) if asked.url else "")
    day = asked.day or archive.dates[1].date()
    edition = audit.edition_on(REGULATION, day)
    reader = audit.Reader(edition, as_of=day, about=about_of(asked.body))
    manifest = walk_archive(archive, start, reader.read)
    store = Store(f"{folder}/objects")
    report = audit.audit_site(manifest, store, edition, as_of=day, reader=reader)
    return Judged(report=audit.answered(report, manifest), manifest=manifest, folder=folder)


def earlier(path: Path, edition: Edition, body: str) -> audit.Report:
    """The report of an earlier audit: its JSON, or its evidence judged by `edition`.

    Raises InputError when it is neither.
    """
    before = report_or_manifest(path)
    if isinstance(before, audit.Report):
        return before
    manifest = before
    day, about = manifest.finished_at.date(), about_of(body)
    return audit.judge_again(manifest, f"{path}/objects", edition, as_of=day, about=about)


def report_or_manifest(path: Path) -> audit.Report | crawling.Manifest:
    """What an earlier audit left at `path`; raises InputError when it left nothing there."""
    if not path.is_dir():
        return read_written(path)
    if not (path / "manifest.jsonl").exists() and (path / "report.json").exists():
        return read_written(path / "report.json")
    return crawling.load(str(path))


def named(judged: Judged, body: str) -> Judged:
    """Put the body's code into the report."""
    report = replace(judged.report, body=body or judged.report.body)
    return replace(judged, report=report)
