"""A generated site on a server of its own, crawled as any live site is."""

import mimetypes
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from aiqyn.audit import Edition, LiveReader, Report, audit_site
from aiqyn.fetch.addresses import kind
from aiqyn.fetch.crawl import Asking, crawl
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.store import Store
from tools.planting.addresses import page_address
from tools.planting.draw import draw
from tools.planting.model import Site

MOST_PAGES = 1_500  # of one crawl: traps have no end
ASSET = b"\0"  # what stands in a picture or a style sheet


class Reply(NamedTuple):
    status: int
    media_type: str
    content: bytes
    location: str = ""


Extra = Callable[[str], Reply | None]  # path with its query → what the site makes up on the way


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    replies: Callable[[str], Reply]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        self._answer(with_content=True)

    def do_HEAD(self) -> None:
        self._answer(with_content=False)

    def log_message(self, *_: object) -> None:
        """Say nothing of requests."""

    def _answer(self, *, with_content: bool) -> None:
        reply = self.server.replies(self.path)
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.media_type)
        self.send_header("Content-Length", str(len(reply.content)))
        if reply.location:
            self.send_header("Location", reply.location)
        self.end_headers()
        if with_content:
            self.wfile.write(reply.content)


@contextmanager
def serving(site: Site, extra: Extra) -> Iterator[None]:
    """Serve a site on loopback under an origin it is given here."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        site.origin = f"http://127.0.0.1:{server.server_port}"
        server.replies = _replies(site, extra)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


def _replies(site: Site, extra: Extra) -> Callable[[str], Reply]:
    drawn = draw(site)
    known = {
        path: Reply(200, "text/html; charset=utf-8", content)
        for path, (_, content) in drawn.pages.items()
    }
    for path, name in drawn.files.items():
        file = site.files[name]
        known[path] = Reply(file.status, file.media_type, file.content)
    known["/robots.txt"] = Reply(200, "text/plain", (site.robots or "").encode())
    home = page_address(site, "home", site.home)
    known.setdefault("/", Reply(302, "text/plain", b"", home))

    def reply(path: str) -> Reply:
        found = extra(path) or known.get(path)
        if found is not None:
            return found
        if kind(site.origin + path) == "asset":
            media_type = mimetypes.guess_type(path)[0] or "application/octet-stream"
            return Reply(200, media_type, ASSET)
        return Reply(404, "text/html; charset=utf-8", b"<h1>404</h1>")

    return reply


def crawled(site: Site, edition: Edition, extra: Extra) -> Report:
    """Serve the site, crawl it from its first page and judge what was kept."""
    with tempfile.TemporaryDirectory(prefix="aiqyn-planting-") as folder, serving(site, extra):
        limits = Limits(
            allow_private=True,
            per_host_per_second=0,
            max_external_links=0,
            max_pages=MOST_PAGES,
            retries=0,
        )
        reader = LiveReader(folder, "sites", site.as_of.isoformat())
        manifest = crawl(
            f"{site.origin}/",
            folder=folder,
            limits=limits,
            read=Asking(reader.read, reader.asks),
        )
        store = Store(f"{folder}/objects")
        return audit_site(manifest, store, edition, as_of=site.as_of)
