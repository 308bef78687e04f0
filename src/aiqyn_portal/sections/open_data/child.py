"""`python -m …open_data.child`: read and grade one file in a process of its own.

A file that breaks a reader ends this process and nothing else. What is asked comes as JSON
on the standard input, what was found leaves as JSON on the standard output. No Django here.
"""

import resource
import sys
from datetime import date
from pathlib import Path

import msgspec

from aiqyn.chain import Noun
from aiqyn.datastore import column_names, largest_table, write_parquet
from aiqyn.grading import Grade, grade
from aiqyn.grading.grade import REGULATION
from aiqyn.regulations import edition_on
from aiqyn.subjects.datafile.model import DataFile, Trouble
from aiqyn.subjects.datafile.open import read
from aiqyn.subjects.personal import hide

MEMORY = 6 << 30  # bytes of address space; engines reserve far more than they use
PERSONAL = ("personal_", "small_group")  # beginnings of kinds that hold a publication
MOST_EXAMPLES = 5


class Asked(Noun, frozen=True, kw_only=True):
    """What to read and how to grade it."""

    path: str
    name: str
    licence: str = ""
    address: str = ""
    as_of: date
    parquet: str  # where the table is written


class Person(Noun, frozen=True, kw_only=True):
    """One kind of personal data in one column."""

    kind: str
    column: str
    count: int
    examples: tuple[str, ...] = ()  # masked


class Examined(Noun, frozen=True, kw_only=True):
    """What came of it."""

    grade: Grade
    rows: int = 0  # written as a table; 0: there is none
    columns: tuple[str, ...] = ()  # names in the table, each once
    personal: tuple[Person, ...] = ()


def examine(asked: Asked) -> Examined:
    """Read the file, grade it, write its table."""
    file = read(Path(asked.path), name=asked.name)
    graded = grade(
        file,
        licence=asked.licence,
        address=asked.address,
        edition=edition_on(REGULATION, asked.as_of),
        as_of=asked.as_of,
    )
    table = largest_table(file)
    rows = _written(asked, file)
    return Examined(
        grade=graded,
        rows=rows,
        columns=tuple(column_names(table)) if table and rows else (),
        personal=tuple(_personal(file)),
    )


def _written(asked: Asked, file: DataFile) -> int:
    """Rows of the table; a file too hard to write as one keeps its grade and has none."""
    try:
        return write_parquet(Path(asked.path), file, Path(asked.parquet))
    except Exception as problem:  # noqa: BLE001  # of the engine, for its memory or its SQL
        sys.stderr.write(f"no table: {type(problem).__name__}: {problem}\n")
        Path(asked.parquet).unlink(missing_ok=True)
        return 0


def _personal(file: DataFile) -> list[Person]:
    troubles = [*file.troubles, *(each for table in file.tables for each in table.troubles)]
    return [_person(each) for each in troubles if each.kind.startswith(PERSONAL)]


def _person(trouble: Trouble) -> Person:
    examples = dict.fromkeys(spot.saw for spot in trouble.spots if spot.saw)
    return Person(
        kind=trouble.kind,
        column=hide(next((spot.name for spot in trouble.spots if spot.name), "")),
        count=trouble.count,
        examples=tuple(examples)[:MOST_EXAMPLES],
    )


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    asked = msgspec.json.decode(sys.stdin.buffer.read(), type=Asked)
    sys.stdout.buffer.write(msgspec.json.encode(examine(asked)))


if __name__ == "__main__":
    main()
