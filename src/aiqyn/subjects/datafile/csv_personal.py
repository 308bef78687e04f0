"""Which cells of a part may hold personal data, found for many at once and then looked at."""

import numpy as np
from numpy.typing import NDArray

from aiqyn.subjects import personal
from aiqyn.subjects.datafile.csv_blocks import Block, Places
from aiqyn.subjects.datafile.values import DAYS
from aiqyn.subjects.personal_columns import MOST_IN_GROUP, Watch, may_be_names

DIGITS = 10  # in the shortest number of a person
MOST_LOOKED_AT = 200_000  # cells of one column; a column of them is told by fewer
SAMPLE = 200  # cells of one column of a part
_CALM = DAYS | {"yes_no", "empty"}  # columns of days look like numbers of persons
_AT = ord("@")


def digits_before(block: Block) -> NDArray[np.int32]:
    """Return how many digits stand in the block before every byte of it."""
    is_digit = (block.buffer - np.uint8(ord("0"))) < DIGITS
    before = np.zeros(len(is_digit) + 1, np.int32)
    np.cumsum(is_digit, out=before[1:])
    return before


def look_for_people(
    block: Block, column: int, watch: Watch, kind: str, before: NDArray[np.int32]
) -> None:
    """Hand over the cells of a column that may hold personal data."""
    if kind in _CALM:
        return
    starts, ends = block.starts[:, column], block.ends[:, column]
    lengths = ends - starts
    if watch.counts_people:
        places = np.flatnonzero(lengths == 1)
        said = block.buffer[starts[places]] - np.uint8(ord("1"))
        _hand_over(block, column, watch, places[said < MOST_IN_GROUP])
    if not np.any(lengths >= watch.shortest):
        return
    if watch.named[personal.IIN] or _may_be_names(block, column, watch):
        places = np.flatnonzero(lengths > 1)
    else:
        places = np.flatnonzero(_may_hold(block, starts, ends, before))
    _hand_over(block, column, watch, places)


def _may_hold(
    block: Block, starts: Places, ends: Places, before: NDArray[np.int32]
) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = (before[ends] - before[starts]) >= DIGITS
    if b"@" in block.content:
        ats = np.flatnonzero(block.buffer == _AT)
        found |= np.searchsorted(ats, ends) > np.searchsorted(ats, starts)
    return found


def _may_be_names(block: Block, column: int, watch: Watch) -> bool:
    if watch.named[personal.NAME]:
        return True
    records = len(block.numbers)
    sample = np.arange(0, records, max(1, records // SAMPLE))
    return may_be_names(block.cells(sample, column))


def _hand_over(block: Block, column: int, watch: Watch, places: Places) -> None:
    room = max(0, MOST_LOOKED_AT - watch.looked_at)
    shown = places[:room]
    rows = block.numbers[shown].tolist()
    for row, cell in zip(rows, block.cells(shown, column), strict=True):
        watch.add(row, cell)
