"""What the columns of a table say of the people in its rows: "Міндеттері", "Образование".

A cell under such a heading tells that of its person in whatever words it has.
"""

from collections.abc import Sequence

from selectolax.lexbor import LexborNode

from aiqyn.subjects.spaces import squeeze
from aiqyn.subjects.traits.leader_cards import OF_EACH, Told

LEVELS = 5  # elements from a name up to its row, and from a row up to its table
SHORTEST = 3  # characters of a cell that tells something: a dash does not
MOST_WORDS = 5  # of a heading of a column


class Columns:
    """The columns of the tables of one page, each read once; a row with a name heads none."""

    def __init__(self, told: Told, names: Sequence[LexborNode]) -> None:
        self._told = told
        rows = (_up(node, "tr") for node in names)
        self._rows = {row.mem_id for row in rows if row is not None}
        self._read: dict[int, list[frozenset[str]]] = {}

    def of(self, node: LexborNode) -> frozenset[str]:
        """Return what the columns tell of the person in whose row `node` stands; or nothing."""
        row = _up(node, "tr")
        table = _up(row, "table") if row is not None else None
        if row is None or table is None:
            return frozenset()
        if table.mem_id not in self._read:
            self._read[table.mem_id] = self._headings(table)
        columns = self._read[table.mem_id]
        met = (
            needs
            for needs, cell in zip(columns, _cells(row), strict=False)
            if len(cell) >= SHORTEST
        )
        return frozenset[str]().union(*met)

    def _headings(self, table: LexborNode) -> list[frozenset[str]]:
        first = table.css("tr")[0]
        if first.mem_id in self._rows:
            return []
        said = (cell if _is_heading(cell) else "" for cell in _cells(first))
        return [frozenset(self._told(f"{each}:") & OF_EACH) for each in said]


def _is_heading(cell: str) -> bool:
    """Whether it may head a column: a few words without a figure or a full stop."""
    is_sentence = cell.endswith(".") or any(map(str.isdigit, cell))
    return not is_sentence and len(cell.split()) <= MOST_WORDS


def _cells(row: LexborNode) -> list[str]:
    return [squeeze(each.text(separator=" ")) for each in row.iter() if each.tag in ("th", "td")]


def _up(node: LexborNode, tag: str) -> LexborNode | None:
    wider: LexborNode | None = node
    for _ in range(LEVELS):
        if wider is None or wider.tag == tag:
            return wider
        wider = wider.parent
    return None
