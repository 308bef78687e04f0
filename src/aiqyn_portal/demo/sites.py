"""The example sites, served over loopback HTTP and audited like any other site."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from aiqyn.fetch.crawl import Limits
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.demo.earlier import EARLIER, as_it_was
from aiqyn_portal.evidence.models import Audit
from aiqyn_portal.sections.site_audit.actions import run_audit
from examples.serve import Served, serve

SITES = {"kz-example-good": "good", "kz-example-poor": "poor"}


def folder_of(name: str) -> Path:
    """Where the files of an example site lie."""
    return Path(settings.ROOT) / "examples" / "sites" / name


@contextmanager
def served(name: str, folder: Path | None = None) -> Iterator[Served]:
    """Serve an example site, at the port it had before: two audits then speak of one site."""
    folder = folder or folder_of(name)
    kept = Path(settings.VAR) / "example-sites.json"
    ports: dict[str, int] = json.loads(kept.read_text()) if kept.exists() else {}
    try:
        site = serve(folder, ports.get(name, 0))
        found = site.__enter__()
    except OSError:  # somebody else has the port now
        site = serve(folder)
        found = site.__enter__()
    try:
        kept.write_text(json.dumps(ports | {name: int(found.url.rstrip("/").rpartition(":")[2])}))
        yield found
    finally:
        site.__exit__(None, None, None)


def audit_examples(say: Callable[[str], object]) -> None:
    """Audit each example body's site as it was and as it is, unless that was done before."""
    for code, name in SITES.items():
        body = Body.objects.get(code=code)
        if body.audits.exists():
            continue
        states = EARLIER.get(name, ())
        for state in states:
            with TemporaryDirectory() as folder:
                before = as_it_was(folder_of(name), Path(folder) / name, state)
                _audit(body, name, before)
        audit = _audit(body, name, folder_of(name))
        more = f", and {len(states)} earlier states of it" if states else ""
        say(
            f"  audited the example site “{name}”: {audit.pages} pages, "
            f"{audit.documents} documents{more}"
        )


def _audit(body: Body, name: str, folder: Path) -> Audit:
    columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn())
    with served(name, folder) as site, Progress(*columns, transient=True) as progress:
        task = progress.add_task(body.code, total=None)
        return run_audit(
            body,
            start=site.url,
            as_of=date.fromisoformat(site.settings.as_of),
            limits=Limits(per_host_per_second=0, allow_private=True, max_external_links=0),
            on_progress=lambda at: progress.update(
                task, completed=at.pages + at.documents, total=at.pages + at.documents + at.waiting
            ),
        )
