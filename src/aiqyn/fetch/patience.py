"""How long a site is waited for, and whether it is still there when nothing comes any more."""

from collections import deque
from statistics import median_high

from msgspec.structs import replace

from aiqyn.fetch.http import Answer, Client, Waits

LOST_S = 10.0  # our own network may need to come back
DOUBT = 12  # requests in a row without an answer, after which the first page is asked
TRY_AGAIN = frozenset({"timeout", "broken", "network"})  # worth the second, slow pass
SILENT = TRY_AGAIN | {"refused"}  # of the site itself
IN_VAIN_S = 600.0  # spent on what did not answer in time, after which is waited as a site needs
WASTE = 3  # times as long as was spent on answers
LEAST_S = 3.0
LATE = 1.25  # an answer may take so much longer than the slowest of the last
LAST = 20  # answers that tell how long a site needs
EVERY = 16  # request that is given the usual time, come what may: others may need it


class Patience:
    """Listens to how a site answers; `is_over` once neither it nor its first page does.

    A site that accepts connections and says nothing costs a timeout an address: hours, where
    thousands wait. So where most time goes to silence, a site is given what its last answers
    took, and some more; a site all of which is slow is given more than usual.
    """

    def __init__(self, client: Client, home: str) -> None:
        self.is_over = False
        self._client = client
        self._home = home  # which answered once
        self._in_vain = 0
        self._most = DOUBT
        self._is_asking = False
        self._last: deque[float] = deque(maxlen=LAST)
        self._answered_s = self._in_vain_s = 0.0
        self._asked = 0

    def waits(self) -> Waits | None:
        """Return how long the next answer is waited for; None for the usual time."""
        self._asked += 1
        is_waste = self._in_vain_s > max(IN_VAIN_S, WASTE * self._answered_s)
        if not is_waste or not self._last or self._asked % EVERY == 0:
            return None
        usual = self._client.usual
        need = LATE * max(self._last)
        if need < usual.read:
            need = max(LEAST_S, need)
            return replace(usual, connect=min(usual.connect, need), read=need)
        return self._client.slow if median_high(self._last) > usual.read else None

    async def hear(self, answer: Answer) -> None:
        """Take note of how an address of the site answered, or did not.

        While the first page answers, others may be slow, and every doubt takes twice as long.
        """
        if answer.status:
            self._in_vain = 0
            self._answered_s += answer.seconds
            self._last.append(answer.seconds)
        elif answer.failure in SILENT:
            self._in_vain += 1
            self._in_vain_s += answer.seconds
            if self._in_vain >= self._most and not self._is_asking:
                await self._doubt()

    async def _doubt(self) -> None:
        self._is_asking = True  # meanwhile others may fail, too
        try:
            self.is_over = self.is_over or await self.ask()
        finally:
            self._is_asking = False
        self._most = max(2 * self._most, self._in_vain + DOUBT)

    async def leaves(self, answer: Answer) -> bool:
        """Whether this was silence, and the first page is silent, too."""
        if answer.failure in SILENT:
            self.is_over = self.is_over or await self.ask()
        return answer.failure in SILENT and self.is_over

    async def ask(self) -> bool:
        """Whether the first page says nothing now, nor a while later to who waits longer."""
        for pause in (0.0, LOST_S):
            await self._client.clock.sleep(pause)
            waits = self._client.slow if pause else None
            answer = await self._client.ask(self._home, waits=waits)
            if answer.failure not in SILENT:
                self._last.append(answer.seconds)
                return False
        return True
