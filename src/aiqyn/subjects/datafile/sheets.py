"""XLSX, XLSB and XLS: every sheet is a table, with row numbers as the spreadsheet shows them."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from aiqyn.subjects.datafile import ole, sheets_xml
from aiqyn.subjects.datafile.grid import Asking, Grid, Row, address, spotted
from aiqyn.subjects.datafile.model import DataFile, Spot, Trouble
from aiqyn.subjects.datafile.packed import DAMAGE, Bomb
from aiqyn.subjects.datafile.refusal import damaged, refused
from aiqyn.subjects.datafile.sheets_xml import Sheet
from aiqyn.subjects.datafile.tables import Tables
from aiqyn.subjects.datafile.xml_events import Refused

PANIC = "PanicException"  # how Rust's end of a thread arrives; the class cannot be imported


def read(path: Path, asking: Asking) -> DataFile:
    """Read every sheet that has cells, hidden ones too."""
    try:
        return _read(path, asking)
    except (Refused, Bomb, *DAMAGE) as problem:
        return damaged(asking, problem)
    except PasswordError:
        return refused(asking, "encrypted")
    except CalamineError as problem:
        if ole.is_container(path) and ole.is_cut(path):
            return refused(asking, "truncated")
        return refused(asking, "broken_format", str(problem))
    except BaseException as problem:
        if type(problem).__name__ != PANIC:
            raise
        return refused(asking, "broken_format", str(problem))


def _read(path: Path, asking: Asking) -> DataFile:
    if ole.is_container(path) and ("EncryptedPackage" in ole.streams(path) or ole.is_locked(path)):
        raise Refused("encrypted")
    if path.stat().st_size > asking.limits.bytes:
        raise Refused("too_large")
    told = {} if asking.format == "xls" else sheets_xml.look(path, asking)
    tables = Tables(asking)
    with CalamineWorkbook.from_path(path) as workbook:
        for grid in _grids(workbook, told, asking):
            tables.add(grid)
    return tables.file(asking.format)


def _grids(workbook: CalamineWorkbook, told: Mapping[str, Sheet], asking: Asking) -> Iterator[Grid]:
    for about in workbook.sheets_metadata:
        if about.typ is not SheetTypeEnum.WorkSheet:
            continue
        seen = told.get(about.name, Sheet())
        if seen.area > asking.limits.cells:
            wide = Trouble(kind="too_large", detail=f"{seen.rows} × {seen.columns}")
            yield Grid(name=about.name, troubles=(*seen.troubles, wide), was_cut=True)
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        if sheet.start is None:
            continue
        hidden = about.visible is not SheetVisibleEnum.Visible
        own = (Trouble(kind="hidden_sheet"),) if hidden else ()
        troubles = (*own, *seen.troubles, *_merged(sheet))
        yield Grid(name=about.name, rows=_rows(sheet), troubles=troubles)


def _rows(sheet: CalamineSheet) -> list[Row]:
    """Return the rows from the first of the sheet, each from its first column."""
    before: list[str] = [""] * (sheet.start or (0, 0))[1]
    return [before + row for row in sheet.iter_rows()]  # type: ignore[operator]


def _merged(sheet: CalamineSheet) -> tuple[Trouble, ...]:
    return spotted(
        "merged_cells",
        (
            Spot(row=top + 1, column=left + 1, saw=f"{address(top, left)}:{address(bottom, right)}")
            for (top, left), (bottom, right) in sorted(sheet.merged_cell_ranges or ())
        ),
    )
