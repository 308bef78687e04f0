"""What people were answered of late, in memory that processes forked off one share; a new process
asks itself for it before it takes its first request.

A process that begins in the middle of a crowd has drawn nothing yet and has no connection to the
database: its first readers would wait for both, while the other processes answer at once.
"""

import logging
from collections.abc import Callable, Sequence
from json import dumps, loads
from mmap import mmap
from threading import Lock, Thread
from time import monotonic
from wsgiref.types import WSGIEnvironment
from wsgiref.util import setup_testing_defaults
from zlib import crc32

logger = logging.getLogger(__name__)
PLACES, BYTES = 128, 1024  # an address that does not fit is not remembered
LATELY_S = 60.0
MOST = 24  # addresses asked for ahead
LONGEST_S = 1.0  # then requests are taken, whatever has been drawn
THREADS = 2
_HEAD = 6  # bytes: a checksum, the length

Address = tuple[str, ...]


class Addresses:
    """Who writes asks nobody: what two processes have written at once is not read."""

    def __init__(self) -> None:
        self._memory = mmap(-1, PLACES * BYTES)

    def note(self, address: Address, at: float) -> None:
        """Remember that `address` was drawn at a moment of `monotonic`: all processes share it."""
        start = crc32("\n".join(address).encode()) % PLACES * BYTES
        before = self._read(start)
        times = before[1] + 1 if before and before[2] == address else 1
        said = dumps([at, times, address]).encode()
        if len(said) <= BYTES - _HEAD:
            head = crc32(said).to_bytes(4, "big") + len(said).to_bytes(2, "big")
            self._memory[start : start + _HEAD + len(said)] = head + said

    def lately(self, now: float) -> list[Address]:
        """Return what was drawn within the last minute, the most often drawn first."""
        read = (self._read(start) for start in range(0, PLACES * BYTES, BYTES))
        found = [one for one in read if one is not None and now - one[0] < LATELY_S]
        return [address for _at, _times, address in sorted(found, key=lambda one: -one[1])]

    def _read(self, start: int) -> tuple[float, int, Address] | None:
        held = self._memory[start : start + BYTES]
        length = int.from_bytes(held[4:_HEAD], "big")
        said = held[_HEAD : _HEAD + length]
        if not length or crc32(said) != int.from_bytes(held[:4], "big"):
            return None
        at, times, address = loads(said)
        return at, times, tuple(address)


def ask(
    draw: Callable[[WSGIEnvironment], object],
    environments: Sequence[WSGIEnvironment],
    *,
    leave: Callable[[], object],
) -> None:
    """Have the first of these drawn by a few threads, each of which calls `leave` at its end.

    Returns after a second at the latest. What goes wrong is left to the reader who asks next.
    """
    end = monotonic() + LONGEST_S
    left, turn = iter(environments[:MOST]), Lock()

    def next_one() -> WSGIEnvironment | None:
        with turn:
            return next(left, None) if monotonic() < end else None

    def ask_each() -> None:
        try:
            for one in iter(next_one, None):
                draw(one)
        except Exception:
            logger.exception("what was to be asked ahead was not answered")
        finally:
            leave()

    threads = [Thread(target=ask_each, daemon=True) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, end - monotonic()))


def environment(names: Sequence[str], address: Address) -> WSGIEnvironment:
    """Return the request of somebody who says nothing but the address."""
    found: WSGIEnvironment = {name: said for name, said in zip(names, address, strict=True) if said}
    found["REMOTE_ADDR"] = "127.0.0.1"
    setup_testing_defaults(found)
    return found
