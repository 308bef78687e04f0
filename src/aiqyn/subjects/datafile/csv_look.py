"""How a delimited text is written, and what is wrong with its quotes and line ends."""

from collections.abc import Sequence

from msgspec import Struct

from aiqyn.subjects.datafile.columns_tally import Notes
from aiqyn.subjects.datafile.csv_dialect import find_dialect, line_end_of
from aiqyn.subjects.datafile.csv_encoding import Encoding, detect
from aiqyn.subjects.datafile.csv_records import LINE_ENDS, Dialect, Records, lines_of, split
from aiqyn.subjects.datafile.profile_header import usual_width

HEAD = 1 << 20  # bytes of its beginning that tell how a file is written


class Look(Struct, frozen=True, kw_only=True):
    """How a file is written."""

    encoding: Encoding
    dialect: Dialect
    line_end: str
    width: int  # cells of a usual record
    named: int = 0  # cells of the header where it has more

    @property
    def cells(self) -> int:
        """How many cells of a record are looked at."""
        return self.named or self.width


def look_at(content: bytes) -> tuple[Look, str]:
    """Return how a whole file is written, and its text."""
    encoding = detect([content])
    text = decode(content[encoding.mark :], encoding)
    return look_in([text], encoding), text


def look_in(samples: Sequence[str], encoding: Encoding) -> Look:
    """Return how a text is written, by parts of it that begin with a line."""
    dialect = find_dialect(samples)
    rows = [row for sample in samples for row in split(lines_of(sample[:HEAD]), dialect).rows]
    line_end = line_end_of(samples[0][:HEAD])
    return Look(encoding=encoding, dialect=dialect, line_end=line_end, width=usual_width(rows))


def decode(content: bytes, encoding: Encoding) -> str:
    return content.decode(encoding.name, "replace")


def notes_of_text(text: str, records: Records, look: Look, first: int = 1) -> Notes:
    """Return what is wrong with the text itself; its first record is row `first`."""
    notes = Notes()
    for quirk in records.quirks:
        notes.add(quirk.kind, quirk.row + first, quirk.column + 1, quirk.saw, quirk.wants)
    if not _ends_agree(text, look.line_end):
        _note_ends(text, records, look, notes, first)
    return notes


def _ends_agree(text: str, line_end: str) -> bool:
    """Whether every line of the text ends with `line_end`."""
    both = text.count("\r\n")
    counts = {"\r\n": both, "\r": text.count("\r") - both, "\n": text.count("\n") - both}
    return not any(count for end, count in counts.items() if end != line_end)


def _note_ends(text: str, records: Records, look: Look, notes: Notes, first: int) -> None:
    """Note rows whose line ends in another way than most."""
    ends = LINE_ENDS.findall(text)
    line = 0
    for row in range(len(records.rows)):
        taken = 1 + records.spread.get(row, 0)
        if others := [end for end in ends[line : line + taken] if end != look.line_end]:
            notes.add("mixed_line_ends", row + first, 0, ascii(others[0])[1:-1])
        line += taken
