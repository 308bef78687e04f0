"""Auditing the site of a body and keeping what was seen and found."""

import logging
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import transaction

import aiqyn
from aiqyn.audit import Report, answered, edition_on, judge_again, report_of
from aiqyn.errors import AiqynError
from aiqyn.fetch.crawl import Limits, Manifest, Progress, crawl, result_of
from aiqyn.fetch.manifest import to_lines
from aiqyn.fetch.store import Store
from aiqyn.live import live_reading
from aiqyn.subjects.site import About
from aiqyn.text import Text
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evidence.models import Audit, Snapshot
from aiqyn_portal.evidence.store import keep, keep_crawl, keep_findings
from aiqyn_portal.sections.site_audit.actions.holding import Unwanted
from aiqyn_portal.sections.site_audit.queries import REGULATION
from aiqyn_portal.trail.actions import SYSTEM, record

logger = logging.getLogger(__name__)
Watch = Callable[[Progress], None]
DRAWING_S = 300.0  # of one audit; what is not drawn by then is not, and its findings say so


def run_audit(
    body: Body,
    *,
    start: str,
    as_of: date,
    limits: Limits,
    is_elsewhere: bool = False,
    on_progress: Watch | None = None,
) -> Audit:
    """Crawl the site at `start`, hold it against the edition in force on `as_of`, keep it all.

    `is_elsewhere`: `start` is not the site of the body, so that the audit counts nowhere and
    neither it nor its evidence is for everybody to read.

    Raises FetchError when `start` is no address or no page could be read, CatalogueError
    when no edition is in force.
    """
    with TemporaryDirectory(dir=workshop()) as folder:
        manifest, report = read_site(
            about(body), start, folder=folder, as_of=as_of, limits=limits, on_progress=on_progress
        )
        kept = kept_in(folder)
        return keep_audit(body, manifest, report, kept, is_elsewhere=is_elsewhere)


def workshop() -> Path:
    """Where crawls lie until they are kept; beside the database, so that there is room."""
    folder = Path(settings.VAR) / "crawls"
    folder.mkdir(exist_ok=True)
    return folder


def kept_in(folder: str) -> Store:
    """The bytes a crawl has kept in its folder."""
    return Store(f"{folder}/objects")


def about(body: Body) -> About:
    """What the registry knows of whose site it is."""
    former = tuple(Text(old.name) for old in body.names.all() if old.name != body.name)
    return About(code=body.code, kind=body.kind, names=Text(body.name), former_names=former)


def read_site(
    whose: About,
    start: str,
    *,
    folder: str,
    as_of: date,
    limits: Limits,
    on_progress: Watch | None = None,
) -> tuple[Manifest, Report]:
    """Crawl and judge in a process of its own; called again with the folder, it continues.

    Raises what `run_audit` raises.
    """
    edition_on(REGULATION, as_of)
    reading = live_reading(folder, REGULATION, as_of, whose)
    manifest = crawl(start, folder=folder, limits=limits, read=reading, on_progress=on_progress)
    return manifest, answered(report_of(result_of(folder)), manifest)


def with_drawn_pages(
    whose: About,
    manifest: Manifest,
    report: Report,
    *,
    folder: str,
    pages: int,
    alive: Callable[[], None],
) -> tuple[Manifest, Report]:
    """Draw so many pages in a browser, and judge once more with what it showed.

    `alive` is told every few seconds while pages are drawn, and may raise Unwanted. Whatever
    else goes wrong costs no audit: it stands as it was, and what only a browser shows nobody
    can tell.
    """
    if not pages:
        return manifest, report
    try:
        alive()
        browser = import_module("aiqyn.rendering")  # Playwright is read only when it is asked for
        drawn: Manifest = browser.render(
            folder,
            limits=manifest.limits,
            sampling=browser.Sampling(pages=pages, in_all=DRAWING_S),
            on_progress=lambda _: alive(),
        )
        alive()
        edition = edition_on(report.regulation, report.in_force)
        kept = f"{folder}/objects"
        return drawn, judge_again(drawn, kept, edition, as_of=report.as_of, about=whose)
    except Unwanted:
        raise
    except AiqynError as problem:
        logger.warning("no page was drawn: %s", problem)
    except Exception:
        logger.exception("no page was drawn")
    return manifest, report


def origin_of(*, is_elsewhere: bool) -> Snapshot.Origin:
    """As what the evidence of an audit is kept: of another address it is not for everybody."""
    return Snapshot.Origin.ELSEWHERE if is_elsewhere else Snapshot.Origin.CRAWL


@transaction.atomic
def keep_audit(
    body: Body, manifest: Manifest, report: Report, kept: Store, *, is_elsewhere: bool = False
) -> Audit:
    """Add what was seen and found as rows, all of it or nothing."""
    origin = origin_of(is_elsewhere=is_elsewhere)
    keep_crawl(manifest.evidence, kept, body, start=manifest.start, origin=origin)
    keep(
        to_lines(manifest),
        body=body,
        origin=origin,
        address=f"{manifest.start}#manifest",
        taken_at=manifest.finished_at,
        media_type="application/x-ndjson",
    )
    audit = Audit.objects.create(
        body=body,
        start=manifest.start,
        is_elsewhere=is_elsewhere,
        regulation=report.regulation,
        edition=report.in_force,
        as_of=report.as_of,
        started_at=manifest.started_at,
        finished_at=manifest.finished_at,
        pages=report.pages,
        documents=report.documents,
        was_cut=report.was_cut,
        manifest_sha256=report.manifest_sha256,
        library_version=aiqyn.__version__,
    )
    keep_findings(report.findings, body=body, audit=audit, found_on=report.as_of)
    record(
        SYSTEM,
        "site.audited",
        f"body:{body.code}",
        {"start": manifest.start, "as_of": report.as_of, "manifest": report.manifest_sha256},
    )
    return audit
