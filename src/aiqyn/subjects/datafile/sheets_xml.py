"""What the parts of an XLSX say that its values do not: extent, errors, formulas, what is hidden.

Parts are looked through with patterns, not parsed: this is a guard before the real reader,
which would reserve memory for every cell between the first and the last.
"""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

from msgspec import Struct

from aiqyn.subjects.datafile.grid import Asking, spotted
from aiqyn.subjects.datafile.model import Spot, Trouble
from aiqyn.subjects.datafile.packed import is_encrypted
from aiqyn.subjects.datafile.xml_events import Events, Refused, local, parse

_MEDIA = ("xl/media/", "xl/embeddings/", "docProps/thumbnail")
# Attributes are looked for within bounds, so that no sheet makes these patterns slow.
_CELL = re.compile(rb'<(?:\w+:)?c (?:[^<>]{0,300}? )?r="([A-Z]{1,3})(\d{1,7})"[^<>]{0,300}(?<!/)>')
_LETTERS = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})')
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[ >]")
_ROW = re.compile(rb'<(?:\w+:)?row (?:[^<>]{0,300}? )?r="(\d{1,7})"')
_ANY_ROW = re.compile(rb"<(?:\w+:)?row[ />]")
_HIDDEN_ROW = re.compile(
    rb'<(?:\w+:)?row (?=[^<>]{0,300}? ?hidden="(?:1|true)")(?:[^<>]{0,300}? )?r="(\d{1,7})"'
)
_HIDDEN_COLUMN = re.compile(
    rb'<(?:\w+:)?col (?=[^<>]{0,300}hidden="(?:1|true)")(?=[^<>]{0,300}min="(\d{1,5})")'
    rb'[^<>]{0,300}max="(\d{1,5})"'
)
_ERROR = re.compile(
    rb'<(?:\w+:)?c (?=[^<>]{0,300}t="e")(?:[^<>]{0,300}? )?r="([A-Z]{1,3})(\d{1,7})"[^<>]{0,300}>'
    rb"(?:<(?:\w+:)?f[^<>]{0,300}>(?:[^<]{0,9000}</(?:\w+:)?f>)?)?<(?:\w+:)?v>([^<]{1,40})"
)
_UNCALCULATED = re.compile(
    rb'<(?:\w+:)?c (?:[^<>]{0,300}? )?r="([A-Z]{1,3})(\d{1,7})"[^<>]{0,300}>'
    rb"<(?:\w+:)?f(?:/| [^<>]{0,300}/)?>"
    rb"([^<]{0,9000})(?:</(?:\w+:)?f>)?(?:<(?:\w+:)?v ?/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_DOCTYPE = b"<!DOCTYPE"


class Sheet(Struct, frozen=True):
    """One sheet as its part says."""

    rows: int = 0  # number of the last one with a cell
    columns: int = 0
    troubles: tuple[Trouble, ...] = ()

    @property
    def area(self) -> int:
        """Cells a reader reserves memory for."""
        return self.rows * self.columns


def look(path: Path, asking: Asking) -> dict[str, Sheet]:
    """Return what is to know of each sheet, by name.

    Every part is unpacked once under the budget, so that the real reader meets no bomb.
    Raises Bomb, Refused, or one of `packed.DAMAGE`.
    """
    sheets: dict[str, Sheet] = {}
    with ZipFile(path) as package:
        infos = {each.filename: each for each in package.infolist()}
        if any(map(is_encrypted, infos.values())):
            raise Refused("encrypted")
        names = _names(package, asking)
        for part, info in infos.items():
            if info.is_dir() or part.startswith(_MEDIA):
                continue
            content = asking.budget.member(package, info)
            if _DOCTYPE in content[:4_000]:
                raise Refused("entities", part)
            if part in names:
                sheets[names[part]] = _seen(content, asking.limits.cells)
    return sheets


def _names(package: ZipFile, asking: Asking) -> dict[str, str]:
    """Return part → name of the sheet."""
    if "xl/workbook.bin" in package.namelist():
        return {}
    if "xl/workbook.xml" not in package.namelist():
        raise Refused("broken_format", "xl/workbook.xml is missing")
    told = _Told(asking.limits)
    for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        if part in package.namelist():
            parse([asking.budget.member(package, package.getinfo(part))], told)
    return {told.targets[key]: name for name, key in told.sheets if key in told.targets}


class _Told(Events):
    """Names of sheets, and the parts they stand in."""

    def __init__(self, limits: object) -> None:
        super().__init__(limits)  # type: ignore[arg-type]
        self.sheets: list[tuple[str, str]] = []
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag == "sheet":
            key = next((v for k, v in attributes.items() if local(k) == "id"), "")
            self.sheets.append((attributes.get("name", ""), key))
        elif tag == "Relationship":
            target = attributes.get("Target", "")
            path = PurePosixPath("/xl") / target
            self.targets[attributes.get("Id", "")] = str(path).lstrip("/")


def _seen(content: bytes, most: int) -> Sheet:
    """Return what one sheet's part says; cells without a value count only where it matters."""
    last = max((int(number) for number in _ROW.findall(content)), default=0)
    rows = max(last, len(_ANY_ROW.findall(content)))
    letters = set(_LETTERS.findall(content))
    if not letters or rows * max(map(column_of, letters)) > most:
        letters = {found[1] for found in _CELL.finditer(content)}
    nameless = len(_ANY_CELL.findall(content)) if b'r="' not in content else 0
    widest = max(map(column_of, letters), default=0)
    return Sheet(
        rows=rows,
        columns=max(widest, min(nameless, 16_384)),
        troubles=tuple(_troubles(content)),
    )


def _troubles(content: bytes) -> Iterator[Trouble]:
    if b't="e"' in content:
        yield from spotted("formula_error", (_spot(found) for found in _ERROR.finditer(content)))
    if b"<f" in content or b":f" in content:
        found = (_spot(found) for found in _UNCALCULATED.finditer(content))
        yield from spotted("formula_without_value", found)
    if b'hidden="' in content:
        yield from spotted("hidden_cells", _hidden(content))


def _hidden(content: bytes) -> Iterator[Spot]:
    for row in _HIDDEN_ROW.finditer(content):
        yield Spot(row=int(row[1]))
    for columns in _HIDDEN_COLUMN.finditer(content):
        first, last = int(columns[1]), min(int(columns[2]), 16_384)
        yield from (Spot(column=column) for column in range(first, last + 1))


def _spot(found: re.Match[bytes]) -> Spot:
    saw = found[3].decode("utf-8", "replace")[:80]
    return Spot(row=int(found[2]), column=column_of(found[1]), saw=saw)


def column_of(letters: bytes) -> int:
    """Return 28 for "AB"."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
