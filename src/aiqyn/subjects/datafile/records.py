"""Records of JSON as tables: every list of objects in a document, however it is wrapped."""

import json
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from aiqyn.subjects.datafile.grid import Cell, Grid, Row, spotted
from aiqyn.subjects.datafile.limits import Limits
from aiqyn.subjects.datafile.model import Spot, Trouble

SAFE = 2**53  # whole numbers beyond lose digits in JavaScript and in spreadsheets
LEVELS = 3  # objects inside an object that become columns of their own: "address.city"
LONGEST = 2_000  # characters of a nested value kept in a cell
SEARCHED = 10_000  # values among which lists of records are looked for

Record = dict[str, Any]


def grids_in(value: Any, limits: Limits) -> Iterator[Grid]:
    """Yield every table in a JSON document, named by the path to it; the outermost first."""
    found = False
    waiting = deque([("", value)])
    looked_at = 0
    while waiting and looked_at < SEARCHED:
        looked_at += 1
        path, each = waiting.popleft()
        grid = _table_of(each, path, limits)
        if grid:
            found = True
            yield grid
        elif isinstance(each, dict):
            waiting.extend((f"{path}.{key}" if path else key, sub) for key, sub in each.items())
    if not found and isinstance(value, dict) and value:
        yield of_records([value], limits)


def _table_of(value: Any, path: str, limits: Limits) -> Grid | None:
    if isinstance(value, list) and value:
        if all(isinstance(each, dict) for each in value):
            return of_records(value, limits, path)
        if all(isinstance(each, list) for each in value):
            return Grid(name=path, rows=[_cells(row) for row in value])
        if not path:
            return Grid(rows=[[_cell(each)] for each in value], header=("value",))
    if isinstance(value, dict) and value:
        return _of_columns(value, path) or _of_keys(value, path, limits)
    return None


def _of_columns(value: Record, path: str) -> Grid | None:
    """Return a table written column by column, or as names beside rows."""
    names, rows = value.get("columns"), value.get("data")
    if isinstance(names, list) and isinstance(rows, list) and rows and all(map(_is_list, rows)):
        return Grid(name=path, rows=[_cells(row) for row in rows], header=tuple(map(str, names)))
    if _is_indexed(value):  # as pandas writes them: {"name": {"0": …, "1": …}, …}
        value = {name: list(cells.values()) for name, cells in value.items()}
    lengths = {len(each) if _is_row(each) else -1 for each in value.values()}
    if len(value) < 2 or len(lengths) > 1 or lengths & {-1, 0, 1}:
        return None
    rows = [list(map(_cell, row)) for row in zip(*value.values(), strict=True)]
    return Grid(name=path, rows=rows, header=tuple(value))


def _is_indexed(value: Record) -> bool:
    """Whether every value is an object of plain values under the numbers of rows, from 0."""
    first = next(iter(value.values()))
    if not isinstance(first, dict) or list(first) != [str(at) for at in range(len(first))]:
        return False
    return all(isinstance(each, dict) and each.keys() == first.keys() for each in value.values())


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _is_row(value: Any) -> bool:
    """Whether a value is a list of plain values."""
    return isinstance(value, list) and not any(isinstance(each, dict | list) for each in value)


def _of_keys(value: Record, path: str, limits: Limits) -> Grid | None:
    """Return a table of objects kept under their keys: {"710000000": {…}, "750000000": {…}}."""
    inner = list(value.values())
    if len(inner) < 3 or not all(isinstance(each, dict) and each for each in inner):
        return None
    shapes = Counter(frozenset(each) for each in inner)
    if shapes.most_common(1)[0][1] * 2 <= len(inner):
        return None
    return of_records([{"key": key, **each} for key, each in value.items()], limits, path)


def of_records(records: Sequence[Record], limits: Limits, name: str = "") -> Grid:
    """Return a table of objects; row n is record n."""
    if all(isinstance(each.get("_source"), dict) for each in records):
        records = [each["_source"] for each in records]  # an answer of Elasticsearch
    nested: Counter[str] = Counter()
    if any(isinstance(each, dict | list) for record in records for each in record.values()):
        records = [_flat(record, nested) for record in records]
    names = _names(records, limits)
    most = max(limits.cells // max(len(names), 1), 1)
    was_cut = len(records) > most
    told = f"{len(records)} × {len(names)}"
    cut = (Trouble(kind="too_large", detail=told),) if was_cut else ()
    records = records[:most]
    troubles = (*cut, *_nested(nested), *_gaps(records, names), *_large(records, names))
    rows: list[Row] = [[_cell(record.get(key)) for key in names] for record in records]
    return Grid(name=name, rows=rows, header=names, troubles=troubles, was_cut=was_cut)


def _names(records: Sequence[Record], limits: Limits) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for record in records:
        names.update(dict.fromkeys(record))
        if len(names) > limits.columns:
            break
    return tuple(names)[: limits.columns]


def _flat(record: Record, nested: Counter[str], prefix: str = "", level: int = 1) -> Record:
    """Return the record with objects inside it as columns, and lists as one text."""
    flat: Record = {}
    for key, value in record.items():
        name = prefix + key
        if isinstance(value, dict) and value and level < LEVELS:
            flat.update(_flat(value, nested, f"{name}.", level + 1))
        elif _is_row(value):
            flat[name] = "; ".join(str(_cell(each)) for each in value)[:LONGEST]
        elif isinstance(value, dict | list):
            nested[name] += 1
            flat[name] = _cell(value)
        else:
            flat[name] = value
    return flat


def _cells(row: list[Any]) -> Row:
    return [_cell(each) for each in row]


def _cell(value: Any) -> Cell:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)[:LONGEST]
    return value  # type: ignore[no-any-return]


def _nested(nested: Counter[str]) -> tuple[Trouble, ...]:
    told = spotted("nested_records", (Spot(name=name) for name in nested))
    return tuple(replace(each, count=nested.total()) for each in told)


def _gaps(records: Sequence[Record], names: tuple[str, ...]) -> tuple[Trouble, ...]:
    """Tell fields that some records do not have."""
    return spotted(
        "missing_field",
        (
            Spot(row=row, column=column, name=name)
            for row, record in enumerate(records, 1)
            if len(record) < len(names)
            for column, name in enumerate(names, 1)
            if name not in record
        ),
    )


def _large(records: Sequence[Record], names: tuple[str, ...]) -> tuple[Trouble, ...]:
    return spotted(
        "big_number",
        (
            Spot(row=row, column=column, name=name, saw=str(record[name])[:80])
            for column, name in enumerate(names, 1)
            for row, record in enumerate(records, 1)
            if type(record.get(name)) is int and abs(record[name]) > SAFE
        ),
    )
