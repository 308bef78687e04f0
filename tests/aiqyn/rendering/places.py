"""A site on loopback, its crawl, and what was asked of it."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiqyn.fetch.crawl import Limits, crawl
from aiqyn.subjects.page import Page

LIMITS = Limits(allow_private=True, per_host_per_second=0)


class Place:
    """`pages` maps a path to (media type, bytes) or to a status; `asked` tells what came."""

    def __init__(self, pages):
        self.pages = pages
        self.asked = []
        self.url = ""


@contextmanager
def served(pages):
    place = Place(pages)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            place.asked.append(f"{self.command} {self.path}")
            found = place.pages.get(self.path.partition("?")[0], 404)
            status, (kind, body) = (
                (found, ("text/plain", b"")) if isinstance(found, int) else (200, found)
            )
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815  # the name the server calls

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    place.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield place
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def page(html):
    return "text/html; charset=utf-8", html.encode()


def crawled(place, folder, limits=LIMITS, start="/"):
    """Crawl the place as an audit does; afterwards nothing of it is in `asked`."""

    def read(evidence, content):
        return Page(content, evidence).hrefs if evidence.role == "page" else ()

    folder.mkdir(exist_ok=True)
    manifest = crawl(place.url + start, folder=str(folder), limits=limits, read=read)
    place.asked.clear()
    return manifest
