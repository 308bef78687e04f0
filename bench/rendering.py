"""How many pages a second Chromium draws, axe-core checks, and the whole look takes.

    python -m bench.rendering [--pages 24] [--runs 5]

Pages of the generated crawl site (bench.crawl_site), served on loopback, chosen by template.
"""

import argparse
import asyncio
import os
import tempfile
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

from aiqyn.fetch.clock import SYSTEM
from aiqyn.fetch.crawl import Limits, crawl
from aiqyn.fetch.http import Client
from aiqyn.fetch.store import Store
from aiqyn.rendering import Sampling, render
from aiqyn.rendering.browser import Browser, World, find
from aiqyn.rendering.door import Door
from aiqyn.rendering.look import TAGS
from aiqyn.rendering.render import _visit
from aiqyn.rendering.sample import Chosen, choose
from aiqyn.subjects.page import Page
from bench import machine
from bench.crawl_site import generate

LIMITS = Limits(allow_private=True, per_host_per_second=0, max_pages=300, max_external_links=0)


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


async def axe_alone(chosen: list[Chosen], store: Store, at_once: int) -> float:
    """Seconds to load and check all pages, so many at a time, the browser running."""
    places = asyncio.Semaphore(at_once)
    async with Client(LIMITS) as client, Browser(find()) as browser:
        door = Door(client, SYSTEM)

        async def one(each: Chosen) -> None:
            visit = _visit(each.evidence, store)
            async with places, browser.page(partial(door.answer, visit=visit)) as seat:
                await seat.page.goto(visit.page, wait_until="load")
                world = await World.beside(seat.session)
                await world.bring_axe()
                await world.ask(f"runAxe({list(TAGS)})")

        started = time.perf_counter()
        await asyncio.gather(*map(one, chosen))
        return time.perf_counter() - started


def whole_look(folder: Path, pages: int) -> float:
    """Seconds of `render`, the start of the browser included."""
    (folder / "rendered.jsonl").unlink(missing_ok=True)
    started = time.perf_counter()
    render(str(folder), limits=LIMITS, sampling=Sampling(pages=pages))
    return time.perf_counter() - started


def measured(folder: Path, url: str, pages: int, runs: int) -> tuple[dict[str, list[float]], str]:
    """Rates of every way to look at the sample, each as often as `runs`, and what it is."""
    kept = folder / "kept"
    kept.mkdir()

    def read(evidence: object, content: bytes) -> list[str]:
        return Page(content).hrefs

    manifest = crawl(url, folder=str(kept), limits=LIMITS, read=read)
    store = Store(f"{kept}/objects")
    chosen = choose(manifest, store, most=pages)
    size = sum(each.evidence.size for each in chosen) / len(chosen) / 1000
    templates = len({each.template for each in chosen})
    rates = {
        name: [len(chosen) / seconds() for _ in range(runs)]
        for name, seconds in {
            "loaded and checked by axe-core (WCAG 2.1 A, AA), one at a time": partial(
                _checked, chosen, store, 1
            ),
            "the same, two at a time, as an audit does": partial(_checked, chosen, store, 2),
            "whole look: axe, sizes, two widths, Tab, pictures; two at a time": partial(
                whole_look, kept, pages
            ),
        }.items()
    }
    return rates, f"{len(chosen)} pages of {size:.0f} KB, {templates} templates; {runs} runs"


def _checked(chosen: list[Chosen], store: Store, at_once: int) -> float:
    return asyncio.run(axe_alone(chosen, store, at_once))


def line(name: str, rates: list[float]) -> str:
    return f"| {name} | {median(rates):.2f} | {max(rates):.2f} | {min(rates):.2f} |"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--pages", type=int, default=24)
    asked.add_argument("--runs", type=int, default=5)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="aiqyn-rendering-") as temporary:
        folder = Path(temporary)
        generate(folder / "site", pages=200, seed=7)
        handler = partial(Silent, directory=str(folder / "site"))
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            url = f"http://127.0.0.1:{server.server_port}/"
            rates, what = measured(folder, url, given.pages, given.runs)
        finally:
            server.shutdown()
            server.server_close()
    lines = [
        "# Pages drawn in Chromium",
        "",
        machine.facts("playwright", "axe-playwright-python"),
        "",
        f"{what}. Load average at the end: {os.getloadavg()[0]:.1f}. Pages a second:",
        "",
        "| | median | best | worst |",
        "|---|---|---|---|",
        *(line(name, found) for name, found in rates.items()),
    ]
    machine.keep("rendering", "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
