"""Archives of an independent tool are walked; ours are opened by it."""

import gzip
import io
from datetime import UTC, datetime

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from aiqyn.errors import InputError
from aiqyn.fetch.crawl import load
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.warc_in import Archive, Skipped, walk_archive

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
    page = gzip.compress(b"hello", mtime=0)
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
    zeros = gzip.compress(b"0" * 150_000, mtime=0)
    coded = [HTML, ("Content-Encoding", "gzip")]
    tool.answer("http://a.kz/", b"hello")
    tool.answer("http://a.kz/huge", b"x" * 2_000_000)
    tool.answer("http://a.kz/large", b"x" * 200_000)
    tool.answer("http://a.kz/bomb", zeros, headers=coded)
    tool.answer("http://a.kz/cut", gzip.compress(b"hello", mtime=0)[:-9], headers=coded)
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


def test_bytes_beyond_the_cap_are_no_answer(tool, tmp_path):
    tool.answer("http://a.kz/", b"x" * 100_001)
    archive = opened(tool, tmp_path)

    assert archive.held["http://a.kz/"].failure == "too_large"


def test_byte_that_is_no_utf_8_ends_no_walk(tool, tmp_path):
    odd = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\xf3tf-8\r\nX: \xf3\r\n\r\n"
    tool.raw(odd + b'<a href="/b">', url="http://a.kz/")
    tool.raw(odd + b"orphan", url="http://a.kz/c")
    tool.raw(odd.replace(b"200 OK", b"302 Found\r\nLocation: /\xf3"), url="http://a.kz/b")

    manifest = walked(tool, tmp_path)

    charsets = {each.url: each.charset for each in manifest.evidence if each.role == "page"}
    assert charsets["http://a.kz/"] == charsets["http://a.kz/c"] == "\ufffdtf-8"
    assert load(str(tmp_path / "evidence")) == manifest


def test_sitemap_beyond_the_cap_of_pages_is_held(tool, tmp_path):
    tool.answer("http://a.kz/sitemap.xml", b"x" * 100_001)
    archive = opened(tool, tmp_path)

    assert archive.held["http://a.kz/sitemap.xml"].failure == ""
