from urllib.parse import urlsplit

import pytest

from aiqyn.subjects.groups import is_local
from aiqyn.subjects.parts import parts_of
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
