"""XML: the element that repeats is a record, what stands in it are its fields.

The beginning of the document tells which element that is; then all of it is read once.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path as File
from typing import Any

from msgspec.structs import replace

from aiqyn.subjects.datafile.grid import Asking, Grid
from aiqyn.subjects.datafile.limits import Limits
from aiqyn.subjects.datafile.model import DataFile, Trouble
from aiqyn.subjects.datafile.records import Record, of_records
from aiqyn.subjects.datafile.refusal import refused
from aiqyn.subjects.datafile.sheets_2003 import NAMESPACE, Book
from aiqyn.subjects.datafile.tables import Tables
from aiqyn.subjects.datafile.xml_events import Events, Refused, local, parse

PIECE = 1 << 18  # bytes
HEAD = 4_000  # bytes among which a root element stands
LOOKED_AT = 40 * PIECE  # bytes in which the record is looked for
SOME = 0.1  # of the most frequent element's count: an outer element with as many is the record
LONGEST = 100_000  # characters of one field

Path = tuple[str, ...]


def read(path: File, asking: Asking) -> DataFile:
    """Return the records as a table."""
    size = path.stat().st_size
    if size > asking.limits.parsed:
        return refused(asking, "too_large", str(size))
    if NAMESPACE in next(pieces(path))[:HEAD]:
        return _book(path, asking)
    shape = _Shape(asking.limits)
    records = _Records(asking.limits)
    troubles: list[Trouble] = []
    with suppress(Refused):  # it is told when all is read; a beginning has no end
        parse(islice(pieces(path), LOOKED_AT // PIECE), shape)
    records.record = shape.record()
    try:
        parse(pieces(path), records)
    except Refused as problem:
        troubles.append(Trouble(kind=problem.kind, detail=problem.detail))
    return _file(records, troubles, asking)


def _book(path: File, asking: Asking) -> DataFile:
    """Read sheets written as XML."""
    book = Book(asking.limits)
    troubles = []
    try:
        parse(pieces(path), book)
    except Refused as problem:
        troubles.append(Trouble(kind=problem.kind, detail=problem.detail))
    tables = Tables(asking)
    for grid in book.grids():
        tables.add(grid)
    return replace(tables.file("xml", *troubles), encoding=book.encoding)


def _file(records: "_Records", troubles: list[Trouble], asking: Asking) -> DataFile:
    tables = Tables(asking)
    if records.found:
        name = records.record[-1] if records.record else ""
        grid = of_records(records.found, asking.limits)
        tables.add(
            Grid(
                name=name,
                rows=grid.rows,
                header=grid.header,
                is_typed=False,
                troubles=grid.troubles,
                was_cut=records.was_cut,
            )
        )
    elif not troubles:
        troubles.append(Trouble(kind="no_records"))
    troubles += encoded(records) if records.found else ()
    if records.was_cut:
        troubles.append(Trouble(kind="too_large", detail=str(len(records.found))))
    found = tables.file(asking.format, *troubles)
    return replace(found, encoding=records.encoding)


def encoded(events: Events) -> Iterator[Trouble]:
    """Tell an encoding other than UTF-8."""
    if events.encoding != "utf-8":
        yield Trouble(kind="not_utf8", detail=events.encoding)


def pieces(path: File) -> Iterator[bytes]:
    """Yield the bytes of a file a piece at a time."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


class _Shape(Events):
    """Counts elements by their path, and those that hold something besides text."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.path: list[str] = []
        self.counts: Counter[Path] = Counter()
        self.holding: Counter[Path] = Counter()
        self.holds: list[bool] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.holds:
            self.holds[-1] = True
        self.path.append(local(name))
        self.holds.append(bool(attributes))

    def end(self, name: str) -> None:
        path = tuple(self.path)
        self.counts[path] += 1
        self.holding[path] += self.holds.pop()
        self.path.pop()

    def record(self) -> Path:
        """Return the path of the element that is a record, () when nothing repeats."""
        often = {
            path: count
            for path, count in self.counts.items()
            if len(path) > 1 and count > 1 and self.holding[path] * 2 > count
        }
        if not often:
            return self._only()
        enough = max(often.values()) * SOME
        outer = [path for path, count in often.items() if count >= enough]
        return min(outer, key=lambda path: (len(path), -often[path]))

    def _only(self) -> Path:
        """Return the innermost element that holds others: one record is a table too."""
        single = [path for path in self.counts if len(path) > 1 and self.holding[path]]
        return max(single, key=len, default=())


class _Records(Events):
    """Collects records, fields by their path inside the record."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.record: Path = ()
        self.found: list[Record] = []
        self.was_cut = False
        self._path: list[str] = []
        self._fields: Record | None = None
        self._texts: list[list[str]] = []
        self._left = limits.cells

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(local(name))
        self._texts.append([])
        if self._fields is None and tuple(self._path) == self.record:
            self._fields = {}
        if self._fields is not None:
            before = ".".join(self._path[len(self.record) :])
            for key, value in attributes.items():
                _put(self._fields, ".".join(filter(None, (before, local(key)))), value)

    def text(self, text: str) -> None:
        if self._fields is not None:
            self._texts[-1].append(text)

    def end(self, name: str) -> None:
        said = _said("".join(self._texts.pop()))
        if self._fields is not None:
            field = ".".join(self._path[len(self.record) :])
            if said or (field and field not in self._fields and not self._has_inner(field)):
                _put(self._fields, field or self._path[-1], said)
            if not field:
                self._keep()
        self._path.pop()

    def _has_inner(self, field: str) -> bool:
        return any(key.startswith(f"{field}.") for key in self._fields or ())

    def _keep(self) -> None:
        fields, self._fields = self._fields or {}, None
        self._left -= len(fields)
        if len(self.found) >= self.limits.rows or self._left < 0:
            self.was_cut = True
            return
        self.found.append(fields)


def _said(text: str) -> str:
    """Return what an element says; spaces around it are its own unless lines end there."""
    bare = text.strip()
    return (bare if "\n" in text or not bare else text)[:LONGEST]


def _put(fields: dict[str, Any], name: str, value: str) -> None:
    """Set a field; one that is said again is added to what it said."""
    before = fields.get(name)
    fields[name] = f"{before}; {value}" if before else value
