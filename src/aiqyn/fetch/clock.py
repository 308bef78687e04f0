"""Time as an argument: the system's by default, a scripted one in tests."""

import time
from datetime import UTC, datetime


class Clock:
    """The three things fetching asks of time."""

    def now(self) -> datetime:
        """The moment, aware, UTC."""
        return datetime.now(UTC)

    def elapsed(self) -> float:
        """Seconds since some fixed moment; never goes back."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        from asyncio import sleep  # noqa: PLC0415  # who has no loop to sleep in need not load it

        await sleep(seconds)


SYSTEM = Clock()
