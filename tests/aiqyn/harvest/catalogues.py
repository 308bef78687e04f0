"""Catalogues on loopback that behave, and misbehave, as those out there do."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from aiqyn.fetch.limits import Limits

Reply = tuple[int, str, bytes]
JSON = "application/json"


def loopback(**changes) -> Limits:
    given = {
        "allowed_networks": ("127.0.0.1/32",),
        "per_host_per_second": 0,
        "retries": 0,
        "timeout_s": 10,
        **changes,
    }
    return Limits(**given)


def as_json(value, status: int = 200) -> Reply:
    return status, JSON, json.dumps(value, ensure_ascii=False).encode()


class Source:
    """A server's content; `asked` keeps every address, `robots` its robots.txt."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.robots = ""
        self.files: dict[str, Reply] = {}

    def answer(self, path: str, query: dict[str, str], form: dict[str, str]) -> Reply:
        return self.files.get(path, (404, "text/html", b"<h1>Not found</h1>"))


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    source: Source

    def do_GET(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        form = parse_qs(self.rfile.read(size).decode(), keep_blank_values=True)
        parts = urlsplit(self.path)
        query = parse_qs(parts.query, keep_blank_values=True)
        self.source.asked.append(f"{self.command} {self.path}")
        self.source.headers.append(dict(self.headers))
        if parts.path == "/robots.txt":
            status, kind, body = 200, "text/plain", self.source.robots.encode()
        else:
            flat = [{name: each[0] for name, each in given.items()} for given in (query, form)]
            status, kind, body = self.source.answer(parts.path, *flat)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815  # the name is that of the standard library

    def log_message(self, *_: object) -> None:
        """Silence."""


@contextmanager
def served(source: Source) -> Iterator[str]:
    handler = type("Bound", (Handler,), {"source": source})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


# CKAN


def package(number: int, **more) -> dict:
    return {
        "id": f"00000000-0000-4000-8000-{number:012}",
        "name": f"set-{number}",
        "title": f"Жинақ {number}",
        "type": "dataset",
        "state": "active",
        "metadata_created": "2024-01-01T00:00:00.000000",
        "metadata_modified": f"2025-{number % 12 + 1:02}-01T00:00:00.{number:06}",
        "resources": [{"id": f"r-{number}", "url": "https://a.kz/f.csv", "format": "CSV"}],
        **more,
    }


class CkanServer(Source):
    """The Action API; its attributes are the ways in which installations differ."""

    def __init__(self, count: int = 0, **more) -> None:
        super().__init__()
        self.packages = [package(number, **more) for number in range(1, count + 1)]
        self.rows_max = 1_000
        self.home = ""
        self.hidden: set[str] = set()  # names that search does not find
        self.poison: set[str] = set()  # names that break the page they are on
        self.repeats = False  # a page after the last shows the last again
        self.says: int | None = None  # a total that is not true
        self.has_search = True
        self.refuses_show: set[str] = set()
        self.ignores_limit = False
        self.on_page = lambda start: None  # called before each page

    def answer(self, path, query, form):
        action = path.removeprefix(f"{self.home}/api/3/action/")
        if action == path:
            return super().answer(path, query, form)
        if action == "package_search":
            return self.search(query)
        if action == "package_list":
            return self.listed(query)
        if action == "package_show":
            return self.show(query["id"])
        return as_json(f"Bad request - Action name not known: {action}", 400)

    def search(self, query):
        if not self.has_search:
            return error("Search Error", "solr is down", 409)
        start, rows = int(query.get("start", 0)), min(int(query["rows"]), self.rows_max)
        self.on_page(start)
        found = sorted(self.packages, key=lambda each: (each["metadata_modified"], each["id"]))
        found = [each for each in found if each["name"] not in self.hidden]
        if "fq" in query:
            since = query["fq"].removeprefix("metadata_modified:[").split(" ")[0].rstrip("Z")
            found = [each for each in found if each["metadata_modified"] >= since]
        page = found[start : start + rows]
        if self.repeats and rows and not page:
            page = found[-min(rows, len(found)) :]
        if any(each["name"] in self.poison for each in page):
            return 500, "text/html", b"<h1>Internal Server Error</h1>"
        count = self.says if self.says is not None else len(found)
        return as_json({"success": True, "result": {"count": count, "results": page}})

    def listed(self, query):
        names = sorted(each["name"] for each in self.packages)
        if not self.ignores_limit:
            start = int(query.get("offset", 0))
            names = names[start : start + int(query["limit"])]
        return as_json({"success": True, "result": names})

    def show(self, name):
        for each in self.packages:
            if name in (each["name"], each["id"]) and name not in self.refuses_show:
                return as_json({"success": True, "result": each})
        return error("Not Found Error", "Not found", 404)


def error(kind: str, message: str, status: int) -> Reply:
    return as_json({"success": False, "error": {"__type": kind, "message": message}}, status)


# DCAT

TURTLE = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix hydra: <http://www.w3.org/ns/hydra/core#> .
"""


class DcatServer(Source):
    """Turtle in pages as ckanext-dcat writes them, `nextPage` in a literal."""

    def __init__(self, count: int = 0, size: int = 10) -> None:
        super().__init__()
        self.count, self.size = count, size
        self.is_endless = False  # the last page leads back to itself by another address
        self.loops_to = 0  # the last page leads to this one
        self.modern = False  # hydra:next of a PartialCollectionView

    def answer(self, path, query, form):
        if path != "/catalog.ttl":
            return super().answer(path, query, form)
        page = int(query.get("page", 1))
        last = -(-self.count // self.size)
        shown = min(page, last)
        first = (shown - 1) * self.size + 1
        lines = [self.described(n) for n in range(first, min(first + self.size, self.count + 1))]
        following = page + 1 if page < last or self.is_endless else self.loops_to
        here = f"catalog.ttl?page={page}"
        total = f"hydra:totalItems {self.count}"
        if self.modern:
            view = f"<catalog.ttl> a hydra:Collection ; {total} ; hydra:view <{here}> ."
            if following:
                view += f"\n<{here}> hydra:next <catalog.ttl?page={following}> ."
        else:
            view = f"<{here}> a hydra:PagedCollection ; {total}"
            view += f' ; hydra:nextPage "catalog.ttl?page={following}" .' if following else " ."
        return 200, "text/turtle", "\n".join([TURTLE, view, *lines]).encode()

    def described(self, number):
        return (
            f'<https://a.kz/set/{number}> a dcat:Dataset ; dct:title "Жинақ {number}"@kk ;'
            f' dct:modified "2025-{number % 12 + 1:02}-01" .'
        )


# data.egov.kz


class EgovServer(Source):
    """The listing and the passports of the national portal, as egov.yaml knows them."""

    def __init__(self, count: int = 0) -> None:
        super().__init__()
        self.names = [f"jinaq_{number}" for number in range(1, count + 1)]
        self.broken: set[str] = set()
        self.repeats = False
        self.has_count = True
        self.says: int | None = None

    def answer(self, path, query, form):
        if path == "/datasets/getdatasetsrecount" and self.has_count:
            return as_json({"totalCount": len(self.names) if self.says is None else self.says})
        if path == "/datasets/getdatasetsre":
            page, count = int(form["page"]), int(form["count"])
            shown = self.names[(page - 1) * count : page * count]
            if self.repeats and not shown:
                shown = self.names[-count:]
            return as_json(
                {"datasets": [{"apiUri": name, "nameRu": name, "version": "v2"} for name in shown]}
            )
        if path.startswith("/meta/"):
            return self.passport(path.split("/")[2])
        return super().answer(path, query, form)

    def passport(self, name):
        if name in self.broken:
            return 500, "text/html", b"<h1>Error</h1>"
        return as_json(
            {
                "apiUri": name,
                "nameKk": f"Жинақ {name}",
                "nameRu": f"Набор {name}",
                "nameEn": f"Set {name}",
                "descriptionKk": "Сипаттама",
                "keywords": "білім, мектеп",
                "fullnameKk": "Айгүл Сәрсенова",
                "phone": "+7 7172 00 00 00",
                "email": "a@gov.kz",
                "createdDate": 1714212000000,
                "modifiedDate": "27.04.2024 15:30",
                "updatePeriod": "Еженедельно",
                "fields": {
                    "id": {"type": "Int", "pk": True, "labelKk": "Нөмірі", "labelRu": "Номер"},
                    "name": {"type": "String", "labelKk": "Атауы"},
                },
            }
        )
