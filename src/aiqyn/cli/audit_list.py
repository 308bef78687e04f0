"""Many sites, one after another: a folder for each, a table at the end."""

import csv
import io
from pathlib import Path

import click
from msgspec import Struct
from msgspec.structs import replace
from rich.console import Console
from rich.table import Table

from aiqyn.audit import Report
from aiqyn.chain import Outcome, Rating
from aiqyn.cli.audit_asked import Asked, about_of, address_of
from aiqyn.cli.audit_hold import Stopped, folder_of
from aiqyn.cli.audit_print import ENDINGS, Cost, account_of, deliver, tell_cost
from aiqyn.cli.audit_run import Judged, judge_live, named
from aiqyn.cli.audit_words import phrase, tell
from aiqyn.cli.delivering import write_whole
from aiqyn.cli.troubles import said
from aiqyn.errors import AiqynError, InputError
from aiqyn.fetch.scope import place_of
from aiqyn.registry.sheet import Complaints, Line, lines_of
from aiqyn.report.findings_text import MARKS
from aiqyn.report.words import word
from aiqyn.report.worth import number, points_of
from aiqyn.report.written import read_written

REPORT = "report.json"
_NO_NAME = str.maketrans(":/", "__")  # in the name of a folder
COUNTED = ("failed", "passed", "cannot_tell")


class Site(Struct, frozen=True):
    """One row of the list."""

    address: str
    body: str
    folder: str  # name, from the host and its part


class Row(Struct, frozen=True, kw_only=True):
    """How one site ended."""

    site: Site
    failed: int = 0
    passed: int = 0
    open: int = 0
    pages: int = 0
    score: str = ""
    problem: str = ""


def read_sites(path: Path) -> list[Site]:
    """Read the list; raises InputError that names every bad row, and then nothing is done."""
    complaints = Complaints()
    header = _header(path)
    columns = ("address", "body") if "body" in header else ("address",)
    lines = lines_of(path, columns, complaints)
    problems = [str(each) for each in complaints.found]
    sites: dict[str, Site] = {}
    for line in lines:
        try:
            site = _site(line)
            if site.folder in sites:
                raise InputError("address", site.address, "the site stands twice")
        except InputError as problem:
            problems.append(f"line {line.number}, column {problem}")
        else:
            sites[site.folder] = site
    if problems:
        raise InputError(path, "", "\n  ".join(["", *problems]).strip())
    return list(sites.values())


def _header(path: Path) -> str:
    try:
        return path.read_bytes().split(b"\n", 1)[0].decode("utf-8", "replace")
    except OSError as problem:
        raise InputError(path, "", problem.strerror or "cannot be read") from None


def _site(line: Line) -> Site:
    given = line.cells["address"]
    if not given:
        raise InputError("address", "", "is empty")
    try:
        address = address_of(given)
    except InputError:
        raise InputError("address", given, "not the address of a site (http or https)") from None
    body = line.cells.get("body", "")
    try:
        about_of(body)
    except InputError as problem:
        raise InputError("body", problem.place, problem.problem) from None
    return Site(address, body, place_of(address).translate(_NO_NAME))


def audit_list(asked: Asked) -> int:
    """Audit every site of the list; return the exit code.

    A site that does not answer is told in the table and does not stop the others.
    """
    if asked.sites is None or asked.out is None:
        raise InputError("--sites", "", "needs --out with a folder for the reports")
    sites, out = read_sites(asked.sites), asked.out
    if asked.since is not None:
        next(asked.since.iterdir(), None)  # says at once that it is no folder
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise InputError(out, "", problem.strerror or "cannot be made") from None
    rows = []
    for turn, site in enumerate(sites, 1):
        tell("sites_done", asked.language, number=turn, of=len(sites), address=site.address)
        try:
            rows.append(_one(site, asked, out / site.folder))
        except Stopped:
            raise Stopped(phrase("stopped_list", asked.language)) from None
    write_whole(out / "summary.csv", b"\xef\xbb\xbf" + _csv(rows, asked.language).encode())
    _show(rows, asked.language)
    if any(row.problem for row in rows):
        return 2
    return int(any(row.failed for row in rows))


def _one(site: Site, asked: Asked, folder: Path) -> Row:
    own = replace(asked, url=site.address, body=site.body, out=None, since=_since(asked, site))
    if asked.resume and (folder / REPORT).exists():
        tell("sites_kept", asked.language, address=site.address)
        kept = read_written(folder / REPORT)
        return _row(site, kept, kept.rating, asked.language)
    try:
        with folder_of(folder / "evidence", asked.language) as evidence:
            before = Cost.now(evidence)
            begun = replace(own, resume=False)
            judged = named(judge_live(begun, evidence), site.body)
            return _kept(site, begun, judged, folder, before)
    except AiqynError as problem:
        told = said(problem, asked.language)
        click.echo(f"aiqyn: {told}", err=True)
        return Row(site=site, problem=told)


def _kept(site: Site, asked: Asked, judged: Judged, folder: Path, before: Cost) -> Row:
    account = account_of(judged, asked)
    if asked.shape != "json":
        ending = ENDINGS.get(asked.shape, asked.shape)
        deliver(account, asked.shape, folder / f"report.{ending}")
    deliver(account, "json", folder / REPORT)  # last: it says that the site is done
    tell_cost(before, judged, asked.language)
    rating = account.worth.rating if account.worth else None
    return _row(site, account.report, rating, asked.language)


def _since(asked: Asked, site: Site) -> Path | None:
    """The earlier report of this site, in the folder of an earlier list."""
    if asked.since is None:
        return None
    path = asked.since / site.folder / REPORT
    return path if path.exists() else None


def _row(site: Site, report: Report, rating: Rating | None, language: str) -> Row:
    ended = [finding.outcome for finding in report.findings]
    points, full = points_of(rating) if rating else (None, None)
    return Row(
        site=site,
        failed=ended.count(Outcome.FAILED),
        passed=ended.count(Outcome.PASSED),
        open=ended.count(Outcome.CANNOT_TELL),
        pages=report.pages,
        score=f"{number(points, language)} / {number(full, language)}" if points and full else "",
    )


def _titles(language: str) -> list[str]:
    return [
        phrase("site_column", language),
        word("body", language),
        phrase("pages_column", language),
        *(word(group, language) for group in COUNTED),
        phrase("score_column", language),
        phrase("folder_column", language),
        phrase("problem_column", language),
    ]


def _cells(row: Row) -> list[str]:
    site = row.site
    counts = [str(each) for each in (row.pages, row.failed, row.passed, row.open)]
    if row.problem:
        counts = [""] * len(counts)
    return [site.address, site.body, *counts, row.score, site.folder, row.problem]


def _csv(rows: list[Row], language: str) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([_titles(language), *map(_cells, rows)])
    return out.getvalue()


def _show(rows: list[Row], language: str) -> None:
    """The table for people: what fits a terminal; the rest is in summary.csv."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(phrase("site_column", language), no_wrap=True, overflow="ellipsis")
    titles = [phrase("pages_column", language), *(MARKS[group] for group in COUNTED)]
    for title in (*titles, phrase("score_column", language)):
        table.add_column(title, justify="right", no_wrap=True)
    for row in rows:
        table.add_row(row.site.folder, *(cell or "–" for cell in _cells(row)[2:7]))
    legend = "   ".join(f"{MARKS[group]} {word(group, language)}" for group in COUNTED)
    console = Console(markup=False, highlight=False, emoji=False)
    console.print(table)
    console.print(legend)
