"""Two processes answer one list of questions about what would be dear to hand over: a site.

The other one is a copy of this one, so it has the site at once. It is a convenience: where
there can be none, or it dies, this one answers everything by itself, the same to the byte.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TypeVar

import msgspec

from aiqyn.chain import Finding

T = TypeVar("T")
AT_MOST_S = 600  # the other one ends by itself then: this one may have been killed meanwhile
_DECODER = msgspec.msgpack.Decoder(list[Finding])


def by_two(answer: Callable[[T], Finding], questions: Sequence[T]) -> list[Finding]:
    """Return the answers in the order of the questions; `answer` does nothing beside answering.

    One begins in front, one at the end, and they go on until they meet: questions that stand
    together share what has to be worked out for them. Raises what `answer` raises.
    """
    # To fork is safe only where no other thread holds a lock.
    if len(os.sched_getaffinity(0)) < 2 or threading.active_count() > 1:
        return list(map(answer, questions))
    turns = _turns(len(questions))
    hears, tells = os.pipe()
    other = _forked()
    if not other:  # pragma: no cover - what follows runs in a process of its own
        _live(turns, tells, map(answer, reversed(questions)))
    os.close(tells)
    try:
        first = _while_turns(turns, map(answer, questions))
        last = _heard(hears)
    finally:
        os.close(turns)
        os.close(hears)
        _end(other)
    lost = questions[len(first) : len(questions) - len(last)]
    return [*first, *map(answer, lost), *reversed(last)]


def _turns(number: int) -> int:
    """Return a descriptor with so many bytes: whoever reads one answers one more question."""
    turns, given = os.pipe()
    os.write(given, bytes(number))
    os.close(given)
    return turns


def _while_turns(turns: int, answers: Iterator[Finding]) -> list[Finding]:
    return [next(answers) for _ in iter(lambda: os.read(turns, 1), b"")]


def _heard(hears: int) -> list[Finding]:
    """Return the answers of the other one; none where it died."""
    pieces = iter(lambda: os.read(hears, 1 << 20), b"")
    try:
        return _DECODER.decode(b"".join(pieces))
    except msgspec.DecodeError:
        return []


def _forked() -> int:
    """Return the number of a copy of this process, 0 in that copy, and -1 when there is none."""
    try:
        return os.fork()
    except OSError:
        return -1


def _end(other: int) -> None:
    if other > 0:
        with suppress(ProcessLookupError):
            os.kill(other, signal.SIGKILL)
        with suppress(ChildProcessError):  # where nobody asks how children end, none is waited for
            os.waitpid(other, 0)


def _live(turns: int, tells: int, answers: Iterator[Finding]) -> None:  # pragma: no cover
    """Answer, and end without touching what the process it was forked off had open."""
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the one that waits
        signal.alarm(AT_MOST_S)
        told = msgspec.msgpack.encode(_while_turns(turns, answers))
        with os.fdopen(tells, "wb") as voice:
            voice.write(told)
    finally:
        os._exit(0)
