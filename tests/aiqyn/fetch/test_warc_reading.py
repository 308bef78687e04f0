"""Record by record: bad bytes end in a clear error, whoever wrote them."""

import gzip

import pytest

from aiqyn.errors import FetchError, InputError
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.warc import MANIFEST_URI, Broken, http_message, records

LIMITS = Limits(max_bytes=1000)


def record(block=b"", **headers):
    told = {"WARC-Type": "response", "Content-Length": str(len(block)), **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in told.items())
    return f"WARC/1.0\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"


@pytest.fixture
def write(tmp_path):
    def to_file(content):
        path = tmp_path / "a.warc"
        path.write_bytes(content)
        return path

    return to_file


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_records_are_read_from_plain_and_packed_files(write, pack):
    path = write(pack(record(b"one")) + pack(b"\n\r\n" + record(b"two", WARC_Target_URI="<x>")))

    read = list(records(path, LIMITS))

    assert [(each.number, each.type, each.block) for each in read] == [
        (1, "response", b"one"),
        (2, "response", b"two"),
    ]
    assert [each.target for each in read] == ["", "x"]


def test_one_gzip_member_may_hold_all_records(write):
    path = write(gzip.compress(record(b"one") + record(b"two")))

    assert [each.block for each in records(path, LIMITS)] == [b"one", b"two"]


def test_huge_record_is_passed_over_and_the_next_one_read(write):
    path = write(record(b"x" * 3_000_000) + record(b"two"))

    assert [each.block for each in records(path, LIMITS)] == [None, b"two"]


@pytest.mark.parametrize("path", ["sitemap.xml", "maps/1.xml.gz", "map.txt?a=1"])
def test_sitemap_may_be_longer_than_a_page(write, path):
    block = b"x" * 3_000_000
    path = write(record(block, WARC_Target_URI=f"http://a.kz/{path}"))

    assert [each.block for each in records(path, LIMITS)] == [block]


def test_manifest_of_ours_may_be_longer_than_a_page(write):
    block = b"x" * 3_000_000
    path = write(record(block, WARC_Target_URI=MANIFEST_URI))

    assert [each.block for each in records(path, LIMITS)] == [block]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "an empty file is no WARC archive"),
        (b"<html>", "not a WARC archive: no record begins with b'<html>'"),
        (b"\x1f\x8b\x08\0" + b"?" * 60, "not a WARC archive: its compression is damaged"),
        (b"\x28\xb5\x2f\xfdxxxx", "packed with zstd"),
        (gzip.compress(record(b"one"), mtime=0)[:-20], "not a WARC archive: cut off"),
        (b"WARC/1.0\r\nContent-Length: many\r\n\r\n", "Content-Length is 'many'"),
        (b"WARC/1.0\r\nContent-Length: 9\r\n\r\nshort", "cut off"),
        (b"WARC/1.0\r\nContent-Length: 9", "cut off"),
        (b"WARC/1.0\r\n" + b"a: b\r\n" * 300, "more than 256 headers"),
    ],
)
def test_file_that_is_no_archive_is_refused(write, content, problem):
    with pytest.raises(InputError, match=problem):
        list(records(write(content), LIMITS))


@pytest.mark.parametrize(
    "rest", [b"garbage", b"WARC/1.0\r\nContent-Length: 9\r\n\r\nshort", b"WARC/1.0\r\nhalf"]
)
def test_garbage_after_good_records_is_told_and_they_are_kept(write, rest):
    read = []

    with pytest.raises(Broken, match="record 2: "):
        read.extend(each.block for each in _until_broken(write(record(b"one") + rest), read))

    assert read == [b"one"]


def _until_broken(path, read):
    for each in records(path, LIMITS):
        read.append(each.block)
    return ()


def test_garbage_packed_after_good_records_is_told(write):
    path = write(gzip.compress(record(b"one")) + b"\x1f\x8b" + b"garbage" * 9)

    with pytest.raises(Broken, match="record 2: "):
        list(records(path, LIMITS))


def test_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        list(records(tmp_path / "none", LIMITS))


def test_bomb_is_refused_before_it_unfolds(write, monkeypatch):
    monkeypatch.setattr("aiqyn.fetch.warc.FREE", 100_000)
    bomb = gzip.compress(record(b"0" * 5_000_000))

    with pytest.raises(InputError, match="a bomb"):
        list(records(write(bomb), Limits(max_ratio=2)))


def test_line_without_a_colon_in_the_headers_is_passed_over(write):
    path = write(b"WARC/1.0\r\nnothing\r\nContent-Length: 1\r\n\r\nx")

    assert [each.headers for each in records(path, LIMITS)] == [{"content-length": "1"}]


def test_answer_is_read_with_its_headers():
    message = http_message("u", "HTTP/1.1 200 OK\r\nA: Қ\r\nnone\r\nA: b\r\n\r\nbody".encode())

    assert (message.status, message.body, message.header("a")) == (200, b"body", "Қ, b")


@pytest.mark.parametrize(
    ("block", "body"),
    [
        (b"HTTP/1.0 404\n\nx", b"x"),
        (b"HTTP/1.0 404 Not Found", b""),
    ],
)
def test_answer_of_a_sloppy_server_is_read(block, body):
    message = http_message("u", block)

    assert (message.status, message.body) == (404, body)


@pytest.mark.parametrize("block", [b"", b"<html>", b"HTTP/1.1", b"HTTP/1.1 OK fine"])
def test_what_is_no_answer_is_broken(block):
    with pytest.raises(FetchError, match="no HTTP answer"):
        http_message("u", block)


@pytest.mark.parametrize(
    ("sent", "body"),
    [
        (b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", b"abcde"),
        (b"3\r\nabc\r\n", b"abc"),
        (b"<html>undone by the tool</html>", b"<html>undone by the tool</html>"),
        (b"", b""),
        (b"-5\r\nabc", b""),
    ],
)
def test_chunks_are_joined_where_they_are_chunks(sent, body):
    block = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + sent

    assert http_message("u", block).body == body
