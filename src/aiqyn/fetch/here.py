"""One crawl in this process, in an event loop of its own."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from uvloop import new_event_loop

from aiqyn.fetch.clock import SYSTEM, Clock
from aiqyn.fetch.http import Client
from aiqyn.fetch.journal import Journal, Opening
from aiqyn.fetch.manifest import Manifest, save
from aiqyn.fetch.progress import Progress
from aiqyn.fetch.reading import Asking, Read
from aiqyn.fetch.walk import Walk


def walked(
    folder: Path,
    opening: Opening,
    read: Read | Asking,
    watch: Callable[[Progress], None],
    clock: Clock = SYSTEM,
    *,
    spent_s: float = 0.0,
) -> Manifest:
    """Crawl into `folder`, or finish there what an earlier call began; return what was seen.

    `spent_s` of the time of this crawl (`limits.max_seconds`) are gone already.
    """
    seen: list[Manifest] = []

    with Journal(folder, opening) as journal:

        async def walk() -> None:  # nothing is returned: asyncio would write it out
            async with Client(opening.limits, clock=clock) as client:
                seen.append(await Walk(client, journal, read, watch, spent_s).run())

        with asyncio.Runner(loop_factory=new_event_loop) as runner:
            runner.run(walk())
        save(folder, seen[0])
    return seen[0]
