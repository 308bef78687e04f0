from urllib.parse import urlsplit

import pytest

from aiqyn.subjects.groups import is_local
from aiqyn.subjects.parts import hostname_of, parts_of
from aiqyn.subjects.site import language_of_address
from aiqyn.subjects.traits.wayfinding import bare


@pytest.mark.parametrize(
    "address",
    [
        "https://a.kz/kk?x=1#y", "https://a.kz/kk?x=1", "http://a.kz", "http://a.kz?x=/", "//a/b",
        "http://a.kz:8080/kk/", "http://a.kz/?", "http://A.kz/", "HTTP://a.kz/", "http:///kk",
        "http://a.kz/\u0431?\u0431", "http://a.kz/a b", " http://a.kz/", "http://a.kz/a\tb",
        "mailto:a@b", "http://a@b.kz/", "http://a.kz/a@b:c;d//e", "",
    ],
)  # fmt: skip
def test_parts_of_an_address_are_those_of_urllib(address):
    assert parts_of(address) == urlsplit(address)


@pytest.mark.parametrize("address", ["http://[x", "//a]b", "http://a\u2100b.kz/"])
def test_what_is_no_address_stands_on_no_host(address):
    parts = parts_of(address)

    assert (tuple(parts), parts.hostname) == (("", "", address, "", ""), None)
    assert (is_local(address), language_of_address(address)) == (False, "")
    assert bare(address)[0] == ""


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("http://a.kz/kk", "a.kz"),
        ("https://a.kz:8080", "a.kz"),
        ("https://User@A.kz/", "a.kz"),
        ("http://алматы.kz/", "алматы.kz"),
        ("http://[x", ""),
        ("/kk/", ""),
    ],
)
def test_host_of_an_address_is_that_of_its_parts(address, host):
    assert hostname_of(address) == (parts_of(address).hostname or "") == host


@pytest.mark.parametrize(
    ("address", "language"),
    [
        ("http://a.kz/kk", "kk"),
        ("http://a.kz/kz/ru/", "kk"),
        ("http://a.kz/ru.html", "ru"),
        ("http://a.kz/en?lang=ru", "en"),
        ("http://a.kz/KZ/", "kk"),
        ("http://a.kz/kkk/", ""),
        ("http://en.a.kz/a/b/kk/", "en"),
        ("http://en/kk-kz#x", "kk"),
    ],
)
def test_language_an_address_names_is_that_of_its_first_steps(address, language):
    assert language_of_address(address) == language
