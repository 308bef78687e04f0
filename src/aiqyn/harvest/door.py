"""A catalogue is asked here: through the one door to the network, one question at a time."""

import asyncio
import re
from typing import Self

from aiqyn.chain import Evidence
from aiqyn.errors import FetchError
from aiqyn.fetch.addresses import BadAddress, host, normalise, origin
from aiqyn.fetch.clock import SYSTEM, Clock
from aiqyn.fetch.http import Answer, Client, Sending
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.robots import PRODUCT, Robots
from aiqyn.harvest.model import Request

TRY_AGAIN = frozenset({"timeout", "broken", "network", "refused", "empty"})
FIRST_WAIT_S = 2.0
_OUR_NAME = re.compile(rf"(?im)^\s*user-agent:\s*{PRODUCT}\b")


class Door:
    """Asks politely; use as `with Door(limits) as door`. Not for use inside an event loop."""

    def __init__(self, limits: Limits, *, key: str = "", clock: Clock = SYSTEM) -> None:
        """`key` opens the catalogue's interface; it is sent as Authorization and never kept."""
        self.limits = limits
        self.clock = clock
        self.is_closed_to_robots = False  # and yet asked, by name
        self._key = key
        self._robots: dict[str, Robots] = {}
        self._names_us: dict[str, bool] = {}
        self._runner = asyncio.Runner()
        self._client = Client(limits, clock=clock)

    def __enter__(self) -> Self:
        self._runner.__enter__()
        self._runner.run(self._client.__aenter__())
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._runner.run(self._client.__aexit__())
        finally:
            self._runner.close()

    def ask(self, asked: Request) -> Answer:
        """Return how the catalogue answered, whatever its status.

        Raises FetchError for an address that is none, for one that robots.txt closes to
        us, and when there is still no answer after patient attempts.
        """
        return self._runner.run(self._ask(asked))

    async def _ask(self, asked: Request) -> Answer:
        try:
            url = normalise(asked.url)
        except BadAddress as error:
            raise FetchError(asked.url, "bad_address", str(error)) from None
        await self._need_leave(url)
        attempt = 0
        while True:
            waits = self._client.slow if attempt else None
            answer = await self._client.ask(url, waits=waits, sending=self._sending(asked))
            is_answer = not answer.failure or answer.failure == "blocked"
            if is_answer and not _is_passing(answer):
                return answer
            if attempt == self.limits.retries or not _may_pass(answer):
                break
            await self.clock.sleep(min(FIRST_WAIT_S * 2**attempt, self.limits.max_wait_s))
            attempt += 1
        if answer.failure:
            raise FetchError(url, answer.failure, answer.detail, tls=answer.tls)
        return answer

    def status(self, address: str) -> str:
        """Return how an address answered: "200", a cause of `chain.FAILURES`; reads no body."""
        return self._runner.run(self._status(address))

    def content(self, address: str) -> tuple[str, bytes]:
        """Return how an address answered, as `status` does, and the body."""
        return self._runner.run(self._content(address))

    async def _content(self, address: str) -> tuple[str, bytes]:
        try:
            answer = await self._ask(Request(url=address))
        except FetchError as error:
            return error.cause, b""
        return answer.failure or str(answer.status), answer.content

    async def _status(self, address: str) -> str:
        try:
            url = normalise(address)
        except BadAddress:
            return "bad_address"
        if not await self._is_allowed(url):
            return "robots"
        answer = await self._client.ask(url, most=0)
        return answer.failure or str(answer.status)

    def _sending(self, asked: Request) -> Sending:
        headers = {"Accept": asked.accept} if asked.accept else {}
        if self._key:
            headers["Authorization"] = self._key
        return Sending(headers=headers, form=asked.form)

    async def _need_leave(self, url: str) -> None:
        """Raise FetchError where robots.txt closes an address to us by our name.

        Rules for every robot are rules for those who follow links; a catalogue's
        interface is asked by its name, and CKAN closes its own in every installation.
        """
        if await self._is_allowed(url):
            return
        if self._names_us[origin(url)]:
            raise FetchError(url, "robots", "robots.txt closes this address to Aiqyn by name")
        self.is_closed_to_robots = True

    async def _is_allowed(self, url: str) -> bool:
        """Learn robots.txt of a host once; its delay is always kept.

        One that does not answer says nothing.
        """
        if not self.limits.obey_robots:
            return True
        home = origin(url)
        if home not in self._robots:
            answer = await self._client.ask(f"{home}/robots.txt")
            robots = Robots(_evidence(answer, self.clock), answer.content)
            self._client.manners.slow_down(host(url), robots.delay_s)
            text = answer.content.decode("utf-8", "replace")
            self._names_us[home] = _OUR_NAME.search(text) is not None
            self._robots[home] = robots
        robots = self._robots[home]
        return bool(robots.closed) or robots.allows(url)


def _is_passing(answer: Answer) -> bool:
    return answer.status in (500, 502, 504)


def _may_pass(answer: Answer) -> bool:
    return _is_passing(answer) or answer.failure in TRY_AGAIN


def _evidence(answer: Answer, clock: Clock) -> Evidence:
    return Evidence(
        url=answer.url, taken_at=clock.now(), status=answer.status, failure=answer.failure
    )
