"""Auditing the site of a body and keeping what was seen and found."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import transaction

import aiqyn
from aiqyn.audit import Report, answered, edition_on, live_reading, report_of
from aiqyn.fetch.crawl import Limits, Manifest, Progress, crawl, result_of
from aiqyn.fetch.manifest import to_lines
from aiqyn.fetch.store import Store
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evidence.models import Audit, Snapshot
from aiqyn_portal.evidence.store import keep, keep_crawl, keep_findings
from aiqyn_portal.sections.site_audit.queries import REGULATION
from aiqyn_portal.trail.actions import SYSTEM, record


def run_audit(
    body: Body,
    *,
    start: str,
    as_of: date,
    limits: Limits,
    on_progress: Callable[[Progress], None] | None = None,
) -> Audit:
    """Crawl the site at `start`, hold it against the edition in force on `as_of`, keep it all.

    Raises FetchError when `start` is no address or no page could be read, CatalogueError
    when no edition is in force.
    """
    edition_on(REGULATION, as_of)
    with TemporaryDirectory(dir=_workshop()) as folder:
        reading = live_reading(folder, REGULATION, as_of)
        manifest = crawl(start, folder=folder, limits=limits, read=reading, on_progress=on_progress)
        report = answered(report_of(result_of(folder)), manifest)
        return _keep(body, manifest, report, Store(f"{folder}/objects"))


def _workshop() -> Path:
    """Where crawls lie until they are kept; beside the database, so that there is room."""
    folder = Path(settings.VAR) / "crawls"
    folder.mkdir(exist_ok=True)
    return folder


@transaction.atomic
def _keep(body: Body, manifest: Manifest, report: Report, kept: Store) -> Audit:
    keep_crawl(manifest.evidence, kept, body)
    keep(
        to_lines(manifest),
        body=body,
        origin=Snapshot.Origin.CRAWL,
        address=f"{manifest.start}#manifest",
        taken_at=manifest.finished_at,
        media_type="application/x-ndjson",
    )
    audit = Audit.objects.create(
        body=body,
        start=manifest.start,
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
