"""Rows of cells that cover others, as web pages and text documents lay tables out."""

from aiqyn.subjects.datafile.grid import Grid, Row
from aiqyn.subjects.datafile.model import MOST_SPOTS, Spot, Trouble

MOST_SPAN = 1_000  # rows or columns one cell may cover
MOST_CELLS = 500_000  # of one table, covered ones too
LONGEST = 10_000  # characters of a cell


class Spans:
    """Builds a grid; a cell that covers others stands in the first of them, as in a sheet."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.was_cut = False
        self._covered: set[tuple[int, int]] = set()
        self._merged: list[Spot] = []
        self._left = MOST_CELLS

    def row(self) -> None:
        """Begin the next row."""
        self.rows.append([])

    def cell(self, text: str, wide: int = 1, high: int = 1) -> None:
        """Add a cell to the last row."""
        wide, high = min(max(wide, 1), MOST_SPAN), min(max(high, 1), MOST_SPAN)
        self._left -= wide * high
        if self._left < 0 or not self.rows:
            self.was_cut = True
            return
        row, cells = len(self.rows) - 1, self.rows[-1]
        self._skip()
        column = len(cells)
        cells += [" ".join(text[:LONGEST].split()), *[""] * (wide - 1)]
        if wide * high > 1:
            self._merged.append(Spot(row=row + 1, column=column + 1, saw=f"{high} × {wide}"))
        for below in range(row + 1, row + high):
            self._covered.update((below, each) for each in range(column, column + wide))

    def _skip(self) -> None:
        """Leave blank what a cell above covers."""
        row, cells = len(self.rows) - 1, self.rows[-1]
        while (row, len(cells)) in self._covered:
            cells.append("")

    def grid(self, name: str) -> Grid | None:
        """Return the table; None where it has less than two rows and two columns."""
        width = max(map(len, self.rows), default=0)
        if width < 2 or sum(map(any, self.rows)) < 2:
            return None
        rows: list[Row] = [
            row + [""] * self._due(number, len(row), width) for number, row in enumerate(self.rows)
        ]
        spots = tuple(self._merged[:MOST_SPOTS])
        merged = Trouble(kind="merged_cells", count=len(self._merged), spots=spots)
        return Grid(
            name=name,
            rows=rows,
            is_typed=False,
            was_cut=self.was_cut,
            troubles=(merged,) if self._merged else (),
        )

    def _due(self, row: int, length: int, width: int) -> int:
        """How many cells at the end of a row a cell above covers."""
        return sum((row, column) in self._covered for column in range(length, width))
