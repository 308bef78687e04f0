"""Draw a sample of one crawl's pages; continue where an earlier, interrupted call stopped."""

import asyncio
import math
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import suppress
from datetime import UTC
from pathlib import Path

import msgspec
from msgspec import Struct

from aiqyn.chain import Evidence
from aiqyn.fetch.clock import SYSTEM, Clock
from aiqyn.fetch.http import Client
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.manifest import Manifest, load, save, with_rendered
from aiqyn.fetch.store import Store
from aiqyn.rendering.browser import Browser, Gone, find
from aiqyn.rendering.door import Door, Visit, headers_of_page
from aiqyn.rendering.look import Looker
from aiqyn.rendering.missing import BrowserMissing
from aiqyn.rendering.sample import Chosen, choose
from aiqyn.subjects.rendering import FRAGMENT, Drawn

NAME = "rendered.jsonl"
SPENT = "rendered.seconds"  # how long pages of this folder were drawn, over all calls
MEDIA_TYPE = "application/json"
ATTEMPTS = 2
PULSE_S = 5.0  # so often whoever watches is asked, be a page done or not


class Sampling(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many pages are drawn, and how."""

    pages: int = 12
    seconds: float = 90.0  # the longest one page may take
    at_once: int = 2  # pages open in the browser
    in_all: float = 0.0  # seconds over all calls after which no page is drawn; 0: no limit


class Seen(Struct, frozen=True, kw_only=True):
    """How far the drawing has come."""

    done: int
    of: int
    url: str = ""  # the page just done; "" where none is


def render(
    folder: str,
    *,
    limits: Limits,
    sampling: Sampling | None = None,
    on_progress: Callable[[Seen], None] | None = None,
    clock: Clock = SYSTEM,
) -> Manifest:
    """Draw pages of the finished crawl kept in `folder`; return the manifest that names them.

    Every page drawn is kept at once, so a call that was killed is continued by the
    next one. A page that breaks the browser twice is kept as a failure of ours ("crash");
    those for which the time was over are named as such ("budget"), and drawn when called again
    with more time. Where Chromium does not start again, what was drawn before stands and the
    other pages are failures of ours until the next call.

    `on_progress` hears of every page and every few seconds, outside of any event loop;
    what it raises ends the drawing and is raised here. Raises BrowserMissing when Chromium
    is not there or drew no page at all, InputError when `folder` holds no finished crawl.
    """
    work = _Work(folder, limits, sampling or Sampling(), clock)
    watch = on_progress or _silent
    failure = "budget"
    if work.missing and work.has_time:
        try:
            _watched(work.draw(find()), watch)
        except BrowserMissing:
            if len(work.missing) == len(work.chosen):
                raise
            failure = "crash"
    manifest = with_rendered(work.manifest, work.evidence(failure))
    save(Path(folder), manifest)
    return manifest


def _silent(_: Seen) -> None:
    """Nobody watches."""


def _watched(steps: AsyncGenerator[Seen], watch: Callable[[Seen], None]) -> None:
    """Take every step in a loop that rests while `watch` is asked: it may ask a database."""

    async def following() -> Seen | None:
        return await anext(steps, None)

    async def leave() -> None:
        await steps.aclose()

    with asyncio.Runner() as runner:
        while (seen := runner.run(following())) is not None:
            try:
                watch(seen)
            except BaseException:
                runner.run(leave())
                raise


class _Work:
    """One crawl's folder and what of its sample was drawn."""

    def __init__(self, folder: str, limits: Limits, sampling: Sampling, clock: Clock) -> None:
        self.manifest = load(folder)
        self.store = Store(f"{folder}/objects")
        self.limits = limits
        self.sampling = sampling
        self.clock = clock
        self.chosen = choose(self.manifest, self.store, most=sampling.pages)
        self.path = Path(folder) / NAME
        self.known = {each.url: each for each in _journal(self.path)}
        self.spent = _seconds(Path(folder) / SPENT)

    @property
    def missing(self) -> list[Chosen]:
        return [each for each in self.chosen if not self.has(each)]

    @property
    def has_time(self) -> bool:
        return not self.sampling.in_all or self.spent < self.sampling.in_all

    def has(self, chosen: Chosen) -> bool:
        """Whether these very bytes were drawn already."""
        known = self.known.get(chosen.evidence.url + FRAGMENT)
        return known is not None and known.parent == chosen.evidence.sha256

    def evidence(self, failure: str) -> list[Evidence]:
        """Return the renderings of the sample and the pictures they name.

        `failure`: why pages that were not drawn were not.
        """
        rendered = [
            self.known[each.evidence.url + FRAGMENT]
            if self.has(each)
            else self._rendered(each, failure=failure)
            for each in self.chosen
        ]
        return [more for each in rendered for more in (each, *self._pictures(each))]

    def _pictures(self, rendered: Evidence) -> Iterator[Evidence]:
        if not rendered.sha256:
            return
        drawn = msgspec.json.decode(self.store.get(rendered.sha256), type=Drawn)
        spots = [
            spot for each in (drawn.axe.violations if drawn.axe else ()) for spot in each.nodes
        ]
        named = dict.fromkeys([drawn.picture, *(spot.picture for spot in spots)])
        for number, sha256 in enumerate(filter(None, named)):
            yield Evidence(
                url=f"{rendered.url}-picture-{number}",
                taken_at=rendered.taken_at,
                sha256=sha256,
                size=len(self.store.get(sha256)),
                status=200,
                media_type="image/jpeg",
                depth=rendered.depth,
                parent=rendered.url,
                role="picture",
            )

    async def draw(self, path: str) -> AsyncGenerator[Seen]:
        """Draw what is missing, some pages at once; each is kept as soon as it is done."""
        missing = self.missing
        places = asyncio.Semaphore(self.sampling.at_once)
        total, done = len(self.chosen), len(self.chosen) - len(missing)
        begun = self.clock.elapsed() - self.spent
        until = begun + (self.sampling.in_all or math.inf)
        async with Client(self.limits, clock=self.clock) as client, Browser(path) as browser:
            client.manners.longest_s = self.sampling.seconds
            looker = Looker(
                browser,
                Door(client, self.clock),
                self.store,
                seconds=self.sampling.seconds,
            )

            async def one(chosen: Chosen) -> str:
                async with places:
                    self._keep(await self._drawn(looker, chosen))
                return chosen.evidence.url

            tasks = [asyncio.create_task(one(each)) for each in missing]
            pending = set(tasks)
            try:
                while pending and self.clock.elapsed() < until:
                    ready, pending = await asyncio.wait(
                        pending, timeout=PULSE_S, return_when=asyncio.FIRST_COMPLETED
                    )
                    done += len(ready)
                    self._spend(self.clock.elapsed() - begun)
                    for url in [each.result() for each in ready] or [""]:
                        yield Seen(done=done, of=total, url=url)
            finally:
                await _end(tasks)

    def _spend(self, seconds: float) -> None:
        whole = self.path.with_name(SPENT)
        part = whole.with_suffix(".part")
        part.write_text(f"{seconds:.1f}\n", "ascii")
        part.replace(whole)

    async def _drawn(self, looker: Looker, chosen: Chosen) -> Evidence:
        started = self.clock.elapsed()
        sha256, size = "", 0
        for _ in range(ATTEMPTS):
            try:
                drawn = await looker.look(_visit(chosen.evidence, self.store), _known(chosen))
            except Gone:
                continue
            content = msgspec.json.encode(drawn, order="deterministic")
            sha256, size = self.store.put(content), len(content)
            break
        return self._rendered(
            chosen,
            sha256=sha256,
            size=size,
            failure="" if sha256 else "crash",
            seconds=round(self.clock.elapsed() - started, 4),
        )

    def _rendered(
        self,
        chosen: Chosen,
        *,
        failure: str,
        sha256: str = "",
        size: int = 0,
        seconds: float = 0.0,
    ) -> Evidence:
        seen = chosen.evidence
        return Evidence(
            url=seen.url + FRAGMENT,
            final_url=seen.final_url or seen.url,
            taken_at=self.clock.now().astimezone(UTC),
            sha256=sha256,
            size=size,
            status=0 if failure else 200,
            media_type=MEDIA_TYPE,
            failure=failure,
            seconds=seconds,
            depth=seen.depth,
            parent=seen.sha256,
            role="rendered",
        )

    def _keep(self, evidence: Evidence) -> None:
        self.known[evidence.url] = evidence
        with self.path.open("ab") as file:
            file.write(b"\n" + msgspec.json.encode(evidence, order="deterministic"))


async def _end(tasks: list[asyncio.Task[str]]) -> None:
    """Stop what is still being drawn, and wait until it has let go of the browser."""
    for each in tasks:
        each.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _visit(seen: Evidence, store: Store) -> Visit:
    return Visit(
        page=seen.final_url or seen.url,
        content=store.get(seen.sha256),
        headers=headers_of_page(seen),
    )


def _known(chosen: Chosen) -> Drawn:
    seen = chosen.evidence
    return Drawn(
        page=seen.final_url or seen.url,
        sha256=seen.sha256,
        template=chosen.template,
        pages=chosen.pages,
        is_first=chosen.is_first,
    )


def _seconds(path: Path) -> float:
    return float(path.read_text("ascii")) if path.exists() else 0.0


def _journal(path: Path) -> Iterator[Evidence]:
    """Read what was drawn; what a line cut short told is drawn again."""
    lines = path.read_bytes().splitlines() if path.exists() else []
    for line in lines:
        with suppress(msgspec.DecodeError):
            yield msgspec.json.decode(line, type=Evidence)
