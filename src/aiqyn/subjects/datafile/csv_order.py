"""The order of a column of a part: told for many cells at once where that can be."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aiqyn.subjects.datafile.columns_order import Order, key_of, key_of_text
from aiqyn.subjects.datafile.csv_blocks import Block, Places
from aiqyn.subjects.datafile.csv_known import Known
from aiqyn.subjects.datafile.profile import Profile
from aiqyn.subjects.datafile.values import DAYS, value_of

Floats = NDArray[np.float64]


def order_of_numbers(order: Order, rows: Places, keys: Floats) -> None:
    """Add numbers, one a row; NaN is passed over."""
    valid = ~np.isnan(keys)
    rows, keys = rows[valid], keys[valid]
    if not len(keys):
        return
    steps = np.sign(keys[1:] - keys[:-1]) * order.direction
    breaks = np.flatnonzero(steps < 0)
    part = Order(
        order.direction,
        count=len(keys),
        moves=int(np.count_nonzero(steps)),
        breaks=len(breaks),
        row=int(rows[breaks[0] + 1]) if len(breaks) else 0,
        first=(int(rows[0]), float(keys[0])),
        last=float(keys[-1]),
    )
    order.join(part)


def order_of_known(order: Order, rows: Places, known: Known, numbers: Places) -> None:
    """Add cells by the numbers of their values; only where these change is anything compared."""
    changes = np.flatnonzero(numbers[1:] != numbers[:-1]) + 1
    begins = np.concatenate((np.zeros(min(1, len(numbers)), np.int64), changes))
    keys = {
        number: key_of(text, value, known.profile)
        for number in np.unique(numbers[begins]).tolist()
        for text, value, _ in (known.values[number],)
    }
    before, moves = order.count, numbers[begins].tolist()
    order.add(rows[begins].tolist(), map(keys.get, moves))
    silent = np.array([number for number, key in keys.items() if key is None], np.int64)
    order.count = before + int(np.isin(numbers, silent, invert=True).sum())


def order_of_texts(order: Order, block: Block, profile: Profile, gaps: Sequence[int]) -> None:
    """Add the cells of a column, texts or days; those at the places `gaps` say nothing."""
    says = np.ones(len(block.numbers), np.bool_)
    says[list(gaps)] = False
    places = np.flatnonzero(says)
    texts = block.cells(places, profile.number - 1)
    keys = (key_of(text, value_of(text), profile) for text in texts)
    order.add(
        block.numbers[places].tolist(),
        keys if profile.kind in DAYS else map(key_of_text, texts),
    )
