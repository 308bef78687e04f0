"""A second reader beside the crawl: it shares the work, and its death costs nothing."""

import asyncio
import errno
import io
import os
import pickle
import signal
from datetime import UTC, datetime

import msgspec
import pytest
import uvloop

from aiqyn.chain import Evidence
from aiqyn.fetch import aside as module
from aiqyn.fetch import worker
from aiqyn.fetch.aside import Aside, AsideDied, is_worth_it, serve
from aiqyn.fetch.http import Client
from aiqyn.fetch.journal import Journal, Opening
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.reading import Asking, Reading
from aiqyn.fetch.supervise import Job
from aiqyn.fetch.walk import Walk
from tests.aiqyn.fetch.readers import Sharing
from tests.aiqyn.fetch.servers import links, loopback, reply

TAKEN = datetime(2026, 11, 20, tzinfo=UTC)
PAGE = b'<a href="/a">x</a>'


@pytest.fixture(autouse=True)
def every_site_is_large(monkeypatch):
    monkeypatch.setattr("aiqyn.fetch.walk.AFTER", 0)


def seen(path):
    return Evidence(url=f"http://a.kz/{path}", taken_at=TAKEN)


def walked(site, folder, aside):
    """Crawl with a reader of our own and one aside; return the manifest and our reader."""
    ours = Sharing("ours")
    asking = Asking(ours.read, ours.asks, aside, ours.absorb)
    opening = Opening(start=site.url(), limits=loopback(), started_at=TAKEN)

    async def walk():
        with Journal(folder, opening) as journal:
            async with Client(opening.limits) as client:
                return await Walk(client, journal, asking, lambda _: None).run()

    return asyncio.run(walk()), ours


def pages_of(manifest):
    return sorted(one.url for one in manifest.evidence if one.role == "page" and not one.failure)


def test_what_is_needed_at_the_end_is_made_ready_while_the_other_one_sums_up(site, tmp_path):
    site.routes |= {"/": links(*(f"/{number}" for number in range(30)))}
    site.routes |= {f"/{number}": reply(f"page {number}") for number in range(30)}
    ours, told = Sharing("ours"), []

    async def walk(aside):
        asking = Asking(
            ours.read,
            ours.asks,
            aside,
            lambda pages: told.append(("absorbed", pages)),
            get_ready=lambda: told.append(("ready", os.getpid())),
        )
        opening = Opening(start=site.url(), limits=loopback(), started_at=TAKEN)
        with Journal(tmp_path, opening) as journal:
            async with Client(opening.limits) as client:
                await Walk(client, journal, asking, lambda _: None).run()

    asyncio.run(walk(Aside(Sharing("theirs"), 60)))

    assert [what for what, _ in told] == ["ready", "absorbed"]


def test_reader_aside_answers_with_links_and_tells_what_it_knows_at_the_end():
    async def run():
        aside = Aside(Sharing(), 30)
        answers = [await aside.read(seen(path), PAGE) for path in ("1", "deep", "2")]
        known = await aside.finish()
        return answers, known, aside.is_free

    answers, known, is_free = asyncio.run(run())

    assert answers == [["/a"], None, ["/a"]]
    assert known == ["http://a.kz/1", "http://a.kz/2"]
    assert not is_free


@pytest.mark.parametrize("path", ["abort", "hang", "mistake"])
def test_reader_aside_that_dies_or_hangs_is_given_up(path):
    async def run():
        aside = Aside(Sharing(), 2 if path == "hang" else 30)
        await aside.read(seen("1"), PAGE)
        with pytest.raises(AsideDied):
            await aside.read(seen(path), PAGE)
        with pytest.raises(AsideDied):
            await aside.read(seen("2"), PAGE)
        return aside.is_free, await aside.finish()

    assert asyncio.run(run()) == (False, None)


def test_reader_aside_has_pages_ahead_and_answers_them_in_order():
    async def run():
        aside = Aside(Sharing(), 30)
        paths = ["1", "deep", "2", "3"]
        answers = await asyncio.gather(*(aside.read(seen(path), PAGE) for path in paths))
        return answers, await aside.finish()

    answers, known = asyncio.run(run())

    assert answers == [["/a"], None, ["/a"], ["/a"]]
    assert known == ["http://a.kz/1", "http://a.kz/2", "http://a.kz/3"]


def test_only_the_page_the_reader_aside_was_at_is_held_against_it():
    async def run():
        aside = Aside(Sharing(), 30)
        reading = (aside.read(seen(path), PAGE) for path in ("1", "abort", "2", "3"))
        return await asyncio.gather(*reading, return_exceptions=True)

    first, *died = asyncio.run(run())

    assert first == ["/a"]
    assert [each.at_work for each in died] == [True, False, False]


def test_reader_aside_that_answers_in_time_is_looked_at_and_left_alone():
    async def run():
        aside = Aside(Sharing(), 30)
        reading = asyncio.create_task(aside.read(seen("1"), PAGE))
        while not aside._waiting:
            await asyncio.sleep(0)
        aside._look()  # it is at a page
        first = await reading
        aside._look()  # it has nothing to do
        return first, await aside.read(seen("2"), PAGE), await aside.finish()

    assert asyncio.run(run()) == (["/a"], ["/a"], ["http://a.kz/1", "http://a.kz/2"])


def test_answer_that_comes_in_pieces_is_taken_when_it_is_whole():
    page = b"".join(b'<a href="/%d">x</a>' % number for number in range(100_000))

    async def run():
        aside = Aside(Sharing(), 30)
        answers = [await aside.read(seen("1"), page), await aside.read(seen("2"), PAGE)]
        await aside.end()
        return answers

    assert asyncio.run(run()) == [[f"/{number}" for number in range(100_000)], ["/a"]]


def test_reader_aside_that_dies_leaves_alone_who_has_stopped_waiting():
    async def run():
        aside = Aside(Sharing(), 30)
        await aside.read(seen("1"), PAGE)
        reading = [asyncio.create_task(aside.read(seen(path), PAGE)) for path in ("hang", "2")]
        while len(aside._waiting) < len(reading):
            await asyncio.sleep(0)
        reading[0].cancel()
        await asyncio.sleep(0)
        await aside.end()
        return await asyncio.gather(*reading, return_exceptions=True)

    stopped, died = asyncio.run(run())

    assert isinstance(stopped, asyncio.CancelledError)
    assert (type(died), died.at_work) == (AsideDied, False)


@pytest.mark.parametrize("limit", ["MOST_AHEAD", "MOST_BYTES"])
def test_reader_aside_has_no_more_in_hand_than_it_may(monkeypatch, limit):
    monkeypatch.setattr(module, limit, 1)

    async def run():
        aside = Aside(Sharing(), 30)
        was_free = aside.is_free
        reading = asyncio.create_task(aside.read(seen("1"), PAGE))
        await asyncio.sleep(0)
        meanwhile = aside.is_free
        await reading
        after = aside.is_free
        await aside.end()
        return was_free, meanwhile, after

    assert asyncio.run(run()) == (True, False, True)


def test_reader_aside_that_cannot_be_started_is_given_up(monkeypatch):
    def refuse():
        raise BlockingIOError(errno.EAGAIN, "no more processes")

    monkeypatch.setattr(module.os, "fork", refuse)

    async def run():
        aside = Aside(Sharing(), 30)
        with pytest.raises(AsideDied):
            await aside.read(seen("1"), PAGE)
        return aside.is_free

    assert not asyncio.run(run())


def test_pages_behind_the_one_that_killed_the_reader_aside_are_not_suspected(site, tmp_path):
    site.routes |= {"/": links("/a"), "/a": reply("a")}

    class Gone(Aside):
        async def read(self, evidence, content):
            await self.end()
            raise AsideDied

    manifest, ours = walked(site, tmp_path, Gone(Sharing(), 30))

    assert sorted(ours.pages) == pages_of(manifest)
    assert b'{"type":"crash"' not in (tmp_path / "journal.jsonl").read_bytes()


def test_crawl_shares_its_pages_and_reads_each_once(site, tmp_path):
    site.routes |= {"/": links(*(f"/{number}" for number in range(30)))}
    site.routes |= {f"/{number}": reply(f"page {number}") for number in range(30)}

    manifest, ours = walked(site, tmp_path, Aside(Sharing(), 30))

    assert sorted(ours.pages + ours.absorbed) == pages_of(manifest)
    assert ours.absorbed


def test_while_the_reader_aside_has_enough_in_hand_our_own_reads(site, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST_AHEAD", 0)
    site.routes |= {"/": links("/a"), "/a": reply("a")}

    manifest, ours = walked(site, tmp_path, Aside(Sharing(), 30))

    assert (sorted(ours.pages), ours.absorbed) == (pages_of(manifest), [])


def test_page_that_kills_the_reader_aside_is_read_by_our_own(site, tmp_path):
    site.routes |= {"/": links("/fatal", "/a"), "/fatal": reply("x"), "/a": reply("a")}

    class Fatal(Aside):
        async def read(self, evidence, content):
            if evidence.url.endswith("/fatal"):
                os.kill(self._pid, signal.SIGKILL)
            return await super().read(evidence, content)

    manifest, ours = walked(site, tmp_path, Fatal(Sharing(), 30))

    assert {one.failure for one in manifest.evidence if one.role == "page"} == {""}
    assert (site.url("/fatal") in ours.pages, ours.absorbed) == (True, [])
    assert b'{"type":"crash"' in (tmp_path / "journal.jsonl").read_bytes()


def test_reader_aside_that_dies_at_the_end_loses_only_what_it_knew(site, tmp_path):
    site.routes |= {"/": links("/a"), "/a": reply("a")}

    class Forgetful(Aside):
        async def finish(self):
            raise AsideDied

    manifest, ours = walked(site, tmp_path, Forgetful(Sharing(), 30))

    assert (len(pages_of(manifest)), ours.absorbed) == (2, [])


def test_page_nobody_can_read_is_named_by_the_reader_aside_too(site, tmp_path):
    site.routes |= {"/": links("/deep"), "/deep": reply("x")}

    manifest, _ = walked(site, tmp_path, Aside(Sharing(), 30))

    assert [one.failure for one in manifest.evidence if one.url.endswith("/deep")] == ["crash"]


def test_finished_crawl_is_shared_again(site, tmp_path):
    site.routes |= {"/": links("/a"), "/a": reply("a")}
    before, _ = walked(site, tmp_path, Aside(Sharing(), 30))

    again, ours = walked(site, tmp_path, Aside(Sharing(), 30))

    assert again == before
    assert sorted(ours.pages + ours.absorbed) == pages_of(again)


def test_reader_serves_until_nobody_asks():
    answers = io.BytesIO()
    head = msgspec.msgpack.encode(seen("1"))
    question = module._SIZES.pack(len(head), len(PAGE)) + head + PAGE

    serve(Sharing(), io.BytesIO(question + b"\0\0"), answers)

    assert msgspec.msgpack.decode(answers.getvalue()[4:]) == ["/a"]


def test_reader_hands_over_what_it_read_and_ends():
    answers = io.BytesIO()
    head = msgspec.msgpack.encode(seen("1"))
    question = module._SIZES.pack(len(head), len(PAGE)) + head + PAGE
    enough = module._SIZES.pack(0, 0)
    reader = Sharing()

    serve(reader, io.BytesIO(question + enough + question), answers)

    said = answers.getvalue()
    links_take = 4 + int.from_bytes(said[:4], "big")
    assert pickle.loads(said[links_take + 4 :]) == reader.pages
    assert len(reader.pages) == 1


@pytest.mark.parametrize(
    ("rate", "cores", "worth"),
    [(0, {0, 1}, True), (100, {0, 1}, True), (2, {0, 1}, False), (0, {0}, False)],
)
def test_second_reader_is_worth_it_for_a_fast_crawl_on_two_cores(monkeypatch, rate, cores, worth):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: cores)

    assert is_worth_it(Limits(per_host_per_second=rate)) is worth


@pytest.mark.parametrize("rate", [0, 2])
def test_worker_takes_a_second_reader_where_it_is_worth_it(monkeypatch, rate):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    opening = Opening(
        start="http://a.kz/", limits=Limits(per_host_per_second=rate), started_at=TAKEN
    )
    reader = Sharing()

    job = Job(opening=opening, folder="", reading=Reading("tests.aiqyn.fetch.readers:Sharing"))
    hands = worker._hands(reader, job)
    if hands.aside is not None:
        asyncio.run(hands.aside.end())

    assert (hands.aside is not None, hands.absorb is not None) == (rate == 0, rate == 0)


def test_reader_aside_says_of_a_page_that_nobody_can_read_it():
    answers = io.BytesIO()
    head = msgspec.msgpack.encode(seen("deep"))

    serve(Sharing(), io.BytesIO(module._SIZES.pack(len(head), 1) + head + b"x"), answers)

    assert msgspec.msgpack.decode(answers.getvalue()[4:]) is None


def test_page_a_process_died_of_is_not_given_to_the_reader_aside(site, tmp_path):
    site.routes |= {"/": links("/a"), "/a": reply("a")}
    with Journal(tmp_path, Opening(start=site.url(), limits=loopback(), started_at=TAKEN)) as kept:
        kept.crash(site.url("/a"))

    _, ours = walked(site, tmp_path, Aside(Sharing(), 30))

    assert site.url("/a") in ours.pages


def test_small_site_needs_no_reader_aside(site, tmp_path, monkeypatch):
    monkeypatch.setattr("aiqyn.fetch.walk.AFTER", 10)
    site.routes |= {"/": links("/a"), "/a": reply("a")}

    _, ours = walked(site, tmp_path, Aside(Sharing(), 30))

    assert (len(ours.pages), ours.absorbed) == (2, [])


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_reader_aside_given_up_while_it_is_opened_is_open_to_nobody(steps):
    async def run():
        aside = Aside(Sharing(), 30)
        first = asyncio.ensure_future(aside.read(seen("1"), PAGE))
        for _ in range(steps):
            await asyncio.sleep(0)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        try:
            answer = await aside.read(seen("2"), PAGE)
        except AsideDied:
            return not aside.is_free and await aside.finish() is None
        await aside.finish()
        return answer == ["/a"]

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        assert runner.run(run())
