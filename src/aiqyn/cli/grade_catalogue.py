"""`aiqyn grade --catalogue`: every set of a catalogue, and all of them added up."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path

from msgspec import Struct
from rich.console import Console

from aiqyn.cli.audit_words import phrase
from aiqyn.errors import InputError
from aiqyn.fetch.limits import Limits
from aiqyn.grading.catalogue import CatalogueGrading, CatalogueReport, Plan, grade_catalogue
from aiqyn.grading.grade import REGULATION
from aiqyn.regulations import edition_on
from aiqyn.report.grade_catalogue import catalogue_csv, catalogue_json, catalogue_text

SHAPES = ("text", "json", "csv")


class Wanted(Struct, frozen=True, kw_only=True):
    """What is asked of one catalogue."""

    address: str
    folder: Path | None  # where the harvest is kept; None: nowhere after it
    as_of: date
    addresses: int  # of a set that are asked
    files: int  # of a set that are read
    limits: Limits


def graded_catalogue(wanted: Wanted, language: str) -> CatalogueReport:
    """Grade every set; over the same folder a grading that was stopped goes on."""
    plan = Plan(
        edition=edition_on(REGULATION, wanted.as_of),
        as_of=wanted.as_of,
        addresses=wanted.addresses,
        files=wanted.files,
    )
    kept = nullcontext(str(wanted.folder)) if wanted.folder else tempfile.TemporaryDirectory()
    with kept as folder, _counter(language) as watch:
        grading: CatalogueGrading = grade_catalogue(
            wanted.address, folder, plan=plan, limits=wanted.limits
        )
        for number, _ in enumerate(grading, 1):
            watch(number)
        return grading.report()


@contextmanager
def _counter(language: str) -> Iterator[Callable[[int], None]]:
    """Yield what is told how many sets are done; shown to people only."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    with console.status("…") as status:
        yield lambda done: status.update(phrase("sets_graded", language, gap=done))


def shaped_catalogue(report: CatalogueReport, address: str, shape: str, language: str) -> str:
    """Return the report in one of SHAPES."""
    if shape == "json":
        return catalogue_json(report)
    if shape == "csv":
        return catalogue_csv(report, language)
    return catalogue_text(report, address, language)


def need_shape(shape: str) -> None:
    """Raise InputError for a shape that no report of a catalogue has."""
    if shape not in SHAPES:
        raise InputError("--format", shape, f"of a catalogue there is {', '.join(SHAPES)}")
