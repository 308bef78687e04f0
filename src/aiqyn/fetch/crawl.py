"""Crawl a site: breadth first, politely, resumable; the reader is called with what was fetched."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import uvloop

from aiqyn.errors import FetchError
from aiqyn.fetch.addresses import BadAddress, normalise
from aiqyn.fetch.clock import SYSTEM, Clock
from aiqyn.fetch.http import Client
from aiqyn.fetch.journal import Journal, Opening
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.manifest import Manifest, load, save, sha256_of_manifest
from aiqyn.fetch.walk import Progress, Read, Walk, is_readable

__all__ = ["Limits", "Manifest", "Progress", "crawl", "is_readable", "load", "sha256_of_manifest"]


def crawl(
    start: str,
    *,
    folder: str,
    limits: Limits,
    read: Read,
    on_progress: Callable[[Progress], None] | None = None,
    clock: Clock = SYSTEM,
) -> Manifest:
    """Crawl the site at `start` into `folder`; return what was seen.

    `read(evidence, content)` gets every page and document that was there (see
    `is_readable`), in no particular order, and returns the raw links it saw. It is
    called once for each, also for what an earlier, interrupted call had fetched:
    the same call continues from `folder`, and after the end repeats the readings
    without the network.

    Raises FetchError when `start` is no address, InputError when `folder` holds
    another crawl, and whatever `read` raises.
    """
    try:
        start = normalise(start)
    except BadAddress as error:
        raise FetchError(start, "bad_address", str(error)) from None
    place = Path(folder)
    opening = Opening(start=start, limits=limits, started_at=clock.now())

    async def walk(journal: Journal) -> Manifest:
        async with Client(limits, clock=clock) as client:
            return await Walk(client, journal, read, on_progress or _silent).run()

    with Journal(place, opening) as journal:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            manifest = runner.run(walk(journal))
        save(place, manifest)
    return manifest


def _silent(_: Progress) -> None:
    """Nobody watches."""
