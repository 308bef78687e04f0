"""Answers that come drop by drop are left; those that pause are waited for."""

import asyncio

import pytest

from aiqyn.fetch import lines
from aiqyn.fetch.lines import Patience, Wanted
from tests.aiqyn.fetch.test_lines import Wire, opened


def dripping(pieces, *, pause, least=1_000.0):
    """Ask for an answer that comes in pieces, measured every 50 ms."""

    async def ask():
        line = opened(Wire())
        patience = Patience(total=9.0, connect=9.0, read=9.0, least=least)
        deadline = asyncio.get_running_loop().time() + 9
        asking = asyncio.ensure_future(line.ask(Wanted("GET", b"ask", 9_999, patience), deadline))
        for piece in pieces:
            await asyncio.sleep(pause)
            if asking.done():
                break
            line.data_received(piece)
        return await asking

    return asyncio.run(ask())


@pytest.mark.parametrize(
    "pieces",
    [
        [b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", *[b"x"] * 100],
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", *[b"1\r\nx\r\n"] * 100],
        [bytes([letter]) for letter in b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"x" * 100],
    ],
    ids=["body", "chunks", "headers"],
)
def test_answer_that_drips_is_broken_off(pieces, monkeypatch):
    monkeypatch.setattr(lines, "PACE_S", 0.05)

    with pytest.raises(TimeoutError, match=r"under 1000\.0 bytes a second"):
        dripping(pieces, pause=0.01)


def test_answer_that_had_sent_much_at_once_may_drip(monkeypatch):
    monkeypatch.setattr(lines, "PACE_S", 0.05)
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 920\r\n\r\n"

    kept_alive = dripping([head, b"x" * 900, *[b"."] * 20], pause=0.02)

    assert kept_alive.size == 920


def test_answer_that_pauses_or_may_drip_is_waited_for(monkeypatch):
    monkeypatch.setattr(lines, "PACE_S", 0.05)
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n"

    pauses = dripping([head, b"x" * 10, b"x" * 10], pause=0.2)
    drips = dripping([head, *[b"x"] * 20], pause=0.01, least=0.0)

    assert (pauses.size, drips.size) == (20, 20)
