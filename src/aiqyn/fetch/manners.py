"""Whose turn it is: the rate, the number at once and the pauses each host is owed."""

import asyncio
import math
from email.utils import parsedate_to_datetime

from aiqyn.errors import FetchError
from aiqyn.fetch.clock import Clock
from aiqyn.fetch.limits import Limits

FIRST_BACK_OFF_S = 5.0


class Turn:
    """One host's queue. `async with` waits for the turn and gives it back.

    Raises FetchError ("budget") at once where the turn would come too late for `manners`.
    """

    def __init__(self, host: str, interval: float, at_once: int, manners: "Manners") -> None:
        self.interval = interval  # seconds between two requests
        self._host = host
        self._manners = manners
        self.free_at = 0.0  # by clock.elapsed()
        self._places = asyncio.Semaphore(at_once)
        self._clock = manners.clock

    async def __aenter__(self) -> None:
        await self._places.acquire()
        if not self.interval and not self.free_at:
            return
        now = self._clock.elapsed()
        start = max(now, self.free_at)
        if start > min(self._manners.until, now + self._manners.longest_s):
            self._places.release()
            raise FetchError(self._host, "budget", f"its turn would come in {start - now:.0f} s")
        self.free_at = start + self.interval
        if start > now:
            try:
                await self._clock.sleep(start - now)
            except BaseException:  # cancelled while waiting: the place is not lost
                self._places.release()
                raise

    async def __aexit__(self, *_: object) -> None:
        self._places.release()


class Manners:
    """The turns of every host met so far.

    A site's crawl-delay is obeyed whole, whoever asks: what has no turn in time is not asked.
    """

    def __init__(self, limits: Limits, clock: Clock) -> None:
        self.until = math.inf  # a moment of the clock: the end of all asking
        self.longest_s = limits.max_seconds  # that one turn is waited for
        self.clock = clock
        self._limits = limits
        self._interval = 1 / limits.per_host_per_second if limits.per_host_per_second > 0 else 0.0
        self._turns: dict[str, Turn] = {}

    def turn(self, host: str) -> Turn:
        """The queue of `host` (with its port)."""
        turn = self._turns.get(host)
        if turn is None:
            at_once = self._limits.per_host_at_once
            turn = Turn(host, self._interval, at_once, self)
            self._turns[host] = turn
        return turn

    def slow_down(self, host: str, seconds: float) -> None:
        """Obey a crawl-delay of `seconds`.

        Where no rate is kept, on a server of one's own, there is none to slow down.
        """
        if self._interval:
            turn = self.turn(host)
            turn.interval = max(turn.interval, seconds)

    def pause(self, host: str, seconds: float) -> None:
        """Ask `host` nothing for `seconds`."""
        turn = self.turn(host)
        turn.free_at = max(turn.free_at, self.clock.elapsed() + seconds)

    def back_off(self, attempt: int, retry_after: str) -> float | None:
        """Seconds to wait after the answer 429 or 503; None when it is longer than we wait.

        `attempt` counts from 0; `retry_after` is the header: seconds, a date or "".
        """
        seconds = self._asked(retry_after.strip())
        if seconds is None:
            seconds = FIRST_BACK_OFF_S * 2**attempt
        return seconds if seconds <= self._limits.max_wait_s else None

    def _asked(self, header: str) -> float | None:
        if header.isascii() and header.isdigit():
            return float(header)
        try:
            until = parsedate_to_datetime(header)
        except ValueError:
            return None
        if until.tzinfo is None:
            return None
        return max(0.0, (until - self.clock.now()).total_seconds())
