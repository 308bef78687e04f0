"""What may be shown of a file while nobody has decided on the personal data found in it."""

from collections.abc import Collection
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


def named(hold: Hold, table: Table | None, names: Collection[str]) -> set[str]:
    """Columns where personal data were found, and those whose heading speaks of people."""
    found = {str(each.get("column", "")) for each in hold.found}
    if table:
        kinds = {str(each.get("kind", "")) for each in hold.found}
        troubles = (each for each in table.troubles if each.kind in kinds)
        found |= {spot.name for each in troubles for spot in each.spots}
    return {
        name
        for name in names
        if name in found or personal.hide(name) in found or any(says(name, at) for at in HEADINGS)
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


def figures(column: Figures, columns: Collection[str]) -> Figures:
    """What is said of a column without its values."""
    values = [column.least, column.greatest, *(value for value, _ in column.top)]
    if column.name not in columns and all(masked(value) == value for value in values):
        return column
    return msgspec.structs.replace(column, least="", greatest="", top=(), mean=None)
