"""`aiqyn check`: hold a published table against itself."""

import sys
from pathlib import Path

import click

from aiqyn.catalogue import read
from aiqyn.cli.audit_words import Spoken
from aiqyn.cli.speaking import Speech, spoken
from aiqyn.report.ratings import notes_csv, notes_text
from aiqyn.scoring.integrity import check_table
from aiqyn.scoring.methodology import methodology
from aiqyn.scoring.tables import Description


@click.command("check", cls=Spoken)
@click.argument("table", metavar="TABLE.csv")
@click.option("--methodology", "method_id", metavar="ID")
@click.option("--description", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@spoken
def command(table: str, method_id: str | None, description: Path | None, speech: Speech) -> None:
    """Find what does not follow in a published TABLE; the help is in main_words.yaml."""
    against = methodology(method_id) if method_id else None
    notes = check_table(table, read(description, Description) if description else against)
    speech.say(
        notes,
        text=lambda: notes_text(notes, speech.language),
        csv=lambda: notes_csv(notes, speech.language),
    )
    sys.exit(int(any(not note.holds for note in notes)))
