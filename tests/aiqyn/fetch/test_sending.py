"""Headers and forms that go along with a request, and where a redirect drops them."""

import asyncio

import pytest

from aiqyn.fetch.http import Client, Sending, _Journey
from tests.aiqyn.fetch.servers import loopback, redirect, reply

KEY = Sending(headers={"Authorization": "key", "Accept": "text/turtle"})


def ask(url, sending):
    async def asked():
        async with Client(loopback()) as client:
            return await client.ask(url, sending=sending)

    return asyncio.run(asked())


def test_headers_go_along_and_stay_within_the_host(site):
    site.routes |= {"/a": redirect("/b"), "/b": reply("there")}

    answer = ask(site.url("/a"), KEY)

    assert (answer.content, [each.get("authorization") for each in site.headers]) == (
        b"there",
        ["key", "key"],
    )
    assert site.headers[0]["accept"] == "text/turtle"


def test_headers_are_not_told_to_another_host(site):
    other = f"http://localhost:{site.server_address[1]}/b"
    site.routes |= {"/a": redirect(other), "/b": reply("there")}

    ask(site.url("/a"), KEY)

    assert [each.get("authorization") for each in site.headers[1:]] == [None] * (
        len(site.headers) - 1
    )


def test_form_is_sent_in_the_body_and_only_once(site):
    site.routes |= {"/a": redirect("/b", status=303), "/b": reply("there")}

    answer = ask(site.url("/a"), Sending(form={"page": "1"}))

    assert (answer.content, site.asked) == (b"there", ["POST /a", "GET /b"])
    assert site.headers[0]["content-type"] == "application/x-www-form-urlencoded"


@pytest.mark.parametrize(("onward", "kept"), [("http://a.kz/", Sending()), ("https://a.kz/b", KEY)])
def test_key_is_not_bared_where_encryption_ends(onward, kept):
    journey = _Journey("https://a.kz/", "GET", True, False, KEY)

    journey.send_on(onward, is_home=True)

    assert journey.sending == kept
