"""One crawl from its first request to its manifest, in this process."""

import asyncio
import hashlib
from collections import Counter, deque
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from aiqyn.chain import Evidence
from aiqyn.errors import FetchError
from aiqyn.fetch.addresses import BadAddress, normalise, origin, resolve, role_by_type, site_of
from aiqyn.fetch.frontier import UNREACHED, Frontier, Item
from aiqyn.fetch.http import Answer, Client
from aiqyn.fetch.journal import Closing, Journal, key
from aiqyn.fetch.manifest import Manifest
from aiqyn.fetch.robots import Robots
from aiqyn.fetch.sitemaps import addresses_in
from aiqyn.fetch.store import Store

Read = Callable[[Evidence, bytes], Sequence[str]]

CHECKERS = 8  # links to other hosts checked at once; each host has its own turn besides
MAX_AHEAD = 256  # pages read before one that is slow; their links wait for its own
MAX_MOVES = 3  # the first address may lead to another host, and that one on
MAX_SITEMAPS = 50
CRASHES = 2  # a page that kills the reader so often is not read again
HOPELESS = 5  # second attempts failed in a row, after which the rest is believed
BEAT_S = 0.2  # between two reports of progress
TRY_AGAIN = frozenset({"timeout", "broken"})  # worth the second, slow pass
KEPT = frozenset({"page", "document", "robots", "sitemap", "probe"})  # roles whose bytes we keep


class Progress(Struct, frozen=True, kw_only=True):
    """How far a crawl has come."""

    pages: int = 0
    documents: int = 0
    links: int = 0  # checked, not read
    failures: int = 0
    waiting: int = 0  # addresses queued
    received: int = 0  # bytes kept, after decoding
    seconds: float = 0.0  # in this process
    url: str = ""  # the last address finished


class Walk:
    """The crawl of one site; `run` may be called once."""

    def __init__(
        self, client: Client, journal: Journal, read: Read, report: Callable[[Progress], None]
    ) -> None:
        self.client = client
        self.journal = journal
        self.read = read
        self.report = report
        self.limits = client.limits
        self.clock = client.clock
        self.store = Store(str(journal.path.parent / "objects"), packed=True)
        self.frontier = Frontier(self.limits)
        self._began = self.clock.elapsed()
        self._in_flight = 0  # pages asked for or being read: they may bring new links
        self._settled: dict[int, tuple[Item, Evidence | None, Sequence[str]]] = {}
        self._next_order = 0
        self._later: deque[tuple[Item, Answer]] = deque()
        self._moved = ""
        self._news = asyncio.Event()
        self._counts: Counter[str] = Counter()
        self._last = ""

    async def run(self) -> Manifest:
        """Crawl, or finish what an earlier call began; return the manifest."""
        beat = asyncio.create_task(self._beat())
        try:
            await self._everything()
        finally:
            beat.cancel()
        closing = self.journal.closing
        if closing is None:
            closing = Closing(finished_at=self.clock.now(), cuts=self.frontier.cuts())
            self.journal.close(closing)
        self.report(self._progress())
        known = self.journal.known.values()
        return Manifest(
            start=self.journal.opening.start,
            agent=self.limits.agent,
            started_at=self.journal.opening.started_at,
            finished_at=closing.finished_at,
            limits=self.limits,
            cuts=closing.cuts,
            evidence=tuple(sorted(known, key=lambda one: (one.url, one.role))),
        )

    # The whole

    async def _everything(self) -> None:
        home = self.journal.opening.start
        robots = await self._enter(home)
        await self._drain()
        for _ in range(MAX_MOVES):
            if not self._moved:
                break
            home, self._moved = self._moved, ""
            robots = await self._enter(home)
            await self._drain()
        if self._counts["answered"]:
            await self._now(_probe_address(home), "probe")
            await self._read_sitemaps(home, robots)
            await self._drain()

    async def _enter(self, home: str) -> Robots:
        """Learn the rules of the site and queue its first page."""
        self.frontier.site = site_of(home)
        evidence, content = await self._now(f"{origin(home)}/robots.txt", "robots")
        robots = Robots(evidence, content)
        if self.limits.obey_robots:
            self.frontier.allows = robots.allows
            self.client.manners.slow_down(origin(home).partition("//")[2], robots.delay_s)
        if self.limits.obey_robots and robots.closed:
            await self._visit(
                Item(url=home, role="page", depth=0, parent="", failure=robots.closed)
            )
        else:
            self.frontier.add(home, 0, "")
        return robots

    async def _drain(self) -> None:
        """Work until both queues are empty, put-off addresses included."""
        while self.frontier.pages or self.frontier.links or self._later:
            pages = [self._work(self.frontier.pages) for _ in range(self.limits.per_host_at_once)]
            links = [self._work(self.frontier.links) for _ in range(CHECKERS)]
            await _together([*pages, *links])
            await self._second_pass()

    async def _second_pass(self) -> None:
        """Ask once more, one at a time and with patience, for what did not answer in time."""
        in_vain = 0
        for _ in range(len(self._later)):
            item, answer = self._later.popleft()
            if in_vain < HOPELESS and not self._is_late():
                answer = await self._ask(item, slow=True)
                in_vain = in_vain + 1 if answer.failure in TRY_AGAIN else 0
            evidence, hrefs = self._take(item, answer)
            self._merge(item, evidence, hrefs)

    async def _read_sitemaps(self, home: str, robots: Robots) -> None:
        """Queue what only the sitemaps name, in their order."""
        waiting = deque([*robots.sitemaps(), "/sitemap.xml"])
        asked: set[str] = set()
        while waiting and len(asked) < MAX_SITEMAPS:
            try:
                url = resolve(home, waiting.popleft())
            except BadAddress:
                continue
            if url is None or url in asked or site_of(url) != self.frontier.site:
                continue
            asked.add(url)
            evidence, content = await self._now(url, "sitemap")
            if evidence.status != 200 or evidence.failure:
                continue
            is_index, found = self._addresses_in(content, url)
            if is_index:
                waiting.extend(found)
                continue
            for address in found:
                self.frontier.take(url, UNREACHED, address)

    def _addresses_in(self, content: bytes, url: str) -> tuple[bool, list[str]]:
        try:
            return addresses_in(content, url, at_most=self.limits.max_pages)
        except FetchError:  # not what it says it is; the evidence is kept for the rules
            return False, []

    # One address

    async def _work(self, lane: deque[Item]) -> None:
        while (item := await self._next(lane)) is not None:
            is_page = lane is self.frontier.pages
            self._in_flight += is_page
            try:
                await self._visit(item)
            finally:
                self._in_flight -= is_page
            if is_page:
                self._news.set()
                self._news = asyncio.Event()

    async def _next(self, lane: deque[Item]) -> Item | None:
        """The next address of a queue; None when there will be no more."""
        pages = self.frontier.pages
        while True:
            if lane and self._is_late():
                self.frontier.cut("max_seconds", "", lane[0].url, len(lane))
                lane.clear()
            if lane and (lane is not pages or len(self._settled) < MAX_AHEAD):
                return lane.popleft()
            if not self._in_flight and not pages:
                return None
            await self._news.wait()

    async def _visit(self, item: Item) -> None:
        known = self._known(item.role, item.url)
        if known is not None:
            await asyncio.sleep(0)  # a long replay lets the others breathe
            self._settle(item, *self._judge(known, None))
        elif self.journal.closing is not None:  # cut when the crawl was finished
            self._settle(item, None, ())
        else:
            answer = await self._ask(item)
            if answer.failure in TRY_AGAIN and not item.failure:
                self._later.append((item, answer))
                self._settle(item, None, ())
            else:
                self._settle(item, *self._take(item, answer))

    async def _ask(self, item: Item, *, slow: bool = False) -> Answer:
        if item.failure:
            return Answer(url=item.url, failure=item.failure)
        if item.role != "link":
            return await self.client.ask(item.url, slow=slow)
        answer = await self.client.ask(item.url, method="HEAD", slow=slow)
        if answer.status >= 400 or answer.failure == "broken":  # HEAD is often refused or wrong
            answer = await self.client.ask(item.url, body=False, slow=slow)
        return answer

    async def _now(self, url: str, role: str) -> tuple[Evidence, bytes]:
        """Evidence and bytes of an address we ask for on our own account."""
        evidence = self._known(role, url)
        if evidence is None:
            item = Item(url=url, role=role, depth=0, parent="")
            answer = await self._ask(item)
            if answer.failure in TRY_AGAIN:
                answer = await self._ask(item, slow=True)
            evidence = self._record(item, answer)
            return evidence, answer.content
        return evidence, self.store.get(evidence.sha256) if evidence.sha256 else b""

    def _known(self, role: str, url: str) -> Evidence | None:
        """What the journal holds of an address, unless its bytes were lost meanwhile."""
        known = self.journal.known.get(key(role, url))
        if known is None or not known.sha256 or self.journal.closing is not None:
            return known
        return known if known.sha256 in self.store else None

    def _take(self, item: Item, answer: Answer) -> tuple[Evidence, Sequence[str]]:
        return self._judge(self._record(item, answer), answer.content)

    def _record(self, item: Item, answer: Answer) -> Evidence:
        """Keep the bytes, then the evidence: the journal never names what is not there."""
        final_url = _spelled(answer.final_url)
        role = item.role
        was_there = 200 <= answer.status < 300
        if role in {"page", "document"}:
            if final_url not in {"", item.url}:
                role = "link"  # the page is the one it leads to, under its own address
            elif was_there and not answer.failure:
                role = role_by_type(role, answer.media_type)
        # Nothing at all under a good status is evidence too: of an empty page or document.
        keep = role in KEPT and not answer.failure and (was_there or answer.content != b"")
        evidence = Evidence(
            url=item.url,
            taken_at=self.clock.now(),
            sha256=self.store.put(answer.content) if keep else "",
            size=len(answer.content) if keep else 0,
            status=answer.status,
            final_url="" if final_url == item.url else final_url,
            media_type=answer.media_type,
            charset=answer.charset,
            failure=answer.failure,
            seconds=answer.seconds,
            depth=item.depth,
            parent=item.parent,
            role=role,
            headers=answer.headers if role in KEPT else "",
            hops=answer.hops,
        )
        self.journal.add(evidence)
        return evidence

    def _judge(self, evidence: Evidence, content: bytes | None) -> tuple[Evidence, Sequence[str]]:
        """Hand a page or document to the reader; return the raw links it saw."""
        self._count(evidence)
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
        if hrefs is None:
            evidence = replace(evidence, failure="crash")
            self.journal.known[url] = evidence
            return evidence, ()
        return evidence, hrefs

    # Links, in the order of the queue

    def _settle(self, item: Item, evidence: Evidence | None, hrefs: Sequence[str]) -> None:
        """Let links in in the order of the queue, whoever answered first.

        So the same site gives the same depths and parents however fast it answers.
        """
        if item.order < 0:
            return
        self._settled[item.order] = (item, evidence, hrefs)
        while (ready := self._settled.pop(self._next_order, None)) is not None:
            self._next_order += 1
            self._merge(*ready)

    def _merge(self, item: Item, evidence: Evidence | None, hrefs: Sequence[str]) -> None:
        if evidence is None:
            return
        # Where redirects without end broke off is one more step of them, not a page.
        target = evidence.final_url if evidence.failure != "redirect_loop" else ""
        if target and item.role != "link":
            if site_of(target) == self.frontier.site:
                self.frontier.take(item.url, item.depth, target)
            elif not item.parent and item.depth == 0:
                self._moved = target
        elif hrefs:
            self.frontier.offer(item.url, item.depth + 1, hrefs)

    # Time and numbers

    def _is_late(self) -> bool:
        spent = self.clock.elapsed() - self._began
        return spent > self.limits.max_seconds and self.journal.closing is None

    def _count(self, evidence: Evidence) -> None:
        self._counts[evidence.role] += 1
        self._counts["failures"] += evidence.failure != ""
        self._counts["answered"] += evidence.status > 0
        self._counts["received"] += evidence.size
        self._last = evidence.url

    def _progress(self) -> Progress:
        return Progress(
            pages=self._counts["page"],
            documents=self._counts["document"],
            links=self._counts["link"],
            failures=self._counts["failures"],
            waiting=len(self.frontier.pages) + len(self.frontier.links) + len(self._later),
            received=self._counts["received"],
            seconds=round(self.clock.elapsed() - self._began, 1),
            url=self._last,
        )

    async def _beat(self) -> None:
        while True:
            self.report(self._progress())
            await asyncio.sleep(BEAT_S)


def is_readable(evidence: Evidence) -> bool:
    """Whether the reader is given this evidence: a page or document that was there."""
    return (
        evidence.role in {"page", "document"}
        and evidence.failure == ""
        and 200 <= evidence.status < 300
    )


async def _together(work: list[Coroutine[Any, Any, None]]) -> None:
    """Run all of it; the first error stops the rest and is raised as it is."""
    tasks = [asyncio.ensure_future(one) for one in work]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _probe_address(home: str) -> str:
    """An address nobody has, the same for every crawl of the same site."""
    digest = hashlib.sha256(home.encode()).hexdigest()[:16]
    return f"{origin(home)}/aiqyn-{digest}"


def _spelled(url: str) -> str:
    try:
        return normalise(url) if url else ""
    except BadAddress:
        return url
