"""Ask again for single addresses of a finished crawl, as politely as a crawl does."""

import asyncio
from collections.abc import Callable, Sequence

from uvloop import new_event_loop

from aiqyn.chain import Evidence
from aiqyn.fetch.clock import SYSTEM, Clock
from aiqyn.fetch.doors import asked
from aiqyn.fetch.frontier import Item
from aiqyn.fetch.http import Client
from aiqyn.fetch.keeping import DOORS, evidence_of
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.store import Store

TRY_AGAIN = frozenset({"timeout", "broken"})


def ask_again(
    items: Sequence[Item],
    *,
    limits: Limits,
    store: Store,
    on_progress: Callable[[Evidence], None] = lambda _: None,
    clock: Clock = SYSTEM,
) -> list[Evidence]:
    """Return what `items` answer now, in their order; the bytes go to `store`."""

    async def ask_all() -> list[Evidence]:
        async with Client(limits, clock=clock) as client:
            return [await _ask(client, item, store, clock, on_progress) for item in items]

    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        return runner.run(ask_all())


async def _ask(
    client: Client,
    item: Item,
    store: Store,
    clock: Clock,
    on_progress: Callable[[Evidence], None],
) -> Evidence:
    answer = await asked(client, item)
    if answer.failure in TRY_AGAIN and item.role not in DOORS:
        answer = await client.ask(item.url, waits=client.slow)
    evidence = evidence_of(item, answer, taken_at=clock.now(), store=store)
    on_progress(evidence)
    return evidence
