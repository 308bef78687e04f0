"""Large delimited files, read in parts by two processes or threads in bounded memory.

How the file is written and what its columns are is learnt from samples; then every part is
read against that. A part is taken to begin with a record. Where a quoted cell runs over the
end of the part before it, that was wrong, and the part is read again from where it begins.
"""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from time import monotonic

from msgspec import Struct
from msgspec.structs import replace

from aiqyn.subjects.datafile.columns import (
    finish,
    learn_columns,
    note_above,
    note_below,
    read_table,
)
from aiqyn.subjects.datafile.columns_tally import Notes
from aiqyn.subjects.datafile.csv_beside import Beside, beside
from aiqyn.subjects.datafile.csv_encoding import Encoding
from aiqyn.subjects.datafile.csv_look import Look, look_in, notes_of_text
from aiqyn.subjects.datafile.csv_memory import kept_memory
from aiqyn.subjects.datafile.csv_merge import Merged
from aiqyn.subjects.datafile.csv_part import LateError, Part, Reading, part_at
from aiqyn.subjects.datafile.csv_records import Records, bytes_of_lines, lines_of, split
from aiqyn.subjects.datafile.csv_source import Source, open_source
from aiqyn.subjects.datafile.csv_text import file_of
from aiqyn.subjects.datafile.limits import LIMITS, Limits
from aiqyn.subjects.datafile.model import DataFile, Table, Trouble
from aiqyn.subjects.datafile.profile_header import Layout, lay_out, notes_below

PART = 2 << 20  # bytes
LONGEST = 64 << 20  # bytes of a line
STEP = 64 << 10  # bytes among which the end of a line is looked for
TAIL = 64 << 10  # bytes in which notes below the table stand
FROM_HEAD = 2_000  # records of the head that columns are learnt from, beside those of samples
AHEAD = 24  # parts that are asked for before they can be put together


class Plan(Struct, kw_only=True):
    """What is known of a file before its records are read."""

    look: Look
    layout: Layout
    reading: Reading
    notes: Notes
    start: int  # byte at which data begins
    end: int  # byte at which it ends
    below: str  # text behind it
    head: list[list[str]]  # records of the head


class Readers:
    """Who reads parts: this process, and another one beside it or a second thread."""

    def __init__(self, source: Source, reading: Reading, other: Beside | None) -> None:
        self.source, self._reading = source, reading
        self._free: SimpleQueue[Beside | None] = SimpleQueue()
        for each in (None, other, other) if other else (None, None):
            self._free.put(each)
        self.count = self._free.qsize()

    def part(self, start: int, size: int) -> Part:
        """Read a part by whoever is free; one who does not answer is not asked again."""
        other = self._free.get()
        found = other.part(start, size, self._reading) if other else None
        self._free.put(other if found else None)
        return found or part_at(self.source, start, size, self._reading)


def read_large(
    path: Path, *, name: str, declared: str = "", limits: Limits = LIMITS, part: int = PART
) -> DataFile:
    """Return what a file of any size holds, as `csv_text.read_csv` does; `part` is in bytes."""
    with kept_memory(), open_source(path) as source, beside(source) as other:
        plan = plan_of(source)
        if plan.layout.width > limits.columns:
            table, trouble = read_table(plan.head, Notes(), limits=limits), "too_large"
        else:
            table, trouble = _table(Readers(source, plan.reading, other), plan, part, limits)
        look = replace(plan.look, encoding=source.written)
    found = file_of(name, look, [table], declared)
    if trouble:
        return replace(found, was_cut=True, troubles=(*found.troubles, Trouble(kind=trouble)))
    return found


def _table(readers: Readers, plan: Plan, part: int, limits: Limits) -> tuple[Table, str]:
    merged = Merged(plan.reading, plan.notes, plan.layout.first)
    plan.reading.begin, plan.reading.until = plan.start, monotonic() + limits.seconds
    try:
        trouble = _read(readers, plan, merged, part)
    except LateError:
        trouble = "too_large"
    scan = merged.scan(readers.source)
    if plan.below and not trouble:
        records = split(lines_of(plan.below), plan.look.dialect)
        scan.notes.take(notes_of_text(plan.below, records, plan.look), merged.last)
        note_below(records.rows, merged.last + 1, scan.notes)
    return finish(scan, plan.layout), trouble


def plan_of(source: Source) -> Plan:
    """Learn how the file is written, where its data is, and what its columns are."""
    encoding = source.encoding
    head, *others = source.samples()
    text = _whole_lines(head[encoding.mark :], encoding, is_last=len(head) == source.size)
    samples = [_whole_lines(sample, encoding, is_first=False) for sample in others]
    look = look_in([text, *samples], encoding)
    records = split(lines_of(text), look.dialect, width=look.width)
    rows = [row for each in samples for row in _rows(each, look)]
    layout = lay_out(records.rows, rows)
    look = replace(look, width=layout.width, named=layout.named)
    taken = sum(1 + records.spread.get(row, 0) for row in range(layout.first))
    start = encoding.mark + bytes_of_lines(head[encoding.mark :], taken)
    end = _end_of_data(source, look, start)
    below = source.read(end, source.size - end).decode(encoding.name, "replace")
    data = records.rows[layout.first :]
    if not rows and below:
        data = data[: len(data) - len(_rows(below, look))]
    profiles = learn_columns([*data[: FROM_HEAD if rows else None], *rows], layout, typed=False)
    return Plan(
        look=look,
        layout=layout,
        reading=Reading(look, profiles),
        notes=_notes_above(text, records, layout, look),
        start=start,
        end=end,
        below=below,
        head=records.rows,
    )


def _rows(text: str, look: Look) -> list[list[str]]:
    return split(lines_of(text), look.dialect, width=look.width).rows


def _whole_lines(
    content: bytes, encoding: Encoding, *, is_first: bool = True, is_last: bool = False
) -> str:
    """Return the text of a sample without the lines it cuts; a head may be one line."""
    text = content.decode(encoding.name, "replace")
    if not is_first:
        begun = text.find("\n") if "\n" in text else text.find("\r")
        text = text[begun + 1 :] if begun >= 0 else ""
    cut = max(text.rfind("\n"), text.rfind("\r"))
    return text if is_last or (is_first and cut < 0) else text[: cut + 1]


def _notes_above(text: str, records: Records, layout: Layout, look: Look) -> Notes:
    quirks = [quirk for quirk in records.quirks if quirk.row < layout.first]
    above = Records(records.rows[: layout.first], quirks, records.spread)
    notes = notes_of_text(text, above, look)
    note_above(records.rows, layout, notes)
    return notes


def _end_of_data(source: Source, look: Look, start: int) -> int:
    """Return the byte at which notes below the table begin, or the file ends."""
    begins = max(start, source.size - TAIL)
    content = source.read(begins, source.size - begins)
    if begins > start:
        content = content[content.find(b"\n") + 1 :]
    records = split(lines_of(content.decode(look.encoding.name, "replace")), look.dialect)
    count = notes_below(records.rows, look.width)
    if not count or (count == len(records.rows) and begins > start):
        return source.size
    rows = range(len(records.rows) - count)
    taken = sum(1 + records.spread.get(row, 0) for row in rows)
    return source.size - len(content) + bytes_of_lines(content, taken)


def cuts_of(source: Source, plan: Plan, part: int) -> Iterator[tuple[int, int]]:
    """Yield where parts begin and how long they are; a line without an end has the length -1."""
    mark = b"\r" if plan.look.line_end == "\r" else b"\n"
    start = plan.start
    while start < plan.end:
        stop = start + part
        while stop < plan.end:
            found = source.read(stop - 1, min(STEP, plan.end - stop + 1)).find(mark)
            if found >= 0:
                stop += found
                stop += mark == b"\r" and source.read(stop, 1) == b"\n"  # one end, not two
                break
            stop += STEP
            if stop - start > LONGEST + part:
                yield start, -1
                return
        yield start, min(stop, plan.end) - start
        start = min(stop, plan.end)


def _read(readers: Readers, plan: Plan, merged: Merged, part: int) -> str:
    """Read all parts in order; return the kind of trouble that ended it early, "" for none.

    Raises LateError where the time ends inside a part; what comes before it is merged.
    """
    cuts = cuts_of(readers.source, plan, part)
    waiting: deque[tuple[int, int, Future[Part]]] = deque()
    at, trouble = plan.start, ""
    with ThreadPoolExecutor(readers.count) as pool:
        while True:
            trouble = trouble or _ask(pool, cuts, waiting, readers)
            if not waiting:
                return trouble
            start, size, future = waiting.popleft()
            found = future.result()
            if start + size <= at:
                continue  # a quoted cell swallowed this part whole
            if start < at:
                start, size = at, start + size - at
                found = part_at(readers.source, start, size, plan.reading)
            merged.add(found, start, size)
            at = start + found.length
            if monotonic() > plan.reading.until:
                pool.shutdown(cancel_futures=True)
                return "too_large" if at < plan.end else ""


def _ask(
    pool: ThreadPoolExecutor,
    cuts: Iterator[tuple[int, int]],
    waiting: deque[tuple[int, int, Future[Part]]],
    readers: Readers,
) -> str:
    """Let parts be read ahead; one may take long, or who reads it still be starting."""
    while len(waiting) < AHEAD:
        start, size = next(cuts, (0, 0))
        if size <= 0:
            return "too_long_record" if size else ""
        waiting.append((start, size, pool.submit(readers.part, start, size)))
    return ""
