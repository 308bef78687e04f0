import gzip
import time

import pytest

from aiqyn.errors import FetchError
from aiqyn.fetch.sitemaps import addresses_in

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
        addresses_in(
            gzip.compress(URLSET, mtime=0)[:-20], "https://a.kz/sitemap.xml.gz", at_most=10
        )

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
    ],
    ids=["opened", "half", "blank", "cdata", "prefix", "spaced"],
)
def test_sitemap_made_to_be_read_for_ever_is_read_in_no_time(hostile):
    started = time.process_time()

    is_index, found = addresses_in(b"<urlset>" + hostile, "https://a.kz/sitemap.xml", at_most=10)

    assert (is_index, found) == (False, [])
    assert time.process_time() - started < 2


def test_address_cut_off_at_the_end_of_a_sitemap_is_none():
    cut = URLSET[: URLSET.index(b"]]>") - 10]

    assert addresses_in(cut, "https://a.kz/sitemap.xml", at_most=10) == (False, ADDRESSES[:1])
