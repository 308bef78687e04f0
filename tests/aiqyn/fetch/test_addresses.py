import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiqyn.fetch.addresses import (
    BadAddress,
    is_rooted,
    kind,
    normalise,
    resolve,
    role_by_type,
    shape,
    site_of,
)

BASE = "https://a.kz/kk/news/1?page=2"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("HTTPS://WWW.Gov.KZ:443", "https://www.gov.kz/"),
        ("http://a.kz:80/x#part", "http://a.kz/x"),
        ("http://a.kz:8080/x", "http://a.kz:8080/x"),
        ("http://user:secret@a.kz/", "http://a.kz/"),
        ("http://a.kz./x", "http://a.kz/x"),
        ("http://астана.қаз/", "http://xn--80aaa5csg.xn--80ao21a/"),
        ("http://[::1]:80/x", "http://[::1]/x"),
        ("http://a.kz/a/./b/../c", "http://a.kz/a/c"),
        ("http://a.kz/a/..", "http://a.kz/"),
        ("http://a.kz/a/.", "http://a.kz/a/"),
        ("http://a.kz/../../x", "http://a.kz/x"),
        ("http://a.kz/%7euser/%c3%a4%2f", "http://a.kz/~user/%C3%A4%2F"),
        ("http://a.kz/қаз?т=і", "http://a.kz/%D2%9B%D0%B0%D0%B7?%D1%82=%D1%96"),
        ("http://a.kz/100%", "http://a.kz/100%25"),
        ("http://a.kz/a b", "http://a.kz/a%20b"),
        ("  http://a.kz/a\tb\n", "http://a.kz/ab"),
        ("http://a.kz/?", "http://a.kz/"),
        ("http://a.kz/?b=2&a=1", "http://a.kz/?b=2&a=1"),
        ("http://a.kz/?PHPSESSID=abc&p=2", "http://a.kz/?p=2"),
        ("http://a.kz/?p=2&sid=abc", "http://a.kz/?p=2"),
        ("http://a.kz/?p=2&inside=abc", "http://a.kz/?p=2&inside=abc"),
        ("http://a.kz/x;jsessionid=1A2B?p=2", "http://a.kz/x?p=2"),
        ("http://a.kz/(S(abc123))/x.aspx", "http://a.kz/x.aspx"),
    ],
)
def test_normalise_gives_one_spelling(written, meant):
    assert normalise(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        "a.kz",
        "ftp://a.kz/",
        "http://",
        "http:///x",
        "http://[x",
        "http://a b.kz/",
        "http://a.kz:99999/",
        "http://-a.kz/",
        "http://ә\u200b..қаз/",
        "http://" + "a" * 300 + ".kz/",
        "http://a.kz/" + "x" * 5000,
    ],
)
def test_normalise_refuses_what_is_no_address(written):
    with pytest.raises(BadAddress):
        normalise(written)


@given(
    st.text(alphabet="/.%abАә?&=;:#[]~ 12", max_size=40),
)
def test_normalise_changes_nothing_the_second_time(tail):
    once = normalise("http://a.kz/" + tail)

    assert normalise(once) == once


@pytest.mark.parametrize(
    ("href", "leads_to"),
    [
        ("/ru/", "https://a.kz/ru/"),
        ("/", "https://a.kz/"),
        ("2", "https://a.kz/kk/news/2"),
        ("../about", "https://a.kz/kk/about"),
        ("?page=3", "https://a.kz/kk/news/1?page=3"),
        ("//b.kz/x", "https://b.kz/x"),
        ("http://b.kz", "http://b.kz/"),
        ("\\docs\\a.pdf", "https://a.kz/docs/a.pdf"),
        ("/a?x=1#top", "https://a.kz/a?x=1"),
        ("/.well-known/x", "https://a.kz/.well-known/x"),
        ("", None),
        ("#top", None),
        (" mailto:a@a.kz", None),
        ("tel:+7717", None),
        ("JavaScript:void(0)", None),
        ("data:text/plain,x", None),
    ],
)
def test_resolve_follows_what_a_page_says(href, leads_to):
    assert resolve(BASE, href) == leads_to


@pytest.mark.parametrize("href", ["http://", "https://[x", "//[x", "httpx://a.kz/"])
def test_resolve_refuses_broken_addresses(href):
    with pytest.raises(BadAddress):
        resolve(BASE, href)


@given(st.text(max_size=60))
def test_resolve_of_anything_is_an_address_nothing_or_refused(href):
    try:
        url = resolve(BASE, href)
    except BadAddress:
        return

    assert url is None or normalise(url) == url


def test_rooted_links_mean_the_same_on_every_page():
    hrefs = ["/x", "https://a.kz", "mailto:a", "x", "?x", "../x", ""]

    assert [is_rooted(href) for href in hrefs] == [True, True, True, False, False, False, False]


def test_site_is_the_host_without_www():
    urls = ["http://www.a.kz/x", "https://a.kz/", "http://a.kz:81/"]

    assert [site_of(url) for url in urls] == ["a.kz", "a.kz", "a.kz:81"]


@pytest.mark.parametrize(
    ("url", "promised"),
    [
        ("http://a.kz/", "page"),
        ("http://a.kz/x.pdf/y", "page"),
        ("http://a.kz/index.php?f=x.pdf", "page"),
        ("http://a.kz/x.PDF?v=1", "document"),
        ("http://a.kz/x.docx", "document"),
        ("http://a.kz/x.xlsx", "document"),
        ("http://a.kz/x.jpg", "asset"),
        ("http://a.kz/x.zip", "asset"),
        ("http://a.kz/v1.2", "page"),
    ],
)
def test_kind_is_what_the_extension_promises(url, promised):
    assert kind(url) == promised


@pytest.mark.parametrize(
    ("role", "media_type", "content", "becomes"),
    [
        ("page", "text/html", b"<p>", "page"),
        ("page", "", b"", "page"),
        ("page", "application/pdf", b"", "document"),
        ("page", "image/png", b"", "link"),
        ("document", "text/html", b"<p>", "document"),
        ("page", "text/html", b"%PDF-1.7 ...", "document"),
        ("page", "", b"PK\x03\x04...", "document"),
        ("page", "text/html", b"\xd0\xcf\x11\xe0...", "document"),
        ("page", "text/html", b"\x89PNG\r\n", "link"),
    ],
)
def test_role_follows_the_type_and_above_it_the_first_bytes(role, media_type, content, becomes):
    assert role_by_type(role, media_type, content) == becomes


@pytest.mark.parametrize(
    ("path", "blotted", "by_date"),
    [
        ("/about", "/about", False),
        ("/news/123", "/news/{n}", False),
        ("/events/2026/11", "/events/{date}", True),
        ("/events/2026-11-21", "/events/{date}", True),
        ("/events/21.11.2026", "/events/{date}", True),
        ("/events/20261121", "/events/{date}", True),
        ("/events?year=2026&month=11", "/events?{date}&{date}", True),
        ("/news/2026/11/21/55", "/news/{date}/{n}", False),
        ("/events/2199/1", "/events/{date}", True),
        ("/acts/202611213", "/acts/{n}", False),
    ],
)
def test_shape_blots_out_dates_and_numbers(path, blotted, by_date):
    assert shape(f"http://10.a.kz:81{path}") == (f"http://10.a.kz:81{blotted}", by_date)
