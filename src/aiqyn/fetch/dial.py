"""Connections opened: a name becomes addresses, the guard sees them all, the quicker one is taken.

The system resolves names and keeps certificates; `aiohappyeyeballs` tries the families of
addresses beside one another (RFC 8305), as it does for aiohttp.
"""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TypeVar, cast

import aiohappyeyeballs
from msgspec import Struct
from yarl import URL

from aiqyn.fetch.guard import Guard

Line = TypeVar("Line", bound=asyncio.Protocol)
# What getaddrinfo tells of one address: family, type, protocol, name, and where to connect to.
Address = tuple[int, int, int, str, tuple[str, int] | tuple[str, int, int, int]]
Resolve = Callable[[str, int], Awaitable[Sequence[Address]]]

KNOWN_S = 300.0  # an answer of the name server is believed so long
SECOND_FAMILY_S = 0.25  # head start of the first address before the next is tried too (RFC 8305)


class NotConnected(Exception):
    """No connection came about; `os_error` is what the system said."""

    def __init__(self, os_error: OSError) -> None:
        super().__init__(str(os_error) or type(os_error).__name__)
        self.os_error = os_error


class BrokenOff(NotConnected):
    """Somebody answered, and broke off before there was a connection."""


class UnknownName(NotConnected):
    """The name of the host could not be made into addresses."""


class _Known(Struct, frozen=True):
    """What is known of a name, or is being asked."""

    asking: "asyncio.Task[Sequence[Address]]"
    until: float  # by the clock of the loop


class Dial:
    """Opens connections for one client, in one event loop.

    `ca_file` names certificates that are trusted beside the system's; `resolve` answers
    names (the system by default) and is always behind `guard`.
    """

    def __init__(self, guard: Guard, *, ca_file: str = "", resolve: Resolve | None = None) -> None:
        self._guard = guard
        self._loop = asyncio.get_running_loop()
        self._resolve = resolve or self._by_the_system
        self._names: dict[tuple[str, int], _Known] = {}
        # To read all certificates of the system takes longer than forty pages: when there is need.
        # A file that cannot be read is known at once, and no fault of a site.
        self._tls = _trusting(ca_file) if ca_file else None

    async def open(self, target: URL, line: Callable[[], Line], patience_s: float) -> Line:
        """Return a `line` connected to the host of `target`, whose scheme is http or https.

        `patience_s` is the longest one attempt may take, TLS included; where the first address
        fails, the others are tried. Raises ForbiddenAddress, UnknownName, NotConnected,
        ssl.SSLError or TimeoutError.
        """
        host = _host(target)
        left = list(await self._addresses(host, target.port or 0))
        tls = self._trust() if target.scheme == "https" else None
        name = host.rstrip(".") if tls else None  # certificates name hosts without the last dot
        while True:
            try:
                async with asyncio.timeout(patience_s):
                    return await self._connected(left, line, tls, name)
            except (NotConnected, ssl.SSLError, TimeoutError):
                aiohappyeyeballs.pop_addr_infos_interleave(left, 1)
                if not left:
                    raise

    async def _connected(
        self,
        addresses: list[Address],
        line: Callable[[], Line],
        tls: ssl.SSLContext | None,
        name: str | None,
    ) -> Line:
        failed: type[NotConnected] = NotConnected
        try:
            sock = await aiohappyeyeballs.start_connection(
                addresses, happy_eyeballs_delay=SECOND_FAMILY_S, interleave=1, loop=self._loop
            )
            failed = BrokenOff
            opened = await self._loop.create_connection(
                line, sock=sock, ssl=tls, server_hostname=name
            )
        except (ssl.SSLError, TimeoutError):
            raise
        except OSError as error:
            raise failed(error) from error
        return opened[1]

    async def _addresses(self, host: str, port: int) -> Sequence[Address]:
        """Return what `host` is; many that ask at once share one question."""
        known = self._names.get((host, port))
        if known is None or known.until < self._loop.time():
            asking = self._loop.create_task(self._asked(host, port))
            asking.add_done_callback(partial(self._forget, host, port))
            known = self._names[host, port] = _Known(asking, self._loop.time() + KNOWN_S)
        return await asyncio.shield(known.asking)

    def _forget(self, host: str, port: int, asked: "asyncio.Task[Sequence[Address]]") -> None:
        """Believe no failure: the next one asks anew."""
        if asked.cancelled() or asked.exception() is not None:
            self._names.pop((host, port), None)

    async def _asked(self, host: str, port: int) -> Sequence[Address]:
        try:
            found = await self._resolve(host, port)
        except OSError as error:
            raise UnknownName(error) from error
        self._guard.check_addresses(host, [address[4][0] for address in found])
        return found

    async def _by_the_system(self, host: str, port: int) -> Sequence[Address]:
        found = await self._loop.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG
        )
        return cast("Sequence[Address]", found)  # of internet addresses there is no other kind

    def _trust(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = _trusting()
        return self._tls

    async def close(self) -> None:
        """Ask for no more names."""
        asking = [known.asking for known in self._names.values()]
        for each in asking:
            each.cancel()
        await asyncio.gather(*asking, return_exceptions=True)


def _trusting(ca_file: str = "") -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    if ca_file:
        context.load_verify_locations(ca_file)
    return context


def _host(target: URL) -> str:
    host = target.raw_host or ""
    return f"{host.rstrip('.')}." if host.endswith("..") else host
