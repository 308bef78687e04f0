"""Loopback servers that behave and misbehave on command, and a clock that obeys."""

import re
import socket
import socketserver
import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from aiqyn.fetch.clock import Clock
from aiqyn.fetch.dial import Address
from aiqyn.fetch.limits import Limits

Route = Callable[[socket.socket, dict[str, str]], None]


def reply(
    content: bytes | str = ".", status: int = 200, kind: str = "text/html", **headers
) -> Route:
    """A route that answers properly; `headers` with underscores for dashes."""
    body = content.encode() if isinstance(content, str) else content
    given = {"Content-Type": kind, "Content-Length": str(len(body)), "Connection": "close"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items())

    def answer(connection: socket.socket, request: dict[str, str]) -> None:
        payload = b"" if request["method"] == "HEAD" else body
        connection.sendall(f"HTTP/1.1 {status} X\r\n{head}\r\n".encode("latin-1") + payload)

    return answer


def at(ip: str, port: int) -> Address:
    """What the system tells of an IPv4 address."""
    return socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (ip, port)


def links(*hrefs: str) -> Route:
    return reply("<p>" + "".join(f'<a href="{href}">x</a>' for href in hrefs))


def redirect(to: str, status: int = 302, **headers) -> Route:
    return reply(status=status, Location=to, **headers)


class Site(socketserver.ThreadingTCPServer):
    """Routes by path; whatever is not there answers 404. `asked` keeps every request."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.tls = tls
        self.routes: dict[str, Route] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        super().__init__(("127.0.0.1", 0), Handler)

    def get_request(self) -> tuple[socket.socket, object]:
        connection, client = super().get_request()
        if self.tls is not None:
            connection = self.tls.wrap_socket(connection, server_side=True)
        return connection, client

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    def url(self, path: str = "/") -> str:
        return f"http://{self.host}{path}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are what these tests are about."""


class Handler(socketserver.StreamRequestHandler):
    server: Site

    def handle(self) -> None:
        first = self.rfile.readline(200).decode("latin-1").split()
        if first[:1] not in (["GET"], ["HEAD"], ["POST"]):  # a handshake, or nothing at all
            self.connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            return
        request = {"method": first[0], "path": first[1]}
        while line := self.rfile.readline().decode("latin-1").strip():
            name, _, value = line.partition(":")
            request[name.lower()] = value.strip()
        self.server.asked.append(f"{first[0]} {first[1]}")
        self.server.headers.append(request)
        route = self.server.routes.get(first[1], reply("not here", status=404))
        route(self.connection, request)


class FakeClock(Clock):
    """Time passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 21, 12, tzinfo=UTC)
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.moment

    def elapsed(self) -> float:
        return self.moment.timestamp()

    async def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.moment += timedelta(seconds=seconds)


def loopback(**changes) -> Limits:
    """Limits for a server of our own: loopback is let through, nothing else private."""
    given = {
        "allowed_networks": ("127.0.0.1/32",),
        "per_host_per_second": 0,
        "timeout_s": 5,
        "read_timeout_s": 5,
        **changes,
    }
    return Limits(**given)


HREF = re.compile(rb'href="([^"]*)"')


def hrefs_in(_: object, content: bytes) -> list[str]:
    """A reader that only looks for links."""
    return [href.decode() for href in HREF.findall(content)]
