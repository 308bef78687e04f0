"""Draw a sample of one crawl's pages; continue where an earlier, interrupted call stopped."""

import asyncio
from collections.abc import Callable, Iterator
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
from aiqyn.rendering.sample import Chosen, choose
from aiqyn.subjects.rendering import FRAGMENT, Drawn

NAME = "rendered.jsonl"
MEDIA_TYPE = "application/json"
ATTEMPTS = 2


class Sampling(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many pages are drawn, and how."""

    pages: int = 12
    seconds: float = 90.0  # the longest one page may take
    at_once: int = 2  # pages open in the browser


class Seen(Struct, frozen=True, kw_only=True):
    """How far the drawing has come."""

    done: int
    of: int
    url: str = ""


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
    next one. A page that breaks the browser twice is kept as a failure of ours.

    Raises BrowserMissing when Chromium is not there, InputError when `folder` holds
    no finished crawl.
    """
    work = _Work(folder, limits, sampling or Sampling(), clock)
    watch = on_progress or _silent
    missing = [each for each in work.chosen if not work.has(each)]
    if missing:
        asyncio.run(work.draw(missing, find(), watch))
    manifest = with_rendered(work.manifest, work.evidence())
    save(Path(folder), manifest)
    return manifest


def _silent(_: Seen) -> None:
    """Nobody watches."""


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

    def has(self, chosen: Chosen) -> bool:
        """Whether these very bytes were drawn already."""
        known = self.known.get(chosen.evidence.url + FRAGMENT)
        return known is not None and known.parent == chosen.evidence.sha256

    def evidence(self) -> list[Evidence]:
        """Return the renderings of the sample and the pictures they name."""
        rendered = [self.known[each.evidence.url + FRAGMENT] for each in self.chosen]
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

    async def draw(self, missing: list[Chosen], path: str, watch: Callable[[Seen], None]) -> None:
        """Draw what is missing, some pages at once; each is kept as soon as it is done."""
        places = asyncio.Semaphore(self.sampling.at_once)
        total, done = len(self.chosen), len(self.chosen) - len(missing)
        async with Client(self.limits, clock=self.clock) as client, Browser(path) as browser:
            looker = Looker(
                browser,
                Door(client, self.clock),
                self.store,
                seconds=self.sampling.seconds,
            )

            async def one(chosen: Chosen) -> None:
                nonlocal done
                async with places:
                    self._keep(await self._drawn(looker, chosen))
                done += 1
                watch(Seen(done=done, of=total, url=chosen.evidence.url))

            async with asyncio.TaskGroup() as group:
                for each in missing:
                    group.create_task(one(each))

    async def _drawn(self, looker: Looker, chosen: Chosen) -> Evidence:
        seen = chosen.evidence
        started = self.clock.elapsed()
        sha256, size = "", 0
        for _ in range(ATTEMPTS):
            try:
                drawn = await looker.look(_visit(seen, self.store), _known(chosen))
            except Gone:
                continue
            content = msgspec.json.encode(drawn, order="deterministic")
            sha256, size = self.store.put(content), len(content)
            break
        return Evidence(
            url=seen.url + FRAGMENT,
            final_url=seen.final_url or seen.url,
            taken_at=self.clock.now().astimezone(UTC),
            sha256=sha256,
            size=size,
            status=200 if sha256 else 0,
            media_type=MEDIA_TYPE,
            failure="" if sha256 else "crash",
            seconds=round(self.clock.elapsed() - started, 4),
            depth=seen.depth,
            parent=seen.sha256,
            role="rendered",
        )

    def _keep(self, evidence: Evidence) -> None:
        self.known[evidence.url] = evidence
        with self.path.open("ab") as file:
            file.write(b"\n" + msgspec.json.encode(evidence, order="deterministic"))


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


def _journal(path: Path) -> Iterator[Evidence]:
    """Read what was drawn; what a line cut short told is drawn again."""
    lines = path.read_bytes().splitlines() if path.exists() else []
    for line in lines:
        with suppress(msgspec.DecodeError):
            yield msgspec.json.decode(line, type=Evidence)
