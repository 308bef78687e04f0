"""A site that goes on accepting connections and says nothing more."""

import asyncio
import threading
import time

import pytest

from aiqyn.fetch.http import Answer
from aiqyn.fetch.patience import DOUBT, Patience
from tests.aiqyn.fetch.servers import links, reply
from tests.aiqyn.fetch.visits import seen, visit

PATHS = [f"/{number}" for number in range(400)]
MOST = 60  # requests after which it must be clear; each costs a timeout


class Hanging:
    """Answers `good` requests, and then none but those for `alive`; slow, not closed."""

    def __init__(self, site, good, alive=(), for_s=0.3):
        self.site, self.good, self.alive, self.for_s = site, good, alive, for_s
        self.vain = 0
        self.over = threading.Event()

    def __call__(self, connection, request):
        path = request["path"]
        if len(self.site.asked) <= self.good or path in self.alive:
            links(*PATHS)(connection, request)
        else:
            self.vain += 1
            self.over.wait(self.for_s)


LIMITS = {"timeout_s": 0.1, "read_timeout_s": 0.1}


@pytest.fixture
def hanging(site):
    made = []

    def make(good, **how):
        made.append(Hanging(site, good, **how))
        site.routes |= dict.fromkeys(["/", *PATHS], made[-1])
        return made[-1]

    yield make
    for each in made:
        each.over.set()


def test_site_that_hangs_in_the_middle_is_not_asked_for_all_that_waits(
    site, tmp_path, clock, hanging
):
    silent = hanging(20)

    manifest = visit(site, tmp_path, clock=clock, **LIMITS)

    assert silent.vain < MOST
    assert {each.failure for each in manifest.evidence} == {""}
    assert [cut.why for cut in manifest.cuts] == ["silence"]
    assert len(seen(manifest, site)) + manifest.cuts[0].count == len(PATHS) + 1

    site.routes |= dict.fromkeys(["/", *PATHS], links(*PATHS))
    assert len(seen(visit(site, tmp_path, clock=clock, **LIMITS), site)) == len(PATHS) + 1


def test_site_that_hangs_while_its_sitemaps_are_read_is_left(site, tmp_path, clock):
    over = threading.Event()
    maps = [f"/map{number}.xml" for number in range(40)]
    site.routes["/robots.txt"] = reply("".join(f"Sitemap: {path}\n" for path in maps))
    hung = []

    def answer(connection, request):
        hung.append(request["path"])
        over.wait(0.3)

    def first(connection, request):
        (answer if hung else links())(connection, request)

    site.routes |= dict.fromkeys(maps, answer) | {"/": first}

    manifest = visit(site, tmp_path, clock=clock, timeout_s=0.05, read_timeout_s=0.05)
    over.set()

    assert len(hung) < MOST
    assert seen(manifest, site, "status") == [("/", 200)]


def test_slow_pages_of_a_site_whose_first_page_answers_end_nothing(site, tmp_path, clock, hanging):
    slow = hanging(1, alive=["/", *PATHS[30:]], for_s=1.2)

    # enough for the others to answer in, however busy this machine is
    manifest = visit(site, tmp_path, clock=clock, timeout_s=0.4, read_timeout_s=0.4)

    assert slow.vain >= 30
    assert manifest.cuts == ()
    assert [f for _, f in seen(manifest, site, "failure")].count("timeout") == 30
    assert site.asked.count("GET /") <= 4


def test_site_that_answers_only_who_is_patient_is_not_silent(site, tmp_path, clock):
    def late(connection, request):
        time.sleep(0.2)
        links(*PATHS[: DOUBT + 4])(connection, request)

    site.routes |= dict.fromkeys(["/", *PATHS[: DOUBT + 4]], late)

    manifest = visit(site, tmp_path, clock=clock, timeout_s=0.15, read_timeout_s=0.15)

    assert manifest.cuts == ()
    assert {status for _, status in seen(manifest, site, "status")} == {200}


def test_site_that_falls_silent_before_its_sitemap_says_so_and_is_gone_on_with(
    site, tmp_path, clock
):
    maps = reply(f"<urlset><url><loc>{site.url('/only')}</loc></url></urlset>", kind="text/xml")

    def hang_up(connection, request):
        connection.close()

    def once(connection, request):
        (links() if site.asked.count("GET /") == 1 else hang_up)(connection, request)

    site.routes |= {"/": once, "/sitemap.xml": hang_up}
    manifest = visit(site, tmp_path, clock=clock)

    assert [(cut.why, cut.where) for cut in manifest.cuts] == [("silence", "sitemap")]

    site.routes |= {"/": links(), "/sitemap.xml": maps, "/only": reply("there")}
    again = visit(site, tmp_path, clock=clock)

    assert (again.cuts, seen(again, site, "status")) == ((), [("/", 200), ("/only", 200)])


def test_what_is_left_is_cut_and_no_evidence_of_it_is_kept(site, tmp_path, monkeypatch):
    async def leaves(_, answer):
        return answer.url.endswith("/sitemap.xml")

    monkeypatch.setattr(Patience, "leaves", leaves)
    site.routes["/"] = links()

    manifest = visit(site, tmp_path)

    assert [(cut.why, cut.where) for cut in manifest.cuts] == [("silence", "sitemap")]
    assert [each.role for each in manifest.evidence] == ["page", "probe", "robots"]


@pytest.mark.parametrize("workers", [1, 4])
def test_doubt_is_not_missed_where_many_fail_at_once(clock, workers):
    class Client:
        def __init__(self):
            self.clock, self.asked, self.slow = clock, 0, None

        async def ask(self, url, *, waits=None):
            self.asked += 1
            for _ in range(100):  # others fail meanwhile
                await asyncio.sleep(0)
            return (
                Answer(url=url, status=200)
                if self.asked == 1
                else Answer(url=url, failure="refused")
            )

    async def run():
        patience = Patience(Client(), "http://a.kz/")
        in_vain = 0

        async def work():
            nonlocal in_vain
            while in_vain < 5_000 and not patience.is_over:
                in_vain += 1
                await asyncio.sleep(0)
                await patience.hear(Answer(url="u", failure="refused"))

        await asyncio.gather(*(work() for _ in range(workers)))
        return patience.is_over

    assert asyncio.run(run())
