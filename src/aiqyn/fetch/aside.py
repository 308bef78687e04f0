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
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

import msgspec

from aiqyn.chain import Evidence
from aiqyn.fetch.limits import Limits

# In hand: enough to read on with while the crawl, busy with a page of its own, hears nobody.
MOST_AHEAD = 8  # pages
MOST_BYTES = 4_000_000  # of them, before one more
AFTER = 200  # pages of a site too small for a second process to pay
FAST = 50.0  # requests a second; a slower crawl has time to read by itself
ON_THE_WAY = 1 << 20  # bytes of questions, as far as the system allows
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


class Aside(asyncio.Protocol):
    """The second reader as the crawl sees it; lives in one event loop.

    It is a copy of `reader` as it is when this is made, in a process forked off this one:
    nothing is loaded twice. So make it before there is a loop, a thread or anything read.
    """

    def __init__(self, reader: Any, patience_s: float) -> None:
        """`patience_s` is the longest it may take over one page."""
        self.patience_s = patience_s
        self._in_hand: list[int] = []  # bytes of each question
        self._waiting: deque[asyncio.Future[bytes]] = deque()  # answers come in this order
        self._heard = bytearray()  # of the answer that is coming
        self._since = 0.0  # when the first of those waiting became that
        self._timer: asyncio.TimerHandle | None = None
        self._socket, its = socket.socketpair()
        # What is ahead lies there: while the crawl reads a page of its own, it writes nothing.
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, ON_THE_WAY)
        self._pid = _forked(reader, its, math.ceil(patience_s) + 1)
        its.close()
        self._is_over = self._pid == 0
        if self._is_over:
            self._socket.close()
        self._transport: asyncio.Transport | None = None
        self._open_once = asyncio.Lock()

    @property
    def is_free(self) -> bool:
        """Whether it would begin soon with one more page."""
        is_busy = len(self._in_hand) >= MOST_AHEAD or sum(self._in_hand) >= MOST_BYTES
        return not self._is_over and not is_busy

    async def read(self, evidence: Evidence, content: bytes) -> list[str] | None:
        """Return the raw links, None where no parser can read the page. Raises AsideDied."""
        head = msgspec.msgpack.encode(evidence)
        size = len(head) + len(content)
        self._in_hand.append(size)
        try:
            before = _SIZES.pack(len(head), len(content)) + head
            answer = await self._asked(before, content)
            return msgspec.msgpack.decode(answer, type=list[str] | None)
        finally:
            self._in_hand.remove(size)

    async def finish(self) -> Any:
        """End it; return what its reader's `partial()` said, None when it was never needed.

        Raises AsideDied.
        """
        if self._transport is None or self._is_over:
            await self.end()
            return None
        answer = await self._asked(_SIZES.pack(0, 0))
        await self.end()
        return pickle.loads(answer)  # noqa: S301  # made by our own code in a process of ours

    async def end(self) -> None:
        """End it at once, whatever it does."""
        self._end()

    def _end(self) -> None:
        self._is_over = True
        pid, self._pid = self._pid, 0
        if self._timer is not None:
            self._timer.cancel()
        if self._transport is None:
            self._socket.close()
        else:
            self._transport.abort()
        if pid:
            with suppress(ProcessLookupError):  # it has ended by itself
                os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        at_work = True
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_exception(AsideDied(at_work=at_work))
            at_work = False

    async def _asked(self, *question: bytes) -> bytes:
        """Write at once, so that it has the next page when it is done with this one."""
        if self._transport is None:
            await self._open()
        if self._is_over or self._transport is None:
            raise AsideDied
        loop = asyncio.get_running_loop()
        if not self._waiting:
            self._since = loop.time()
            if self._timer is None:
                self._timer = loop.call_later(self.patience_s, self._look)
        answer: asyncio.Future[bytes] = loop.create_future()
        self._transport.writelines(question)
        self._waiting.append(answer)
        return await answer

    async def _open(self) -> None:
        async with self._open_once:
            if self._transport is None and not self._is_over:
                loop = asyncio.get_running_loop()
                try:
                    await loop.create_unix_connection(lambda: self, sock=self._socket)
                except BaseException:  # whoever opened it gave up: it is open to nobody
                    self._end()
                    raise

    def _look(self) -> None:
        """End it where an answer took too long; the timer was set for an earlier one."""
        self._timer = None
        if not self._waiting:
            return
        loop = asyncio.get_running_loop()
        left = self._since + self.patience_s - loop.time()
        if left > 0:
            self._timer = loop.call_later(left, self._look)
        else:
            self._end()

    # What the connection tells

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # of a stream

    def data_received(self, data: bytes) -> None:
        heard = self._heard
        heard += data
        while len(heard) >= _SIZE.size:
            end = _SIZE.size + _SIZE.unpack_from(heard)[0]
            if len(heard) < end:
                return
            answer = bytes(heard[_SIZE.size : end])
            del heard[:end]
            self._since = asyncio.get_running_loop().time()
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_result(answer)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._is_over:
            self._end()


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
