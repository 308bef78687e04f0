"""What an address really is: by its bytes; and whose fault it is when nothing came."""

import asyncio
import errno
import socket

import pytest

from aiqyn.chain import FAILURES
from aiqyn.fetch.http import Client
from aiqyn.fetch.journal import Journal, Opening
from aiqyn.fetch.walk import Walk
from tests.aiqyn.fetch.servers import at, hrefs_in, links, loopback, reply
from tests.aiqyn.fetch.visits import seen, visit


def test_paper_sent_as_a_page_is_a_document(site, tmp_path):
    site.routes |= {
        "/": links("/paper", "/photo"),
        "/paper": reply(b"%PDF-1.7 ..."),
        "/photo": reply(b"\xff\xd8\xff\xe0..."),
    }
    read = []

    def reader(evidence, content):
        read.append((evidence.role, content[:5]))
        return ["/paper", "/photo"] if evidence.depth == 0 else ()

    manifest = visit(site, tmp_path, read=reader)

    assert read == [("page", b"<p><a"), ("document", b"%PDF-")]
    assert seen(manifest, site, "role", "size")[1:] == [
        ("/paper", "document", 12),
        ("/photo", "link", 0),
    ]


@pytest.mark.parametrize("answer", [reply("", status=204), reply(""), reply(" \r\n\t")])
def test_page_without_a_byte_is_no_page(site, tmp_path, answer):
    site.routes |= {"/": links("/void"), "/void": answer}
    read = []

    manifest = visit(
        site, tmp_path, read=lambda evidence, _: read.append(evidence.url) or ["/void"]
    )

    assert read == [site.url()]
    assert seen(manifest, site, "role", "failure", "sha256")[1:] == [("/void", "page", "empty", "")]
    assert FAILURES["empty"] == "site"


def test_document_without_a_byte_stays_a_document(site, tmp_path):
    site.routes |= {"/": links("/a.pdf"), "/a.pdf": reply("", kind="application/pdf")}

    manifest = visit(site, tmp_path)

    assert seen(manifest, site, "role", "failure", "status")[1:] == [
        ("/a.pdf", "document", "", 200)
    ]


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution"), "network"),
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), "dns"),
        (OSError(errno.ENETUNREACH, "Network is unreachable"), "network"),
    ],
)
def test_lost_network_of_ours_is_not_the_fault_of_the_site(error, cause):
    async def lost(host, port):
        raise error

    async def run():
        async with Client(loopback(), resolve=lost) as client:
            return await client.ask("http://somebody.kz/")

    assert asyncio.run(run()).failure == cause
    assert (FAILURES["network"], FAILURES["dns"]) == ("us", "site")


@pytest.mark.parametrize("failing", [1, 3])
def test_address_lost_with_our_network_is_asked_again_later(site, tmp_path, clock, failing):
    site.routes |= {"/": links("/a"), "/a": reply("there")}
    left = iter(range(failing))

    async def shaky(host, port):
        if next(left, None) is not None:
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return [at("127.0.0.1", port)]

    start = f"http://shaky.kz:{site.server_address[1]}/"

    async def walk():
        opening = Opening(start=start, limits=loopback(obey_robots=False), started_at=clock.now())
        with Journal(tmp_path, opening) as journal:
            async with Client(opening.limits, resolve=shaky, clock=clock) as client:
                return await Walk(client, journal, hrefs_in, lambda _: None).run()

    manifest = asyncio.run(walk())

    answers = [(one.status, one.failure) for one in manifest.evidence if one.role == "page"]
    assert answers == [(200, ""), (200, "")]
    assert clock.slept == [10.0] * (1 if failing == 1 else 2)
