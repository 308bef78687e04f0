"""JSON in any shape, and JSON line by line.

Of what is larger than the limit the beginning is read: objects take twenty times their text.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from aiqyn.subjects.datafile import geojson
from aiqyn.subjects.datafile.csv_encoding import Encoding, detect
from aiqyn.subjects.datafile.grid import Asking
from aiqyn.subjects.datafile.json_begun import Begun, BrokenError
from aiqyn.subjects.datafile.model import MOST_SPOTS, DataFile, Spot, Trouble
from aiqyn.subjects.datafile.records import Record, grids_in, of_records
from aiqyn.subjects.datafile.refusal import refused
from aiqyn.subjects.datafile.tables import Tables

CAREFULLY = 100_000  # lines whose repeated keys are looked for
_QUICK = msgspec.json.Decoder(dict[str, Any])
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_ESCAPES = re.compile(  # half a character without its other half is the group
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.",
    re.DOTALL,
)
MOST_DIGITS = 300  # of a number; one that has more is kept as text


class Seen(Struct):
    """What is noted while values are made."""

    counts: Counter[str] = field(default_factory=Counter)
    spots: dict[str, list[Spot]] = field(default_factory=dict)
    line: int = 0  # being read, of JSON line by line

    def note(self, kind: str, saw: str) -> None:
        self.counts[kind] += 1
        spots = self.spots.setdefault(kind, [])
        if len(spots) < MOST_SPOTS:
            spots.append(Spot(row=self.line, saw=saw[:80]))

    def take(self, other: "Seen") -> None:
        """Add what was noted elsewhere."""
        for kind, count in other.counts.items():
            self.counts[kind] += count
            spots = self.spots.setdefault(kind, [])
            spots += other.spots[kind][: MOST_SPOTS - len(spots)]

    def troubles(self) -> list[Trouble]:
        return [
            Trouble(kind=kind, count=count, spots=tuple(self.spots[kind]))
            for kind, count in sorted(self.counts.items())
        ]


class _Decoder:
    """Makes values of JSON and notes what is irregular in it."""

    def __init__(self, seen: Seen) -> None:
        self.seen = seen
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_constant=self._constant, parse_int=self._whole
        )

    def decode(self, text: str) -> Any:
        """Return the value; raises ValueError or RecursionError."""
        if _HALF.search(text):
            text = _ESCAPES.sub(self._whole_character, text)
        return self._decoder.decode(text)

    def begin(self, text: str, at: int) -> tuple[Any, int]:
        """Return the value that begins at a place of a text, and its end; raises as `decode`.

        Nothing is noted of a value the text is cut in: it is asked for again.
        """
        seen, self.seen = self.seen, Seen()
        try:
            value, end = self._decoder.raw_decode(text, at)
            if _HALF.search(text, at, end):
                self.seen = Seen()
                value = self.decode(text[at:end])
            seen.take(self.seen)
        finally:
            self.seen = seen
        return value, end

    def _whole_character(self, escape: re.Match[str]) -> str:
        if not escape[1]:
            return escape[0]
        self.seen.note("invalid_encoding", escape[1])
        return r"\ufffd"

    def _object(self, pairs: list[tuple[str, Any]]) -> Record:
        made = dict(pairs)
        if len(made) < len(pairs):
            counted = Counter(key for key, _ in pairs)
            for key in (key for key, count in counted.items() if count > 1):
                self.seen.note("duplicate_field", key)
        return made

    def _constant(self, word: str) -> None:
        self.seen.note("not_a_number", word)

    def _whole(self, digits: str) -> int | str:
        return int(digits) if len(digits) <= MOST_DIGITS else digits


def read(path: Path, asking: Asking) -> DataFile:
    """Read the file; the answer says which JSON it is: json, jsonl, geojson or jsonld."""
    size = path.stat().st_size
    if asking.format == "jsonl":
        return _lines(path, asking)
    if size > asking.limits.parsed:
        return _begun(path, asking, size)
    text, encoding, troubles = decoded(path.read_bytes())
    seen = Seen()
    try:
        found = _found(_Decoder(seen).decode(text), asking)
    except RecursionError:
        is_whole = text.rstrip().endswith(("]", "}"))
        return refused(asking, "too_deep" if is_whole else "truncated")
    except json.JSONDecodeError as problem:
        return refused(asking, *_broken(problem, text))
    every = (*troubles, *seen.troubles(), *found.troubles)
    return replace(found, encoding=encoding, troubles=every)


def _begun(path: Path, asking: Asking, size: int) -> DataFile:
    """Read the beginning of a file that is too large to be held."""
    seen = Seen()
    try:
        begun = Begun(path, _Decoder(seen).begin, asking.limits)
    except RecursionError:
        return refused(asking, "too_deep")
    except BrokenError as problem:
        return refused(asking, "broken_format", str(problem))
    if not begun.value:  # its first value alone is too large
        return refused(asking, "too_large", str(size))
    for name in begun.repeated:
        seen.note("duplicate_field", name)
    found = _found(geojson.begun(begun.value), asking)
    cut = Trouble(kind="too_large", detail=str(size))
    of_bytes = _of_bytes(begun.encoding, begun.damaged)
    every = (*of_bytes, *seen.troubles(), cut, *found.troubles)
    return replace(found, encoding=begun.encoding.name, troubles=every, was_cut=True)


def decoded(content: bytes) -> tuple[str, str, list[Trouble]]:
    """Return the text, its encoding, and what is wrong with that."""
    encoding = detect([content])
    text = content[encoding.mark :].decode(encoding.name, "replace")
    damaged = text.count("\ufffd") - content.count(b"\xef\xbf\xbd")
    return text, encoding.name, list(_of_bytes(encoding, damaged))


def _of_bytes(encoding: Encoding, damaged: int) -> Iterator[Trouble]:
    if encoding.name != "utf-8":
        yield Trouble(kind="not_utf8", detail=encoding.name)
    elif encoding.mark:
        yield Trouble(kind="byte_order_mark")
    if damaged > 0 and encoding.unit == 1:
        yield Trouble(kind="invalid_encoding", count=damaged)


def _broken(problem: json.JSONDecodeError, text: str) -> tuple[str, str]:
    """Return the kind of trouble, and where it is."""
    where = f"line {problem.lineno}, column {problem.colno}: {problem.msg}"
    ends = problem.pos >= len(text.rstrip()) or problem.msg.startswith("Unterminated")
    return "truncated" if ends else "broken_format", where


def _found(value: Any, asking: Asking) -> DataFile:
    if geojson.is_geojson(value):
        return geojson.read(value, asking)
    if is_linked(value):
        graph: DataFile = import_module("aiqyn.subjects.datafile.jsonld").read(value, asking)
        if graph.links.triples:
            return graph
    tables = Tables(asking)
    for grid in grids_in(value, asking.limits):
        tables.add(grid)
    return tables.file("json")


def is_linked(value: Any) -> bool:
    """Whether a JSON document says it is JSON-LD."""
    first = value[0] if isinstance(value, list) and value else value
    return isinstance(first, dict) and any(key in first for key in ("@context", "@graph", "@id"))


def _lines(path: Path, asking: Asking) -> DataFile:
    """Read JSON line by line; a line that is none does not stop the rest."""
    seen = Seen()
    records: list[Record] = []
    cut = ""
    for record in _records(path, asking, seen):
        if len(records) >= asking.limits.rows:
            cut = str(len(records))
            break
        records.append(record)
    tables = Tables(asking)
    if records:
        tables.add(of_records(records, asking.limits))
    troubles = seen.troubles()
    if cut or "too_long_record" in seen.counts:
        troubles.append(Trouble(kind="too_large", detail=cut))
    found = tables.file("jsonl", *troubles)
    return replace(found, encoding="utf-8", was_cut=found.was_cut or bool(cut))


def _records(path: Path, asking: Asking, seen: Seen) -> Iterator[Record]:
    decoder = _Decoder(seen)
    left = asking.limits.parsed
    with path.open("rb") as file:
        while line := file.readline(asking.limits.line):
            seen.line += 1
            left -= len(line)
            if left < 0 or (len(line) == asking.limits.line and not line.endswith(b"\n")):
                seen.note("too_long_record", "")
                return
            record = _record(line, decoder)
            if record is not None:
                yield record


def _record(line: bytes, decoder: _Decoder) -> Record | None:
    if not line.strip():
        return None
    if decoder.seen.line > CAREFULLY:  # ten times as fast, and blind to repeated keys
        with suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return _QUICK.decode(line)
    try:
        value = decoder.decode(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        decoder.seen.note("broken_record", line[:80].decode("utf-8", "replace").strip())
        return None
    return value if isinstance(value, dict) else {"value": value}
