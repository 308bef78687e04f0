"""What an answer says in its headers, and how often it sent us on, is evidence too."""

import asyncio

from aiqyn.fetch.crawl import load
from aiqyn.fetch.http import MAX_KEPT, Client
from tests.aiqyn.fetch.servers import links, loopback, redirect, reply
from tests.aiqyn.fetch.visits import seen, visit

PLAIN = "Content-Type: text/html\nContent-Length: {}\nConnection: close"


def ask(url):
    async def run():
        async with Client(loopback()) as client:
            return await client.ask(url)

    return asyncio.run(run())


def test_headers_are_told_as_received_without_cookies(site):
    site.routes["/"] = reply(
        "x", Set_Cookie="secret=1", authorization="Basic c2VjcmV0", X_Frame_Options="DENY"
    )

    assert ask(site.url()).headers == f"{PLAIN.format(1)}\nX-Frame-Options: DENY"


def test_headers_in_cyrillic_bytes_stay_readable(site):
    site.routes["/"] = reply("", X_Body="Әкімдік".encode().decode("latin-1"), X_Bad="\xff")

    assert ask(site.url()).headers == f"{PLAIN.format(0)}\nX-Body: Әкімдік\nX-Bad: \ufffd"


def test_headers_beyond_eight_kilobytes_are_left_out_line_by_line(site):
    line = "v" * 2_000
    site.routes["/"] = reply("", A=line, B=line, C=line, D=line, E=line)

    headers = ask(site.url()).headers

    assert headers.splitlines()[3:] == [f"A: {line}", f"B: {line}", f"C: {line}", f"D: {line}"]
    assert len(headers) < MAX_KEPT


def test_silence_has_no_headers():
    assert ask("http://127.0.0.1:1/").headers == ""


def test_every_redirect_is_a_hop(site):
    site.routes["/"] = redirect("/1")
    site.routes["/1"] = redirect("/2")
    site.routes["/2"] = reply("there")
    site.routes["/loop"] = redirect("/loop")

    assert [ask(site.url(path)).hops for path in ("/", "/1", "/2", "/loop")] == [2, 1, 0, 1]


def test_evidence_keeps_headers_of_what_is_read_and_hops_of_all(site, tmp_path):
    site.routes["/"] = links("/old", "/gone", "/logo.png")
    site.routes["/old"] = redirect("/new")
    site.routes["/new"] = reply("new", Last_Modified="Fri, 20 Nov 2026 06:00:00 GMT")
    site.routes["/logo.png"] = redirect("/logo2.png")
    site.routes["/logo2.png"] = reply("", kind="image/png")

    manifest = visit(site, tmp_path)

    assert seen(manifest, site, "role", "headers", "hops")[1:] == [
        ("/gone", "page", PLAIN.format(8), 0),
        ("/logo.png", "link", "Content-Length: 0", 1),  # bytes that are not kept have a size
        ("/new", "page", f"{PLAIN.format(3)}\nLast-Modified: Fri, 20 Nov 2026 06:00:00 GMT", 0),
        ("/old", "link", "Content-Length: 3", 1),
    ]
    assert [one.headers for one in manifest.evidence if one.role == "robots"] == [PLAIN.format(8)]
    assert load(str(tmp_path)) == manifest


def test_byte_that_is_no_utf_8_ends_no_crawl(site, tmp_path):
    odd = {"kind": "text/html; charset=\xf3tf-8", "X_Odd": "\xf3"}
    site.routes["/"] = links("/old", "/lost", "/packed")
    site.routes["/old"] = redirect("/\xf3", **odd)
    site.routes["/%F3"] = reply("new", **odd)
    site.routes["/lost"] = redirect("http://[\xf3/", **odd)
    site.routes["/packed"] = reply("x", Content_Encoding="\xf3")

    manifest = visit(site, tmp_path)

    assert seen(manifest, site, "status", "failure", "charset")[1:] == [
        ("/%F3", 200, "", "\ufffdtf-8"),
        ("/lost", 302, "bad_address", ""),
        ("/old", 200, "", "\ufffdtf-8"),
        ("/packed", 200, "", ""),
    ]
    assert load(str(tmp_path)) == manifest
    assert ask(site.url("/lost")).detail.encode()
