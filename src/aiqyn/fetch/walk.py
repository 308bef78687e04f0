"""One crawl from its first request to its manifest, in this process."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence

from aiqyn.chain import Ask, Evidence
from aiqyn.fetch.addresses import BadAddress, host, nobodys, origin, resolve, site_of
from aiqyn.fetch.aside import AFTER
from aiqyn.fetch.doors import tried
from aiqyn.fetch.frontier import UNREACHED, Frontier, Item
from aiqyn.fetch.hands import Hands
from aiqyn.fetch.http import Answer, Client, Waits
from aiqyn.fetch.journal import Closing, Journal, is_of_archive, key
from aiqyn.fetch.keeping import CHECKED, MET, evidence_of
from aiqyn.fetch.manifest import SILENCE, Manifest
from aiqyn.fetch.patience import LOST_S, SILENT, TRY_AGAIN, Patience
from aiqyn.fetch.progress import Progress, Tally
from aiqyn.fetch.reading import Asking, Read
from aiqyn.fetch.robots import Robots
from aiqyn.fetch.sitemaps import MAX_BYTES, whatever_in
from aiqyn.fetch.store import Store
from aiqyn.fetch.together import together

CHECKERS = 8  # links to other hosts checked at once; each host has its own turn besides
MAX_AHEAD = 256  # pages read before one that is slow; their links wait for its own
MAX_MOVES = 3  # the first address may lead to another host, and that one on
MAX_SITEMAPS = 50
MAX_ASKS = 20  # asked for the reader beside pages and documents
MAX_CHECKS = 1_000  # resources asked for at once
# An answer may bring a question: after resources style sheets, what they name, those that they
# import, what these name, and no more. A reader asks by what was seen, not by how often it was
# called: where a crawl goes on after it was killed, the rounds begin anew.
MAX_ROUNDS = 6
ASK_S = 1.0  # at least, between two of them
HOPELESS = 5  # second attempts failed in a row, after which the rest is believed
BEAT_S = 0.2  # between two reports of progress


class Walk:
    """The crawl of one site; `run` may be called once."""

    def __init__(
        self,
        client: Client,
        journal: Journal,
        read: Read | Asking,
        report: Callable[[Progress], None],
        spent_s: float = 0.0,
    ) -> None:
        self.client = client
        self.journal = journal
        self.report = report
        self.limits = client.limits
        self.clock = client.clock
        self.store = Store(str(journal.path.parent / "objects"), packed=True)
        self.frontier = Frontier(self.limits, journal.opening.scope)
        self._began = self.clock.elapsed() - spent_s
        client.manners.until = self._began + self.limits.max_seconds
        self._in_flight = 0  # pages asked for or being read: they may bring new links
        self._settled: dict[int, tuple[Item, Evidence | None, Sequence[str]]] = {}
        self._next_order = 0
        self._later: deque[tuple[Item, Answer, bool]] = deque()  # and whether it had the usual time
        self._moved = ""
        self._is_of_archive = is_of_archive(journal.opening)
        self.patience = Patience(client, journal.opening.start)
        self._news = asyncio.Event()
        self._tally = Tally()
        self.hands = Hands(read, journal, self.store, self._tally)

    async def run(self) -> Manifest:
        """Crawl, or finish what an earlier call began; return the manifest."""
        beat = asyncio.create_task(self._beat())
        try:
            await self._everything()
        finally:
            beat.cancel()
            await self.hands.rest()
        closing = self.journal.closing
        if closing is None:
            closing = self._closing()
            self.journal.close(closing)
        self.report(self._progress())
        return self.journal.manifest(closing)

    def _closing(self) -> Closing:
        return Closing(finished_at=self.clock.now(), cuts=self.frontier.cuts())

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
        if not self._tally.is_answered:
            return
        if not self.patience.is_over:
            await self._now(Item(url=nobodys(home, self.frontier.scope.part), role="probe"))
            await self._read_sitemaps(home, robots)
            await self._drain()
        await self.hands.gather()
        known, allows = self.journal.known, self.frontier.allows
        if not (self.patience.is_over or self._is_of_archive or self.journal.closing):
            async for door in tried(self.client, known, home, allows):
                self._record(*door)
        if not self.patience.is_over:
            await self._ask_further()

    async def _enter(self, home: str) -> Robots:
        """Learn the rules of the site and queue its first page."""
        self.frontier.scope = self.frontier.scope.moved(home)
        evidence, content = await self._now(Item(url=f"{origin(home)}/robots.txt", role="robots"))
        robots = Robots(evidence, content)
        if self.limits.obey_robots:
            self.frontier.allows = robots.allows
            self.client.manners.slow_down(host(home), robots.delay_s)
            self._tally.delay_s = self.client.manners.turn(host(home)).interval
        if self.limits.obey_robots and robots.closed:
            await self._visit(Item(url=home, role="page", failure=robots.closed, tls=evidence.tls))
        else:
            self.frontier.add(home, 0, "")
        return robots

    async def _drain(self) -> None:
        """Work until both queues are empty, put-off addresses included."""
        while self.frontier.pages or self.frontier.links or self._later:
            pages = [self._work(self.frontier.pages) for _ in range(self.limits.per_host_at_once)]
            links = [self._work(self.frontier.links) for _ in range(CHECKERS)]
            await together([*pages, *links])
            await self._second_pass()

    async def _second_pass(self) -> None:
        """Ask once more, one at a time and with patience, for what did not answer in time."""
        if len(self._later) > HOPELESS and not self.patience.is_over:
            self.patience.is_over = await self.patience.ask()
        if self._later and self.patience.is_over:
            self.frontier.cut(SILENCE, "", self._later[0][0].url, len(self._later))
            self._later.clear()
        in_vain = 0
        for _ in range(len(self._later)):
            item, answer, is_usual = self._later.popleft()
            if in_vain < HOPELESS and not self._is_late():
                again = await self._ask_again(item, answer)
                # Where no turn is left, what it said first is what is known.
                answer = answer if self._has_no_turn(item, again) else again
                in_vain = in_vain + 1 if answer.failure in TRY_AGAIN else 0
            elif not is_usual or self._is_late():  # nobody is blamed for what was given little
                self.frontier.cut(self._ended_by() or SILENCE, "", item.url)
                continue
            evidence, hrefs = self._take(item, answer)
            self._merge(item, evidence, hrefs)

    async def _read_sitemaps(self, home: str, robots: Robots) -> None:
        """Queue what only the sitemaps name, in their order."""
        waiting = deque([*robots.sitemaps(), "/sitemap.xml"])
        asked: set[str] = set()
        while waiting and len(asked) < MAX_SITEMAPS and not self.patience.is_over:
            try:
                url = resolve(home, waiting.popleft())
            except BadAddress:
                continue
            if url is None or url in asked or site_of(url) != self.frontier.scope.site:
                continue
            asked.add(url)
            evidence, content = await self._now(Item(url=url, role="sitemap"))
            if evidence.status != 200 or evidence.failure:
                continue
            is_index, found = whatever_in(content, url, at_most=self.limits.max_pages)
            if is_index:
                waiting.extend(found)
                continue
            for address in found:
                self.frontier.take(url, UNREACHED, address)

    async def _ask_further(self) -> None:
        """Fetch what the reader asks for, now that all is read: answers of the site's search."""
        if self.journal.closing is not None:  # what was asked then is in the journal
            return
        asked: set[str] = set()
        room = MAX_ASKS
        for _ in range(MAX_ROUNDS):
            asks = self.hands.more(self.journal.manifest(self._closing()))
            fresh = [each for each in asks if self._may_ask(each, asked)]
            if not fresh:
                return
            questions = [each for each in fresh if each.role not in CHECKED][:room]
            for ask in questions:
                await self._ask_one(ask)
            room -= len(questions)
            asked.update(key(each.role, each.url) for each in fresh)
            await self._check([each for each in fresh if each.role in CHECKED])

    async def _check(self, asks: Sequence[Ask]) -> None:
        """Learn of each whether it is there, as politely as of links."""
        for ask in asks[:MAX_CHECKS]:
            url, why = ask.url, "" if self._is_allowed(ask.url) else "robots"
            self.frontier.links.append(
                Item(url=url, role=ask.role, depth=UNREACHED, parent=ask.parent, failure=why)
            )
        await self._drain()

    def _is_allowed(self, url: str) -> bool:
        return site_of(url) != self.frontier.scope.site or self.frontier.allows(url)

    def _may_ask(self, ask: Ask, asked: set[str]) -> bool:
        is_own = site_of(ask.url) == self.frontier.scope.site
        may_leave = ask.role in CHECKED and self.limits.max_external_links > 0
        is_new = ask.role not in MET and key(ask.role, ask.url) not in asked
        return is_new and (is_own or may_leave)

    async def _ask_one(self, ask: Ask) -> None:
        if why := self._ended_by():
            self.frontier.cut(why, ask.role, ask.url)
            return
        self.client.manners.slow_down(host(ask.url), ASK_S)
        failure = "" if self.frontier.allows(ask.url) else "robots"
        await self._now(Item(url=ask.url, role=ask.role, depth=UNREACHED, failure=failure))

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
            if lane and (lane is not pages or len(self._settled) < MAX_AHEAD):
                return lane.popleft()
            if not self._in_flight and not pages:
                return None
            await self._news.wait()

    async def _visit(self, item: Item) -> None:
        known = self._known(item.role, item.url)
        if known is not None:
            await asyncio.sleep(0)  # a long replay lets the others breathe
            self._settle(item, *await self._judged(known, None))
        elif self.journal.closing is not None:  # cut when the crawl was finished
            self._settle(item, None, ())
        elif why := self._ended_by():
            self.frontier.cut(why, "", item.url)
            self._settle(item, None, ())
        else:
            is_own = site_of(item.url) == self.frontier.scope.site
            waits = self.patience.waits() if is_own else None
            answer = await self._ask(item, waits)
            await self._hear(item, answer)
            if self._has_no_turn(item, answer):
                self._settle(item, None, ())
            elif answer.failure in (SILENT if is_own else TRY_AGAIN) and not item.failure:
                is_usual = waits is None or waits.read >= self.client.usual.read
                self._later.append((item, answer, is_usual))
                self._settle(item, None, ())
            else:
                evidence = self._record(item, answer)
                self._settle(item, *await self._judged(evidence, answer.content))

    async def _ask(self, item: Item, waits: Waits | None = None) -> Answer:
        if item.failure:
            return Answer(url=item.url, failure=item.failure, tls=item.tls)
        if item.role not in CHECKED:
            most = MAX_BYTES if item.role == "sitemap" else None
            return await self.client.ask(item.url, most=most, waits=waits)
        answer = await self.client.ask(item.url, method="HEAD", waits=waits)
        if answer.status >= 400 or answer.failure == "broken":  # HEAD is often refused or wrong
            answer = await self.client.ask(item.url, most=0, waits=waits)
        return answer

    async def _hear(self, item: Item, answer: Answer) -> None:
        if site_of(item.url) == self.frontier.scope.site and not item.failure:
            await self.patience.hear(answer)

    async def _ask_again(self, item: Item, before: Answer) -> Answer:
        """Ask with patience; where our own network was down, give it time to come back."""
        if before.failure == "network":
            await self.clock.sleep(LOST_S)
        return await self._ask(item, self.client.slow)

    async def _now(self, item: Item) -> tuple[Evidence, bytes]:
        """Evidence and bytes of an address we ask for on our own account."""
        evidence = self._known(item.role, item.url)
        if evidence is None:
            answer = await self._ask(item)
            await self._hear(item, answer)
            if answer.failure in TRY_AGAIN and not self.patience.is_over:
                answer = await self._ask_again(item, answer)
                await self._hear(item, answer)
            if self._has_no_turn(item, answer) or await self._is_left(item, answer):
                # Nothing of it is kept: whoever goes on asks again.
                return evidence_of(item, answer, taken_at=self.clock.now(), store=self.store), b""
            evidence = self._record(item, answer)
            return evidence, answer.content
        return evidence, self.store.get(evidence.sha256) if evidence.sha256 else b""

    def _has_no_turn(self, item: Item, answer: Answer) -> bool:
        """Whether its turn would come after our time: then the crawl says that it is cut."""
        has_none = answer.failure == "budget" and not self._is_of_archive
        if has_none:
            self.frontier.cut("max_seconds", "" if item.role in MET else item.role, item.url)
        return has_none

    async def _is_left(self, item: Item, answer: Answer) -> bool:
        """Whether nothing was said because the site, which answered before, has fallen silent."""
        is_of_site = item.role != "robots" and not item.failure
        is_left = is_of_site and await self.patience.leaves(answer)
        if is_left:
            self.frontier.cut(SILENCE, item.role, item.url)
        return is_left

    def _known(self, role: str, url: str) -> Evidence | None:
        """What the journal holds of an address, unless its bytes were lost meanwhile."""
        known = self.journal.known.get(key(role, url))
        if known is None or not known.sha256 or self.journal.closing is not None:
            return known
        return known if known.sha256 in self.store else None

    def _take(self, item: Item, answer: Answer) -> tuple[Evidence, Sequence[str]]:
        return self.hands.judge(self._record(item, answer), answer.content)

    async def _judged(
        self, evidence: Evidence, content: bytes | None
    ) -> tuple[Evidence, Sequence[str]]:
        """Hand a page to whoever is free; a small site is not worth a second process."""
        if self.frontier.accepted < AFTER:
            return self.hands.judge(evidence, content)
        return await self.hands.judged(evidence, content)

    def _record(self, item: Item, answer: Answer) -> Evidence:
        """Keep the bytes, then the evidence: the journal never names what is not there."""
        evidence = evidence_of(item, answer, taken_at=self.clock.now(), store=self.store)
        self.journal.add(evidence)
        return evidence

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
            if site_of(target) == self.frontier.scope.site:
                self.frontier.take(item.url, item.depth, target)
            elif not item.parent and item.depth == 0:
                self._moved = target
        elif hrefs:
            self.frontier.offer(item.url, item.depth + 1, hrefs)

    # Time and numbers

    def _ended_by(self) -> str:
        """Why nothing more is asked for, as a `Cut` names it; "" while it is."""
        if self.patience.is_over:
            return SILENCE
        return "max_seconds" if self._is_late() else ""

    def _is_late(self) -> bool:
        spent = self.clock.elapsed() - self._began
        return spent > self.limits.max_seconds and self.journal.closing is None

    def _progress(self) -> Progress:
        waiting = len(self.frontier.pages) + len(self.frontier.links) + len(self._later)
        return self._tally.progress(
            waiting=waiting,
            seconds=self.clock.elapsed() - self._began,
            findings=self.hands.found(),
        )

    async def _beat(self) -> None:
        while True:
            self.report(self._progress())
            await asyncio.sleep(BEAT_S)
