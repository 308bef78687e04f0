"""What a cell, a name or a row becomes when it is put right without guessing."""

from collections.abc import Container, Sequence
from hashlib import blake2b

from aiqyn.subjects.datafile.columns_cells import clean, turned, wrong_with
from aiqyn.subjects.datafile.counted import seen_as
from aiqyn.subjects.datafile.model import Column
from aiqyn.subjects.datafile.profile import Profile, unit_in
from aiqyn.subjects.datafile.profile_header import Row, reach
from aiqyn.subjects.datafile.values import DAYS, NUMBERS, cell_value

MENDED = frozenset(
    (
        "nul_byte",
        "control_character",
        "untidy_space",
        "decimal_comma",
        "spaced_number",
        "number_as_text",
        "unit_in_cell",
        "written_date",
        "missing_word",
    )
)
RUNS_FROM = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet takes such a text for a formula
KEPT = 100_000  # cells of one column remembered with what they become

Mend = tuple[str, tuple[str, ...]]  # what the cell becomes, and the kinds of trouble it had


class Mender:
    """Puts the cells of one column right."""

    def __init__(self, profile: Profile, column: Column, *, for_spreadsheets: bool = False) -> None:
        self.profile, self.unit = profile, column.unit
        self.for_spreadsheets = for_spreadsheets
        self._known: dict[object, Mend] = {}

    def mend(self, cell: object) -> Mend:
        """Return what `cell` becomes; itself, and no kinds, where nothing can be done."""
        found = self._known.get(cell)
        if found is None:
            if len(self._known) > KEPT:
                self._known.clear()
            found = self._known[cell] = self._shielded(*self._mended(cell))
        return found

    def _mended(self, cell: object) -> Mend:
        value = seen_as(cell_value(cell), self.profile.kind)
        text = cell if type(cell) is str else value.plain
        kinds = tuple(kind for kind, _ in wrong_with(cell, self.profile) if kind in MENDED)
        if not kinds:
            return text, ()
        if value.kind == "missing":
            return "", kinds
        if "number_as_text" in kinds or (self.profile.kind in NUMBERS and value.kind in NUMBERS):
            if value.unit and value.unit != self.unit:
                return text, ()  # another unit than the column's: the number alone would lie
            return value.plain, kinds
        if self.profile.kind in DAYS and value.kind in DAYS:
            month_first = self.profile.month_first and value.style.startswith("%d/%m/%Y")
            is_swapped = month_first and int(value.plain[8:10]) <= 12
            return turned(value.plain) if is_swapped else value.plain, kinds
        return clean(text), kinds

    def _shielded(self, text: str, kinds: tuple[str, ...]) -> Mend:
        """Keep a text from being run by a spreadsheet; only asked for what goes to one."""
        if not self.for_spreadsheets or not text.startswith(RUNS_FROM):
            return text, kinds
        if cell_value(text).kind in NUMBERS:
            return text, kinds
        return f"'{text}", (*kinds, "formula")


def print_of(row: Row) -> object:
    """Return what is equal for rows that the analysis holds for the same, and for no others.

    Rows of texts, which may be more than memory holds, are told apart by 128 bits.
    """
    cells = tuple(row)
    if any(type(cell) is not str for cell in cells):
        return cells
    return blake2b(repr(cells).encode(), digest_size=16).digest()


def name_apart(base: str, taken: Container[str]) -> str:
    """Return `base`, or with a number, so that no column has that name yet."""
    name, times = base, 1
    while name.lower() in taken:
        times += 1
        name = f"{base}_{times}"
    return name


def names_past(header: Row, width: int) -> list[str]:
    """Return the names a header has past its first `width` cells; none where any is unclear."""
    cells = header[: reach(header)]
    names = [
        " ".join((cell if type(cell) is str else cell_value(cell).plain).split()) for cell in cells
    ]
    is_clear = all(names) and len({name.lower() for name in names}) == len(names)
    return names[width:] if is_clear else []


def tidy_names(columns: Sequence[Column]) -> list[tuple[str, tuple[str, ...]]]:
    """Return a name of its own for every column, and the kinds of trouble its name had."""
    found: list[tuple[str, tuple[str, ...]]] = []
    taken: set[str] = set()
    for column in columns:
        name = " ".join(column.name.split())
        kinds = ["untidy_name"] if name != column.name else []
        if not name:
            name, kinds = f"column_{column.number}", ["nameless_column"]
        if column.unit and not unit_in(name):
            name, kinds = f"{name}, {column.unit}", [*kinds, "unit_in_cell"]
        base, name = name, name_apart(name, taken)
        if name != base:
            kinds.append("duplicate_name")
        taken.add(name.lower())
        found.append((name, tuple(kinds)))
    return found
