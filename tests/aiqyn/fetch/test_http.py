import asyncio
import gzip
import socket
import ssl
import struct
import threading

import pytest

from aiqyn.chain import FAILURES
from aiqyn.fetch.clock import SYSTEM
from aiqyn.fetch.http import TOO_LONG, Client, cause_of, content_type
from aiqyn.fetch.limits import Limits
from tests.aiqyn.fetch.servers import at, loopback, redirect, reply


def ask(url, limits=None, *, clock=SYSTEM, resolve=None, slow=False, **how):
    async def run():
        async with Client(limits or loopback(), clock=clock, resolve=resolve) as client:
            how["waits"] = client.slow if slow else None
            return await client.ask(url, **how)

    return asyncio.run(run())


def outcome(answer):
    return answer.status, answer.failure, answer.content


def test_answer_carries_what_the_server_said(site):
    site.routes["/"] = reply("Сәлем", kind='Text/HTML; Charset="UTF-8"')

    answer = ask(site.url())

    assert outcome(answer) == (200, "", "Сәлем".encode())
    assert (answer.url, answer.final_url, answer.media_type, answer.charset) == (
        site.url(),
        "",
        "text/html",
        "utf-8",
    )


def test_client_says_who_it_is_and_prefers_kazakh(site):
    ask(site.url(), loopback(contact="openness@example.kz"))

    headers = site.headers[0]
    assert headers["user-agent"].endswith("(openness audit of official sites; openness@example.kz)")
    assert headers["accept-language"].startswith("kk,")


def test_error_answer_is_an_answer(site):
    assert outcome(ask(site.url("/gone"))) == (404, "", b"not here")


@pytest.mark.parametrize("status", [401, 403])
def test_being_kept_out_is_blocked(site, status):
    site.routes["/"] = reply("no", status=status)

    assert outcome(ask(site.url())) == (status, "blocked", b"no")


def test_redirects_are_followed_and_the_end_is_told(site):
    site.routes |= {"/": redirect("/a?x=1#part"), "/a?x=1": redirect("b"), "/b": reply("here")}

    answer = ask(site.url())

    assert (answer.final_url, answer.content) == (site.url("/b"), b"here")


def test_redirect_to_letters_outside_ascii_is_followed(site):
    site.routes |= {
        "/": redirect("/қаз".encode().decode("latin-1")),
        "/%D2%9B%D0%B0%D0%B7": reply("қаз"),
    }

    assert ask(site.url()).content == "қаз".encode()


def test_redirect_to_what_is_no_address_is_bad_address(site):
    site.routes["/"] = redirect("http://[x/")

    assert outcome(ask(site.url())) == (302, "bad_address", b"")


def test_redirect_status_without_a_location_is_the_answer(site):
    site.routes["/"] = reply("choose", status=302)

    assert outcome(ask(site.url())) == (302, "", b"choose")


def test_redirects_in_a_circle_are_a_loop(site):
    site.routes |= {"/": redirect("/a"), "/a": redirect("/")}

    answer = ask(site.url())

    assert outcome(answer) == (302, "redirect_loop", b"")
    assert site.asked == ["GET /", "GET /a"]


def test_chain_of_redirects_that_is_too_long_is_told_as_such(site):
    for number in range(20):
        site.routes[f"/{number}"] = redirect(f"/{number + 1}")

    answer = ask(site.url("/0"), loopback(max_redirects=3))

    assert (answer.hops, len(site.asked), TOO_LONG.format(4) in answer.detail) == (4, 4, True)


def test_cookie_set_on_the_way_is_shown_on_the_same_host_only(site):
    def front(connection, request):
        seen = "cookie" in request
        route = reply("in") if seen else redirect("/", Set_Cookie="ok=1; Path=/")
        route(connection, request)

    site.routes |= {"/": front, "/out": redirect(f"http://localhost:{site.server_address[1]}/")}

    assert ask(site.url()).content == b"in"
    assert ask(site.url()).content == b"in"
    assert [request.get("cookie", "") for request in site.headers] == ["", "ok=1", "", "ok=1"]


def test_redirect_to_cloud_metadata_is_refused(site):
    site.routes["/"] = redirect("http://169.254.169.254/latest/meta-data/")

    answer = ask(site.url())

    assert outcome(answer) == (302, "forbidden_address", b"")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/",
        "http://localhost:1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::ffff:7f00:1]/",
        "http://10.0.0.1/",
    ],
)
def test_private_addresses_are_never_connected_to(url):
    assert ask(url, Limits(per_host_per_second=0)).failure == "forbidden_address"


def rebinding():
    """A public answer first, a private one for every later question."""
    answers = ["169.254.169.254", "127.0.0.1"]

    async def resolve(host, port):
        return [at(answers.pop() if len(answers) > 1 else answers[0], port)]

    return resolve


def test_name_that_is_rebound_is_refused_when_it_is_asked_again(site):
    site.routes["/"] = reply("public face")
    url = f"http://rebind.kz:{site.server_address[1]}/"
    resolve = rebinding()

    first = ask(url, resolve=resolve)
    second = ask(url, resolve=resolve)

    assert (first.content, second.failure) == (b"public face", "forbidden_address")
    assert len(site.asked) == 1


def test_unknown_name_is_dns():
    async def nobody(host, port):
        raise OSError("no such name")

    assert ask("http://nobody.kz/", resolve=nobody).failure == "dns"


def test_closed_port_is_refused(site):
    site.server_close()

    assert ask(site.url()).failure == "refused"


def test_silent_server_times_out(site):
    release = threading.Event()
    site.routes["/"] = lambda connection, request: release.wait(5)

    answer = ask(site.url(), loopback(read_timeout_s=0.1))
    release.set()

    assert outcome(answer) == (0, "timeout", b"")


def test_slow_pass_waits_longer(site):
    release = threading.Event()

    def late(connection, request):
        release.wait(0.3)
        reply("late")(connection, request)

    site.routes["/"] = late

    assert ask(site.url(), loopback(read_timeout_s=0.2), slow=True).content == b"late"


def test_dripping_server_times_out_in_total(site):
    release = threading.Event()

    def drip(connection, request):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while not release.wait(0.02):
            connection.sendall(b".")

    site.routes["/"] = drip

    answer = ask(site.url(), loopback(timeout_s=0.3))
    release.set()

    assert outcome(answer) == (0, "timeout", b"")


def test_endless_answer_is_cut_at_the_cap(site):
    def endless(connection, request):
        connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65_536)

    site.routes["/"] = endless

    assert ask(site.url(), loopback(max_bytes=1_000_000)).failure == "too_large"


def test_announced_giant_is_not_even_begun(site):
    site.routes["/"] = lambda connection, _: connection.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\nx"
    )

    assert ask(site.url()).failure == "too_large"


def test_zip_bomb_is_a_bomb(site):
    bomb = gzip.compress(b"\0" * 50_000_000, mtime=0)
    site.routes["/"] = reply(bomb, Content_Encoding="gzip")

    assert ask(site.url()).failure == "bomb"


def test_compressed_answer_is_undone(site):
    site.routes["/"] = reply(gzip.compress(b"page", mtime=0), Content_Encoding="gzip")

    assert ask(site.url()).content == b"page"


def test_chunked_answer_is_joined(site):
    def chunks(connection, request):
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for piece in (b"one", b"two"):
            connection.sendall(b"%x\r\n%b\r\n" % (len(piece), piece))
            threading.Event().wait(0.02)
        connection.sendall(b"0\r\n\r\n")

    site.routes["/"] = chunks

    assert ask(site.url()).content == b"onetwo"


def test_answer_shorter_than_announced_is_broken(site):
    site.routes["/"] = lambda connection, _: connection.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nConnection: close\r\n\r\nshort"
    )

    assert ask(site.url()).failure == "broken"


def test_reset_connection_is_broken(site):
    def reset(connection, request):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    site.routes["/"] = reset

    assert ask(site.url()).failure == "broken"


def test_answer_that_is_not_http_is_broken(site):
    site.routes["/"] = lambda connection, _: connection.sendall(b"SSH-2.0-OpenSSH\r\n")

    assert ask(site.url()).failure == "broken"


def test_header_of_forty_kilobytes_is_read(site):
    site.routes["/"] = reply("page", Content_Security_Policy="x" * 40_000)

    assert ask(site.url()).content == b"page"


def test_server_that_breaks_off_while_tls_is_agreed_on_is_broken_and_worth_a_second_try(site):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def hang_up():
            connection, _ = server.accept()
            connection.recv(100)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.close()

        threading.Thread(target=hang_up, daemon=True).start()

        assert ask(f"https://127.0.0.1:{server.getsockname()[1]}/").failure == "broken"


def test_plain_server_asked_for_tls_is_tls(site):
    site.routes["/"] = reply("page")

    assert ask(site.url().replace("http:", "https:")).failure == "tls"


def test_wrong_certificate_is_tls_and_a_trusted_one_is_not(tls_site, certificate):
    tls_site.routes["/"] = reply("safe")
    url = f"https://localhost:{tls_site.server_address[1]}/"
    limits = {"allowed_networks": ("127.0.0.1/32", "::1/128")}

    assert ask(url, loopback(**limits)).failure == "tls"
    assert ask(url, loopback(ca_file=certificate, **limits)).content == b"safe"


@pytest.mark.parametrize("url", ["http:///x", "ftp://a.kz/", "http://a.kz:port/", "http://ә..қ/"])
def test_what_is_no_address_is_bad_address(url):
    assert ask(url).failure == "bad_address"


def test_head_reads_no_body_whatever_its_length(site):
    site.routes["/"] = lambda connection, _: connection.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"
    )

    assert outcome(ask(site.url(), method="HEAD")) == (200, "", b"")
    assert outcome(ask(site.url(), most=0)) == (200, "", b"")


def test_too_many_requests_waits_as_asked_and_tries_again(site, clock):
    def front(connection, request):
        first = len(site.asked) == 1
        route = reply("wait", status=429, Retry_After="7") if first else reply("welcome")
        route(connection, request)

    site.routes["/"] = front

    answer = ask(site.url(), clock=clock)

    assert outcome(answer) == (200, "", b"welcome")
    assert clock.slept == [7]


def test_too_many_requests_for_ever_is_blocked(site, clock):
    site.routes["/"] = reply("wait", status=429)

    answer = ask(site.url(), clock=clock)

    assert outcome(answer) == (429, "blocked", b"wait")
    assert clock.slept == [5, 10]


def test_wait_longer_than_ours_is_not_waited_for(site, clock):
    site.routes["/"] = reply("down", status=503, Retry_After="86400")

    answer = ask(site.url(), clock=clock)

    assert outcome(answer) == (503, "", b"down")
    assert clock.slept == []


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (ssl.SSLError("bad record"), "tls"),
        (TimeoutError(), "timeout"),
        (OSError("odd"), "broken"),
        (UnicodeError("label too long"), "bad_address"),
    ],
)
def test_every_cause_is_a_known_failure(error, cause):
    assert cause_of(error) == cause
    assert cause in FAILURES


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", ("", "")),
        ("text/html", ("text/html", "")),
        ("text/html; boundary=x; charset=Windows-1251 ; x", ("text/html", "windows-1251")),
    ],
)
def test_content_type_is_taken_apart(header, expected):
    assert content_type(header) == expected


def test_turns_are_spaced_by_the_real_clock_too(site):
    async def run():
        async with Client(loopback(per_host_per_second=20)) as client:
            return [(await client.ask(site.url(path))).status for path in ("/a", "/b", "/c")]

    assert asyncio.run(run()) == [404, 404, 404]
