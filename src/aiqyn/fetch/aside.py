"""A second reader in a process of its own, which takes pages off the hands of the crawl.

Reading costs three times what fetching does, so on two cores a crawl is twice as
fast with it. It is a convenience: when it dies, what it had in hand is read here,
and what it knew is read again from what was kept.
"""

import asyncio
import math
import os
import pickle
import signal
import socket
import struct
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from aiqyn.chain import Evidence
from aiqyn.fetch.limits import Limits

# In hand: enough to read on with while the crawl, busy with a page of its own, hears nobody.
MOST_AHEAD = 8  # pages
MOST_BYTES = 4_000_000  # of them, before one more
AFTER = 200  # pages of a site too small for a second process to pay
FAST = 50.0  # requests a second; a slower crawl has time to read by itself
ON_THE_WAY = 1 << 20  # bytes of questions, as far as the system allows
AT_ONCE = 1 << 20  # bytes of answers taken in at once
_SIZES = struct.Struct(">II")  # of evidence and content; two zeros: that was all
_SIZE = struct.Struct(">I")


class AsideDied(Exception):
    """The second reader is gone, with what it knew."""

    def __init__(self, *, at_work: bool = False) -> None:
        """`at_work` on the very page that was asked for: it may be what killed it."""
        super().__init__()
        self.at_work = at_work


def is_worth_it(limits: Limits) -> bool:
    """Whether a second reader would have anything to do, and a core to do it on."""
    is_fast = not 0 < limits.per_host_per_second < FAST
    return is_fast and len(os.sched_getaffinity(0)) > 1


class Aside:
    """The second reader as the crawl sees it; lives in one event loop.

    It is a copy of `reader` as it is when this is made, in a process forked off this one:
    nothing is loaded twice. So make it before there is a loop, a thread or anything read.
    """

    def __init__(self, reader: Any, patience_s: float) -> None:
        """`patience_s` is the longest it may take over one page."""
        self.patience_s = patience_s
        self._in_hand: list[int] = []  # bytes of each question
        self._turn = asyncio.Lock()  # answers come in the order of questions
        self._socket, its = socket.socketpair()
        # What is ahead lies there: while the crawl reads a page of its own, it writes nothing.
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, ON_THE_WAY)
        self._pid = _forked(reader, its, math.ceil(patience_s) + 1)
        its.close()
        self._is_over = self._pid == 0
        if self._is_over:
            self._socket.close()
        self._ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._open_once = asyncio.Lock()

    @property
    def is_free(self) -> bool:
        """Whether it would begin soon with one more page."""
        is_busy = len(self._in_hand) >= MOST_AHEAD or sum(self._in_hand) >= MOST_BYTES
        return not self._is_over and not is_busy

    async def read(self, evidence: Evidence, content: bytes) -> list[str] | None:
        """Return the raw links, None where no parser can read the page. Raises AsideDied."""
        question = _frame(evidence, content)
        self._in_hand.append(len(question))
        try:
            answer = await self._asked(question)
            return msgspec.msgpack.decode(answer, type=list[str] | None)
        finally:
            self._in_hand.remove(len(question))

    async def finish(self) -> Any:
        """End it; return what its reader's `partial()` said, None when it was never needed.

        Raises AsideDied.
        """
        if self._ends is None or self._is_over:
            await self.end()
            return None
        answer = await self._asked(_SIZES.pack(0, 0))
        await self.end()
        return pickle.loads(answer)  # noqa: S301  # made by our own code in a process of ours

    async def end(self) -> None:
        """End it at once, whatever it does."""
        self._is_over = True
        pid, self._pid = self._pid, 0
        if self._ends is None:
            self._socket.close()
        else:
            self._ends[1].transport.abort()
        if pid:
            with suppress(ProcessLookupError):  # it has ended by itself
                os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)

    async def _asked(self, question: bytes) -> bytes:
        """Write at once, so that it has the next page when it is done with this one."""
        answers, questions = await self._opened()
        questions.write(question)
        async with self._turn:  # first come, first served: nothing is awaited since the writing
            if self._is_over:
                raise AsideDied
            try:
                async with asyncio.timeout(self.patience_s):
                    size = _SIZE.unpack(await answers.readexactly(_SIZE.size))[0]
                    return await answers.readexactly(size)
            except (OSError, TimeoutError, asyncio.IncompleteReadError):
                await self.end()
                raise AsideDied(at_work=True) from None

    async def _opened(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        async with self._open_once:
            if self._is_over:
                raise AsideDied
            if self._ends is None:
                self._ends = await asyncio.open_unix_connection(sock=self._socket, limit=AT_ONCE)
            return self._ends


def _forked(reader: Any, its: socket.socket, at_most_s: int) -> int:
    """Return the number of a process in which `reader` answers; 0 when there can be none."""
    try:
        pid = os.fork()
    except OSError:
        return 0
    if not pid:  # pragma: no cover - what follows runs in processes of their own
        _live(reader, its, at_most_s)
    return pid


def _live(reader: Any, its: socket.socket, at_most_s: int) -> None:  # pragma: no cover - as above
    """Answer, and end without touching what the process it was forked off had open."""
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the crawl's, which ends this
        voice = os.dup2(its.fileno(), 0)
        for each in list(Path("/dev/fd").iterdir()):  # the other end among them
            if int(each.name) > 2:
                with suppress(OSError):  # the list itself was open
                    os.close(int(each.name))
        os.dup2(2, 1)  # whatever a reader prints goes to standard error
        sys.stdout = sys.stderr = os.fdopen(2, "w", closefd=False)
        with os.fdopen(voice, "rb") as questions, os.fdopen(os.dup(voice), "wb") as answers:
            serve(reader, questions, answers, at_most_s)
    except BaseException:  # noqa: BLE001  # whatever it was, nothing of the crawl may go on here
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _frame(evidence: Evidence, content: bytes) -> bytes:
    head = msgspec.msgpack.encode(evidence)
    return _SIZES.pack(len(head), len(content)) + head + content


def serve(reader: Any, questions: BinaryIO, answers: BinaryIO, at_most_s: int = 0) -> None:
    """Read what is asked until that was all, or until nobody asks: the crawl is gone.

    The process ends when one page takes longer than `at_most_s` (0: as long as it likes), for
    a crawl that is gone ends nobody.
    """
    while len(sizes := questions.read(_SIZES.size)) == _SIZES.size:
        head, content = _SIZES.unpack(sizes)
        if not head:
            _answer(answers, pickle.dumps(reader.partial(), pickle.HIGHEST_PROTOCOL))
            return
        evidence = msgspec.msgpack.decode(questions.read(head), type=Evidence)
        page = questions.read(content)
        signal.alarm(at_most_s)
        links = _links(reader, evidence, page)
        signal.alarm(0)
        _answer(answers, msgspec.msgpack.encode(links))


def _links(reader: Any, evidence: Evidence, content: bytes) -> Sequence[str] | None:
    try:
        links: Sequence[str] = reader.read(evidence, content)
    except (RecursionError, MemoryError):
        return None
    return links


def _answer(answers: BinaryIO, content: bytes) -> None:
    answers.write(_SIZE.pack(len(content)) + content)
    answers.flush()
