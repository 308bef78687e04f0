"""`aiqyn audit`: crawl a site and judge it, or judge again what was kept."""

import math
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from aiqyn import audit
from aiqyn.chain import Outcome
from aiqyn.cli.speaking import language_of_terminal
from aiqyn.errors import InputError
from aiqyn.fetch import crawl as crawling
from aiqyn.fetch.store import Store
from aiqyn.report.findings import findings_csv, findings_json
from aiqyn.report.findings_html import findings_html
from aiqyn.report.findings_text import findings_text
from aiqyn.text import LANGUAGES

REGULATION = "sites"
_FOLDER = click.Path(file_okay=False, path_type=Path)


def _finite(_: click.Context, __: click.Parameter, value: float) -> float:
    if not math.isfinite(value):
        raise click.BadParameter(f"{value} is not a number of requests; 0 means no limit")
    return value


@click.command("audit")
@click.argument("url", required=False)
@click.option("--body", default="", metavar="CODE", help="Registry code of the state body.")
@click.option("--evidence", type=_FOLDER, help="Keep what was seen here; continues after a stop.")
@click.option("--from", "kept", type=_FOLDER, help="Judge what was kept there, without network.")
@click.option("--on", "as_of", metavar="YYYY-MM-DD", help="Judge as of this day; default: today.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "csv", "html"]),
    default="text",
    help="How to print.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")
@click.option(
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    default=language_of_terminal,
    help="Language of the texts; by default the terminal's.",
)
@click.option("--max-pages", type=click.IntRange(1), default=5000, show_default=True)
@click.option(
    "--rate",
    type=click.FloatRange(0),
    callback=_finite,
    default=2.0,
    show_default=True,
    help="Requests per second to one host; 0: no limit, for a server of your own.",
)
@click.option(
    "--external",
    type=click.IntRange(0),
    default=500,
    show_default=True,
    help="How many links to other sites to check.",
)
@click.option("--allow-private", is_flag=True, help="Also ask loopback and private addresses.")
@click.option("--contact", default="", help="Your e-mail or page, told to the server.")
def command(
    url: str | None,
    kept: Path | None,
    as_of: str | None,
    **options: Any,
) -> None:
    """Audit the official site at URL, or one kept with --evidence.

    Reads pages politely, holds them against the rules in force and prints what
    passed, what failed and where, and what a person has to look at.
    """
    if (url is None) == (kept is None):
        raise click.UsageError("Give the URL of a site, or --from with a folder of evidence.")
    day = _day(as_of)
    if kept is not None:
        report = _judge_kept(kept, day)
    else:
        report = _judge_live(_address(url or ""), day or _today(), options)
    report = msgspec.structs.replace(report, body=options["body"] or report.body)
    _deliver(report, options)
    sys.exit(int(any(finding.outcome is Outcome.FAILED for finding in report.findings)))


def _today() -> date:
    return datetime.now(UTC).date()


def _day(value: str | None) -> date | None:
    """Read --on. Raises InputError for what is no day, or a day still to come."""
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise InputError("--on", value, "not a day written as YYYY-MM-DD") from None
    if day > _today():
        raise InputError("--on", value, "this day is still to come")
    return day


def _address(url: str) -> str:
    """Accept "akimat.gov.kz" as people write it."""
    full = url if "://" in url else f"https://{url}"
    try:
        parts = urlsplit(full)
    except ValueError:
        raise InputError("URL", url, "not an address") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError("URL", url, "not the address of a site (http or https)")
    return full


def _judge_kept(folder: Path, day: date | None) -> audit.Report:
    """Without --on, judge as of the day the evidence was gathered."""
    manifest = crawling.load(str(folder))
    as_of = day or manifest.finished_at.date()
    edition = audit.edition_on(REGULATION, as_of)
    report = audit.audit_site(manifest, Store(f"{folder}/objects"), edition, as_of=as_of)
    return audit.answered(report, manifest)


def _judge_live(url: str, day: date, options: dict[str, Any]) -> audit.Report:
    limits = crawling.Limits(
        contact=options["contact"],
        max_pages=options["max_pages"],
        per_host_per_second=options["rate"],
        max_external_links=options["external"],
        allow_private=options["allow_private"],
    )
    audit.edition_on(REGULATION, day)  # says at once when no rules were in force
    with _folder(options["evidence"]) as folder, _progress_bar() as watch:
        reading = audit.live_reading(folder, REGULATION, day)
        manifest = crawling.crawl(
            url, folder=folder, limits=limits, read=reading, on_progress=watch
        )
        report = audit.report_of(crawling.result_of(folder))
    return audit.answered(report, manifest)


@contextmanager
def _folder(kept: Path | None) -> Iterator[str]:
    if kept is None:
        with TemporaryDirectory(prefix="aiqyn-") as folder:
            yield folder
        return
    try:
        kept.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise InputError(kept, "", problem.strerror or "cannot be made") from None
    yield str(kept)


@contextmanager
def _progress_bar() -> Iterator[Callable[[crawling.Progress], None]]:
    """Show how far we are, on standard error and only to people."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("…")

        def watch(seen: crawling.Progress) -> None:
            done = seen.pages + seen.documents + seen.links + seen.failures
            shown = seen.url[-60:]
            bar.update(task, description=shown, completed=done, total=done + seen.waiting)

        yield watch


def _is_read_by_people(out: Path | None) -> bool:
    return out is None and sys.stdout.isatty()


def _deliver(report: audit.Report, options: dict[str, Any]) -> None:
    shape, language, out = options["shape"], options["language"], options["out"]
    to_people = _is_read_by_people(out)
    width = Console().width if to_people else 100
    shapes: dict[str, Callable[[], str]] = {
        "text": lambda: findings_text(report, language, width=width, colour=to_people),
        "json": lambda: findings_json(report),
        "csv": lambda: findings_csv(report, language),
        "html": lambda: findings_html(report, language),
    }
    content = shapes[shape]()
    if out is None:
        click.echo(content, nl=False)
        return
    try:
        # Spreadsheets take a CSV without the mark for the system's old charset.
        out.write_text(content, encoding="utf-8-sig" if shape == "csv" else "utf-8")
    except OSError as problem:
        raise InputError(out, "", problem.strerror or "cannot be written") from None
