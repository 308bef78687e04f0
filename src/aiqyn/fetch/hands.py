"""Whoever reads what was fetched: the crawl's own reader, and another one beside it."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from msgspec.structs import replace

from aiqyn.chain import Ask, Evidence
from aiqyn.fetch.aside import AsideDied
from aiqyn.fetch.journal import ASKS, Journal
from aiqyn.fetch.keeping import is_readable
from aiqyn.fetch.manifest import Manifest
from aiqyn.fetch.progress import Tally
from aiqyn.fetch.reading import Asking, Read
from aiqyn.fetch.store import Store

CRASHES = 2  # a page that kills the reader so often is not read again


class Hands:
    """The readers of one crawl."""

    def __init__(self, read: Read | Asking, journal: Journal, store: Store, tally: Tally) -> None:
        asking = read if isinstance(read, Asking) else Asking(read)
        self.read = asking.read
        self.asks = asking.asks
        self.found = asking.found
        self.aside = asking.aside
        self.absorb = asking.absorb
        self.get_ready = asking.get_ready
        self.journal = journal
        self.store = store
        self._tally = tally
        self._turn = asyncio.Lock()

    async def rest(self) -> None:
        """Leave no process behind."""
        if self.aside is not None:
            await self.aside.end()

    async def judged(
        self, evidence: Evidence, content: bytes | None
    ) -> tuple[Evidence, Sequence[str]]:
        """Hand a page to whoever is free: to the reader aside, or to our own."""
        aside, url = self.aside, evidence.url
        if aside is None or not is_readable(evidence) or self.journal.crashes[url]:
            return self.judge(evidence, content)
        async with self._turn:
            # Reading stops everything else here: between two pages of ours the other one is heard.
            await asyncio.sleep(0)
            if not aside.is_free:
                return self.judge(evidence, content)
        content = self.store.get(evidence.sha256) if content is None else content
        try:
            hrefs = await aside.read(evidence, content)
        except AsideDied as died:
            self.aside = None
            if died.at_work:
                self.journal.crash(url)
            return self.judge(evidence, content)
        self._tally.count(evidence)
        return self._with(evidence, hrefs)

    def more(self, manifest: Manifest) -> Sequence[Ask]:
        """Return what the reader asks for; nothing where it could not tell, or died of it."""
        if self.journal.crashes[ASKS] >= CRASHES:
            return ()
        self.journal.begin_reading(ASKS)
        try:
            return self.asks(manifest)
        except (RecursionError, MemoryError):
            return ()
        finally:
            self.journal.end_reading()

    async def gather(self) -> None:
        """Take over what the reader aside knows; what it lost is read again at the end."""
        if self.aside is None or self.absorb is None:
            return
        summing_up = asyncio.ensure_future(self.aside.finish())
        await asyncio.sleep(0)  # it is asked now
        self.get_ready()
        with suppress(AsideDied):
            partial = await summing_up
            if partial is not None:
                self.absorb(partial)

    def judge(self, evidence: Evidence, content: bytes | None) -> tuple[Evidence, Sequence[str]]:
        """Hand a page or document to the reader; return the raw links it saw."""
        self._tally.count(evidence)
        if not is_readable(evidence):
            return evidence, ()
        url = evidence.url
        hrefs: Sequence[str] | None = None
        if self.journal.crashes[url] < CRASHES:
            content = self.store.get(evidence.sha256) if content is None else content
            self.journal.begin_reading(url)
            try:
                hrefs = self.read(evidence, content)
            except (RecursionError, MemoryError):
                hrefs = None
            finally:
                self.journal.end_reading()
        return self._with(evidence, hrefs)

    def _with(
        self, evidence: Evidence, hrefs: Sequence[str] | None
    ) -> tuple[Evidence, Sequence[str]]:
        """Of a page nobody could read, say so."""
        if hrefs is None:
            evidence = replace(evidence, failure="crash")
            self.journal.known[evidence.url] = evidence
            return evidence, ()
        return evidence, hrefs
