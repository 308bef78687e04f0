"""Connections opened: names asked once, every address seen by the guard, the next one tried."""

import asyncio
import socket

import pytest
from yarl import URL

from aiqyn.fetch import dial
from aiqyn.fetch.dial import Dial, NotConnected, UnknownName
from aiqyn.fetch.guard import ForbiddenAddress, Guard
from tests.aiqyn.fetch.servers import at

OPEN = Guard(allow_private=True)
NOBODY = "127.0.0.77"  # nothing listens there


class Name:
    """A name server that tells what it was asked, and answers when it is let."""

    def __init__(self, *answers):
        self.answers, self.asked, self.let = list(answers), [], asyncio.Event()
        self.let.set()

    async def __call__(self, host, port):
        self.asked.append((host, port))
        await self.let.wait()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return [at(ip, port) for ip in answer]


def run(job):
    return asyncio.run(asyncio.wait_for(job(), 60))


class HangsUp(asyncio.Protocol):
    def connection_made(self, transport):
        transport.abort()


async def opened(caller, url):
    return await caller.open(URL(url), HangsUp, 30)


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_many_that_ask_at_once_share_one_question_and_its_answer_is_kept(port):
    async def job():
        name = Name(["127.0.0.1"])
        name.let.clear()
        caller = Dial(OPEN, resolve=name)
        asking = [asyncio.ensure_future(opened(caller, f"http://a.kz:{port}/")) for _ in range(3)]
        await asyncio.sleep(0)
        name.let.set()
        await asyncio.gather(*asking)
        await opened(caller, f"http://a.kz:{port}/")
        return name.asked

    assert run(job) == [("a.kz", port)]


def test_old_answer_is_asked_for_again(port, monkeypatch):
    monkeypatch.setattr(dial, "KNOWN_S", -1.0)

    async def job():
        name = Name(["127.0.0.1"], ["127.0.0.1"])
        caller = Dial(OPEN, resolve=name)
        await opened(caller, f"http://a.kz:{port}/")
        await opened(caller, f"http://a.kz:{port}/")
        return len(name.asked)

    assert run(job) == 2


def test_name_that_was_unknown_is_asked_anew(port):
    async def job():
        caller = Dial(OPEN, resolve=Name(socket.gaierror(-2, "unknown"), ["127.0.0.1"]))
        with pytest.raises(UnknownName, match="unknown"):
            await opened(caller, f"http://a.kz:{port}/")
        await opened(caller, f"http://a.kz:{port}/")

    run(job)


def test_address_that_does_not_answer_is_followed_by_the_next(port):
    async def job():
        caller = Dial(OPEN, resolve=Name([NOBODY, "127.0.0.1"]))
        await opened(caller, f"http://a.kz:{port}/")

    run(job)


def test_none_of_the_addresses_answers():
    async def job():
        caller = Dial(OPEN, resolve=Name([NOBODY, "127.0.0.78"]))
        await opened(caller, "http://a.kz:9/")

    with pytest.raises(NotConnected) as refused:
        run(job)
    assert isinstance(refused.value.os_error, OSError)


def test_server_that_speaks_no_tls_is_tried_at_its_other_address(port, monkeypatch):
    tried = []

    async def plain(self, addresses, *_):
        tried.append(addresses[0][4][0])
        if len(tried) == 1:
            raise dial.ssl.SSLError("wrong version")
        return asyncio.Protocol()

    monkeypatch.setattr(Dial, "_connected", plain)

    async def job():
        await opened(Dial(OPEN, resolve=Name(["192.0.2.1", "192.0.2.2"])), "https://a.kz./")

    run(job)
    assert tried == ["192.0.2.1", "192.0.2.2"]


def test_no_address_is_connected_to_that_the_guard_refuses():
    async def job():
        await opened(Dial(Guard(), resolve=Name(["8.8.8.8", "10.0.0.1"])), "http://a.kz/")

    with pytest.raises(ForbiddenAddress, match=r"a\.kz is 10\.0\.0\.1"):
        run(job)


def test_system_knows_this_machine_and_dots_behind_a_name_are_one(port):
    async def job():
        await opened(Dial(OPEN), f"http://localhost:{port}/")
        name = Name(["127.0.0.1"])
        await opened(Dial(OPEN, resolve=name), f"http://a.kz..:{port}/")
        return name.asked

    assert run(job) == [("a.kz.", port)]


def test_file_of_certificates_that_is_not_there_is_no_fault_of_a_site(tmp_path):
    async def job():
        Dial(OPEN, ca_file=str(tmp_path / "none.pem"))

    with pytest.raises(FileNotFoundError):
        run(job)


def test_question_in_the_air_ends_with_the_client():
    async def job():
        name = Name()
        name.let.clear()
        caller = Dial(OPEN, resolve=name)
        asking = asyncio.ensure_future(opened(caller, "http://a.kz/"))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        await caller.close()
        return await asyncio.gather(asking, return_exceptions=True)

    assert isinstance(run(job)[0], asyncio.CancelledError)
