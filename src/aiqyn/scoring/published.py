"""Published figures as findings, so that they enter the engine like any evidence."""

from collections.abc import Iterator
from pathlib import Path

from aiqyn.chain import Finding, Outcome, Place
from aiqyn.errors import InputError
from aiqyn.scoring.exact import plain
from aiqyn.scoring.methodology import Methodology
from aiqyn.scoring.tables import (
    FOLDER,
    RoundOfTable,
    Row,
    Table,
    description_of,
    read_table,
    table,
    table_names,
)
from aiqyn.scoring.tally import STATED


def open_table(name: str | Path) -> Table:
    """Read a table of ours by its name, or any file by its path.

    Raises InputError when the file cannot be used.
    """
    if str(name).removesuffix(".csv") in table_names():
        return table(str(name).removesuffix(".csv"))
    path = Path(name)
    return read_table(path, description_of(path))


def table_bytes(name: str) -> bytes:
    """Return a table of ours as it was read: what the findings' evidence digest names."""
    return (FOLDER / f"{name}.csv").read_bytes()


def findings_from_table(name: str | Path, method: Methodology) -> dict[str, list[Finding]]:
    """Return the stated figures of every body of a published table, by code of the body.

    An empty cell gives no finding. Raises InputError with line, column and value
    for a figure over the maximum of its criterion.
    """
    printed = open_table(name)
    columns = printed.description.round_of(method.id)
    if columns is None:
        raise InputError(printed.path, "", f"the table has no figures for {method.id}")
    return {row.body: list(_findings(row, printed, columns, method)) for row in printed.rows}


def _findings(
    row: Row, printed: Table, columns: RoundOfTable, method: Methodology
) -> Iterator[Finding]:
    for criterion in method.criteria:
        column = columns.criteria.get(criterion.code, "")
        if column not in row.numbers:
            continue
        value, maximum = row.numbers[column], criterion.maximum
        if maximum is not None and value > maximum:
            place = f"line {row.line}, column {column}"
            raise InputError(printed.path, place, f"{value} is over the maximum {plain(maximum)}")
        yield Finding(
            rule=STATED + criterion.code,
            outcome=Outcome.PASSED,
            value=value,
            evidence=printed.sha256,
            places=(Place(where=f"row {row.line}, column {column}", saw=row.texts[column]),),
        )
