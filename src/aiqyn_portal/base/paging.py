"""Pages of lists that may be very long."""

from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.utils.functional import cached_property

MOST = 3_000  # rows paged through: a hundred pages of thirty
MOST_COUNTED = 10_000  # rows; of more it is only said that they are more


LONGEST = 8  # digits of the number of a page


def asked_page(said: str, last: int) -> int:
    """The page somebody asks for, from 1 to `last`; the first where `said` is no number."""
    number = int(said) if said.isdecimal() and len(said) <= LONGEST else 1
    return min(max(number, 1), last)


class BoundedPaginator(Paginator[Any]):
    """Counts and turns no further than `most` rows, however many there are.

    Nobody turns a hundred pages; whoever looks for something narrows the list.
    """

    def __init__(self, rows: Any, per_page: int, most: int = 0) -> None:
        super().__init__(rows, per_page)
        self._most = most or MOST

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list  # a QuerySet
        return int(rows[: self._most].count())


class Counted(NamedTuple):
    """How many rows there are."""

    number: int
    is_more: bool = False  # there are more than `number`


def counted(rows: Any) -> Counted:
    """Count the rows of a QuerySet, and no further than anybody wants to know."""
    number = int(rows.order_by()[: MOST_COUNTED + 1].count())
    return Counted(min(number, MOST_COUNTED), number > MOST_COUNTED)
