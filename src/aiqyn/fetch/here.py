"""One crawl in this process, in an event loop of its own."""

import asyncio
from collections.abc import Callable

from uvloop import new_event_loop

from aiqyn.fetch.clock import Clock
from aiqyn.fetch.http import Client
from aiqyn.fetch.journal import Journal
from aiqyn.fetch.manifest import Manifest
from aiqyn.fetch.progress import Progress
from aiqyn.fetch.reading import Asking, Read
from aiqyn.fetch.walk import Walk


def walked(
    journal: Journal, read: Read | Asking, watch: Callable[[Progress], None], clock: Clock
) -> Manifest:
    """Crawl, or finish what `journal` began; return what was seen."""
    seen: list[Manifest] = []

    async def walk() -> None:  # nothing is returned: asyncio would write it out
        async with Client(journal.opening.limits, clock=clock) as client:
            seen.append(await Walk(client, journal, read, watch).run())

    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(walk())
    return seen[0]
