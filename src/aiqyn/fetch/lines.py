"""Connections that are kept open, and one request after another on each: bytes out, an answer in.

`dial` opens them, and `httptools`, which reads HTTP for Node.js too, takes answers apart. What lies
between is ours: a session of aiohttp takes three times as long over a request.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import cast

import httptools
from msgspec import Struct
from yarl import URL

from aiqyn.fetch.dial import Dial

MAX_HEADER = 1 << 16  # bytes of one header line
MAX_HEADERS = 512
MAX_HEAD = 1 << 20  # bytes received that are no body: headers, trailers, notes beside chunks
FRAME = 12  # bytes around a chunk that do not count: its size in eight digits, and two line ends
PACE_S = 10.0  # over which it is measured how fast an answer comes
LEAST = 100.0  # bytes a second of an answer that has begun: who is slower drips
KEPT_S = 15.0  # a connection nobody uses is kept open
IDEMPOTENT = frozenset({"GET", "HEAD"})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
SCHEMES = frozenset({"http", "https"})
SWITCHING = 101  # the only interim answer after which no other comes
INTERIM = range(100, 200)
Host = tuple[str, str | None, int | None]  # scheme, name, port


class Broken(Exception):
    """What came over a connection is no answer."""


class Disconnected(Broken):
    """The connection ended before an answer began."""


class Patience(Struct, frozen=True):
    """How long is waited, in seconds."""

    total: float  # for one address, opening included
    connect: float  # for one attempt to connect
    read: float  # for the next bytes
    least: float = 0.0  # bytes a second of an answer that drips, see LEAST; 0: it may


class Wanted(Struct, frozen=True):
    """A request, and how much of the answer is read."""

    method: str
    request: bytes
    max_bytes: int  # of the body; 0: it is not read
    patience: Patience


class Received(Struct):
    """What one server said to one request."""

    status: int = 0
    raw: list[tuple[bytes, bytes]] = []
    headers: dict[bytes, bytes] = {}  # the first of each name, in lower case
    pieces: list[bytes] = []
    size: int = 0  # of all pieces
    excess: str = ""  # why the body is too large; then it was not read to its end

    def header(self, name: bytes) -> str:
        """Return the first header of this name, given in lower case; or "".

        What is no UTF-8 is marked, so that whatever is told of the header can be written down.
        """
        return self.headers.get(name, b"").decode("utf-8", "replace")

    @property
    def is_framed(self) -> bool:
        """Whether the answer itself says where it ends, not the end of the connection."""
        coded = [value for name, value in self.raw if name.lower() == b"transfer-encoding"]
        last = coded[-1].rpartition(b",")[2].strip().lower() if coded else b""
        return last == b"chunked" or b"content-length" in self.headers

    @property
    def content(self) -> bytes:
        return self.pieces[0] if len(self.pieces) == 1 else b"".join(self.pieces)


class Line(asyncio.Protocol):
    """One connection; carries one request at a time."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, gone: "Callable[[Line], None] | None" = None
    ) -> None:
        """`gone` is told when it closes."""
        self._loop = loop
        self._gone = gone
        self._timer: asyncio.TimerHandle | None = None  # one for many requests
        self._rings = self._rested = 0.0  # when it will ring; since when nobody asks
        self._done: asyncio.Future[Received] | None = None
        self.is_open = False

    async def ask(self, wanted: Wanted, deadline: float) -> Received:
        """Send a request and return what is answered; where that fails, the line is closed.

        Raises TimeoutError or Broken.
        """
        if not self.is_open:
            raise Disconnected
        self._wanted, self._deadline = wanted, deadline
        self._answer = Received()
        self._beside = 0  # bytes received that are no body
        self._has_head = self._is_enough = self._is_complete = self._is_kept = False
        self._parser = httptools.HttpResponseParser(self)
        self._parser.set_dangerous_leniencies(  # servers write so, and browsers read it
            lenient_headers=True,
            lenient_optional_cr_before_lf=True,
            lenient_spaces_after_chunk_size=True,
        )
        self._done = self._loop.create_future()
        self._heard = self._weighed = self._loop.time()
        self._come = 0  # bytes, when it was measured last
        self._began = 0.0  # when some were measured first
        self._watch()
        self._transport.write(wanted.request)
        try:
            return await self._done
        except BaseException:
            self.close()
            raise
        finally:
            self._done = None

    @property
    def certificate(self) -> bytes:
        """The certificate the other end showed, as DER; nothing where it does not speak TLS."""
        tls = self._transport.get_extra_info("ssl_object")
        return (tls.getpeercert(binary_form=True) if tls else None) or b""

    def rest(self) -> None:
        """Nobody asks: be closed after a while."""
        self._rested = self._loop.time()
        self._answer = Received()  # what was answered is with whoever asked
        self._watch()

    def close(self) -> None:
        self.is_open = False
        self._stop()
        self._transport.abort()  # nothing is left to be said, and TLS would wait for the other end
        if self._gone is not None:
            self._gone(self)

    def _watch(self) -> None:
        """Look at the time, and again when its next limit may be reached.

        A timer that rings sooner than it need, set for an earlier request, is left as it is.
        """
        is_resting = self._done is None
        longest = KEPT_S if is_resting else self._wanted.patience.read
        due = self._rested + longest if is_resting else self._next_look(longest)
        if due > self._loop.time():
            if self._timer is None or due < self._rings:
                self._stop()
                self._rings, self._timer = due, self._loop.call_at(due, self._ring)
        elif is_resting:
            self.close()
        elif min(self._deadline, self._heard + longest) > self._loop.time():
            self._measure()
        else:
            self._fail(TimeoutError(f"nothing for {longest} s, or not all in time"))

    def _next_look(self, longest: float) -> float:
        """When an answer may be late, or has to be measured."""
        late = min(self._deadline, self._heard + longest)
        return min(late, self._weighed + PACE_S) if self._wanted.patience.least else late

    def _measure(self) -> None:
        """Break off an answer that has dripped since the last time, and been slow all along.

        Who pauses is waited for, and so is whoever sent much at once before.
        """
        come = self._answer.size if self._has_head else self._beside
        new, had_begun = come - self._come, self._come > 0
        self._weighed, self._come = self._loop.time(), come
        if not had_begun:
            self._began = self._weighed
        least = self._wanted.patience.least
        is_slow = come < least * (self._weighed - self._began)
        if is_slow and 0 < new < least * PACE_S:
            self._fail(TimeoutError(f"under {least} bytes a second"))
        else:
            self._watch()

    def _ring(self) -> None:
        self._timer = None
        self._watch()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _fail(self, error: Exception) -> None:
        if self._done is not None and not self._done.done():
            self._done.set_exception(error)

    def _finish(self, *, is_kept: bool) -> None:
        if not is_kept:
            self.close()
        if self._done is not None and not self._done.done():
            self._done.set_result(self._answer)

    # What the connection tells

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # of a stream
        self.is_open = True

    def data_received(self, data: bytes) -> None:
        if self._done is None or self._done.done():  # said unasked
            self.close()
            return
        self._heard = self._loop.time()
        self._beside += len(data)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            self._is_kept = False
            if not self._is_complete:
                self._fail(Broken(str(error.__context__ or error)))
                return
        if self._is_complete or (self._has_head and self._is_enough):
            self._finish(is_kept=self._is_complete and self._is_kept)
        elif self._beside > MAX_HEAD:
            self._fail(Broken(f"over {MAX_HEAD} bytes of headers"))

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_open = False
        if self._done is None:  # nobody waits
            pass
        elif not self._has_head:
            self._fail(Disconnected(str(exc or "")))
        elif self._answer.is_framed:
            self._fail(Broken("cut off"))
        else:  # the end of the connection is that of the answer
            self._finish(is_kept=False)
        self.close()
        self.__dict__.pop("_parser", None)  # which holds the line: both would stay

    # What the parser tells

    def on_message_begin(self) -> None:
        if self._is_complete:  # more than one answer
            self._is_kept = False

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._has_head:  # behind the body, or of an answer nobody asked for
            return
        raw = self._answer.raw
        if len(raw) == MAX_HEADERS or len(name) + len(value) > MAX_HEADER or b"\0" in value:
            raise ValueError(f"header {name[:40]!r} is too much")
        raw.append((name, value.rstrip(b" \t")))

    def on_headers_complete(self) -> None:
        answer, wanted = self._answer, self._wanted
        status = self._parser.get_status_code()
        if self._is_complete or (status in INTERIM and status != SWITCHING):
            return
        headers = {name.lower(): value for name, value in reversed(answer.raw)}
        answer.status, answer.headers = status, headers
        self._has_head = True
        if wanted.method == "HEAD":
            self._is_complete = True
            self._is_kept = self._parser.should_keep_alive()
        elif not wanted.max_bytes or (status in REDIRECTS and b"location" in headers):
            self._is_enough = True
        elif (size := headers.get(b"content-length", b"")).isdigit():
            self._weigh(int(size), "announced")

    def on_chunk_header(self) -> None:
        self._beside -= FRAME

    def on_body(self, piece: bytes) -> None:
        self._beside -= len(piece)
        if self._is_complete:  # in answer to HEAD
            self._is_kept = False
        elif not self._is_enough:
            self._answer.pieces.append(piece)
            self._answer.size += len(piece)
            self._weigh(self._answer.size, "received")

    def on_message_complete(self) -> None:
        if not self._has_head:  # interim: the answer is still to come
            self._answer.raw.clear()
        elif not self._is_complete:
            self._is_complete = True
            self._is_kept = self._parser.should_keep_alive()

    def _weigh(self, size: int, how: str) -> None:
        if size > self._wanted.max_bytes:
            self._is_enough = True
            self._answer.excess = f"{size} bytes {how}"


class Lines:
    """The connections of one client; `dial` opens them."""

    def __init__(self, dial: Dial) -> None:
        self._dial = dial
        self._loop = asyncio.get_running_loop()
        self._resting: dict[Host, list[Line]] = defaultdict(list)

    async def ask(self, target: URL, wanted: Wanted) -> Received:
        """Ask `target`, whose host may be connected to.

        Where a connection ended before an answer began, it is asked once more on a new one,
        unless asking twice could do something twice. Raises ValueError,
        TimeoutError, Broken and whatever `Dial.open` does.
        """
        if target.scheme not in SCHEMES or not target.raw_host:
            raise ValueError(f"{target} names no host to be asked over HTTP")
        deadline = self._loop.time() + wanted.patience.total
        asked = (target.scheme, target.raw_host, target.port)
        line = self._rested(asked) or await self._open(target, wanted.patience, deadline)
        try:
            answer = await line.ask(wanted, deadline)
        except Disconnected:
            if wanted.method not in IDEMPOTENT:
                raise
            line = await self._open(target, wanted.patience, deadline)
            answer = await line.ask(wanted, deadline)
        self._keep(asked, line)
        return answer

    async def certificate(self, target: URL, patience: Patience) -> bytes:
        """Return the certificate that `target` shows, as DER; nothing is asked of it.

        Raises what `Dial.open` does.
        """
        asked = (target.scheme, target.raw_host, target.port)
        deadline = self._loop.time() + patience.total
        line = self._rested(asked) or await self._open(target, patience, deadline)
        shown = line.certificate
        self._keep(asked, line)
        return shown

    def _keep(self, asked: Host, line: Line) -> None:
        if line.is_open:
            line.rest()
            self._resting[asked].append(line)

    def _rested(self, asked: Host) -> Line | None:
        resting = self._resting.get(asked)
        return resting.pop() if resting else None

    def _forget(self, asked: Host, line: Line) -> None:
        """Keep nothing of a line that is closed, nor of a host without one."""
        resting = self._resting.get(asked)
        if resting is not None and line in resting:
            resting.remove(line)
        if not resting:
            self._resting.pop(asked, None)

    async def _open(self, target: URL, patience: Patience, deadline: float) -> Line:
        gone = partial(self._forget, (target.scheme, target.raw_host, target.port))
        line = partial(Line, self._loop, gone)
        async with asyncio.timeout_at(deadline):
            return await self._dial.open(target, line, patience.connect)

    async def close(self) -> None:
        for line in [each for resting in self._resting.values() for each in resting]:
            line.close()
        await self._dial.close()
