"""A site most of which hangs costs an audit no day, and what hangs a while longer is still read."""

import asyncio
import threading
from types import SimpleNamespace

import pytest

from aiqyn.fetch import patience as module
from aiqyn.fetch.http import Answer, Waits
from aiqyn.fetch.patience import EVERY, Patience
from tests.aiqyn.fetch.servers import links, reply
from tests.aiqyn.fetch.visits import seen, visit

USUAL = Waits(total=30, connect=10, read=15)
SLOW = Waits(total=90, connect=30, read=45)


def heard(*answers):
    """A patience that has heard so many answers, each of so many seconds; None hung."""
    client = SimpleNamespace(usual=USUAL, slow=SLOW)
    patience = Patience(client, "http://a.kz/")

    async def hear():
        for each in answers:
            took = {"seconds": 15.0, "failure": "timeout"} if each is None else {"seconds": each}
            patience._is_asking = True  # no first page to ask for here
            await patience.hear(Answer(url="u", status=0 if each is None else 200, **took))

    asyncio.run(hear())
    return patience


@pytest.mark.parametrize(
    ("answers", "read"),
    [
        ([0.3] * 9, None),  # all is well
        ([0.3, *[None] * 40], None),  # not much time is lost yet
        ([0.3, *[None] * 41], 3.0),
        ([8.0, *[None] * 41], 10.0),
        ([*[8.0] * 50, *[None] * 41], None),  # most time goes to answers
        ([13.0, *[None] * 41], None),  # it needs the usual time
        ([20.0, *[None] * 41], 45.0),  # all of it is slow
        ([0.3, 0.3, 20.0, *[None] * 41], None),  # one page is
        ([None] * 60, None),  # nothing is known of it
    ],
)
def test_site_that_wastes_time_is_waited_for_as_long_as_it_needs(answers, read):
    waits = heard(*answers).waits()

    assert (waits and waits.read) == read


def test_now_and_then_an_address_is_given_the_usual_time():
    patience = heard(0.3, *[None] * 41)

    given = [patience.waits() for _ in range(2 * EVERY)]

    assert [number for number, waits in enumerate(given, 1) if waits is None] == [EVERY, 2 * EVERY]


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(module, "IN_VAIN_S", 2.0)
    monkeypatch.setattr(module, "LEAST_S", 0.1)


@pytest.fixture
def hanging(site):
    """120 pages that hang among 40 that do not."""
    over = threading.Event()
    dead = [f"/dead{number}" for number in range(120)]
    good = [f"/good{number}" for number in range(40)]
    mixed = [
        path
        for group in zip(dead[::3], dead[1::3], good, dead[2::3], strict=True)
        for path in group
    ]
    site.routes |= {"/": links(*mixed), **dict.fromkeys(good, reply("<p>good"))}
    site.routes |= dict.fromkeys(dead, lambda *_: over.wait(20))
    yield good, dead
    over.set()


@pytest.mark.usefixtures("impatient")
def test_site_most_of_which_hangs_is_read_in_bounded_time_and_blamed_for_what_is_known(
    site, tmp_path, hanging
):
    good, dead = hanging

    manifest = visit(site, tmp_path, timeout_s=1, read_timeout_s=0.4)

    found = dict(seen(manifest, site, "failure"))
    (cut,) = manifest.cuts
    assert [path for path, failure in found.items() if not failure] == sorted(["/", *good])
    assert set(found.values()) == {"", "timeout"}
    assert (cut.why, len(found) + cut.count) == ("silence", 1 + len(good) + len(dead))
    assert cut.count > len(dead) / 2
    assert sum(each.seconds for each in manifest.evidence) < 0.4 * len(dead)


@pytest.mark.usefixtures("impatient")
def test_page_slower_than_the_others_is_read_at_the_second_pass(site, tmp_path, hanging):
    over = threading.Event()

    def late(connection, request):
        over.wait(0.25)
        reply("<p>late")(connection, request)

    site.routes["/dead1"] = late
    site.routes["/dead119"] = late

    manifest = visit(site, tmp_path, timeout_s=1, read_timeout_s=0.4, max_links_per_page=200)

    assert ("/dead1", 200) in seen(manifest, site, "status")
    assert ("/dead119", "timeout") not in seen(manifest, site, "failure")


def test_what_there_was_no_time_to_ask_twice_is_cut_and_blamed_for_nothing(site, tmp_path, hanging):
    manifest = visit(site, tmp_path, timeout_s=1, read_timeout_s=0.1, max_seconds=1)

    assert {failure for _, failure in seen(manifest, site, "failure")} == {""}
    assert {cut.why for cut in manifest.cuts} == {"max_seconds"}
