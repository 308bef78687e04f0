"""The example sites, served over loopback HTTP and audited like any other site."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from aiqyn.fetch.crawl import Limits
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evidence.models import Audit
from aiqyn_portal.sections.site_audit.actions import run_audit
from examples.serve import serve, settings_of

SITES = {"kz-example-good": "good", "kz-example-poor": "poor"}


def audit_examples(say: Callable[[str], object]) -> None:
    """Audit each example body's site, unless that was done before."""
    folder = Path(settings.ROOT) / "examples" / "sites"
    for code, name in SITES.items():
        body = Body.objects.get(code=code)
        if body.audits.exists():
            continue
        audit = _audit(body, folder / name)
        say(
            f"  audited the example site “{name}”: {audit.pages} pages, {audit.documents} documents"
        )


def _audit(body: Body, site: Path) -> Audit:
    columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn())
    with serve(site) as served, Progress(*columns, transient=True) as progress:
        task = progress.add_task(body.code, total=None)
        return run_audit(
            body,
            start=served.url,
            as_of=date.fromisoformat(settings_of(site).as_of),
            limits=Limits(per_host_per_second=0, allow_private=True),
            on_progress=lambda at: progress.update(
                task, completed=at.pages + at.documents, total=at.pages + at.documents + at.waiting
            ),
        )
