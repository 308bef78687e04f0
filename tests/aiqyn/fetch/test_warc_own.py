"""Archives we write: another tool opens and checks them, and they give the evidence back."""

from datetime import UTC, datetime

import msgspec
import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from aiqyn.chain import Evidence
from aiqyn.errors import EvidenceError, InputError
from aiqyn.fetch.crawl import load
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.manifest import Manifest, sha256_of_manifest, to_lines
from aiqyn.fetch.store import Store
from aiqyn.fetch.warc_in import Archive, walk_archive
from aiqyn.fetch.warc_out import write_warc

LIMITS = Limits(max_bytes=100_000)


def links(evidence, content):
    return []


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
        one("http://a.kz/moved-away", role="link", final_url="http://b.kz/"),
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
        "response", "metadata", "response", "metadata", "revisit", "metadata", "revisit",
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
        "http://a.kz/moved": ("200", [utf8, ("Content-Length", "14")], b""),
        "http://a.kz/odd": ("299", [("Content-Length", "0")], b""),
        "http://a.kz/plain": (
            "200",
            [("Content-Type", "text/plain"), ("Content-Length", "1")],
            b"x",
        ),
        "http://a.kz/twin": ("200", [utf8, ("Content-Length", "14")], b""),
    }


def test_address_that_redirected_is_a_revisit_of_where_it_led(kept, tmp_path):
    path = tmp_path / "our.warc.gz"
    write_warc(*kept, path)

    with path.open("rb") as file:
        last = {each.rec_type: each.rec_headers for each in ArchiveIterator(file)}
        file.seek(0)
        first = next(each for each in ArchiveIterator(file) if each.rec_type == "response")
        moved = last["revisit"]

    assert moved.get_header("WARC-Target-URI") == "http://a.kz/moved"
    assert [moved.get_header(name) for name in ("WARC-Refers-To", "WARC-Payload-Digest")] == [
        first.rec_headers.get_header(name) for name in ("WARC-Record-ID", "WARC-Payload-Digest")
    ]
    assert moved.get_header("WARC-Refers-To-Target-URI") == "http://a.kz/"


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
