"""What breaks in a browser ends as an outcome, never as an error of ours; told by stand-ins."""

import asyncio
from contextlib import asynccontextmanager

import msgspec
import pytest
from playwright.async_api import Error

from aiqyn.fetch.clock import SYSTEM
from aiqyn.fetch.http import Answer, Client
from aiqyn.rendering import browser, look
from aiqyn.rendering.browser import Browser, Gone, World
from aiqyn.rendering.door import Door, Visit, _headers
from aiqyn.rendering.look import Looker
from aiqyn.subjects.rendering import Axe, AxeResult, Drawn, Spot
from tests.aiqyn.rendering.places import LIMITS

KNOWN = Drawn(page="http://site.example/", sha256="0" * 64)


def visit():
    return Visit(page=KNOWN.page, content=b"", headers={})


class Session:
    """A line to the browser that gives one answer to everything."""

    def __init__(self, answer):
        self.answer = answer

    async def send(self, *_):
        return self.answer


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ({"result": {"value": 7}}, "no answer of a sensible size"),
        ({"result": {"value": "x" * 6_000_000}}, "no answer of a sensible size"),
        ({"result": {}, "exceptionDetails": {"text": "Uncaught"}}, "Uncaught"),
        (
            {"result": {}, "exceptionDetails": {"text": "", "exception": {"description": "No"}}},
            "No",
        ),
    ],
)
def test_answer_that_is_none_is_a_page_lost(answer, problem):
    world = World(Session(answer), 1)

    with pytest.raises(Gone, match=problem):
        asyncio.run(world.ask("sizes()"))


class Chromium:
    """A browser that is there and makes no pages."""

    version = "1"

    def is_connected(self):
        return True

    async def new_context(self, **_):
        raise Error("Target closed")

    async def close(self):
        raise Error("already closed")


def test_browser_that_makes_no_page_is_gone_and_says_farewell_in_peace():
    async def ask():
        running = Browser("chromium")
        running._chromium = Chromium()
        with pytest.raises(Gone, match="Target closed"):
            async with running.page(None):
                raise AssertionError
        await running.give_up()
        await running.give_up()
        return running._chromium

    assert asyncio.run(ask()) is None


class Playwright:
    async def stop(self):
        """Nothing is left to stop."""


def test_browser_that_was_given_up_is_left_without_a_farewell():
    async def leave():
        running = Browser("chromium")
        running._playwright = Playwright()
        await running.__aexit__()

    asyncio.run(leave())


@pytest.mark.parametrize(
    ("problem", "told"),
    [(Error("Page crashed"), "Page crashed"), ({"height": "tall"}, "told nonsense")],
)
def test_page_that_crashes_or_tells_nonsense_is_gone(problem, told, monkeypatch):
    class Standing:
        @asynccontextmanager
        async def page(self, answer):
            yield None

    async def measured(*_):
        if isinstance(problem, Error):
            raise problem
        return look.msgspec.convert(look.msgspec.to_builtins(KNOWN) | problem, Drawn)

    looker = Looker(Standing(), None, None, seconds=9)
    monkeypatch.setattr(looker, "_look", measured)

    with pytest.raises(Gone, match=told):
        asyncio.run(looker.look(visit(), KNOWN))


class Route:
    """A request of a page that has gone away meanwhile."""

    class request:  # noqa: N801  # stands for the attribute
        url = "http://exa mple/"
        method = "GET"
        resource_type = "script"

        @staticmethod
        def is_navigation_request():
            return False

    async def abort(self, _):
        raise Error("Target closed")


def test_request_of_a_page_that_is_gone_is_forgotten():
    async def ask():
        asked = visit()
        async with Client(LIMITS) as client:
            await Door(client, SYSTEM).answer(Route(), asked)
        return asked

    asked = asyncio.run(ask())

    assert (asked.open, asked.asked, asked.scripts_missing) == (0, 1, True)


def test_answer_without_headers_has_its_media_type():
    answer = Answer(url="http://site.example/", media_type="text/css")

    assert _headers(answer) == {"content-type": "text/css"}


class Slow:
    """A page that never finishes loading, or always has one more request open."""

    def __init__(self, *, loads):
        self.loads = loads

    async def wait_for_load_state(self, *_, **__):
        if not self.loads:
            raise Error("Timeout")


@pytest.mark.parametrize("loads", [True, False])
def test_page_that_never_settles_is_not_waited_for(loads, monkeypatch):
    monkeypatch.setattr(look, "MOST_QUIET_S", 0.05)
    monkeypatch.setattr(look, "QUIET_S", 0.01)
    asked = visit()
    asked.open = 1

    asyncio.run(look._settled(Slow(loads=loads), asked))

    assert asked.open == 1


def test_click_that_kills_the_page_is_no_click():
    class Dying:
        async def ask(self, expression):
            if expression.startswith("click"):
                raise Gone("dead")
            return {"special()": {"path": "#bvi"}, "controls()": 1}[expression]

    drawn = asyncio.run(look._with_special(None, Dying(), visit(), KNOWN))

    assert (drawn.special.spot.path, drawn.special.after) == ("#bvi", None)


class Endless:
    """A world in which Tab always leads on, nothing has a box, and everything else is answered."""

    async def ask(self, expression):
        answers = {"tabbed()": "more", 'endTabbing("more")': {"stops": look.MOST_TABS}}
        return answers.get(expression)


def test_way_of_tab_without_end_is_followed_so_far_and_no_farther():
    class Pressed:
        times = 0

        class keyboard:  # noqa: N801  # stands for the attribute
            @staticmethod
            async def press(_):
                Pressed.times += 1

    assert asyncio.run(look._tabbing(Pressed, Endless())) == {"stops": look.MOST_TABS}
    assert Pressed.times == look.MOST_TABS


def test_element_that_has_gone_meanwhile_has_no_picture():
    gone = AxeResult(id="image-alt", impact="critical", nodes=(Spot(path="#gone"),))
    known = msgspec.structs.replace(KNOWN, axe=Axe(version="4", violations=(gone,)))
    looker = Looker(None, None, None, seconds=9)

    drawn = asyncio.run(looker._with_crops(None, Endless(), known))

    assert drawn == known


def test_flags_keep_the_browser_from_every_name():
    assert "--host-resolver-rules=MAP * ~NOTFOUND" in browser.FLAGS
