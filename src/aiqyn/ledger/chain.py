"""A chain of hashes over records that are only ever added.

Each link commits to the record and to the link before it, so a record that is
changed, removed, inserted or moved breaks every link after it.
"""

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec

GENESIS = "0" * 64


def link(previous: str, record: Any) -> str:
    """Return the SHA-256 (hex) of `record` chained to the hex digest `previous`.

    `record` is anything msgspec encodes; keys are sorted, so equal records give
    equal links.
    """
    content = msgspec.json.encode(record, order="deterministic")
    return hashlib.sha256(previous.encode() + b"\n" + content).hexdigest()


def first_break(records: Iterable[tuple[Any, str]]) -> int | None:
    """Return the index of the first record whose link does not follow, or None."""
    previous = GENESIS
    for index, (record, claimed) in enumerate(records):
        previous = link(previous, record)
        if previous != claimed:
            return index
    return None
