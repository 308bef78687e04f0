import gzip

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
