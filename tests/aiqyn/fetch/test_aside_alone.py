"""A second reader never outlives its crawl for long, whatever it reads."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

CRAWL = """
import asyncio, os
from datetime import UTC, datetime
from aiqyn.chain import Evidence
from aiqyn.fetch.aside import Aside
from tests.aiqyn.fetch.readers import Sharing

aside = Aside(Sharing(), 1)
print(aside._pid, flush=True)

async def die():
    if {asks}:
        page = Evidence(url="http://a.kz/hang", taken_at=datetime.now(UTC))
        asyncio.ensure_future(aside.read(page, b"x"))
        await asyncio.sleep(0.5)
    os.kill(os.getpid(), 9)

asyncio.run(die())
"""


@pytest.mark.parametrize("asks", [True, False])
def test_reader_of_a_crawl_that_was_killed_ends(asks: bool) -> None:
    crawl = subprocess.run(
        [sys.executable, "-c", CRAWL.format(asks=asks)], stdout=subprocess.PIPE, check=False
    )
    assert crawl.returncode == -9
    for _ in range(600):
        if has_ended(int(crawl.stdout)):
            return
        time.sleep(0.1)
    raise AssertionError("it reads on")


def has_ended(pid: int) -> bool:
    """Nobody may wait for it any more."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return True
    return stat.rpartition(")")[2].split()[0] == "Z"
