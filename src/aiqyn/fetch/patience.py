"""Whether a site is still there when nothing comes from it any more."""

from aiqyn.fetch.http import Answer, Client

LOST_S = 10.0  # our own network may need to come back
DOUBT = 12  # requests in a row without an answer, after which the first page is asked
TRY_AGAIN = frozenset({"timeout", "broken", "network"})  # worth the second, slow pass
SILENT = TRY_AGAIN | {"refused"}  # of the site itself


class Patience:
    """Listens to how a site answers; `is_over` once neither it nor its first page does.

    A site that accepts connections and says nothing costs a timeout an address: hours, where
    thousands wait.
    """

    def __init__(self, client: Client, home: str) -> None:
        self.is_over = False
        self._client = client
        self._home = home  # which answered once
        self._in_vain = 0
        self._most = DOUBT
        self._is_asking = False

    async def hear(self, answer: Answer) -> None:
        """Take note of how an address of the site answered, or did not.

        While the first page answers, others may be slow, and every doubt takes twice as long.
        """
        if answer.status:
            self._in_vain = 0
        elif answer.failure in SILENT:
            self._in_vain += 1
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
            answer = await self._client.ask(self._home, slow=pause > 0)
            if answer.failure not in SILENT:
                return False
        return True
