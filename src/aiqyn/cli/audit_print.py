"""A judged site in the asked shape: to the terminal, or to a file that is written whole or not."""

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
from msgspec import Struct
from rich.console import Console

from aiqyn.calendar.saying import SpokenDate
from aiqyn.cli.audit_asked import Asked, method_of
from aiqyn.cli.audit_run import Judged, earlier
from aiqyn.cli.audit_words import tell
from aiqyn.cli.delivering import BINARY, PLAIN_WIDTH, is_read_by_people, write_whole
from aiqyn.fetch.manifest import Manifest
from aiqyn.report.comparing import Changes, compare
from aiqyn.report.findings import findings_csv
from aiqyn.report.findings_html import findings_html
from aiqyn.report.findings_pdf import findings_pdf
from aiqyn.report.findings_text import findings_text
from aiqyn.report.findings_xlsx import findings_xlsx
from aiqyn.report.model import Account, edition_of
from aiqyn.report.words import figure
from aiqyn.report.worth import worth
from aiqyn.report.written import written_json

SHAPES = ("text", "json", "csv", "html", "xlsx", "pdf")
ENDINGS = {"text": "txt"}


class Cost(Struct):
    """What an audit takes, from its making on: seconds of CPU, of the clock, bytes kept."""

    cpu: float
    clock: float
    kept: int

    @classmethod
    def now(cls, folder: str) -> "Cost":
        usage = [resource.getrusage(r) for r in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        cpu = sum(each.ru_utime + each.ru_stime for each in usage)
        return cls(cpu, time.monotonic(), bytes_in(Path(folder)))


def bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def tell_cost(before: Cost, judged: Judged, language: str) -> None:
    """Say what 1,000 pages and documents of this audit cost."""
    after = Cost.now(judged.folder)
    report = judged.report
    thousands = max(1, report.pages + report.documents) / 1000
    tell(
        "cost",
        language,
        cpu=figure(f"{(after.cpu - before.cpu) / thousands:.1f}", language),
        kept=figure(f"{after.kept / thousands / 1e6:.1f}", language),
        pages=report.pages,
        documents=report.documents,
        seconds=f"{after.clock - before.clock:.0f}",
    )


def account_of(judged: Judged, asked: Asked) -> Account:
    """Everything the shapes show; compares with --since."""
    method = method_of(asked.methodology)
    return Account(
        report=judged.report,
        language=asked.language,
        worth=worth(judged.report, method) if method else None,
        changes=changes_of(judged, asked),
        taken=taken(judged.manifest, asked.language),
        pictures=judged.pictures,
    )


def changes_of(judged: Judged, asked: Asked) -> Changes | None:
    if asked.since is None:
        return None
    before = earlier(asked.since, edition_of(judged.report), asked.body)
    return compare(before, judged.report, judged.read)


def taken(manifest: Manifest, language: str) -> str:
    """When the evidence was gathered, as people write it."""
    begin, end = manifest.started_at, manifest.finished_at
    first, last = (f"{SpokenDate(each.date(), language)}, {each:%H:%M}" for each in (begin, end))
    if first == last:
        return f"{first} UTC"
    return f"{first} – {f'{end:%H:%M}' if begin.date() == end.date() else last} UTC"


def deliver(account: Account, shape: str, out: Path | None) -> None:
    """Print the report, or write it to `out`. Raises InputError when that cannot be."""
    content = shaped(account, shape, to_people=is_read_by_people(out))
    if out is not None:
        # Spreadsheets take a CSV without the mark for the system's old charset.
        mark = b"\xef\xbb\xbf" if shape == "csv" else b""
        write_whole(out, mark + content)
    elif shape in BINARY:
        sys.stdout.buffer.write(content)
    else:
        click.echo(content.decode(), nl=False)


def shaped(account: Account, shape: str, *, to_people: bool = False) -> bytes:
    """Return the report in one of SHAPES."""
    width = Console().width if to_people else PLAIN_WIDTH
    texts: dict[str, Callable[[], str]] = {
        "text": lambda: findings_text(account, width=width, colour=to_people),
        "json": lambda: written_json(account.report, account.worth, account.changes),
        "csv": lambda: findings_csv(account.report, account.language, account.worth),
        "html": lambda: findings_html(account),
    }
    if shape in texts:
        return texts[shape]().encode()
    return findings_pdf(account) if shape == "pdf" else findings_xlsx(account)
