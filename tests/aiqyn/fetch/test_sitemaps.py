import gzip
import time
import tracemalloc
from datetime import UTC, datetime

import pytest

from aiqyn.chain import Evidence, Sitemap
from aiqyn.errors import FetchError
from aiqyn.fetch import sitemaps
from aiqyn.fetch.sitemaps import MAX_BYTES, addresses_in, told_of

DAY = datetime(2026, 11, 23, tzinfo=UTC)

URLSET = """<?xml version="1.0"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc> https://a.kz/?a=1&amp;b=2 </loc><lastmod>2026-11-01</lastmod></url>
<url><loc><![CDATA[https://a.kz/kk/жаңалықтар]]></loc></url>
</urlset>""".encode()
ADDRESSES = ["https://a.kz/?a=1&b=2", "https://a.kz/kk/жаңалықтар"]


@pytest.mark.parametrize("content", [URLSET, gzip.compress(URLSET, mtime=0)])
def test_sitemap_gives_its_addresses(content):
    assert addresses_in(content, "https://a.kz/sitemap.xml", at_most=10) == (False, ADDRESSES)


def test_sitemap_index_says_that_it_is_one():
    index = b"<s:sitemapindex><s:sitemap><s:loc>/one.xml</s:loc></s:sitemap></s:sitemapindex>"

    assert addresses_in(index, "https://a.kz/sitemap.xml", at_most=10) == (True, ["/one.xml"])


def test_sitemap_of_plain_lines_gives_them():
    text = b"\xef\xbb\xbfhttps://a.kz/1\n\n https://a.kz/2 \n"

    assert addresses_in(text, "https://a.kz/sitemap.txt", at_most=10) == (
        False,
        ["https://a.kz/1", "https://a.kz/2"],
    )


def test_sitemap_gives_no_more_than_asked_for():
    assert addresses_in(URLSET, "https://a.kz/sitemap.xml", at_most=1) == (False, ADDRESSES[:1])


def test_sitemap_that_is_a_page_gives_nothing():
    page = b"<!doctype html><title>404</title>"

    assert addresses_in(page, "https://a.kz/sitemap.xml", at_most=10) == (False, [])


def test_sitemap_of_broken_gzip_is_refused():
    with pytest.raises(FetchError) as caught:
        addresses_in(gzip.compress(URLSET, mtime=0)[:12], "https://a.kz/sitemap.xml.gz", at_most=10)

    assert caught.value.cause == "broken"


@pytest.mark.parametrize(
    "hostile",
    [
        b"<loc>" * 200_000,
        b"<loc" * 250_000,
        b"<loc>" + b" " * 1_000_000,
        b"<loc><![CDATA[" * 70_000,
        b"<" + b"w" * 1_000_000,
        b"<loc " * 200_000 + b">",
        b"<!--" * 250_000,
        b"<!---->" * 140_000,
    ],
    ids=["opened", "half", "blank", "cdata", "prefix", "spaced", "hidden", "comments"],
)
def test_sitemap_made_to_be_read_for_ever_is_read_in_no_time(hostile):
    started = time.process_time()

    is_index, found = addresses_in(b"<urlset>" + hostile, "https://a.kz/sitemap.xml", at_most=10)

    assert (is_index, found) == (False, [])
    assert time.process_time() - started < 2


def test_address_cut_off_at_the_end_of_a_sitemap_is_none():
    cut = URLSET[: URLSET.index(b"]]>") - 10]

    assert addresses_in(cut, "https://a.kz/sitemap.xml", at_most=10) == (False, ADDRESSES[:1])


def packed(content):
    return gzip.compress(content, 1, mtime=0)


@pytest.mark.parametrize("pack", [bytes, packed], ids=["plain", "packed"])
def test_sitemap_longer_than_a_piece_gives_every_address(pack):
    named = [f"https://a.kz/{number}/{'a' * (number % 99)}" for number in range(30_000)]
    content = pack("".join(f"<url><loc>{each}</loc></url>\n" for each in named).encode())

    is_index, found = addresses_in(content, "https://a.kz/sitemap.xml", at_most=50_000)

    assert (is_index, found) == (False, named)


def test_sitemap_over_the_limit_is_read_up_to_it_in_little_memory():
    """120 MB of it, which 120 KB unpack into."""
    head = b"<urlset><loc>https://a.kz/1</loc>" + b" " * (MAX_BYTES - 80)
    content = packed(head + b"<loc>https://a.kz/2</loc>" + b" " * 70_000_000)
    tracemalloc.start()

    told = told_of(Evidence(url="https://a.kz/s.xml.gz", taken_at=DAY), content)

    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()
    assert told == Sitemap(
        url="https://a.kz/s.xml.gz",
        kind="urlset",
        size=MAX_BYTES + 1,
        addresses=2,
        origins=(("https://a.kz", 2, ("https://a.kz/1", "https://a.kz/2")),),
    )


def test_lines_beyond_the_limit_are_not_read(monkeypatch):
    monkeypatch.setattr(sitemaps, "MAX_BYTES", 30)
    content = b"https://a.kz/1\nhttps://a.kz/2\nhttps://a.kz/3\n"

    assert addresses_in(content, "", at_most=9) == (False, ["https://a.kz/1", "https://a.kz/2"])


def test_no_more_addresses_are_counted_than_anybody_needs(monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST_COUNTED", 3)

    told = told_of(Evidence(url="https://a.kz/s.txt", taken_at=DAY), b"https://a.kz/1\n" * 9)

    assert told.addresses == 3


def test_pictures_and_films_are_no_pages():
    content = (
        b"<urlset><url><loc>https://a.kz/1</loc><image:image><image:loc>https://cdn.kz/1.jpg"
        b"</image:loc></image:image><video:loc>https://b.kz/1</video:loc></url></urlset>"
    )

    assert addresses_in(content, "", at_most=9) == (False, ["https://a.kz/1"])


def test_address_is_read_as_it_is_meant():
    content = (
        b"<loc>https://a.kz/?a=1&amp;copy=2</loc><loc><![CDATA[https://a.kz/?a=1&copy=2]]></loc>"
        b"<loc>https://a.kz/\0b</loc>"
    )

    assert addresses_in(content, "", at_most=9)[1] == [
        "https://a.kz/?a=1&copy=2", "https://a.kz/?a=1&copy=2", "https://a.kz/\ufffdb"
    ]  # fmt: skip


def test_origins_that_are_told_apart_have_an_end(monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST_ORIGINS", 2)
    content = b"<loc>//a/1</loc><loc>//b/1</loc><loc>//c/1</loc><loc>//a/2</loc>"

    told = told_of(Evidence(url="https://a.kz/s.xml", taken_at=DAY), content)

    assert told.addresses == 4
    assert told.origins == (("//a", 2, ("//a/1", "//a/2")), ("//b", 1, ("//b/1",)))


@pytest.mark.parametrize(("kind", "kept"), [("urlset", 4), ("sitemapindex", 50)])
def test_of_an_index_more_is_kept_than_of_a_list_of_pages(kind, kept):
    content = f"<{kind}>{''.join(f'<loc>//a/{number}</loc>' for number in range(60))}</{kind}>"

    told = told_of(Evidence(url="https://a.kz/s.xml", taken_at=DAY), content.encode())

    assert [(count, len(first)) for _, count, first in told.origins] == [(60, kept)]


@pytest.mark.parametrize(
    ("content", "kind", "count"),
    [
        (URLSET, "urlset", 2),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>404", "page", 0),
        (b"https://a.kz/1\n", "text", 1),
        (b"Not found", "", 1),
        (packed(URLSET)[:-8], "urlset", 2),
        (packed(URLSET) + b"\n", "urlset", 2),
        (packed(URLSET) + packed(URLSET), "urlset", 4),
        (packed(URLSET)[:12], "", 0),
        (b"\xef\xbb\xbf\n", "", 0),
        (packed(URLSET)[:10] + b"\x07\x00", "", 0),
        (packed(b"") * 200_000, "", 0),
        (packed(b"\n" * 50_000_000), "", 0),
        (packed(b" \n" * 20_000_000), "", 0),
        (b"\xef\xbb\xbfhttps://a.kz/1\r\nhttps://a.kz/2", "text", 2),
        (b"", "", 0),
    ],
)
def test_what_a_file_is_its_content_says(content, kind, count):
    told = told_of(Evidence(url="https://a.kz/s.xml", taken_at=DAY), content)

    assert (told.kind, told.addresses) == (kind, count)


@pytest.mark.parametrize("size", [3, 5, 64, 1 << 20])
@pytest.mark.parametrize(
    ("said", "addresses"),
    [
        ("<loc>/1</loc><!-- <loc>/2</loc> --><loc>/3</loc>", ["/1", "/3"]),
        ("<!--<urlset>--><loc>/1</loc>", ["/1"]),
        ("<!-- <!-- <loc>/1</loc> --><loc>/2</loc>", ["/2"]),
        ("<loc>/1</loc><!-- <loc>/2</loc>", ["/1"]),
        ("<loc>/1</loc><!-- <loc>/2</loc> -- ><loc>/3</loc>", ["/1"]),
        ("<loc>/1</loc><!-", ["/1"]),
    ],
)
def test_addresses_in_comments_are_none(said, addresses, size, monkeypatch):
    monkeypatch.setattr(sitemaps, "PIECE", size)

    found = addresses_in(said.encode(), "https://a.kz/sitemap.xml", at_most=10)

    assert found == (False, addresses)


def test_page_behind_a_comment_is_a_page():
    page = b"<!-- saved --><!doctype html><title>404</title>"

    assert told_of(Evidence(url="https://a.kz/sitemap.xml", taken_at=DAY), page).kind == "page"
