"""`aiqyn grade --fix`: a clean table beside every file, and what was changed in it."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from aiqyn.cli.audit_words import tell
from aiqyn.cli.grade_files import Target
from aiqyn.errors import InputError
from aiqyn.subjects.datafile.kinds import kinds
from aiqyn.subjects.datafile.model import DataFile
from aiqyn.subjects.datafile.repair import Mended, Names, mend
from aiqyn.subjects.datafile.repair_list import OF_ROWS
from aiqyn.text import say

OURS = (".clean.csv", ".clean.parquet", ".changes.csv")  # what was written by an earlier --fix


def without_ours(targets: Iterable[Target]) -> list[Target]:
    """Return the targets that are not clean tables themselves.

    Raises InputError for an address: beside it nothing can be written.
    """
    kept = []
    for target in targets:
        if target.path is None:
            raise InputError("--fix", target.name, "only files on this computer can be mended")
        if not target.name.endswith(OURS):
            kept.append(target)
    return kept


def mend_all(files: Sequence[tuple[Path, DataFile]], form: str, language: str) -> None:
    """Mend every file, and say what was done to each of its tables.

    What grading told of a file comes with it: one that is no table, or was not read whole, is
    not opened again.
    """
    names = Names([path for path, _ in files])
    for path, file in files:
        is_mended = file.is_whole and any(table.rows for table in file.tables)
        done = mend(path, form=form, language=language, names=names) if is_mended else ()
        if not done:
            tell("fix_nothing" if file.is_whole else "fix_cut", language, file=path)
        for each in done:
            _say(each, language)


def _say(mended: Mended, language: str) -> None:
    changed = _counted(mended.counts, language)
    left = _counted({trouble.kind: trouble.count for trouble in mended.left}, language)
    tell("fix_done", language, file=mended.path, rows=mended.rows, list=mended.changes_path)
    for key, said in (("fix_changed", changed), ("fix_left", left)):
        if said:
            tell(key, language)
            click.echo(said, err=True)
        for kind in OF_ROWS if key == "fix_changed" else ():
            if kind in mended.counts:
                tell(f"fix_{kind}", language)


def _counted(counts: Mapping[str, int], language: str) -> str:
    """A line per kind of trouble, the most frequent first."""
    often = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return "\n".join(f"  {say(kinds()[kind].title, language)}: {count}" for kind, count in often)
