"""The list of changes beside a clean table: what was done, and who has to do the rest."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TextIO

from msgspec.structs import replace

from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Noun
from aiqyn.subjects.datafile.kinds import HOLDING, kinds
from aiqyn.subjects.datafile.model import Spot, Trouble
from aiqyn.subjects.datafile.repair_rows import Rows
from aiqyn.text import Text, say

MOST_CHANGES = 1_000  # of one kind kept in memory; the list beside the table has all
COLUMNS = ("kind", "row", "column", "name", "before", "after", "who", "what")
OF_ROWS = ("short_row", "long_row", "wide_header")  # even now, and to be checked
OF_BYTES = frozenset(  # mended by writing the file anew
    (
        "not_utf8",
        "wrong_declared_encoding",
        "byte_order_mark",
        "mixed_line_ends",
        "bare_quote",
        "mixed_date_formats",
    )
)


class Change(Noun, frozen=True, kw_only=True):
    """One thing that was put right, where it stood in the original."""

    kind: str  # of trouble
    row: int
    column: int = 0  # 0: the whole row
    name: str = ""
    before: str = ""
    after: str = ""  # of a whole row: "" where it left the table


Key = tuple[str, int, int]  # kind, row, column


class Listing:
    """Writes down changes as they are made, and knows which troubles are left."""

    def __init__(
        self, troubles: Sequence[Trouble], language: str, file: TextIO, rows: Rows
    ) -> None:
        self.language = language
        self._rows = rows
        self.counts: Counter[str] = Counter()
        self.changes: list[Change] = []
        self._troubles = [each for each in troubles if each.kind not in OF_BYTES]
        self._open = {_key(each, spot): spot for each in self._troubles for spot in _spots_of(each)}
        self._of_rows: dict[int, list[Key]] = {}
        for key in self._open:
            self._of_rows.setdefault(key[1], []).append(key)
        self._writer = csv.writer(file)
        self._writer.writerow(COLUMNS)

    def tell(self, change: Change, said: str = "") -> None:
        """Write one change down; its row and column are counted in the table.

        `said` names other words than those of its kind, for the owner to check.
        """
        if change.row:
            change = replace(change, row=change.row + self._rows.skipped)
        if change.column:
            change = replace(change, column=change.column + self._rows.aside)
        kind = change.kind
        self.counts[kind] += 1
        self._open.pop((kind, change.row, change.column), None)
        if change.row and not change.column and not change.after:  # what it held has left with it
            for key in self._of_rows.pop(change.row, ()):
                self._open.pop(key, None)
        who, what = "done", kinds()[kind].title
        if kind in OF_ROWS:
            who, what = "check", _words()[said or kind]
        self._write(change, who, say(what, self.language))
        if self.counts[kind] <= MOST_CHANGES:
            self.changes.append(change)

    def end(self) -> tuple[Trouble, ...]:
        """Write down what is left to people; return it."""
        left = tuple(self._left())
        for trouble in left:
            who = "officer" if trouble.kind.startswith(HOLDING) else "owner"
            what = say(kinds()[trouble.kind].repair, self.language)
            for spot in trouble.spots:
                place = Change(
                    kind=trouble.kind,
                    row=spot.row,
                    column=spot.column,
                    name=spot.name,
                    before=spot.saw or trouble.detail,
                )
                self._write(place, who, what)
            if more := trouble.count - len(trouble.spots):
                said = say(_words()["more"], self.language).format(count=more)
                self._write(Change(kind=trouble.kind, row=0), who, said)
        return left

    def _write(self, change: Change, who: str, what: str) -> None:
        told = [getattr(change, field) for field in COLUMNS[:-2]]
        self._writer.writerow([*told, say(_words()[who], self.language), what])

    def _left(self) -> Iterator[Trouble]:
        for trouble in self._troubles:
            keys = [_key(trouble, spot) for spot in _spots_of(trouble)]
            spots = tuple(self._open[key] for key in keys if key in self._open)
            hidden = trouble.count - max(self.counts[trouble.kind], len(keys))
            if spots or hidden > 0:
                yield replace(trouble, count=len(spots) + max(hidden, 0), spots=spots)


def _spots_of(trouble: Trouble) -> tuple[Spot, ...]:
    return trouble.spots or (Spot(),)


def _key(trouble: Trouble, spot: Spot) -> Key:
    return trouble.kind, spot.row, 0 if trouble.kind in OF_ROWS else spot.column


@cache
def _words() -> dict[str, Text]:
    return read(ROOT / "subjects" / "datafile" / "repair_words.yaml", dict[str, Text])
