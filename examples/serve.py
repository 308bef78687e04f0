"""Serve an example site over loopback HTTP, its faults included.

    python -m examples.serve examples/sites/good --port 8081

`serve.yaml` beside the site says how: redirects, how missing pages are answered, and which
addresses answer slowly, wrongly or not at all. Nothing outside this machine can reach it.
"""

import argparse
import mimetypes
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import yaml
from msgspec import Struct, convert

from examples.search import with_results

TEXTS = (".html", ".xml", ".txt", ".css")  # the server's own address is put into these


class Answer(Struct, frozen=True, forbid_unknown_fields=True):
    """How one address misbehaves."""

    status: int = 200
    charset: str | None = None  # in the header; "" declares none
    media_type: str = ""
    seconds: float = 0.0  # waits before answering
    cut: bool = False  # breaks the connection off


class Missing(Struct, frozen=True, forbid_unknown_fields=True):
    """How an address that is not there is answered; the nearest 404.html above it is shown."""

    status: int = 404  # 200 pretends that the page is there
    file_status: int = 404  # of what has another ending than .html


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """`serve.yaml`."""

    as_of: str  # the day on which the site is judged, for whoever audits it
    origin: str  # the address written in the site's files
    redirects: dict[str, str] = {}
    missing: Missing = Missing()
    charset: str = "utf-8"  # of HTML, in the header
    search: list[str] = []  # addresses of the pages that answer ?q=…
    answers: dict[str, Answer] = {}
    headers: dict[str, str] = {}  # said with every answer; Server as well


class Served(Struct, frozen=True):
    """A running server."""

    url: str  # with the final slash
    settings: Settings


def settings_of(folder: Path) -> Settings:
    """Read `serve.yaml`; its date is written unquoted, hence the conversion to text."""
    values = yaml.safe_load((folder / "serve.yaml").read_text("utf-8"))
    return convert({**values, "as_of": str(values["as_of"])}, Settings)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, *words: object) -> None:
        """Keep quiet: whoever audits the site prints its own progress."""

    def _answer(self, *, with_body: bool) -> None:
        path = unquote(urlsplit(self.path).path)
        settings = self.server.settings
        fault = settings.answers.get(path, Answer())
        time.sleep(fault.seconds)
        if fault.cut:
            self.close_connection = True
            return
        if path in settings.redirects:
            self._send(HTTPStatus.FOUND, b"", {"Location": settings.redirects[path]})
            return
        file, status = self._file(path)
        if fault.status != HTTPStatus.OK:
            status = fault.status
        content = self._content(file)
        self._send(status, content if with_body else b"", self._headers(file, fault), len(content))

    def _file(self, path: str) -> tuple[Path | None, int]:
        root = self.server.root
        file = (root / path.lstrip("/")).resolve()
        if file.is_dir():
            file /= "index.html"
        if file.is_relative_to(root) and file.is_file():
            return file, HTTPStatus.OK
        missing = self.server.settings.missing
        if Path(path).suffix not in ("", ".html"):
            return None, missing.file_status
        return self._missing_page(path), missing.status

    def _missing_page(self, path: str) -> Path | None:
        language = path.lstrip("/").split("/")[0]
        for folder in (self.server.root / language, self.server.root):
            if (page := folder / "404.html").is_file():
                return page
        return None

    def _content(self, file: Path | None) -> bytes:
        if file is None:
            return b""
        asked = urlsplit(self.path)
        if (words := parse_qs(asked.query).get("q")) and asked.path in self.server.settings.search:
            content = with_results(file, self.server.root, words[0])
        else:
            content = file.read_bytes()
        if file.suffix in TEXTS:
            own = self.server.url.rstrip("/").encode()
            content = content.replace(self.server.settings.origin.encode(), own)
        return content

    def _headers(self, file: Path | None, fault: Answer) -> dict[str, str]:
        guessed = mimetypes.guess_type(file.name)[0] if file else None
        media_type = fault.media_type or guessed or "application/octet-stream"
        charset = self.server.settings.charset if fault.charset is None else fault.charset
        if media_type.startswith("text/") and charset:
            media_type = f"{media_type}; charset={charset}"
        headers = {"Content-Type": media_type} | self.server.settings.headers
        headers.pop("Server", None)  # is said by version_string
        return headers

    def version_string(self) -> str:
        """What the server calls itself; never the machine it really runs on."""
        return self.server.settings.headers.get("Server", "example")

    def _send(
        self, status: int, content: bytes, headers: dict[str, str], length: int | None = None
    ) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content) if length is None else length))
        self.end_headers()
        self.wfile.write(content)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, folder: Path, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.root = (folder / "public").resolve()
        self.settings = settings_of(folder)
        self.url = f"http://127.0.0.1:{self.server_address[1]}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """A visitor who hangs up is no news; anything else is."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def serve(folder: Path | str, port: int = 0) -> Iterator[Served]:
    """Serve the example site in `folder` on 127.0.0.1 while the block runs.

    Port 0 is any free one; the value's `url` says which.
    """
    server = _Server(Path(folder), port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield Served(server.url, server.settings)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m examples.serve", description=__doc__)
    parser.add_argument("folder", type=Path, help="examples/sites/good or examples/sites/poor")
    parser.add_argument("--port", type=int, default=8081)
    asked = parser.parse_args()
    try:
        with serve(asked.folder, asked.port) as served:
            sys.stdout.write(f"{served.url} as of {served.settings.as_of}; Ctrl+C stops it\n")
            sys.stdout.flush()
            threading.Event().wait()
    except KeyboardInterrupt:
        sys.stdout.write("\n")


if __name__ == "__main__":
    main()
