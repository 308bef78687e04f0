"""Several pieces of work at once."""

import asyncio
from collections.abc import Coroutine
from typing import Any


async def together(work: list[Coroutine[Any, Any, None]]) -> None:
    """Run all of it; the first error stops the rest and is raised as it is."""
    tasks = [asyncio.ensure_future(one) for one in work]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
