"""Pages that kill or hang the reader, many of them: each is named, and the crawl goes on."""

import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from aiqyn.errors import FetchError
from aiqyn.fetch import supervise
from aiqyn.fetch.crawl import result_of
from aiqyn.fetch.here import walked
from aiqyn.fetch.journal import Closing, Journal, Opening
from aiqyn.fetch.manifest import save
from aiqyn.fetch.reading import Reading
from aiqyn.fetch.supervise import Done, Job
from tests.aiqyn.fetch.servers import hrefs_in, links, loopback
from tests.aiqyn.fetch.test_supervise import failures, visit
from tests.aiqyn.fetch.visits import seen
from tests.aiqyn.fetch.visits import visit as visit_here

NOW = datetime(2026, 11, 23, tzinfo=UTC)
READERS = "tests.aiqyn.fetch.readers"


def job(folder, **limits):
    opening = Opening(start="http://a.kz/", limits=loopback(**limits), started_at=NOW)
    return Job(opening=opening, folder=str(folder), reading=Reading(f"{READERS}:Reader"))


class Lives:
    """In place of workers: each is told to end with a page in hand; two die of each page."""

    def __init__(self, pages):
        self.left = 2 * pages
        self.told = []

    def __call__(self, told, _, on_crawled):
        self.told.append(told)
        with Journal(Path(told.folder), told.opening) as journal:
            if self.left:
                self.left -= 1
                journal.begin_reading(f"http://a.kz/{self.left // 2}")
                return supervise._Life(None, -signal.SIGKILL, is_hung=True)
            save(Path(told.folder), journal.manifest(Closing(finished_at=NOW)))
        on_crawled()
        return supervise._Life(Done(), 0)


def test_a_hundred_pages_that_hang_end_no_crawl(tmp_path, monkeypatch):
    lives = Lives(100)
    monkeypatch.setattr(supervise, "_one_life", lives)

    supervise.supervise(job(tmp_path), print)

    patience = [each.patience_s for each in lives.told]
    assert len(patience) == 201
    assert patience[:10] == [60, 60, 60, 60, 60, 60, 60, 30, 15, 15]
    assert set(patience[10:]) == {15}
    with Journal(tmp_path, lives.told[0].opening) as journal:
        assert set(journal.crashes.values()) == {2}
        assert len(journal.crashes) == 100


def test_deaths_that_name_no_page_end_a_crawl(tmp_path, monkeypatch):
    lives = []

    def die(told, *_):
        lives.append(told)
        return supervise._Life(None, -signal.SIGKILL)

    monkeypatch.setattr(supervise, "_one_life", die)

    with pytest.raises(FetchError, match="the worker died, killed by SIGKILL"):
        supervise.supervise(job(tmp_path), print)

    assert len(lives) == supervise.MAX_IN_VAIN


def test_all_lives_share_the_time_of_one_crawl(tmp_path, monkeypatch, clock):
    lives = Lives(3)

    def long(*told):
        clock.moment += timedelta(seconds=100)
        return lives(*told)

    monkeypatch.setattr(supervise, "SYSTEM", clock)
    monkeypatch.setattr(supervise, "_one_life", long)

    supervise.supervise(job(tmp_path), print)

    assert [each.spent_s for each in lives.told] == [0, 100, 200, 300, 400, 500, 600]


def test_patience_is_never_longer_than_asked(tmp_path):
    assert job(tmp_path, max_reading_s=2).patience_s == 2


def test_pages_that_hang_are_given_less_time_and_the_rest_is_read(site, tmp_path, monkeypatch):
    monkeypatch.setattr(supervise, "HANGS", 1)
    monkeypatch.setattr(supervise, "LEAST_READING_S", 0.4)
    hanging = [f"/{number}/hang" for number in range(3)]
    site.routes |= {"/": links(*hanging, "/a"), "/a": links()}
    site.routes |= dict.fromkeys(hanging, links())

    manifest = visit(site, tmp_path, max_reading_s=2)

    assert failures(manifest, site) == {"/": "", "/a": "", **dict.fromkeys(hanging, "crash")}


def test_end_of_an_audit_is_given_the_whole_time_however_many_pages_hung(
    site, tmp_path, monkeypatch
):
    monkeypatch.setattr(supervise, "HANGS", 0)
    monkeypatch.setattr(supervise, "LEAST_READING_S", 0.3)
    site.routes |= {"/": links("/hang"), "/hang": links()}

    manifest = visit(site, tmp_path, f"{READERS}:LongAtTheEnd", max_reading_s=3)

    assert failures(manifest, site) == {"/": "", "/hang": "crash"}
    assert result_of(str(tmp_path)) == b"reader read 1 of 5"


def test_worker_that_says_nothing_at_its_end_is_not_waited_for_for_ever(site, tmp_path):
    site.routes["/"] = links()

    with pytest.raises(FetchError, match="the worker died, killed by SIGKILL"):
        visit(site, tmp_path, f"{READERS}:Endless", max_reading_s=0.5)


@pytest.mark.parametrize("ended", [KeyboardInterrupt, TimeoutError])
def test_page_in_hand_is_not_to_blame_where_whoever_watches_stops(
    site, tmp_path, monkeypatch, ended
):
    site.routes |= {"/": links("/hang"), "/hang": links()}

    listen = supervise._listen

    def stopped(pipe, _):
        try:
            listen(pipe, 0.3)
        except supervise._Silent:
            if supervise.has_page_in_hand(str(tmp_path)):
                raise ended from None
            stopped(pipe, _)

    monkeypatch.setattr(supervise, "_listen", stopped)
    with pytest.raises(ended):
        visit(site, tmp_path)

    with Journal(tmp_path, job_of(site)) as journal:
        assert not journal.crashes


def job_of(site):
    return Opening(start=site.url(), limits=loopback(), started_at=NOW)


def test_page_in_hand_is_not_to_blame_where_the_worker_is_told_to_end(site, tmp_path):
    site.routes |= {"/": links("/told_to_end", "/a"), "/told_to_end": links(), "/a": links()}

    with pytest.raises(FetchError, match="the worker died, killed by SIGTERM"):
        visit(site, tmp_path)

    with Journal(tmp_path, job_of(site)) as journal:
        assert not journal.crashes


def test_letting_go_of_a_folder_that_is_gone_is_no_error(tmp_path):
    supervise.let_go(str(tmp_path / "gone"))

    assert list(tmp_path.iterdir()) == []


def test_crawl_whose_time_is_over_reads_what_was_fetched_and_asks_for_no_more(site, tmp_path):
    site.routes |= {"/": links("/a", "/b"), "/a": links("/c"), "/b": links(), "/c": links()}
    limits = {"max_seconds": 50.0}
    visit_here(site, tmp_path, max_pages=2, **limits)
    lines = (tmp_path / "journal.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "journal.jsonl").write_bytes(b"".join(lines[:-1]))  # killed before its end
    asked = len(site.asked)
    read = []

    def reader(evidence, content):
        read.append(evidence.url)
        return hrefs_in(evidence, content)

    opening = Opening(start=site.url(), limits=loopback(max_pages=2, **limits), started_at=NOW)
    manifest = walked(tmp_path, opening, reader, print, spent_s=60.0)

    assert read == [site.url(), site.url("/a")]
    assert len(site.asked) == asked
    assert seen(manifest, site, "status") == [("/", 200), ("/a", 200)]
    assert [cut.why for cut in manifest.cuts] == ["max_pages"]
