"""Drawing that is cut short: by our own time, by whoever watches, by what breaks; no Chromium."""

import asyncio
from contextlib import asynccontextmanager
from importlib import import_module

import pytest

from aiqyn.errors import AiqynError
from aiqyn.fetch.clock import Clock
from aiqyn.fetch.manifest import load
from aiqyn.rendering import BrowserMissing, Sampling, render
from tests.aiqyn.rendering.places import LIMITS, crawled, page, served

DRAWING = import_module("aiqyn.rendering.render")
SITE = {
    "/": page("<title>1</title><a href=/2>2</a><p>Мәтін"),
    "/2": page("<title>2</title><p>Мәтін"),
}


class Asked(Exception):
    """Whoever watches no longer wants it."""


class Looker:
    """Draws a page at once, hangs on it, or breaks; tells which hanging pages it let go of."""

    hangs = ()
    problem = None

    def __init__(self):
        self.left = []

    async def look(self, visit, known):
        path = "/" + visit.page.rpartition("/")[2]
        if path not in self.hangs:
            if self.problem:
                raise self.problem
            return known
        try:
            await asyncio.Event().wait()
        finally:
            self.left.append(path)


@asynccontextmanager
async def nowhere(_):
    yield None


@pytest.fixture
def looker(monkeypatch):
    stand_in = Looker()
    monkeypatch.setattr(DRAWING, "find", lambda: "chromium")
    monkeypatch.setattr(DRAWING, "Browser", nowhere)
    monkeypatch.setattr(DRAWING, "Looker", lambda *_, **__: stand_in)
    monkeypatch.setattr(DRAWING, "PULSE_S", 0.01)
    return stand_in


@pytest.fixture
def folder(tmp_path):
    with served(SITE) as place:
        crawled(place, tmp_path)
    return tmp_path


def draw(folder, *, watch=None, clock=DRAWING.SYSTEM, **sampling):
    asked = Sampling(**{"pages": 2, **sampling})
    return render(str(folder), limits=LIMITS, sampling=asked, on_progress=watch, clock=clock)


def ends(manifest):
    """How the drawing of every page ended, in order of address."""
    return [each.failure for each in manifest.evidence if each.role == "rendered"]


class Hasty(Clock):
    """A minute passes whenever somebody looks."""

    def __init__(self):
        self.minutes = 0

    def elapsed(self):
        self.minutes += 1
        return 60.0 * self.minutes


def test_pages_for_which_the_time_was_over_are_named_and_drawn_the_next_time(looker, folder):
    looker.hangs = ("/", "/2")

    first = draw(folder, in_all=100, clock=Hasty())
    looker.hangs = ()
    again = draw(folder)

    assert (ends(first), sorted(looker.left)) == (["budget", "budget"], ["/", "/2"])
    assert ends(again) == ["", ""]
    assert load(str(folder)) == again


def test_what_was_drawn_before_the_time_was_over_is_kept(looker, folder):
    draw(folder, pages=1)
    looker.hangs = ("/2",)

    manifest = draw(folder, in_all=100, clock=Hasty())

    assert ends(manifest) == ["", "budget"]


def test_drawing_gone_on_with_has_the_time_that_was_left(looker, folder):
    looker.hangs = ("/2",)

    def interrupted(seen):
        raise Asked

    with pytest.raises(Asked):
        draw(folder, watch=interrupted, in_all=300, clock=Hasty())
    spent = float((folder / DRAWING.SPENT).read_text())
    looker.hangs = ()
    over = draw(folder, in_all=spent)
    more = draw(folder, in_all=spent + 100)

    assert spent >= 120
    assert (ends(over), ends(more)) == (["", "budget"], ["", ""])


def test_pages_drawn_before_the_browser_did_not_start_again_are_used(looker, folder):
    draw(folder, pages=1)
    looker.problem = BrowserMissing("does not start again")

    manifest = draw(folder)
    looker.problem = None
    later = draw(folder)

    assert (ends(manifest), ends(later)) == (["", "crash"], ["", ""])
    assert load(str(folder)) == later


def test_watcher_is_asked_while_a_page_hangs_and_outside_of_any_loop(looker, folder):
    looker.hangs = ("/2",)
    told = []

    def watch(seen):
        with pytest.raises(RuntimeError, match="no running event loop"):
            asyncio.get_running_loop()
        told.append((seen.done, seen.of, seen.url.rpartition("/")[2] if seen.url else None))
        if told[-1][2] is None:
            raise Asked

    with pytest.raises(Asked):
        draw(folder, watch=watch)

    assert told == [(1, 2, ""), (1, 2, None)]
    assert looker.left == ["/2"]


@pytest.mark.parametrize("problem", [BrowserMissing("does not start again"), OSError(28, "full")])
def test_what_breaks_the_drawing_is_raised_as_it_is_and_the_other_pages_are_let_go(
    looker, folder, problem
):
    looker.hangs, looker.problem = ("/2",), problem
    before = load(str(folder))

    with pytest.raises(AiqynError if isinstance(problem, AiqynError) else OSError) as raised:
        draw(folder)

    assert raised.value is problem
    assert looker.left == ["/2"]
    assert load(str(folder)) == before
