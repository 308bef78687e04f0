"""`aiqyn grade`: what is wrong in files of open data, where, and how many stars they have."""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from msgspec import Struct
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from aiqyn.cli.audit_asked import day_of, today
from aiqyn.cli.audit_words import Spoken, language_option, phrase, tell
from aiqyn.cli.delivering import PLAIN_WIDTH, check_target, is_read_by_people, write_whole
from aiqyn.cli.grade_files import Target, Terms, graded, targets
from aiqyn.cli.troubles import said
from aiqyn.fetch.limits import Limits
from aiqyn.grading import Grade
from aiqyn.grading.grade import MOST_PLACES
from aiqyn.report.grade_html import grades_html
from aiqyn.report.grade_model import Told
from aiqyn.report.grade_text import grades_text, stars_text
from aiqyn.report.grade_written import Refused, grades_csv, grades_json, schema
from aiqyn.subjects.datafile.model import MOST_SPOTS

SHAPES = ("text", "json", "csv", "html")
CLEAN = ("csv", "parquet")  # what --fix writes
LONGEST = 50  # letters of a name beside the bar
EVERY = 100 * MOST_SPOTS  # more places than any file has kept


class Asked(Struct, frozen=True, kw_only=True):
    """The options, as they were given."""

    targets: tuple[str, ...]
    catalogue: str
    evidence: Path | None
    addresses: int
    files: int
    licence: str
    address: str
    stars: bool
    fix: str | None
    all_places: bool
    as_of: str | None
    shape: str
    out: Path | None
    language: str
    jobs: int
    allow_private: bool
    contact: str

    @property
    def day(self) -> date:
        return day_of(self.as_of) or today()

    @property
    def limits(self) -> Limits:
        return Limits(contact=self.contact, allow_private=self.allow_private)

    def terms(self, folder: Path) -> Terms:
        return Terms(
            licence=self.licence,
            as_of=self.day,
            most_places=EVERY if self.all_places else MOST_PLACES,
            limits=self.limits,
            folder=folder,
        )


def _schema(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        click.echo(schema(), nl=False)
        ctx.exit()


@click.command("grade", cls=Spoken)
@click.argument("targets", nargs=-1)
@click.option("--catalogue", default="", metavar="URL")
@click.option("--evidence", type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER")
@click.option("--addresses", type=click.IntRange(0), default=0, show_default=True)
@click.option("--files", type=click.IntRange(0), default=0, show_default=True)
@click.option("--licence", default="", metavar="LICENCE")
@click.option("--address", default="", metavar="URL")
@click.option("--stars", is_flag=True)
@click.option("--all-places", is_flag=True)
@click.option("--fix", type=click.Choice(CLEAN), is_flag=False, flag_value=CLEAN[0])
@click.option("--on", "as_of", metavar="YYYY-MM-DD")
@click.option("--format", "shape", type=click.Choice(SHAPES), default="text")
@click.option("--out", type=click.Path(path_type=Path), metavar="PATH")
@click.option("--schema", is_flag=True, is_eager=True, expose_value=False, callback=_schema)
@language_option()
@click.option("--jobs", type=click.IntRange(1, 64), default=2, show_default=True)
@click.option("--allow-private", is_flag=True)
@click.option("--contact", default="")
def command(**options: Any) -> None:
    """Grade files of open data; the help is in grade_words.yaml."""
    asked = Asked(**options)
    if bool(asked.targets) == bool(asked.catalogue):
        raise click.UsageError("Give files, folders or addresses, or else --catalogue.")
    check_target(asked.shape, asked.out)
    sys.exit(_catalogue(asked) if asked.catalogue else _files(asked))


def _catalogue(asked: Asked) -> int:
    # Loaded when asked for: a harvest and a repair need much that a grade does not.
    catalogue = import_module("aiqyn.cli.grade_catalogue")
    catalogue.need_shape(asked.shape)
    wanted = catalogue.Wanted(
        address=asked.catalogue,
        folder=asked.evidence,
        as_of=asked.day,
        addresses=asked.addresses,
        files=asked.files,
        limits=asked.limits,
    )
    report = catalogue.graded_catalogue(wanted, asked.language)
    said = catalogue.shaped_catalogue(report, asked.catalogue, asked.shape, asked.language)
    _deliver(said, asked)
    return int(bool(report.worst()))


def _files(asked: Asked) -> int:
    """Grade files; return the exit code."""
    meant = targets(asked.targets, asked.address)
    fix = import_module("aiqyn.cli.grade_fix") if asked.fix else None
    meant = fix.without_ours(meant) if fix else meant
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        grades, refused = _judged(meant, asked, Path(folder))
    _deliver(_shaped(grades, refused, asked), asked)
    for each in refused:
        click.echo(f"aiqyn: {said(each.problem, asked.language)}", err=True)
    if fix:
        unread = {each.name for each in refused}
        paths = [each.path for each in meant if each.name not in unread]
        files = zip(paths, (grade.file for grade in grades), strict=True)
        fix.mend_all(list(files), asked.fix, asked.language)
    bad = [grade for grade in grades if not grade.is_good]
    if len(meant) > 1:
        seconds = f"{time.monotonic() - started:.1f}"
        told = {"count": len(grades), "failed": len(bad), "refused": len(refused)}
        tell("grade_done", asked.language, seconds=seconds, **told)
    return 2 if refused else int(bool(bad))


def _judged(
    meant: Sequence[Target], asked: Asked, folder: Path
) -> tuple[list[Grade], list[Refused]]:
    grades: list[Grade] = []
    refused: list[Refused] = []
    answers = graded(meant, asked.terms(folder), asked.jobs)
    with _progress(asked.language, len(meant)) as watch:
        for target, each in zip(meant, answers, strict=True):
            watch(target.name)
            if isinstance(each, Refused):
                refused.append(each)
            else:
                grades.append(each)
    return grades, refused


@contextmanager
def _progress(language: str, count: int) -> Iterator[Callable[[str], None]]:
    """Yield what is told of every file that is done; shown to people only."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(phrase("grading", language), total=count)
        yield lambda name: bar.update(task, advance=1, description=name[-LONGEST:])


def _deliver(content: str, asked: Asked) -> None:
    if asked.out is None:
        click.echo(content, nl=False)
        return
    # Spreadsheets take a CSV without the mark for the system's old charset.
    mark = b"\xef\xbb\xbf" if asked.shape == "csv" else b""
    write_whole(asked.out, mark + content.encode())


def _shaped(grades: list[Grade], refused: list[Refused], asked: Asked) -> str:
    told = [Told(grade=grade, language=asked.language) for grade in grades]
    if asked.shape == "json":
        return grades_json(grades, refused)
    if asked.shape == "csv":
        return grades_csv(told, asked.language)
    if asked.shape == "html":
        return grades_html(told, refused, asked.language)
    to_people = is_read_by_people(asked.out)
    width = Console().width if to_people else PLAIN_WIDTH
    if asked.stars:
        return stars_text(told, width=width, colour=to_people)
    return grades_text(told, width=width, colour=to_people, all_places=asked.all_places)
