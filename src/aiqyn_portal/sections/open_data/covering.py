"""What may be shown of a file while nobody has decided on the personal data found in it."""

from collections.abc import Collection, Sequence
from typing import Any

import msgspec

from aiqyn.datastore import Page
from aiqyn.subjects import personal
from aiqyn.subjects.datafile.model import Column as Figures
from aiqyn.subjects.datafile.model import Table
from aiqyn.subjects.personal_columns import says
from aiqyn_portal.sections.open_data.models import File, Hold

MASK = "***"
HEADINGS = ("iin", "card", "name", "born")  # of personal.yaml: what stands below speaks of people


def stands(file: File) -> Hold | None:
    """The hold that keeps the file from readers; None where there is none, or it was lifted."""
    hold: Hold | None = getattr(file, "hold", None)
    return hold if hold and hold.keeps else None


def masked(value: Any) -> Any:
    """A value with every piece of personal data in it masked whole, sure or not."""
    if value is None:
        return None
    text = str(value)
    found = sorted(personal.find(text), key=lambda each: -each.begin)
    for each in found:
        text = text[: each.begin] + MASK + text[each.end :]
    return text if found else value


def _covered(value: Any) -> Any:
    """A value of a column that is covered whole; that it is empty may be seen."""
    return value if value is None or value == "" else MASK


def named(hold: Hold, table: Table | None, names: Sequence[str]) -> set[str]:
    """Columns, of these in their order, that are covered whole.

    Where personal data were found; where the heading speaks of people; and words that differ from
    row to row, for a name without a patronymic is known by nothing else.
    """
    found = {str(each.get("column", "")) for each in hold.found}
    numbers = _told(hold, table) | _differing(table) if table else set()
    return {
        name
        for number, name in enumerate(names, start=1)
        if number in numbers
        or name in found
        or personal.hide(name) in found
        or any(says(name, about) for about in HEADINGS)
    }


def _told(hold: Hold, table: Table) -> set[int]:
    kinds = {str(each.get("kind", "")) for each in hold.found}
    troubles = (each for each in table.troubles if each.kind in kinds)
    return {spot.column for each in troubles for spot in each.spots}


def _differing(table: Table) -> set[int]:
    """Columns of words most of which stand in one row alone."""
    return {
        each.number
        for each in table.columns
        if each.kind in ("text", "mixed") and (each.distinct or 0) * 2 > each.filled
    }


def rows(page: Page, columns: Collection[str]) -> Page:
    """The page of rows with `columns` covered whole, and any other where a cell of it is masked."""
    told = {
        number
        for row in page.rows
        for number, value in enumerate(row)
        if page.columns[number] in columns or masked(value) != value
    }
    shown = [
        tuple(_covered(value) if number in told else value for number, value in enumerate(row))
        for row in page.rows
    ]
    return msgspec.structs.replace(page, rows=shown)


def figures(column: Figures, *, is_whole: bool) -> Figures:
    """What is said of a column without its values, where it is covered or one of them is masked."""
    values = [column.least, column.greatest, *(value for value, _ in column.top)]
    if not is_whole and all(masked(value) == value for value in values):
        return column
    return msgspec.structs.replace(column, least="", greatest="", top=(), mean=None)
