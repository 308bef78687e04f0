"""Archives of an independent tool are walked; ours are opened by it."""

import gzip
import io
from datetime import UTC, datetime

import msgspec
import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from aiqyn.chain import Evidence
from aiqyn.errors import EvidenceError, InputError
from aiqyn.fetch.crawl import load
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.manifest import Manifest, sha256_of_manifest, to_lines
from aiqyn.fetch.store import Store
from aiqyn.fetch.warc_in import Archive, Skipped, walk_archive
from aiqyn.fetch.warc_out import write_warc

# warcio leaves its temporary files to the garbage collector
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

LIMITS = Limits(max_bytes=100_000, max_ratio=50)
HTML = ("Content-Type", "text/html; charset=utf-8")
FIRST, LAST = "2018-10-05T06:00:00Z", "2018-10-05T06:30:00Z"


def links(evidence, content):
    return [each.split('"')[0] for each in content.decode("utf-8", "replace").split('href="')[1:]]


class Tool:
    """An archive made by warcio."""

    def __init__(self, path, **more):
        self.file = path.open("wb")
        self.writer = WARCWriter(self.file, gzip=True, **more)

    def answer(self, url, body=b"", status="200 OK", headers=(HTML,), date=FIRST, kind="response"):
        head = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
        record = self.writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(body),
            http_headers=head if kind != "resource" else None,
            warc_headers_dict={"WARC-Date": date},
            warc_content_type="text/html" if kind == "resource" else "",
        )
        self.writer.write_record(record)
        return record

    def revisit(self, url, of, date=LAST):
        head = StatusAndHeaders("200 OK", [HTML], protocol="HTTP/1.1")
        record = self.writer.create_revisit_record(
            url, "sha1:x", of, FIRST, http_headers=head, warc_headers_dict={"WARC-Date": date}
        )
        self.writer.write_record(record)

    def raw(self, block, url="http://a.kz/x", kind="response", date=FIRST):
        lines = [
            "WARC/1.0",
            f"WARC-Type: {kind}",
            f"WARC-Target-URI: {url}",
            f"WARC-Date: {date}",
            f"Content-Length: {len(block)}",
        ]
        self.file.write(
            gzip.compress("\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n")
        )


@pytest.fixture
def tool(tmp_path):
    with_file = Tool(tmp_path / "their.warc.gz")
    yield with_file
    with_file.file.close()


def opened(tool, tmp_path, limits=LIMITS):
    tool.file.flush()
    folder = tmp_path / "evidence"
    folder.mkdir(exist_ok=True)
    return Archive(tmp_path / "their.warc.gz", folder=str(folder), limits=limits)


def walked(tool, tmp_path, start=""):
    archive = opened(tool, tmp_path)
    return walk_archive(archive, archive.start(start), links)


def seen(manifest):
    return {
        each.url: (each.role, each.status, each.failure, each.depth, each.parent)
        for each in manifest.evidence
        if each.role not in ("robots", "sitemap", "probe")
    }


def test_archive_is_walked_as_a_site_is(tool, tmp_path):
    tool.answer("http://a.kz/robots.txt", b"", headers=[("Content-Type", "text/plain")])
    tool.answer("http://a.kz/", b'<a href="/b"><a href="/old"><a href="/c"><a href="http://b.kz/">')
    tool.answer("http://a.kz/b", b'<a href="/d.pdf">', date=LAST)
    tool.answer("http://a.kz/old", status="301 Moved", headers=[("Location", "/b")])
    tool.answer("http://a.kz/d.pdf", b"%PDF", headers=[("Content-Type", "application/pdf")])
    tool.answer("http://a.kz/orphan", b"alone")
    tool.answer("http://b.kz/page", b"another site")

    manifest = walked(tool, tmp_path)

    assert seen(manifest) == {
        "http://a.kz/": ("page", 200, "", 0, ""),
        "http://a.kz/b": ("page", 200, "", 1, "http://a.kz/"),
        "http://a.kz/old": ("link", 200, "", 1, "http://a.kz/"),
        "http://a.kz/c": ("page", 0, "budget", 1, "http://a.kz/"),
        "http://b.kz/": ("link", 0, "budget", 1, "http://a.kz/"),
        "http://a.kz/d.pdf": ("document", 200, "", 2, "http://a.kz/b"),
        "http://a.kz/orphan": ("page", 200, "", 1000, ""),
    }
    dates = {each.url: each.taken_at for each in manifest.evidence}
    assert dates["http://a.kz/b"] == datetime(2018, 10, 5, 6, 30, tzinfo=UTC)
    assert (manifest.started_at, manifest.finished_at) == (
        datetime(2018, 10, 5, 6, 0, tzinfo=UTC),
        datetime(2018, 10, 5, 6, 30, tzinfo=UTC),
    )
    assert load(str(tmp_path / "evidence")) == manifest


def test_first_page_is_the_first_that_leads_to_a_page(tool, tmp_path):
    tool.answer("http://a.kz/robots.txt", b"x", headers=[("Content-Type", "text/plain")])
    tool.answer("http://a.kz/missing", status="404 Not Found")
    tool.answer("http://a.kz/bad", status="302 Found", headers=[("Location", "http://[/")])
    tool.answer("http://a.kz/data", b"{}", headers=[("Content-Type", "application/json")])
    tool.answer("http://a.kz/", status="302 Found", headers=[("Location", "/kk/")])
    tool.answer("http://a.kz/kk/", b"hello")

    archive = opened(tool, tmp_path)

    assert archive.start() == "http://a.kz/"
    assert archive.start("HTTP://A.kz/kk/") == "http://a.kz/kk/"
    with pytest.raises(InputError, match="does not hold this address"):
        archive.start("http://a.kz/nowhere")


def test_archive_without_a_page_has_no_start(tool, tmp_path):
    tool.answer("http://a.kz/missing", status="404 Not Found")

    with pytest.raises(InputError, match="no page in this archive answered with 200"):
        opened(tool, tmp_path).start()


def test_archive_without_an_answer_is_refused(tool, tmp_path):
    tool.writer.write_record(tool.writer.create_warcinfo_record("a.warc", {"software": "x"}))

    with pytest.raises(InputError, match="no answer of a site"):
        opened(tool, tmp_path)


def test_encodings_of_the_wire_are_undone(tool, tmp_path):
    chunked = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n"
    page = gzip.compress(b"hello")
    size = f"{len(page):x}".encode()
    tool.raw(
        chunked + b"Content-Encoding: gzip\r\n\r\n" + size + b"\r\n" + page + b"\r\n0\r\n\r\n",
        url="http://a.kz/",
    )
    tool.answer("http://a.kz/undone", b"as it is", headers=[HTML, ("Content-Encoding", "gzip")])

    archive = opened(tool, tmp_path)

    kept = {url: archive.store.get(held.sha256) for url, held in archive.held.items()}
    assert kept == {"http://a.kz/": b"hello", "http://a.kz/undone": b"as it is"}


def test_what_cannot_be_read_is_counted_and_named(tool, tmp_path):
    zeros = gzip.compress(b"0" * 150_000)
    coded = [HTML, ("Content-Encoding", "gzip")]
    tool.answer("http://a.kz/", b"hello")
    tool.answer("http://a.kz/huge", b"x" * 2_000_000)
    tool.answer("http://a.kz/large", b"x" * 200_000)
    tool.answer("http://a.kz/bomb", zeros, headers=coded)
    tool.answer("http://a.kz/cut", gzip.compress(b"hello")[:-9], headers=coded)
    tool.raw(b"<html>", url="http://a.kz/nothttp")
    tool.raw(b"HTTP/1.1 200 OK\r\n\r\n", url="http://[/")
    tool.raw(b"HTTP/1.1 200 OK\r\n\r\n", date="yesterday")
    tool.file.write(b"garbage")

    archive = opened(tool, tmp_path)

    assert archive.skipped == [
        Skipped(why="bad_address", count=1, example="http://[/"),
        Skipped(why="bad_date", count=1, example="yesterday"),
        Skipped(why="bomb", count=1, example="http://a.kz/bomb"),
        Skipped(why="broken", count=3, example="http://a.kz/cut"),
        Skipped(why="too_large", count=2, example="http://a.kz/huge"),
    ]
    assert archive.held["http://a.kz/bomb"].failure == "bomb"


def test_failures_of_the_archive_are_evidence(tool, tmp_path):
    paths = ("loop", "large", "private", "bad")
    tool.answer("http://a.kz/", "".join(f'<a href="/{path}">' for path in paths).encode())
    tool.answer("http://a.kz/loop", status="302 Found", headers=[("Location", "/loop")])
    tool.answer("http://a.kz/large", b"x" * 200_000)
    tool.answer("http://a.kz/private", b"no", status="403 Forbidden")
    tool.answer("http://a.kz/bad", status="302 Found", headers=[("Location", "http://[/")])

    failures = {url: failure for url, (_, _, failure, _, _) in seen(walked(tool, tmp_path)).items()}

    assert failures == {
        "http://a.kz/": "",
        "http://a.kz/loop": "redirect_loop",
        "http://a.kz/large": "too_large",
        "http://a.kz/private": "blocked",
        "http://a.kz/bad": "bad_address",
    }


def test_redirect_out_of_the_archive_is_told(tool, tmp_path):
    tool.answer("http://a.kz/", b'<a href="/out">')
    tool.answer("http://a.kz/out", status="302 Found", headers=[("Location", "/gone")])

    manifest = walked(tool, tmp_path)

    out = next(each for each in manifest.evidence if each.url == "http://a.kz/out")
    assert (out.failure, out.final_url, out.hops) == ("budget", "http://a.kz/gone", 1)


def test_same_bytes_seen_again_and_plain_resources_are_read(tool, tmp_path):
    tool.answer("http://a.kz/", b"hello")
    tool.revisit("http://a.kz/twin", "http://a.kz/")
    tool.revisit("http://a.kz/lost", "http://a.kz/nowhere")
    tool.answer("http://a.kz/res", b"resource", kind="resource")
    tool.answer("urn:x", b"nothing", kind="resource")
    tool.answer("http://a.kz/late", b"new", date=LAST)
    tool.answer("http://a.kz/late", b"old", date=FIRST)

    archive = opened(tool, tmp_path)

    held = {
        url: each.sha256 and archive.store.get(each.sha256) for url, each in archive.held.items()
    }
    assert held == {
        "http://a.kz/": b"hello",
        "http://a.kz/twin": b"hello",
        "http://a.kz/lost": "",
        "http://a.kz/res": b"resource",
        "http://a.kz/late": b"new",
    }


def test_headers_are_kept_without_cookies_and_not_without_end(tool, tmp_path):
    many = [(f"X-{number}", "y" * 1000) for number in range(20)]
    tool.answer("http://a.kz/", b"x", headers=[("Set-Cookie", "secret"), HTML, *many])

    headers = opened(tool, tmp_path).held["http://a.kz/"].headers

    assert headers.startswith("Content-Type: text/html; charset=utf-8\nX-0: ")
    assert len(headers) <= 8192


def test_date_without_a_zone_is_universal(tool, tmp_path):
    tool.raw(b"HTTP/1.1 200 OK\r\n\r\nx", date="2018-10-05T06:00:00")

    held = opened(tool, tmp_path).held["http://a.kz/x"]

    assert held.taken_at == datetime(2018, 10, 5, 6, 0, tzinfo=UTC)


# Our own archives


@pytest.fixture
def kept(tmp_path):
    """A crawl with every kind of evidence."""
    store = Store(str(tmp_path / "objects"))
    when = datetime(2026, 11, 20, 6, 0, 0, 5, tzinfo=UTC)

    def one(url, body=None, **more):
        given = {"status": 200, "media_type": "text/html", "charset": "utf-8", **more}
        sha256 = "" if body is None else store.put(body)
        return Evidence(url=url, taken_at=when, sha256=sha256, size=len(body or b""), **given)

    wire = "Content-Type: text/html\nContent-Encoding: gzip\nX-Name: Қ\nnothing"
    evidence = (
        one("http://a.kz/", b"<h1>hello</h1>", headers=wire, seconds=0.25),
        one("http://a.kz/#rendered", b"{}", role="rendered", media_type="application/json"),
        one("http://a.kz/#rendered-picture-0", b"PNG", role="picture", media_type=""),
        one("http://a.kz/dead", status=0, failure="timeout"),
        one("http://a.kz/moved", role="link", final_url="http://a.kz/"),
        one("http://a.kz/odd", b"", status=299, media_type="", charset=""),
        one("http://a.kz/plain", b"x", media_type="text/plain", charset=""),
        one("http://a.kz/twin", b"<h1>hello</h1>", parent="http://a.kz/"),
    )
    manifest = Manifest(
        start="http://a.kz/",
        agent="Aiqyn",
        started_at=when,
        finished_at=when,
        limits=Limits(),
        evidence=evidence,
    )
    return manifest, store


@pytest.mark.parametrize("name", ["our.warc.gz", "our.warc"])
def test_our_archive_passes_the_checks_of_another_tool(kept, tmp_path, name, capsys):
    path = tmp_path / name

    count = write_warc(*kept, path)

    with path.open("rb") as file:
        records = [(each.rec_type, each.rec_headers) for each in ArchiveIterator(file)]
    checked = type("Asked", (), {"inputs": [str(path)], "verbose": True})
    assert Checker(checked).process_all() == 0
    assert "digest pass" in capsys.readouterr().out
    assert count == len(records)
    assert [kind for kind, _ in records] == [
        "warcinfo", "resource", "response", "metadata", "resource", "resource",
        "response", "metadata", "response", "metadata", "revisit", "metadata",
    ]  # fmt: skip
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [name]


def test_our_archive_holds_the_answer_as_the_page_was_read(kept, tmp_path):
    path = tmp_path / "our.warc.gz"
    write_warc(*kept, path)

    with path.open("rb") as file:
        answers = {
            each.rec_headers.get_header("WARC-Target-URI"): (
                each.http_headers.get_statuscode(),
                each.http_headers.headers,
                each.content_stream().read(),
            )
            for each in ArchiveIterator(file)
            if each.rec_type in ("response", "revisit")
        }

    utf8 = ("Content-Type", "text/html; charset=utf-8")
    assert answers == {
        "http://a.kz/": (
            "200",
            [("Content-Type", "text/html"), ("X-Name", "Қ"), ("Content-Length", "14")],
            b"<h1>hello</h1>",
        ),
        "http://a.kz/odd": ("299", [("Content-Length", "0")], b""),
        "http://a.kz/plain": (
            "200",
            [("Content-Type", "text/plain"), ("Content-Length", "1")],
            b"x",
        ),
        "http://a.kz/twin": ("200", [utf8, ("Content-Length", "14")], b""),
    }


def test_our_archive_gives_the_evidence_back(kept, tmp_path):
    manifest, store = kept
    path, folder = tmp_path / "our.warc.gz", tmp_path / "again"
    folder.mkdir()
    write_warc(manifest, store, path)

    archive = Archive(path, folder=str(folder), limits=LIMITS)

    assert walk_archive(archive, "", links) == manifest
    assert sha256_of_manifest(load(str(folder))) == sha256_of_manifest(manifest)
    digests = [each.sha256 for each in manifest.evidence if each.sha256]
    assert [archive.store.get(each) for each in digests] == [store.get(each) for each in digests]


def test_our_archive_is_the_same_whenever_it_is_written(kept, tmp_path):
    for name in ("one.warc.gz", "two.warc.gz"):
        write_warc(*kept, tmp_path / name)

    one, two = ((tmp_path / name).read_bytes() for name in ("one.warc.gz", "two.warc.gz"))
    assert one == two


def test_crawl_that_did_not_obey_robots_does_not_say_so(kept, tmp_path):
    manifest, store = kept
    bold = msgspec.structs.replace(manifest, limits=Limits(obey_robots=False))
    write_warc(manifest, store, tmp_path / "a.warc")
    write_warc(bold, store, tmp_path / "b.warc")

    said = [b"robots: obey" in (tmp_path / name).read_bytes() for name in ("a.warc", "b.warc")]
    assert said == [True, False]


def test_archive_is_there_whole_or_not_at_all(kept, tmp_path):
    manifest, _ = kept
    empty = Store(str(tmp_path / "nothing"))
    (tmp_path / "file").write_text("")

    with pytest.raises(EvidenceError):
        write_warc(manifest, empty, tmp_path / "our.warc.gz")
    assert not (tmp_path / "our.warc.gz").exists()
    with pytest.raises(InputError, match="Not a directory"):
        write_warc(manifest, empty, tmp_path / "file" / "x")


def test_manifest_that_is_damaged_is_told(kept, tmp_path):
    manifest, store = kept
    path, folder = tmp_path / "our.warc", tmp_path / "again"
    folder.mkdir()
    write_warc(manifest, store, path)
    lines = to_lines(manifest)
    path.write_bytes(path.read_bytes().replace(lines[:20], b"x" * 20))

    with pytest.raises(InputError, match="line 1"):
        Archive(path, folder=str(folder), limits=LIMITS)


def test_bytes_beyond_the_cap_are_no_answer(tool, tmp_path):
    tool.answer("http://a.kz/", b"x" * 100_001)
    archive = opened(tool, tmp_path)

    assert archive.held["http://a.kz/"].failure == "too_large"
