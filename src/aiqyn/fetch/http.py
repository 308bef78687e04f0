"""The one door to the network. Everything that leaves Aiqyn leaves through `Client.ask`."""

import errno
import re
import socket
import ssl
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Self
from urllib.parse import urlencode, urljoin

from msgspec import Struct
from yarl import URL

from aiqyn.errors import FetchError
from aiqyn.fetch.clock import SYSTEM, Clock
from aiqyn.fetch.decoding import decode
from aiqyn.fetch.dial import BrokenOff, Dial, NotConnected, Resolve, UnknownName
from aiqyn.fetch.guard import ForbiddenAddress, Guard
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.lines import LEAST, REDIRECTS, Broken, Lines, Received, Wanted
from aiqyn.fetch.lines import Patience as Waits
from aiqyn.fetch.manners import Manners
from aiqyn.fetch.tls import why_no_tls

__all__ = ["Answer", "Client", "Limits", "Waits"]

COME_LATER = frozenset({429, 503})
KEPT_OUT = frozenset({401, 403, 407, 429})
MAX_KEPT = 8_192  # bytes of all headers of an answer that evidence keeps
PRIVATE = frozenset(  # headers that evidence never keeps
    {b"set-cookie", b"set-cookie2", b"cookie", b"authorization", b"proxy-authorization"}
)
PEM = "application/pem-certificate-chain"  # RFC 8555
BELOW = (OSError, NotConnected, Broken, ValueError)  # what goes wrong below HTTP
TOO_LONG = "the chain of redirects is too long: {} were followed without an end"
SLOW = 3  # the second pass waits this many times longer
HEADERS = {
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Accept-Language": "kk,ru;q=0.8,en;q=0.5",
}


_PLAIN = re.compile(r"(https?://[a-z0-9.-]+(?::\d{1,5})?)(/[!-\"$-~]*)(?<!\?)")
RawHeaders = Sequence[tuple[bytes, bytes]]


class Answer(Struct, frozen=True, kw_only=True):
    """How one address answered, redirects followed; see `chain.Evidence` for the fields."""

    url: str
    final_url: str = ""  # "" when the same as `url`
    status: int = 0
    failure: str = ""
    detail: str = ""  # of the failure, for a log
    tls: str = ""
    content: bytes = b""
    media_type: str = ""
    charset: str = ""
    seconds: float = 0.0
    headers: str = ""
    hops: int = 0


class Sending(Struct, frozen=True, kw_only=True):
    """What goes along with a request beside its address; only to the host first asked."""

    headers: Mapping[str, str] = {}  # "Accept", "Authorization"
    form: Mapping[str, str] | None = None  # fields sent in the body, with POST


PLAIN = Sending()


class _Reply(Struct):
    """One answer of one server, before redirects."""

    status: int
    said: Received
    content: bytes = b""


class _Journey(Struct):
    """Where a request has got to; kept outside the loop so that a failure can tell."""

    url: str
    method: str
    most: int  # bytes of the body
    waits: Waits
    sending: Sending
    status: int = 0
    cookies: str = ""
    raw: RawHeaders = ()  # of an answer that was not read to its end
    hops: int = 0
    seconds: float = 0.0  # that servers took; what manners had us wait is not their doing

    def request(self, target: URL, path: str, usual: Mapping[str, str]) -> bytes:
        """Return the bytes to be sent; `usual` are the headers of every request."""
        form = self.sending.form
        body = "" if form is None else urlencode(form)
        headers = {"Host": target.host_port_subcomponent or "", **usual}
        if target.user or target.password:
            key = b64encode(f"{target.user or ''}:{target.password or ''}".encode())
            headers["Authorization"] = f"Basic {key.decode()}"
        headers |= self.sending.headers
        if self.cookies:
            headers["Cookie"] = self.cookies
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Content-Length"] = str(len(body))
        lines = "\n".join([f"{self.method} {path} HTTP/1.1", *map(": ".join, headers.items())])
        if "\r" in lines or "\0" in lines or lines.count("\n") > len(headers):
            raise ValueError("a line of the request does not end where it should")
        return f"{lines}\n\n{body}".replace("\n", "\r\n").encode()

    def send_on(self, onward: str, *, is_home: bool) -> None:
        """Decide what a redirect takes along: no form, and a key only where it stays secret."""
        if self.sending is PLAIN:
            return
        if self.sending.form is not None:
            self.method = "GET"
        is_bared = self.url.startswith("https:") and not onward.startswith("https:")
        keeps = is_home and not is_bared
        self.sending = Sending(headers=self.sending.headers) if keeps else PLAIN


class Client:
    """An HTTP client with manners and a guard; use as `async with Client(limits) as client`.

    `resolve` answers names (the system by default) and is always behind the guard.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        guard: Guard | None = None,
        resolve: Resolve | None = None,
        clock: Clock = SYSTEM,
    ) -> None:
        self.limits = limits
        self.guard = guard or Guard(
            allow_private=limits.allow_private, allowed_networks=limits.allowed_networks
        )
        self.clock = clock
        self.manners = Manners(limits, clock)
        self._resolve = resolve
        self._usual_headers = {**HEADERS, "User-Agent": limits.agent}
        self.usual = _waits(limits, 1)
        self.slow = _waits(limits, SLOW)  # of a second pass for what timed out
        self._lines: Lines

    async def __aenter__(self) -> Self:
        self._lines = Lines(Dial(self.guard, ca_file=self.limits.ca_file, resolve=self._resolve))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._lines.close()

    async def ask(
        self,
        url: str,
        *,
        method: str = "GET",
        most: int | None = None,
        waits: Waits | None = None,
        sending: Sending = PLAIN,
    ) -> Answer:
        """Ask for `url` and follow where it leads; never raises for what the network does.

        Of the body `most` bytes are read, 0 for none, as many as the limits say by default.
        `waits` says how long is waited, as long as usual by default. A form is sent once: where
        a redirect leads is asked for without it.
        """
        method = method if sending.form is None else "POST"
        most = 0 if method == "HEAD" else self.limits.max_bytes if most is None else most
        journey = _Journey(url, method, most, waits or self.usual, sending)
        failure = detail = tls = ""
        reply = _Reply(0, Received())
        try:
            reply = await self._follow(journey)
        except FetchError as error:
            failure, detail = error.cause, str(error)
            tls = why_no_tls(error.__cause__) if failure == "tls" else ""
        if reply.status in KEPT_OUT:
            failure = "blocked"
        media_type, charset = content_type(reply.said.header(b"content-type"))
        return Answer(
            url=url,
            final_url="" if journey.url == url else journey.url,
            status=reply.status or journey.status,
            failure=failure,
            detail=detail,
            tls=tls,
            content=reply.content,
            media_type=media_type,
            charset=charset,
            seconds=round(journey.seconds, 4),
            headers=told(reply.said.raw or journey.raw),
            hops=journey.hops,
        )

    async def certificate(self, url: str) -> Answer:
        """Return as content, PEM, the certificate that the host of `url` shows.

        Nothing is asked for: an open connection knows it, else there is one handshake.
        """
        target, _ = _target(url)
        try:
            async with self.manners.turn(_host(url)):
                self.guard.check_host(target.host or "")
                shown = await self._lines.certificate(target, self.usual)
        except FetchError as error:  # no turn is left
            return Answer(url=url, failure=error.cause, detail=str(error))
        except BELOW as error:
            failed = _failed(url, error)
            tls = why_no_tls(error) if failed.cause == "tls" else ""
            return Answer(url=url, failure=failed.cause, detail=str(failed), tls=tls)
        content = ssl.DER_cert_to_PEM_cert(shown).encode()
        return Answer(url=url, content=content, media_type=PEM)

    async def _follow(self, journey: _Journey) -> _Reply:
        """Go from address to address until one is not a redirect.

        Cookies are carried along one journey on one host and then forgotten: some
        sites set one and send the visitor round once more.
        """
        been: set[tuple[str, str]] = set()
        while True:
            reply = await self._ask_politely(journey)
            journey.status = reply.status
            target = reply.said.headers.get(b"location", b"")
            if reply.status not in REDIRECTS or not target:
                return reply
            been.add((journey.url, journey.cookies))
            journey.hops = len(been)
            onward = _onward(journey.url, target)
            cookies = _cookies(reply.said.raw) or journey.cookies
            is_home = _host(onward) == _host(journey.url)
            journey.cookies = cookies if is_home else ""
            journey.send_on(onward, is_home=is_home)
            if (onward, journey.cookies) in been:
                raise FetchError(journey.url, "redirect_loop")
            if len(been) > self.limits.max_redirects:
                raise FetchError(journey.url, "redirect_loop", TOO_LONG.format(len(been)))
            journey.url = onward

    async def _ask_politely(self, journey: _Journey) -> _Reply:
        """One address, once the host's turn has come; again when it asks us to come later."""
        host = _host(journey.url)
        attempt, before = 0, journey.seconds
        while True:
            async with self.manners.turn(host):
                began = self.clock.elapsed()
                try:
                    reply = await self._ask_once(journey)
                finally:
                    journey.seconds = before + self.clock.elapsed() - began
            if reply.status not in COME_LATER or attempt == self.limits.retries:
                return reply
            wait = self.manners.back_off(attempt, reply.said.header(b"retry-after"))
            if wait is None:
                return reply
            self.manners.pause(host, wait)
            attempt += 1

    async def _ask_once(self, journey: _Journey) -> _Reply:
        url = journey.url
        try:
            target, path = _target(url)
            self.guard.check_host(target.host or "")
            received = await self._lines.ask(
                target,
                Wanted(
                    journey.method,
                    journey.request(target, path, self._usual_headers),
                    journey.most,
                    journey.waits,
                ),
            )
        except BELOW as error:
            raise _failed(url, error) from error
        if received.excess:
            journey.raw = received.raw  # which say how large it is
            raise FetchError(url, "too_large", received.excess)
        return _Reply(received.status, received, self._undone(journey, received))

    def _undone(self, journey: _Journey, received: Received) -> bytes:
        """Return the body as it was before its encodings."""
        encoding = received.header(b"content-encoding")
        if not encoding or not received.pieces:
            return received.content
        return decode(
            journey.url,
            received.content,
            encoding,
            max_bytes=journey.most,
            max_ratio=self.limits.max_ratio,
        )


def _failed(url: str, error: Exception) -> FetchError:
    return FetchError(url, cause_of(error), f"{type(error).__name__}: {error}")


def cause_of(error: Exception) -> str:
    """Name what went wrong below HTTP: a key of `chain.FAILURES`."""
    inner = getattr(error, "os_error", error)
    if isinstance(inner, ForbiddenAddress):
        return "forbidden_address"
    if isinstance(inner, OSError) and inner.errno in OURS:
        return "network"
    for kind, cause in CAUSES:
        if isinstance(error, kind):
            return cause
    return "broken"


# Errors of our own line or name server. "No such name" and "refused" are the site's answers.
OURS = frozenset({socket.EAI_AGAIN, errno.ENETUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL})

CAUSES: tuple[tuple[type[Exception], str], ...] = (  # the narrower before the wider
    (TimeoutError, "timeout"),
    (ssl.SSLError, "tls"),  # ssl.SSLCertVerificationError is a ValueError, too
    (UnknownName, "dns"),
    (BrokenOff, "broken"),
    (NotConnected, "refused"),
    (Broken, "broken"),
    (ValueError, "bad_address"),
)


@lru_cache(maxsize=256)
def content_type(header: str) -> tuple[str, str]:
    """Media type and charset of a Content-Type header, lower case; "" for what it lacks."""
    media_type, _, parameters = header.partition(";")
    charset = ""
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip("\"'").lower()
            break
    return media_type.strip().lower(), charset


def told(raw: RawHeaders) -> str:
    """The headers as evidence keeps them: a line each as received, whole lines up to MAX_KEPT."""
    lines = [b": ".join(each) for each in raw if each[0].lower() not in PRIVATE]
    while len(kept := b"\0".join(lines)) >= MAX_KEPT:
        lines.pop()
    text = kept.decode("utf-8", "replace")
    return text.replace("\r", " ").replace("\n", " ").replace("\0", "\n")


def _target(url: str) -> tuple[URL, str]:
    """Return where to connect to, and what to ask for there, as it stands in the first line."""
    plain = _PLAIN.fullmatch(url)
    if plain:
        return _origin(plain[1]), plain[2]
    target = URL(url, encoded=True)
    return target, target.raw_path_qs


@lru_cache(1_000)
def _origin(url: str) -> URL:
    return URL(url, encoded=True)


def _cookies(raw: RawHeaders) -> str:
    """Return what an answer sets, as a Cookie header."""
    set_now = [value.partition(b";")[0] for name, value in raw if name.lower() == b"set-cookie"]
    named = {pair.partition(b"=")[0].strip(): pair.strip() for pair in set_now if b"=" in pair}
    return b"; ".join(named.values()).decode("latin-1")


def _host(url: str) -> str:
    """Host and port, as written in a normalised address."""
    return url.partition("//")[2].partition("/")[0]


def _onward(url: str, location: bytes) -> str:
    """Where a Location header leads, its bytes made safe for a request line."""
    raw = location.strip()
    target = "".join(chr(byte) if 0x20 < byte < 0x7F else f"%{byte:02X}" for byte in raw)
    try:
        return urljoin(url, target).partition("#")[0]
    except ValueError as error:
        raise FetchError(url, "bad_address", f"redirected to {target}: {error}") from None


def _waits(limits: Limits, times: float) -> Waits:
    return Waits(
        total=limits.timeout_s * times,
        connect=limits.connect_timeout_s * times,
        read=limits.read_timeout_s * times,
        least=LEAST / times,
    )
