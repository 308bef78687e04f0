"""python manage.py import_bodies [FILE]: all rows or none; every bad cell is named."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from aiqyn.registry.bodies import read_bodies
from aiqyn.registry.shipped import shipped_registry
from aiqyn_portal.bodies import actions, queries
from aiqyn_portal.trail.actions import SYSTEM


class Command(BaseCommand):
    help = "Import state bodies from a CSV file, or add the shipped ones that are missing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="default: the shipped registry")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path | None = options["file"]
        report = _from_file(path) if path else actions.import_shipped(SYSTEM, shipped_registry())
        if options["verbosity"]:
            self.stdout.write(
                f"{len(report.added)} added, {len(report.changed)} changed, "
                f"{report.unchanged} as they were"
            )


def _from_file(path: Path) -> actions.ImportReport:
    try:
        rows, problems = read_bodies(
            path, known=queries.parents_by_code(), today=timezone.localdate()
        )
    except OSError as problem:
        raise CommandError(f"{path}: {problem.strerror}") from problem
    problems = problems or queries.contradictions(rows)
    if problems:
        listed = "\n".join(f"{path}: {problem}" for problem in problems)
        raise CommandError(f"{listed}\nNothing was loaded.")
    return actions.import_rows(SYSTEM, rows, origin=f"file:{path.name}")
