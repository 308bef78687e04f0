"""Personal data in a column of a part: found in digits many at once, and else cell by cell.

Every cell counts, whoever reads it. Cells of nothing but digits are judged here as
`personal.find` judges them; of these only those that a report shows are looked at once more.
"""

from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from aiqyn.subjects import personal
from aiqyn.subjects.datafile.columns_people import OF_IIN
from aiqyn.subjects.datafile.columns_tally import Tally
from aiqyn.subjects.datafile.csv_blocks import Block, Places
from aiqyn.subjects.datafile.csv_cells import Flags, are_digits, begin_with_birthday, have_digits
from aiqyn.subjects.datafile.csv_known import PEOPLE, Known
from aiqyn.subjects.datafile.model import MOST_SPOTS
from aiqyn.subjects.personal_columns import MOST_IN_GROUP, SHORTEST, Watch

OF_PHONE = 11
OF_CARDS = range(13, 20)
_ZERO = np.uint8(ord("0"))
_WEIGHTS = np.array([range(1, 12), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)])
_DAYS = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_LONGEST_SMALL = 18  # bytes of a number of one digit between spaces of any kind
_Digits = NDArray[np.int64]


def look_for_people(block: Block, column: int, tally: Tally) -> None:
    """Add the personal data in a column to what its watch has seen."""
    watch = tally.watch
    lengths = block.ends[column] - block.starts[column]
    worth = np.zeros(len(lengths), np.bool_)  # to be looked at one by one
    if watch.counts_people:
        for found in _small_groups(block, column, lengths, watch):
            worth[found] = True
    rest = lengths >= (SHORTEST if watch.named[personal.IIN] else OF_PHONE)
    places = np.flatnonzero((lengths >= OF_PHONE) & (lengths < OF_CARDS.stop))
    if len(places):
        places = places[are_digits(block, column, places)]
        for found in _among_digits(block, column, places, watch):
            worth[found] = True
        rest[_of_iin(places, lengths) if watch.named[personal.IIN] else places] = False
    if watch.named[personal.IIN]:
        worth |= rest
    else:
        others = have_digits(block, column, np.flatnonzero(rest), OF_PHONE)
        if len(others):
            worth[others[~_are_moments(block, column, others)]] = True
        worth[block.signed(column)] = True
    _hand_over(block, column, watch, np.flatnonzero(worth))


def look_for_known_people(
    block: Block, tally: Tally, known: Known, numbers: Places, counts: Places
) -> None:
    """Do the same where it is known of every value whether it holds any."""
    places = known.marked(numbers, counts, PEOPLE)
    if len(places):
        said = np.flatnonzero(counts).tolist()
        rows, values = block.numbers[places].tolist(), numbers[places].tolist()
        tally.watch.add_judged(
            ((known.verdicts[value], int(counts[value])) for value in said),
            ((row, known.verdicts[value]) for row, value in zip(rows, values, strict=True)),
        )


def _of_iin(places: Places, lengths: Places) -> Places:
    """Digits that are told already where numbers of eleven may have lost a zero."""
    return places[lengths[places] > OF_PHONE]


def _small_groups(block: Block, column: int, lengths: Places, watch: Watch) -> Iterator[Places]:
    """Yield the places of numbers of a few people to be looked at; the rest is counted."""
    buffer, starts = block.buffer, block.starts[column]
    single = np.flatnonzero(lengths == 1)
    single = single[buffer[starts[single]] - np.uint8(ord("1")) < MOST_IN_GROUP]
    yield _shown(watch, personal.SMALL_GROUP, single)
    others = np.flatnonzero((lengths > 1) & (lengths <= _LONGEST_SMALL))
    first, second, third = (buffer[starts[others] + at] for at in range(3))
    may_be = (first - np.uint8(ord("1")) < MOST_IN_GROUP) & (
        _MAY_BE_SPACE[second] | ((second == ord(".")) & (third == _ZERO))
    )
    yield others[may_be | _MAY_BE_SPACE[first]]


_MAY_BE_SPACE = np.zeros(256, np.bool_)
_MAY_BE_SPACE[[*range(33), 0xC2, 0xE1, 0xE2, 0xE3]] = True


def _among_digits(block: Block, column: int, places: Places, watch: Watch) -> Iterator[Places]:
    """Yield the places among these, digits only, of numbers of somebody to be looked at."""
    lengths = block.ends[column, places] - block.starts[column, places]
    found: dict[str, list[Places]] = {}
    for length in np.unique(lengths).tolist():
        if length == OF_PHONE and watch.named[personal.IIN]:
            continue  # it may have lost a zero
        these = places[lengths == length]
        if length == OF_IIN:
            these = these[begin_with_birthday(block, column, these)]
        starts = block.starts[column, these]
        digits = (block.buffer[starts[:, None] + np.arange(length)] - _ZERO).astype(np.int64)
        kind, are_alike, are_found = _told(digits)
        watch.alike[kind] += int(are_alike.sum())
        found.setdefault(kind, []).append(these[are_found])
    for kind, each in found.items():
        shown = _shown(watch, kind, np.sort(np.concatenate(each)))
        watch.alike[kind] -= len(shown)  # counted when they are looked at
        yield shown


def _shown(watch: Watch, kind: str, found: Places) -> Places:
    """Return the first places of what was found, which a report may show; count the others."""
    others = len(found) - MOST_SPOTS
    if others > 0:
        watch.count[kind] += others
        if kind == personal.IIN:
            watch.sure[kind] += others
    return found[:MOST_SPOTS]


def _told(digits: _Digits) -> tuple[str, Flags, Flags]:
    """Return what rows of digits may be, and which of them look like one, and are."""
    length = digits.shape[1]
    if length == OF_IIN:
        return personal.IIN, np.ones(len(digits), np.bool_), _are_iins(digits)
    if length == OF_PHONE:
        return personal.PHONE, _have_codes(digits), _are_phones(digits)
    return personal.CARD, np.ones(len(digits), np.bool_), _are_cards(digits)


def _are_iins(digits: _Digits) -> Flags:
    """Which rows of twelve digits have a day, a century and a check digit."""
    year, month, day = (digits[:, at] * 10 + digits[:, at + 1] for at in (0, 2, 4))
    century = digits[:, 6]
    found: Flags = np.isin(century, (0, 3, 4, 5, 6)) & (day <= _DAYS[month])
    is_leap = (year % 4 == 0) & ((year > 0) | (century != 3) & (century != 4))  # not 1900
    found &= is_leap | (month != 2) | (day < 29)
    first, second = (digits[:, :11] @ weights % 11 for weights in _WEIGHTS)
    found &= np.where(first == 10, second, first) == digits[:, 11]
    return found


def _have_codes(digits: _Digits) -> Flags:
    """In which rows of eleven digits a mobile number may begin somewhere."""
    may_begin = ((digits[:, :-4] == 7) | (digits[:, :-4] == 8)) & (digits[:, 1:-3] == 7)
    found: Flags = may_begin.any(axis=1)
    return found


def _are_phones(digits: _Digits) -> Flags:
    codes = [int(code) for code in personal.lore().mobile]
    said = digits[:, 1:4] @ (100, 10, 1)
    found: Flags = np.isin(digits[:, 0], (7, 8)) & np.isin(said, codes)
    return found


def _are_cards(digits: _Digits) -> Flags:
    """Which rows begin as payment cards of so many digits do, and pass Luhn's test."""
    said = digits[:, :_OF_BEGINNING] @ (1000, 100, 10, 1)
    doubled = digits[:, -2::-2] * 2
    total = digits[:, -1::-2].sum(axis=1) + (doubled - 9 * (doubled > 9)).sum(axis=1)
    found: Flags = _begin_cards()[digits.shape[1]][said] & (total % 10 == 0)
    return found


_OF_BEGINNING = 4  # digits that tell who gave a card out


@cache
def _begin_cards() -> NDArray[np.bool_]:
    """Return by length which four digits begin a card."""
    found = np.zeros((OF_CARDS.stop, 10**_OF_BEGINNING), np.bool_)
    for cards in personal.lore().cards:
        first, _, last = cards.begins.partition("-")
        least = int(first.ljust(_OF_BEGINNING, "0"))
        most = int((last or first).ljust(_OF_BEGINNING, "9"))
        found[list(cards.lengths), least : most + 1] = True
    return found


def _are_moments(block: Block, column: int, places: Places) -> Flags:
    """Which cells are days with the hour, as 2025-01-31 09:00: no number goes on behind ":"."""
    starts, buffer = block.starts[column, places], block.buffer
    lengths = block.ends[column, places] - starts
    found: Flags = (buffer[starts + 13] == ord(":")) & (lengths > 13) & (lengths < 20)
    found &= np.isin(buffer[starts + 10], (ord(" "), ord("T")))
    begins_with_year = _parts(buffer[starts + 4]) & _parts(buffer[starts + 7])
    begins_with_day = _parts(buffer[starts + 2]) & _parts(buffer[starts + 5])
    return found & (begins_with_year | begins_with_day)


def _parts(letters: NDArray[np.uint8]) -> Flags:
    """Which letters stand between the numbers of a day."""
    found: Flags = (letters == ord("-")) | (letters == ord(".")) | (letters == ord("/"))
    return found


def _hand_over(block: Block, column: int, watch: Watch, places: Places) -> None:
    if len(places):
        watch.add_all(block.numbers[places].tolist(), block.cells(places, column))
