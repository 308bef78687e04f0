"""The cells of a column, each counted once: what they say, and in how many ways they are written.

Most questions about a column are about the ways alone, which are few where cells are many.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import TypeVar

from aiqyn.subjects.datafile.values import MISSING, NUMBERS, Value, values_of

SILENT = frozenset({"blank", "missing"})
Form = tuple[str, str, str, bool]  # kind, style, unit, and whether the file tells the kind
FORM = itemgetter(0, 2, 3, 4)  # of a value
PLAIN = itemgetter(1)
_T = TypeVar("_T")


class Counted:
    """Cells of one column, or a part of it that is spread evenly."""

    def __init__(
        self,
        cells: Sequence[object] = (),  # in the order of rows
        times: Mapping[object, int] | None = None,  # how often each of them stands there
        values: Mapping[object, Value] | None = None,  # what each of them says
    ) -> None:
        self.cells = cells
        self.times: Mapping[object, int] = Counter(cells) if times is None else times
        self.values = values_of(self.times) if values is None else values
        self.total = sum(self.times.values())  # cells, blank ones included
        self.forms: Mapping[Form, int] = self._added(map(FORM, self.values.values()))

    @cached_property
    def kinds(self) -> Mapping[str, int]:
        """How many cells there are of each kind."""
        kinds: dict[str, int] = {}
        for (kind, *_), times in self.forms.items():
            kinds[kind] = kinds.get(kind, 0) + times
        return kinds

    @cached_property
    def numbers(self) -> Mapping[object, float]:
        """The cells that are numbers."""
        found = self.of(NUMBERS).values
        return dict(zip(found, map(float, map(PLAIN, found.values())), strict=True))

    @cached_property
    def are_texts(self) -> bool:
        """Whether no cell is a number or a day as its file stores it."""
        return set(map(type, self.times)) <= {str}

    @property
    def filled(self) -> int:
        """Cells that say something."""
        return self.total - sum(self.kinds.get(kind, 0) for kind in SILENT)

    @property
    def are_distinct(self) -> bool:
        """Whether no cell stands there twice."""
        return len(self.times) == self.total

    def lengths(self) -> Mapping[int, int]:
        """Return how many cells say something of so many characters."""
        return self._added(map(len, map(PLAIN, self.values.values())))

    def of(self, kinds: Iterable[str]) -> "Counted":
        """Return the cells of these kinds alone, in no order of rows."""
        wanted = frozenset(kinds)
        return self.of_forms(form for form in self.forms if form[0] in wanted)

    def of_forms(self, forms: Iterable[Form]) -> "Counted":
        """Return the cells that are written in these ways alone, in no order of rows."""
        wanted = frozenset(forms)
        if wanted >= self.forms.keys():
            return self
        values = {cell: said for cell, said in self.values.items() if FORM(said) in wanted}
        return Counted((), {cell: self.times[cell] for cell in values}, values)

    def saying(self) -> "Counted":
        """Return the cells that say something, in no order of rows."""
        return self.of(self.kinds.keys() - SILENT)

    def seen_as(self, kind: str) -> "Counted":
        """Return the same with "no" for no value where nothing in a column of `kind` says "yes"."""
        if "yes_no" not in self.kinds:
            return self
        values = {cell: seen_as(value, kind) for cell, value in self.values.items()}
        return Counted(self.cells, self.times, values)

    def _added(self, said: Iterable[_T]) -> Mapping[_T, int]:
        """Return how many cells say each of these, given in the order of `values`."""
        if self.are_distinct:
            return Counter(said)
        added: dict[_T, int] = {}
        for each, times in zip(said, self.times.values(), strict=True):
            added[each] = added.get(each, 0) + times
        return added


def seen_as(value: Value, kind: str) -> Value:
    """Return what `value` says in a column of `kind`: "no" is no value where nothing says "yes"."""
    if value.kind == "yes_no" and value.plain == "no" and not value.told and kind != "yes_no":
        return MISSING
    return value
