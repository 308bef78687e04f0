"""Which cells of a part may hold personal data, found for many at once and then looked at."""

import numpy as np
from numpy.typing import NDArray

from aiqyn.subjects import personal
from aiqyn.subjects.datafile.columns import DIGITS, OF_IIN
from aiqyn.subjects.datafile.columns_tally import Tally
from aiqyn.subjects.datafile.csv_blocks import Block, Places
from aiqyn.subjects.datafile.csv_cells import Flags, have_digits, twelve_digits
from aiqyn.subjects.datafile.values import DAYS
from aiqyn.subjects.personal_columns import MOST_IN_GROUP, Watch, may_be_names

MOST_LOOKED_AT = 20_000  # cells of one column, spread over the parts; fewer tell one of them
FEWEST_LOOKED_AT = 500  # cells of one column of a part
SAMPLE = 200  # cells of one column of a part
_CALM = DAYS | {"yes_no", "empty"}  # columns of days look like numbers of persons
_ZERO = np.uint8(ord("0"))
_WEIGHTS = np.array([range(1, 12), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)])


def look_for_people(
    block: Block, column: int, tally: Tally, likely: Places | None, most: int
) -> None:
    """Hand over the cells of a column that may hold personal data, `most` of each sort.

    `likely` are all places of it that may, where the values of the column are known.
    """
    watch = tally.watch
    if tally.profile.kind in _CALM:
        return
    starts, ends = block.starts[column], block.ends[column]
    lengths = ends - starts
    if watch.counts_people:
        places = np.flatnonzero(lengths == 1)
        said = block.buffer[starts[places]] - np.uint8(ord("1"))
        _hand_over(block, column, watch, places[said < MOST_IN_GROUP][:most])
    if not np.any(lengths >= watch.shortest):
        return
    if watch.named[personal.IIN] or _may_be_names(block, column, watch):
        sure, others = _told_apart(block, column, watch, np.flatnonzero(lengths > 1))
    elif likely is None:
        sure, others = _told_apart(block, column, watch, np.flatnonzero(lengths >= DIGITS))
        others = _may_hold(block, column, others)
    else:
        sure, others = _told_apart(block, column, watch, likely)
    _hand_over(block, column, watch, np.union1d(sure[:most], others[:most]))


def _may_hold(block: Block, column: int, places: Places) -> Places:
    """Return which of these places have digits enough, and all that have a sign of mail."""
    found = have_digits(block, column, places, DIGITS)
    if not len(block.ats):
        return found
    starts, ends = block.starts[column], block.ends[column]
    mailed = np.searchsorted(block.ats, ends) > np.searchsorted(block.ats, starts)
    return np.union1d(found, np.flatnonzero(mailed))


def _told_apart(block: Block, column: int, watch: Watch, places: Places) -> tuple[Places, Places]:
    """Return the places of twelve digits that are an IIN, and those of whatever else.

    Twelve digits that are none are left out, and counted.
    """
    starts, ends = block.starts[column, places], block.ends[column, places]
    long = np.flatnonzero(ends - starts == OF_IIN)
    if not len(long):
        return places[:0], places
    are_digits, born = twelve_digits(block, column, places[long])
    likely = long[are_digits & born]
    digits = block.buffer[starts[likely, None] + np.arange(OF_IIN)] - _ZERO
    checked = _is_checked(digits.astype(np.int64))
    watch.alike[personal.IIN] += int((~checked).sum())
    long = long[are_digits]
    watch.looked_at += len(long) - int(checked.sum())
    return places[likely[checked]], np.delete(places, long)


def _is_checked(digits: NDArray[np.int64]) -> Flags:
    """Whether twelve digits end with their check digit."""
    first, second = (digits[:, :11] @ weights % 11 for weights in _WEIGHTS)
    found: Flags = np.where(first == 10, second, first) == digits[:, 11]
    return found


def _may_be_names(block: Block, column: int, watch: Watch) -> bool:
    if watch.named[personal.NAME]:
        return True
    records = len(block.numbers)
    sample = np.arange(0, records, max(1, records // SAMPLE))
    cells = block.written(sample, column)
    return not b"".join(cells).isascii() and may_be_names([cell.decode() for cell in cells])


def _hand_over(block: Block, column: int, watch: Watch, places: Places) -> None:
    rows = block.numbers[places].tolist()
    for row, cell in zip(rows, block.cells(places, column), strict=True):
        watch.add(row, cell)
