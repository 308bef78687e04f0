"""A tab in which one page after another is drawn, and nothing of one is left for the next.

Starting a renderer, a profile and the scripts of axe from nothing costs a page as much
processor time as all that is asked of it. So a tab serves on, after everything a page
may leave behind was cleared; a tab in which anything went wrong is closed instead.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Self

from playwright.async_api import Browser as Chromium
from playwright.async_api import BrowserContext, CDPSession, Error, Page, Route

WIDTH, HEIGHT = 1280, 900
LEAVE_MS = 5_000  # within which a page has to let its tab go

Answer = Callable[[Route], Awaitable[None]]


class Seat:
    """One tab in a context of its own; `page` and `session` stay the same from page to page."""

    def __init__(self, context: BrowserContext, page: Page, session: CDPSession) -> None:
        self.context = context
        self.page = page
        self.session = session
        self.answer: Answer = _refuse

    @classmethod
    async def made(cls, chromium: Chromium) -> Self:
        context = await chromium.new_context(
            viewport={"width": WIDTH, "height": HEIGHT},
            locale="kk-KZ",
            service_workers="block",
            accept_downloads=False,
        )
        page = await context.new_page()
        page.on("popup", lambda other: asyncio.ensure_future(_close(other)))
        seat = cls(context, page, await context.new_cdp_session(page))
        await context.route("**/*", seat._answered)
        await context.route_web_socket("**/*", lambda socket: socket.close())
        return seat

    async def _answered(self, route: Route) -> None:
        await self.answer(route)

    async def forget(self) -> None:
        """Clear what the page left: windows, cookies, every kind of storage, name, history."""
        self.answer = _refuse
        for other in self.context.pages:
            if other is not self.page:
                await _close(other)
        await self.page.goto("about:blank", timeout=LEAVE_MS)
        await self.page.evaluate("window.name = ''")
        await self.context.clear_cookies()
        await self.session.send(
            "Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"}
        )
        await self.session.send("Page.resetNavigationHistory")


async def _close(page: Page) -> None:
    with suppress(Error):
        await page.close()


async def _refuse(route: Route) -> None:
    """Answer what a page still asks after its time was over."""
    with suppress(Error):
        await route.abort("blockedbyclient")
