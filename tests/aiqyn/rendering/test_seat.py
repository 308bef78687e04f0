"""One tab draws many pages, and each of them meets a browser nobody was in before."""

import asyncio

import pytest
from playwright.async_api import Error

from aiqyn.rendering import browser, seat
from aiqyn.rendering.browser import Browser
from aiqyn.rendering.seat import Seat, _close, _refuse

# Tells what it finds, leaves a trace in everything there is, and more on its way out.
MARKING = """<!doctype html><title>1</title><script>
async function found() {
  const files = [];
  for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
  return {cookie: document.cookie, here: {...localStorage}, tab: {...sessionStorage},
    name: window.name, bases: await indexedDB.databases(), caches: await caches.keys(), files};
}
window.told = (async () => {
  const before = await found();
  document.cookie = "seen=1; max-age=9999";
  localStorage.seen = sessionStorage.seen = window.name = "1";
  await new Promise((done) => { indexedDB.open("seen", 1).onsuccess = done; });
  await caches.open("seen");
  await (await navigator.storage.getDirectory()).getFileHandle("seen", {create: true});
  history.pushState(1, "", "#1");
  return before;
})();
addEventListener("pagehide", () => { localStorage.late = sessionStorage.late = "1"; });
addEventListener("beforeunload", (event) => event.preventDefault());
</script>"""
FRAME = '<iframe src="https://other.example/"></iframe>'
PATIENT_MS = 120_000  # a machine may be busy with other tests
NOTHING = {
    "cookie": "", "here": {}, "tab": {}, "name": "", "bases": [], "caches": [], "files": [],
}  # fmt: skip


async def answer(route):
    html = MARKING if "other" in route.request.url else MARKING + FRAME
    await route.fulfill(status=200, headers={"content-type": "text/html"}, body=html)


async def told_in(running):
    """What a page and a frame of another site find; the tab they were in, its history's length."""
    async with running.page(answer) as tab:
        await tab.page.goto("https://site.example/", timeout=PATIENT_MS)
        told = [await frame.evaluate("told") for frame in tab.page.frames]
        async with tab.page.expect_popup(timeout=PATIENT_MS) as opened:
            await tab.page.evaluate("void window.open('https://site.example/more')")
        other = await opened.value
        if not other.is_closed():  # it is closed as soon as it is seen
            await other.wait_for_event("close", timeout=PATIENT_MS)
        await tab.page.keyboard.press("Tab")
        again = await tab.page.evaluate("found()")
        history = await tab.session.send("Page.getNavigationHistory")
        return tab, told, again, len(history["entries"])


def test_nothing_of_one_page_is_left_for_the_next(running, monkeypatch):
    runner, chromium = running
    monkeypatch.setattr(seat, "LEAVE_MS", PATIENT_MS)
    monkeypatch.setattr(browser, "FORGET_S", PATIENT_MS / 1_000)

    first, told, left, entries = runner.run(told_in(chromium))
    second, told_next, _, entries_next = runner.run(told_in(chromium))

    assert first is second
    assert told == told_next == [NOTHING, NOTHING]
    assert all(left.values())  # it did leave traces
    assert (len(first.context.pages), entries) == (1, entries_next)


class Context:
    def __init__(self):
        self.pages = []
        self.closed = False

    async def close(self):
        self.closed = True


class Tab:
    """A tab that stays, or does not let its page go."""

    def __init__(self, *, leaves):
        self.leaves = leaves

    async def goto(self, *_, **__):
        if not self.leaves:
            raise Error("Timeout")

    async def close(self):
        raise Error("Target closed")


class Chromium:
    version = "1"

    def is_connected(self):
        return True


@pytest.fixture
def started():
    """A browser of stand-ins with one tab, and that tab's context."""
    chromium = Browser("chromium")
    chromium._chromium = Chromium()
    context = Context()
    chromium._free.append(Seat(context, Tab(leaves=False), None))
    return chromium, context


def test_tab_in_which_something_broke_is_closed(started):
    chromium, context = started

    async def ask():
        async with chromium.page(answer):
            raise Error("Page crashed")

    with pytest.raises(Error, match="crashed"):
        asyncio.run(ask())
    assert (context.closed, chromium._free) == (True, [])


def test_tab_whose_page_does_not_leave_is_closed(started):
    chromium, context = started

    async def ask():
        async with chromium.page(answer):
            """Nothing breaks while the page is looked at."""

    asyncio.run(ask())
    assert (context.closed, chromium._free) == (True, [])


def test_tab_of_a_browser_that_was_given_up_serves_no_more(started, monkeypatch):
    chromium, _ = started

    async def forgotten(_):
        chromium._chromium = None

    monkeypatch.setattr(browser.Seat, "forget", forgotten)

    async def ask():
        async with chromium.page(answer):
            """Nothing breaks while the page is looked at."""

    asyncio.run(ask())
    assert chromium._free == []


def test_window_that_is_closed_already_is_closed():
    asyncio.run(_close(Tab(leaves=True)))


class Route:
    """A request of a page that is being left."""

    def __init__(self):
        self.reasons = []

    async def abort(self, reason):
        self.reasons.append(reason)
        raise Error("Target closed")


def test_what_a_page_asks_when_its_time_is_over_is_refused():
    route = Route()

    asyncio.run(_refuse(route))

    assert route.reasons == ["blockedbyclient"]


class Session:
    async def send(self, *_):
        """All is well."""


class Emptied(Tab):
    """A tab that lets its page go."""

    async def evaluate(self, _):
        """The name of the window is gone."""


def test_windows_a_page_opened_are_closed_before_it_is_left():
    closed = []

    class Opened:
        async def close(self):
            closed.append(self)

    context, tab, opened = Context(), Emptied(leaves=True), Opened()
    context.pages = [tab, opened]
    context.clear_cookies = Session().send

    asyncio.run(Seat(context, tab, Session()).forget())

    assert closed == [opened]
