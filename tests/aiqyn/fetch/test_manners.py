import asyncio

import pytest

from aiqyn.errors import FetchError
from aiqyn.fetch.http import Client
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.manners import Manners
from tests.aiqyn.fetch.servers import loopback, redirect, reply


@pytest.fixture
def manners(clock):
    return Manners(Limits(per_host_per_second=2, per_host_at_once=2, max_wait_s=60), clock)


def take_turns(manners, host, times):
    async def run():
        for _ in range(times):
            async with manners.turn(host):
                pass

    asyncio.run(run())


def test_turns_on_one_host_are_spaced(manners, clock):
    take_turns(manners, "a.kz", 3)

    assert clock.slept == [0.5, 0.5]


def test_turns_on_two_hosts_do_not_wait_for_each_other(manners, clock):
    take_turns(manners, "a.kz", 1)
    take_turns(manners, "b.kz", 1)

    assert clock.slept == []


def test_turns_without_a_rate_never_wait(clock):
    take_turns(Manners(Limits(per_host_per_second=0), clock), "a.kz", 5)

    assert clock.slept == []


def test_crawl_delay_slows_down_but_never_hurries(manners, clock):
    manners.slow_down("a.kz", 7)
    manners.slow_down("a.kz", 0.1)

    take_turns(manners, "a.kz", 2)

    assert clock.slept == [7]


def test_crawl_delay_is_passed_over_where_no_rate_is_kept(clock):
    manners = Manners(Limits(per_host_per_second=0), clock)
    manners.slow_down("a.kz", 7)

    take_turns(manners, "a.kz", 3)

    assert clock.slept == []


def test_crawl_delay_is_obeyed_whole_whoever_asks(manners, clock):
    manners.slow_down("a.kz", 3_600)

    take_turns(manners, "a.kz", 3)

    assert clock.slept == [3_600, 3_600]


def test_turn_that_comes_later_than_anybody_waits_is_refused_at_once(manners, clock):
    manners.longest_s = 90  # as where a page is drawn
    manners.slow_down("a.kz", 100)

    with pytest.raises(FetchError, match=r"^a\.kz: budget \(its turn would come in 100 s\)$"):
        take_turns(manners, "a.kz", 2)

    assert clock.slept == []


def test_crawl_delay_is_obeyed_whole_where_asking_has_an_end(manners, clock):
    manners.until = clock.elapsed() + 7_200
    manners.slow_down("a.kz", 3_600)

    with pytest.raises(FetchError, match=r"^a\.kz: budget \(its turn would come in 3600 s\)$"):
        take_turns(manners, "a.kz", 4)
    with pytest.raises(FetchError, match="budget"):  # nobody keeps the place
        take_turns(manners, "a.kz", 4)

    assert clock.slept == [3_600, 3_600]


def test_pause_holds_the_host_back(manners, clock):
    manners.pause("a.kz", 30)
    manners.pause("a.kz", 10)

    take_turns(manners, "a.kz", 1)

    assert clock.slept == [30]


def test_turn_lets_only_so_many_in_at_once(clock):
    manners = Manners(Limits(per_host_per_second=0, per_host_at_once=2), clock)
    inside = most = 0

    async def visit():
        nonlocal inside, most
        async with manners.turn("a.kz"):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    async def run():
        await asyncio.gather(*(visit() for _ in range(10)))

    asyncio.run(run())

    assert most == 2


def test_turn_cancelled_while_waiting_gives_its_place_back(clock):
    manners = Manners(Limits(per_host_per_second=0, per_host_at_once=1), clock)
    never = asyncio.Event()

    async def for_ever(_):
        await never.wait()

    async def run():
        manners.pause("a.kz", 10)
        clock.sleep = for_ever
        waiting = asyncio.create_task(manners.turn("a.kz").__aenter__())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        del clock.sleep
        async with manners.turn("a.kz"):
            return "in"

    assert asyncio.run(run()) == "in"


@pytest.mark.parametrize(
    ("attempt", "header", "expected"),
    [
        (0, "", 5),
        (1, "", 10),
        (0, "7", 7),
        (0, "Sat, 21 Nov 2026 12:00:09 GMT", 9),
        (0, "Sat, 21 Nov 2026 11:00:00 GMT", 0),
        (0, "Sat, 21 Nov 2026 12:00:09 -0000", 5),  # no zone: no moment
        (0, "soon", 5),
        (0, "²", 5),
        (0, "3600", None),
        (9, "", None),
    ],
)
def test_back_off_is_what_the_server_asks_or_doubles(manners, attempt, header, expected):
    assert manners.back_off(attempt, header) == expected


def test_waiting_for_a_turn_is_not_the_slowness_of_a_server(site, clock):
    def later(connection, request):
        is_first = site.asked.count("GET /later") == 1
        (reply(status=429, Retry_After="7") if is_first else reply())(connection, request)

    site.routes |= {"/": reply(), "/moved": redirect("/"), "/later": later}
    paths = ("/", "/", "/", "/moved", "/later")

    async def run():
        async with Client(loopback(per_host_per_second=1), clock=clock) as client:
            return [await client.ask(site.url(path)) for path in paths]

    answers = asyncio.run(run())

    assert sum(clock.slept) > 10
    assert [(each.status, each.seconds) for each in answers] == [(200, 0.0)] * len(paths)
