"""The browser's only way out: every request is answered by `fetch.http.Client`, or refused.

Chromium itself has no network at all (see `browser.FLAGS`). So the guard against
private addresses, pinned names, caps, robots.txt and the rate of requests hold for
what a page's scripts ask just as for the crawl, and nothing but GET gets through.
"""

import asyncio
from urllib.parse import urlsplit

from msgspec import Struct, field
from playwright.async_api import Error, Route

from aiqyn.chain import Evidence
from aiqyn.fetch.addresses import BadAddress, normalise, origin
from aiqyn.fetch.clock import Clock
from aiqyn.fetch.http import Answer, Client
from aiqyn.fetch.robots import Robots

MOST_REQUESTS = 300  # of one page
MOST_REMEMBERED = 100_000_000  # bytes of answers that several pages share
PASSED_ON = frozenset({"content-type", "access-control-allow-origin", "content-security-policy"})
MOVING = frozenset({"media"})  # never fetched: large, and nothing is measured on it
STYLE = "stylesheet"


class Visit(Struct, kw_only=True):
    """The drawing of one page, as the door sees it."""

    page: str  # address
    content: bytes
    headers: dict[str, str]
    asked: int = 0
    open: int = 0  # requests not yet answered
    unstyled: list[str] = field(default_factory=list)
    scripts_missing: bool = False


class Door:
    """Answers requests of any number of pages; what several ask for is fetched once."""

    def __init__(self, client: Client, clock: Clock) -> None:
        self.client = client
        self.clock = clock
        self._robots: dict[str, asyncio.Future[Robots]] = {}
        self._answers: dict[str, asyncio.Future[Answer | None]] = {}
        self._remembered = 0

    async def answer(self, route: Route, visit: Visit) -> None:
        """Fulfil or refuse one request; a page that is gone meanwhile is no error."""
        visit.open += 1
        try:
            await self._answer(route, visit)
        except Error:
            return
        finally:
            visit.open -= 1

    async def _answer(self, route: Route, visit: Visit) -> None:
        request = route.request
        url = request.url.partition("#")[0]
        if url == visit.page and request.is_navigation_request():
            await route.fulfill(status=200, headers=visit.headers, body=visit.content)
            return
        visit.asked += 1
        answer = None
        if self._may_ask(request.method, request.resource_type, url, visit):
            answer = await self._fetched(url)
        if answer is None or answer.failure:
            self._note_missing(request.resource_type, url, answer, visit)
        if answer is None or (answer.failure and answer.failure != "blocked"):
            await route.abort("blockedbyclient")
            return
        await route.fulfill(
            status=answer.status or 404, headers=_headers(answer), body=answer.content
        )

    def _may_ask(self, method: str, kind: str, url: str, visit: Visit) -> bool:
        is_web = url.startswith(("http://", "https://"))
        return method == "GET" and is_web and kind not in MOVING and visit.asked <= MOST_REQUESTS

    @staticmethod
    def _note_missing(kind: str, url: str, answer: Answer | None, visit: Visit) -> None:
        """A style sheet that does not come leaves the page undressed: whose doing that is, counts.

        Everything without an answer of the site's own server is held to be ours.
        """
        is_theirs = answer is not None and _is_theirs(answer)
        if kind == STYLE and not is_theirs:
            visit.unstyled.append(url)
        visit.scripts_missing |= kind == "script" and not is_theirs

    async def _fetched(self, url: str) -> Answer | None:
        """Return the answer; None when robots.txt or our address check says no."""
        try:
            url = normalise(url)
        except BadAddress:
            return None
        asking = self._answers.get(url)
        if asking is None:
            asking = self._answers[url] = asyncio.ensure_future(self._ask(url))
        # A page that is given up must not take the answer from the others that wait for it.
        return await asyncio.shield(asking)

    async def _ask(self, url: str) -> Answer | None:
        if self.client.limits.obey_robots and not await self._is_allowed(url):
            return None
        answer = await self.client.ask(url)
        self._remembered += len(answer.content)
        if self._remembered > MOST_REMEMBERED:
            self._remembered -= len(answer.content)
            del self._answers[url]
        return answer

    async def _is_allowed(self, url: str) -> bool:
        host = origin(url)
        if host not in self._robots:
            self._robots[host] = asyncio.ensure_future(self._robots_of(host))
        return (await asyncio.shield(self._robots[host])).allows(url)

    async def _robots_of(self, host: str) -> Robots:
        answer = await self.client.ask(f"{host}/robots.txt")
        seen = Evidence(
            url=answer.url,
            taken_at=self.clock.now(),
            status=answer.status,
            failure=answer.failure,
            role="robots",
        )
        robots = Robots(seen, answer.content)
        self.client.manners.slow_down(urlsplit(host).netloc, robots.delay_s)
        return robots


def _is_theirs(answer: Answer) -> bool:
    return answer.failure in ("", "dns", "refused", "tls", "broken", "redirect_loop")


def _headers(answer: Answer) -> dict[str, str]:
    """Only what changes how the browser reads the answer; it is already decoded."""
    lines = (line.partition(":") for line in answer.headers.splitlines())
    found = {name.strip().lower(): value.strip() for name, _, value in lines}
    passed = {name: value for name, value in found.items() if name in PASSED_ON}
    if answer.media_type and "content-type" not in passed:
        passed["content-type"] = answer.media_type
    return passed


def headers_of_page(seen: Evidence) -> dict[str, str]:
    """Return the headers with which the kept bytes of a page are given to the browser."""
    charset = f"; charset={seen.charset}" if seen.charset else ""
    return {"content-type": f"{seen.media_type or 'text/html'}{charset}"}
