"""What goes over one connection, told by a connection that is none: no server, no clock."""

import asyncio
from functools import partial

import pytest

from aiqyn.fetch import lines
from aiqyn.fetch.http import Client, Sending, _cookies, _target
from aiqyn.fetch.lines import Broken, Disconnected, Line, Patience, Wanted
from tests.aiqyn.fetch.servers import loopback, reply

PATIENT = Patience(total=60, connect=60, read=60)
HURRIED = Patience(total=60, connect=60, read=0)
PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Type: text/html\r\n\r\npage"
CHUNKS = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
ENDLESS = b"HTTP/1.1 200 OK\r\n\r\npa"


class Wire:
    """The transport of a line; keeps what happens to it."""

    def __init__(self):
        self.sent, self.is_closed = [], False
        self.closed = asyncio.Event()

    def write(self, data):
        self.sent.append(data)

    def abort(self):
        self.is_closed = True
        self.closed.set()


def opened(wire, loop=None):
    line = Line(loop or asyncio.get_running_loop())
    line.connection_made(wire)
    return line


def asked(*said, method="GET", max_bytes=100, timeout=PATIENT):
    """Ask on a new line, which hears bytes, or an error or None where the connection ends."""
    wire = Wire()

    async def ask():
        line = opened(wire)
        wanted = Wanted(method, b"ask", max_bytes, timeout)
        deadline = asyncio.get_running_loop().time() + 60
        asking = asyncio.ensure_future(line.ask(wanted, deadline))
        await asyncio.sleep(0)
        for each in said:
            hear = line.data_received if isinstance(each, bytes) else line.connection_lost
            hear(each)
        return await asking

    return asyncio.run(ask()), wire


def test_answer_is_taken_apart_and_the_line_stays_open():
    answer, wire = asked(PAGE)

    assert (answer.status, answer.content, wire.sent, wire.is_closed) == (
        200,
        b"page",
        [b"ask"],
        False,
    )
    assert answer.raw == [(b"Content-Length", b"4"), (b"Content-Type", b"text/html")]
    assert (answer.header(b"content-type"), answer.header(b"location")) == ("text/html", "")


def test_of_headers_said_twice_the_first_counts_and_spaces_around_do_not():
    answer, _ = asked(b"HTTP/1.1 204 \r\nX:  1 \t\r\nx: 2\r\n\r\n")

    assert (answer.header(b"x"), answer.raw) == ("1", [(b"X", b"1"), (b"x", b"2")])


@pytest.mark.parametrize("size", [1, 7, 60])
def test_answer_may_come_in_any_pieces(size):
    pieces = [PAGE[start : start + size] for start in range(0, len(PAGE), size)]

    answer, wire = asked(*pieces)

    assert (answer.status, answer.content, wire.is_closed) == (200, b"page", False)


def test_interim_answers_are_passed_over():
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"

    answer, wire = asked(b"HTTP/1.1 100 Continue\r\n\r\n" + hints + PAGE)

    assert (answer.status, len(answer.raw), wire.is_closed) == (200, 2, False)


def test_server_that_changes_the_protocol_is_left():
    head = b"HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n"

    answer, wire = asked(head + b"\0\1")

    assert (answer.status, answer.content, wire.is_closed) == (101, b"", True)


def test_server_that_only_offers_another_protocol_is_read():
    offer = b"Upgrade: h2c\r\nConnection: upgrade, keep-alive\r\n"

    answer, wire = asked(PAGE.replace(b"Content-Type: text/html\r\n", offer))

    assert (answer.content, wire.is_closed) == (b"page", False)


@pytest.mark.parametrize("end", [None, ConnectionResetError(104, "reset")])
def test_without_a_length_the_end_of_the_connection_ends_the_answer(end):
    answer, wire = asked(ENDLESS, b"ge", end)

    assert (answer.content, wire.is_closed) == (b"page", True)


@pytest.mark.parametrize("framed", [b"Content-Length: 9", b"Transfer-Encoding: chunked"])
def test_answer_cut_off_is_broken(framed):
    with pytest.raises(Broken, match="cut off"):
        asked(b"HTTP/1.1 200 OK\r\n%b\r\n\r\n" % framed, None)


@pytest.mark.parametrize("coded", [b"identity", b"chunked, identity"])
def test_coding_without_chunks_ends_with_the_connection(coded):
    answer, _ = asked(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: %b\r\n\r\npage" % coded, None)

    assert answer.content == b"page"


@pytest.mark.parametrize(
    ("end", "said"), [(None, "^$"), (ConnectionResetError(104, "reset"), "104")]
)
def test_silence_is_no_answer(end, said):
    with pytest.raises(Disconnected, match=said):
        asked(b"HTTP/1.1 200", end)


@pytest.mark.parametrize(
    "said",
    [
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: 1\r\n" * 513 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 65_536 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 1_100_000,
        CHUNKS + b"0\r\nX: " + b"x" * 1_100_000,
        CHUNKS + b"0\r\n" + b"X: 1\r\n" * 200_000,
        CHUNKS + b"1;x=" + b"x" * 1_100_000,
        CHUNKS + b"1;x=yyyyyyyyyyyyyyyy\r\na\r\n" * 100_000,
    ],
)
def test_what_is_not_http_or_too_much_of_it_is_broken(said):
    with pytest.raises(Broken):
        asked(said, max_bytes=1_000_000)


def test_page_in_the_smallest_chunks_is_read_whole():
    answer, wire = asked(CHUNKS + b"1\r\na\r\n" * 300_000 + b"0\r\n\r\n", max_bytes=1_000_000)

    assert (answer.size, wire.is_closed) == (300_000, False)


def test_headers_behind_the_body_and_of_another_answer_are_not_the_answers():
    last = b"0\r\nSet-Cookie: a=1\r\n\r\n"
    trailed, kept = asked(CHUNKS + b"1\r\na\r\n" + last)
    doubled, left = asked(PAGE + PAGE.replace(b"Type", b"Kind"))

    assert (trailed.content, trailed.raw) == (b"a", [(b"Transfer-Encoding", b"chunked")])
    assert [name for name, _ in doubled.raw] == [b"Content-Length", b"Content-Type"]
    assert (kept.is_closed, left.is_closed) == (False, True)


def test_header_that_is_no_utf_8_can_be_written_down():
    answer, _ = asked(b"HTTP/1.1 204 \r\nContent-Type: text/html; charset=\xf3tf-8\r\n\r\n")

    assert answer.header(b"content-type") == "text/html; charset=\ufffdtf-8"


def test_body_is_read_no_further_than_wanted():
    announced, _ = asked(PAGE, max_bytes=3)
    received, wire = asked(b"HTTP/1.1 200 OK\r\n\r\n", b"pa", b"ge", max_bytes=3)

    assert (announced.excess, announced.pieces) == ("4 bytes announced", [])
    assert (received.excess, wire.is_closed) == ("4 bytes received", True)


def test_only_the_headers_of_a_redirect_count():
    head = b"HTTP/1.1 302 Found\r\nLocation: /a\r\nContent-Length: 4\r\n\r\n"
    whole, kept = asked(head + b"gone")
    begun, left = asked(head)

    assert (whole.content, kept.is_closed) == (b"", False)
    assert (begun.content, left.is_closed) == (b"", True)


def test_head_has_no_body_and_what_comes_all_the_same_ends_the_line():
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"
    answer, kept = asked(head, method="HEAD")
    chatty, left = asked(head + b"page", method="HEAD")

    assert (answer.content, kept.is_closed) == (b"", False)
    assert (chatty.content, left.is_closed) == (b"", True)


@pytest.mark.parametrize("more", [PAGE, b"rubbish"])
def test_more_than_was_asked_for_ends_the_line(more):
    answer, wire = asked(PAGE + more)

    assert (answer.content, wire.is_closed) == (b"page", True)


def test_server_that_wants_to_close_is_left():
    answer, wire = asked(PAGE.replace(b"Content-Type: text/html", b"Connection: close"))

    assert (answer.content, wire.is_closed) == (b"page", True)


def test_silence_longer_than_allowed_is_a_timeout():
    with pytest.raises(TimeoutError):
        asked(timeout=HURRIED)


def test_line_says_nothing_once_it_is_closed():
    wire = Wire()

    async def ask():
        line = opened(wire)
        line.close()
        await line.ask(Wanted("GET", b"ask", 9, PATIENT), 0)

    with pytest.raises(Disconnected):
        asyncio.run(ask())
    assert wire.sent == []


def test_resting_line_is_closed_by_what_comes_unasked_by_its_end_and_by_time(monkeypatch):
    monkeypatch.setattr(lines, "KEPT_S", 0)
    spoken, ended, forgotten = Wire(), Wire(), Wire()

    async def rest():
        opened(spoken).data_received(b"HTTP/1.1 408 Request Timeout\r\n\r\n")
        opened(ended).connection_lost(None)
        opened(forgotten).rest()
        await asyncio.wait_for(forgotten.closed.wait(), 60)

    asyncio.run(rest())

    assert (spoken.is_closed, ended.is_closed) == (True, True)


class Scripted:
    """A loop whose time is said."""

    def __init__(self):
        self.now, self.set = 0.0, []
        self.create_future = asyncio.get_running_loop().create_future

    def time(self):
        return self.now

    def call_at(self, when, ring):
        self.set.append(when)
        self.ring = ring
        return asyncio.get_running_loop().call_later(600, ring)

    def ring_at(self, now):
        self.now = now
        self.ring()


def test_one_timer_serves_many_requests_and_the_rest_between_them():
    wire = Wire()

    async def ask(line):
        asking = asyncio.ensure_future(line.ask(Wanted("GET", b"ask", 9, PATIENT), 60))
        await asyncio.sleep(0)
        line.data_received(PAGE)
        await asking
        line.rest()

    async def run():
        loop = Scripted()
        line = opened(wire, loop)
        await ask(line)
        loop.now = 10
        await ask(line)
        loop.ring_at(15)
        assert (loop.set, wire.is_closed) == ([60, 15, 25], False)
        loop.ring_at(25)

    asyncio.run(run())

    assert wire.is_closed


def kept_open(connection, request):
    """Answer one request after another on one connection."""
    reply("page", Connection="keep-alive")(connection, request)
    while (more := connection.recv(4_096)) and b"/last" not in more:
        reply("again", Connection="keep-alive")(connection, {"method": "GET"})


def ask_all(site, *paths, **how):
    async def run():
        async with Client(loopback()) as client:
            return [(await client.ask(site.url(path), **how)).content for path in paths]

    return asyncio.run(run())


def test_connection_is_used_again_and_one_that_ended_is_replaced(site):
    site.routes |= {"/": kept_open, "/last": reply("new")}

    assert ask_all(site, "/", "/a", "/b", "/last") == [b"page", b"again", b"again", b"new"]
    assert site.asked == ["GET /", "GET /last"]


def test_connection_that_ended_meanwhile_is_not_used():
    wire = Wire()

    async def run():
        async with Client(loopback()) as client:
            asked = ("http", "a.kz", 80)
            line = Line(asyncio.get_running_loop(), partial(client._lines._forget, asked))
            line.connection_made(wire)
            client._lines._resting[asked].append(line)
            line.rest()
            line.connection_lost(None)
            return client._lines._rested(asked), client._lines._resting

    assert asyncio.run(run()) == (None, {})


def test_form_is_not_sent_twice(site):
    site.routes["/"] = lambda connection, _: connection.close()

    async def run():
        async with Client(loopback()) as client:
            return await client.ask(site.url(), sending=Sending(form={"a": "1"}))

    assert asyncio.run(run()).failure == "broken"
    assert site.asked == ["POST /"]


def test_name_and_password_of_an_address_are_sent_as_browsers_do(site):
    ask_all(site, "/")
    site.asked.clear()

    async def run():
        async with Client(loopback()) as client:
            return await client.ask(f"http://me:secret@{site.host}/")

    assert asyncio.run(run()).status == 404
    assert site.headers[-1]["authorization"] == "Basic bWU6c2VjcmV0"


def test_header_with_a_line_break_is_never_sent(site):
    async def run():
        async with Client(loopback()) as client:
            return await client.ask(site.url(), sending=Sending(headers={"X": "1\nY: 2"}))

    assert asyncio.run(run()).failure == "bad_address"
    assert site.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "http://a.kz/b?c=1",
        "http://a.kz:80/?",
        "https://a.kz:8443/a?",
        "http://a.kz",
        "http://a.kz/ә",
    ],
)
def test_plain_addresses_are_told_as_the_others(url):
    whole = lines.URL(url, encoded=True)

    target, path = _target(url)

    assert (target.scheme, target.raw_host, target.port) == (
        whole.scheme,
        whole.raw_host,
        whole.port,
    )
    assert path == whole.raw_path_qs


def test_cookies_set_together_are_shown_together():
    raw = [(b"Set-Cookie", b"a=1; Path=/"), (b"set-cookie", b" b = 2"), (b"Set-Cookie", b"odd")]

    assert _cookies([*raw, (b"Set-Cookie", b"a=3"), (b"X", b"c=4")]) == "a=3; b = 2"
