"""Where in a text something stands that only personal data has, all of it at once.

An "@", the beginning of an account, the end of a patronymic: a cell without any of these, and
without digits enough for a number of somebody, holds nothing.
"""

import numpy as np
from numpy.typing import NDArray

from aiqyn.subjects.personal_columns import ENDS_OF_NAMES

STEP = 256 << 10  # bytes looked at together: they stay in the cache of the processor
_Bytes = NDArray[np.uint8]
_Places = NDArray[np.int64]

_NOWHERE = np.zeros(0, np.int64)
_ENDS_OF_NAMES = np.array(
    [int.from_bytes(each.encode(), "big") for end in ENDS_OF_NAMES for each in (end, end.upper())]
)
_LAST, _BEFORE = np.zeros(256, np.bool_), np.zeros(256, np.bool_)
_LAST[_ENDS_OF_NAMES & 255] = True
_BEFORE[_ENDS_OF_NAMES >> 16 & 255] = True
_POWERS = 1 << np.arange(40, -1, -8, dtype=np.int64)
_ODD_FROM, _SIGNS_OF_TEXT = 0xD8, 0xE2  # first bytes of letters: beyond Cyrillic; of № and dashes


def signs_in(content: bytes) -> _Places:
    """Return where such a sign begins or ends, in order; eight bytes at both ends are none.

    Letters of rare scripts, some of which are digits, are signs as well.
    """
    buffer = np.frombuffer(content, np.uint8)
    found = []
    if b"@" in content:
        found.append(np.flatnonzero(buffer == ord("@")))
    found.append(_accounts(buffer))
    if not content.isascii():
        found.append(_ends_of_names(buffer))
    if buffer.max(initial=0) >= _ODD_FROM:
        found.append(np.flatnonzero((buffer >= _ODD_FROM) & (buffer != _SIGNS_OF_TEXT)))
    found = [each for each in found if len(each)]
    return np.unique(np.concatenate(found)) if found else _NOWHERE


def _accounts(buffer: _Bytes) -> _Places:
    """Where two capital letters, two digits, and a letter, digit or space follow each other."""
    found = []
    for begun in range(0, len(buffer), STEP):
        are_capital = buffer[begun : begun + STEP + 1] - np.uint8(ord("A")) < 26
        pairs = np.flatnonzero(are_capital[:-1] & are_capital[1:])
        found.append(pairs + begun)
    at = np.concatenate(found)
    for further in (2, 3):
        at = at[buffer[at + further] - np.uint8(ord("0")) < 10]
    return at


def _ends_of_names(buffer: _Bytes) -> _Places:
    """Where a word ends as patronymics do."""
    found = []
    for begun in range(0, len(buffer), STEP):
        part = buffer[begun : begun + STEP + 1]
        ends = part[:-1].view(np.int8) < -0x40  # the last byte of a letter of two
        ends &= part[1:] & 0xF0 != 0xD0  # and no Cyrillic one behind it
        found.append(np.flatnonzero(ends) + begun)
    at = np.concatenate(found)
    at = at[_LAST[buffer[at]]]
    at = at[_BEFORE[buffer[at - 2]]]
    said = buffer[at[:, None] + np.arange(-5, 1)] @ _POWERS
    return at[np.isin(said, _ENDS_OF_NAMES)]
