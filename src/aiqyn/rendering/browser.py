"""Chromium without a network, without memory of earlier pages, and started again when it dies."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from functools import cache
from importlib.resources import files
from typing import Any, Self

import msgspec
from playwright.async_api import Browser as Chromium
from playwright.async_api import CDPSession, Error, Playwright, async_playwright

from aiqyn.rendering.missing import BrowserMissing
from aiqyn.rendering.seat import Answer, Seat

# The shell is the same engine without windows and menus: it needs half the processor time.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
)
FORGET_S = 10.0  # within which a tab has to be clean again
MOST_ANSWERED = 5_000_000  # characters of what one measurement may say

# The door fulfils every request it is shown. What it is never shown (WebSocket, WebRTC,
# prefetching, the browser's own errands) finds neither names nor a way out.
FLAGS = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-features=NetworkPrediction,SpeculationRulesPrefetchProxy,WebTransport",
    "--dns-prefetch-disable",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
    "--mute-audio",
    "--js-flags=--max-old-space-size=512",
)
NO_WAY_OUT = "http://127.0.0.1:9"  # the discard port: a proxy that is not there


class Gone(Exception):
    """The page or the whole browser died, or took too long."""


def find() -> str:
    """Return the path of Chromium. Raises BrowserMissing."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    raise BrowserMissing(
        "no Chromium was found on this machine (Debian: apt-get install chromium-headless-shell)"
    )


@cache
def axe_source() -> str:
    """Return axe-core, which the package axe-playwright-python carries (MPL-2.0)."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@cache
def look_source() -> str:
    return (files("aiqyn.rendering") / "look.js").read_text(encoding="utf-8")


class Browser:
    """One running Chromium; use as `async with Browser(path) as browser`."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.version = ""
        self._playwright: Playwright
        self._chromium: Chromium | None = None
        self._free: list[Seat] = []
        self._lock = asyncio.Lock()

    async def __aenter__(self) -> Self:
        self._playwright = await async_playwright().start()
        try:
            await self._running()
        except BaseException:
            await self._playwright.stop()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._chromium is not None:
            await _at_most(10, self._chromium.close())
        await self._playwright.stop()

    async def _running(self) -> Chromium:
        async with self._lock:
            if self._chromium is None or not self._chromium.is_connected():
                self._free.clear()
                self._chromium = await self._start()
                self.version = f"Chromium {self._chromium.version}"
            return self._chromium

    async def _start(self) -> Chromium:
        try:
            return await self._playwright.chromium.launch(
                executable_path=self.path,
                args=list(FLAGS),
                proxy={"server": NO_WAY_OUT},
                chromium_sandbox=os.geteuid() != 0,
                timeout=30_000,
            )
        except Error as error:
            told = error.message.partition("\n")[0][:300]
            raise BrowserMissing(f"{self.path} does not start: {told}") from None

    async def give_up(self) -> None:
        """End a browser that no longer answers; the next page starts a new one."""
        chromium, self._chromium = self._chromium, None
        self._free.clear()
        if chromium is not None:
            await _at_most(10, chromium.close())

    @asynccontextmanager
    async def page(self, answer: Answer) -> AsyncIterator[Seat]:
        """A page of a reader who was never here before; `answer` gets every request of it.

        Raises Gone when none is to be had.
        """
        try:
            chromium = await self._running()
            seat = self._free.pop() if self._free else await Seat.made(chromium)
        except Error as error:
            raise Gone(error.message) from None
        seat.answer = answer
        try:
            yield seat
        except BaseException:
            await _at_most(10, seat.context.close())
            raise
        await self._free_again(seat, chromium)

    async def _free_again(self, seat: Seat, chromium: Chromium) -> None:
        """Keep the tab for the next page when all it remembers is gone."""
        try:
            await asyncio.wait_for(seat.forget(), FORGET_S)
        except (Error, TimeoutError):
            await _at_most(10, seat.context.close())
            return
        if chromium is self._chromium:
            self._free.append(seat)


async def _at_most(seconds: float, work: Awaitable[object]) -> None:
    """Wait for a farewell; what cannot say one is left alone."""
    with suppress(Error, TimeoutError):
        await asyncio.wait_for(work, seconds)


class World:
    """A JavaScript world beside the page's own: same elements, other globals."""

    def __init__(self, session: CDPSession, number: int) -> None:
        self._session = session
        self._number = number

    @classmethod
    async def beside(cls, session: CDPSession) -> "World":
        """Return a new world of the page as it stands now; `aiqyn` is there."""
        tree = await session.send("Page.getFrameTree")
        made = await session.send(
            "Page.createIsolatedWorld",
            {"frameId": tree["frameTree"]["frame"]["id"], "worldName": "aiqyn"},
        )
        world = cls(session, made["executionContextId"])
        await world._evaluate(look_source())
        return world

    async def bring_axe(self) -> None:
        await self._evaluate(axe_source())

    async def ask(self, expression: str) -> Any:
        """Return what `expression` of `aiqyn` is. Raises Gone when it cannot be worked out."""
        told = await self._evaluate(
            f"(async () => JSON.stringify(await (aiqyn.{expression})) ?? 'null')()"
        )
        if not isinstance(told, str) or len(told) > MOST_ANSWERED:
            raise Gone(f"{expression}: no answer of a sensible size")
        return msgspec.json.decode(told)

    async def _evaluate(self, expression: str) -> Any:
        answer = await self._session.send(
            "Runtime.evaluate",
            {
                "expression": expression,
                "contextId": self._number,
                "awaitPromise": True,
                "returnByValue": True,
                "silent": True,
            },
        )
        if "exceptionDetails" in answer:
            told = answer["exceptionDetails"]
            raise Gone(str(told.get("exception", {}).get("description", told["text"]))[:300])
        return answer["result"].get("value")
