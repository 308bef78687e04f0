import pytest

from aiqyn.subjects.groups import is_local
from aiqyn.subjects.parts import parts_of
from aiqyn.subjects.site import language_of_address
from aiqyn.subjects.traits.wayfinding import bare


def test_parts_of_an_address_are_those_of_urllib():
    assert tuple(parts_of("https://a.kz/kk?x=1#y")) == ("https", "a.kz", "/kk", "x=1", "y")


@pytest.mark.parametrize("address", ["http://[x", "//a]b", "http://a\u2100b.kz/"])
def test_what_is_no_address_stands_on_no_host(address):
    parts = parts_of(address)

    assert (tuple(parts), parts.hostname) == (("", "", address, "", ""), None)
    assert (is_local(address), language_of_address(address)) == (False, "")
    assert bare(address)[0] == ""
