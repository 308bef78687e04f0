"""A small site to audit, and the pages about it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from aiqyn.chain import Count, Finding, Outcome, Place
from aiqyn.fetch.crawl import Limits
from aiqyn.fetch.manifest import Manifest, to_lines
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evidence.models import Audit
from aiqyn_portal.evidence.store import keep_findings, store
from examples.serve import serve

NO_BYTES = "0" * 64  # the digest of nothing that is kept
AS_OF = date(2025, 11, 20)
LIMITS = Limits(per_host_per_second=0, allow_private=True)
FIRST = """<!doctype html><html lang="kk"><head><title>Әкімдік</title></head><body>
<h1>Аудан әкімдігі</h1><img src="/a.png"><a href="/zhanalyq/">Жаңалықтар</a></body></html>"""
REPAIRED = FIRST.replace('<img src="/a.png">', '<img src="/a.png" alt="Әкімдік ғимараты">')
NEWS = """<!doctype html><html lang="kk"><head><title>Жаңалықтар</title></head><body>
<h1>Жаңалықтар</h1><a href="/">Басты бет</a></body></html>"""


@contextmanager
def served_site(folder: Path) -> Iterator[str]:
    """Serve two pages; the picture of the first has no text. Gives the address."""
    public = folder / "site" / "public"
    (public / "zhanalyq").mkdir(parents=True)
    write_first(folder, FIRST)
    (public / "zhanalyq" / "index.html").write_text(NEWS, "utf-8")
    settings = "as_of: 2025-11-20\norigin: https://audan.example\n"
    (folder / "site" / "serve.yaml").write_text(settings, "utf-8")
    with serve(folder / "site") as served:
        yield served.url


def write_first(folder: Path, html: str) -> None:
    """Change the first page of the served site."""
    (folder / "site" / "public" / "index.html").write_text(html, "utf-8")


def page(view: str, *args: Any, language: str = "kk", client: Client | None = None) -> Any:
    """Ask for a page."""
    with override(language):
        return (client or Client()).get(reverse(view, args=args))


def press(client: Client, view: str, *args: Any, **data: Any) -> Any:
    """Send a form, in English."""
    with override("en"):
        return client.post(reverse(view, args=args), data)


def nothing_read(start: str) -> str:
    """Keep the list of a crawl that has read nothing; its digest."""
    at = datetime(2025, 11, 20, 6, tzinfo=UTC)
    limits = Limits(per_host_per_second=0)
    led = Manifest(start=start, agent="aiqyn", started_at=at, finished_at=at, limits=limits)
    return store().put(to_lines(led))


def audited(
    body: Body,
    outcomes: Mapping[str, Outcome],
    *,
    as_of: date = AS_OF,
    start: str = "https://a.example/",
    **more: Any,
) -> Audit:
    """An audit on paper, with these outcomes by rule; nothing is crawled for it."""
    audit = Audit.objects.create(
        body=body,
        start=start,
        regulation="sites",
        edition="2025-03-31",
        as_of=as_of,
        started_at=f"{as_of}T06:00:00Z",
        pages=3,
        manifest_sha256=nothing_read(start),
        library_version="0",
        **{"finished_at": f"{as_of}T07:00:00Z"} | more,
    )
    found = [Finding(rule=rule, outcome=outcome) for rule, outcome in outcomes.items()]
    keep_findings(found, body=body, audit=audit, found_on=as_of)
    audit.refresh_from_db()
    return audit


def on_paper(body: Body, site: str = "https://a.example/") -> Audit:
    """As `audited`, of the served site as a crawl would find it: two pages, one picture."""
    outcomes = {
        "P001": Outcome.PASSED,
        "S001": Outcome.FAILED,
        "S005": Outcome.FAILED,
        "H001": Outcome.CANNOT_TELL,
    }
    audit = audited(body, outcomes, start=site)
    picture = Finding(
        rule="P004",
        outcome=Outcome.FAILED,
        evidence=NO_BYTES,
        places=(Place(where="img", saw="/a.png", address=site),),
        count=Count(good=1, of=2),
    )
    keep_findings([picture], body=body, audit=audit, found_on=audit.as_of)
    return audit
