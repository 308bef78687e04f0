"""The crawlers that `bench/crawl.py` measures, one per process: python crawl_clients.py NAME URL.

Every one follows all links of the site and keeps to its host. The peers are tuned:
raw links are de-duplicated before a request object is built, which alone makes
them five to seven times faster than their documentation's examples.
"""

import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

if TYPE_CHECKING:
    import asyncio

    import aiohttp

    from aiqyn.fetch.crawl import Limits

AT_ONCE = 16
REGULATION = "sites"
DAY = date(2026, 11, 20)
FIRST = frozenset(
    [*(f"S{number:03}" for number in range(1, 15)), *(f"P{number:03}" for number in range(1, 10)),
     "P014", "D001", "D002"]
)  # fmt: skip
NEW = "P063"  # the dearest of the rules about pages


class Links:
    """The links of one site, each raw text worked out once."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.raw: set[str] = set()
        self.seen = {url}

    def fresh(self, page: str, hrefs: Iterable[str]) -> Iterator[str]:
        """Addresses of the site that were not met before."""
        for href in hrefs:
            if href in self.raw:
                continue
            self.raw.add(href)
            link = urljoin(page, href).partition("#")[0]
            if link.startswith(self.url) and link not in self.seen:
                self.seen.add(link)
                yield link


def limits() -> "Limits":
    """No manners: the server is ours."""
    from aiqyn.fetch.crawl import Limits  # noqa: PLC0415

    return Limits(
        allow_private=True,
        per_host_per_second=0,
        per_host_at_once=AT_ONCE,
        max_pages=200_000,
        max_per_shape=200_000,
    )


def ours(url: str, *, whole_audit: bool) -> None:
    """Our crawl into an evidence store: links only, or every rule and the report."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - not in the peers' environment

    from aiqyn.fetch.crawl import crawl  # noqa: PLC0415
    from aiqyn.fetch.memory import keep_memory  # noqa: PLC0415

    keep_memory()  # as in a worker
    with tempfile.TemporaryDirectory() as folder:
        if not whole_audit:

            def read(_: object, content: bytes) -> list[str]:
                tree = LexborHTMLParser(content)
                return [node.attributes["href"] or "" for node in tree.css("a[href]")]

            crawl(url, folder=folder, limits=limits(), read=read)
            return
        from aiqyn.audit import LiveReader  # noqa: PLC0415

        reader = LiveReader(folder, REGULATION, DAY.isoformat())
        reader.result(crawl(url, folder=folder, limits=limits(), read=reader.read))


def first_rules(url: str) -> None:
    """The whole audit by the rules the goals of issue 2 were set for; today's code all the same."""
    from msgspec.structs import replace  # noqa: PLC0415 - not in the peers' environment

    from aiqyn.audit import Reader, audit_site, edition_on  # noqa: PLC0415
    from aiqyn.fetch.crawl import crawl  # noqa: PLC0415
    from aiqyn.fetch.memory import keep_memory  # noqa: PLC0415
    from aiqyn.fetch.store import Store  # noqa: PLC0415

    keep_memory()
    edition = edition_on(REGULATION, DAY)
    edition = replace(edition, requires=tuple(x for x in edition.requires if x.rule in FIRST))
    reader = Reader(edition, as_of=DAY)
    with tempfile.TemporaryDirectory() as folder:
        manifest = crawl(url, folder=folder, limits=limits(), read=reader.read)
        audit_site(manifest, Store(f"{folder}/objects"), edition, as_of=DAY, reader=reader)


def two_cores(url: str) -> None:
    """The whole audit in worker processes, on all cores there are; the report is on disk then."""
    from aiqyn.fetch.crawl import crawl  # noqa: PLC0415 - not in the peers' environment
    from aiqyn.live import live_reading  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        crawl(url, folder=folder, limits=limits(), read=live_reading(folder, REGULATION, DAY))


def keep(url: str, folder: str) -> None:
    """Crawl into `folder`, for `again`."""
    from aiqyn.fetch.crawl import crawl  # noqa: PLC0415
    from aiqyn.live import live_reading  # noqa: PLC0415

    crawl(url, folder=folder, limits=limits(), read=live_reading(folder, REGULATION, DAY))
    again(folder, known="known")
    again(folder, known="known-but-one", less=NEW)


def again(
    folder: str, *, known: str = "", less: str = "", only: frozenset[str] = frozenset()
) -> None:
    """Judge kept evidence again, on all cores there are, by all rules but `less`, or by some."""
    from msgspec.structs import replace  # noqa: PLC0415

    from aiqyn.audit import edition_on, in_processes, judge_again, remembering  # noqa: PLC0415
    from aiqyn.fetch.crawl import load  # noqa: PLC0415
    from aiqyn.fetch.memory import keep_memory  # noqa: PLC0415

    keep_memory()
    edition = edition_on(REGULATION, DAY)
    wanted = only or {x.rule for x in edition.requires} - {less}
    edition = replace(edition, requires=tuple(x for x in edition.requires if x.rule in wanted))
    run = remembering(f"{folder}/{known}") if known else in_processes
    judge_again(load(folder), f"{folder}/objects", edition, as_of=DAY, run=run)


def new_rule(folder: str) -> None:
    """Judge again where one rule alone is new; what is known of the others is thrown away after."""
    from shutil import copytree, rmtree  # noqa: PLC0415

    again_but = f"{folder}/known-but-one"
    copytree(again_but, f"{folder}/known-new")
    again(folder, known="known-new")
    rmtree(f"{folder}/known-new")


def bare(url: str) -> None:
    """The least a crawler can do: aiohttp, uvloop, selectolax, a set; nothing kept."""
    import asyncio  # noqa: PLC0415 - what one client needs is no start-up of the others

    import uvloop  # noqa: PLC0415 - not in the peers' environment

    uvloop.run(_Bare(url, asyncio.Queue()).crawl())


class _Bare:
    def __init__(self, url: str, queue: "asyncio.Queue[str]") -> None:
        self.url = url
        self.raw: set[str] = set()
        self.seen = {url}
        self.queue = queue
        self.queue.put_nowait(url)

    async def crawl(self) -> None:
        import asyncio  # noqa: PLC0415

        import aiohttp  # noqa: PLC0415

        async with aiohttp.ClientSession() as session:
            workers = [asyncio.create_task(self.work(session)) for _ in range(AT_ONCE)]
            await self.queue.join()
            for worker in workers:
                worker.cancel()

    async def work(self, session: "aiohttp.ClientSession") -> None:
        while True:
            page = await self.queue.get()
            async with session.get(page) as response:
                content = await response.read()
            if response.content_type == "text/html":
                self.follow(page, content)
            self.queue.task_done()

    def follow(self, page: str, content: bytes) -> None:
        from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415

        for node in LexborHTMLParser(content).css("a[href]"):
            href = node.attributes["href"] or ""
            if href in self.raw:
                continue
            self.raw.add(href)
            link = urljoin(page, href).partition("#")[0]
            if link.startswith(self.url) and link not in self.seen:
                self.seen.add(link)
                self.queue.put_nowait(link)


def scrapy(url: str, *, tuned: bool) -> None:
    """Scrapy with CSS selectors; `tuned` keeps a set of raw links."""
    import scrapy as library  # noqa: PLC0415
    from scrapy.crawler import CrawlerProcess  # noqa: PLC0415

    class Spider(library.Spider):
        name = "bench"
        start_urls = (url,)
        raw: set[str] = set()

        def parse(self, response, **_: object):  # type: ignore[no-untyped-def]
            if not isinstance(response, library.http.HtmlResponse):
                return
            for href in response.css("a::attr(href)").getall():
                if tuned:
                    if href in self.raw:
                        continue
                    self.raw.add(href)
                link = urljoin(response.url, href)
                if link.startswith(url):
                    yield library.Request(link, callback=self.parse)

    settings = {
        "LOG_LEVEL": "ERROR",
        "CONCURRENT_REQUESTS": AT_ONCE,
        "CONCURRENT_REQUESTS_PER_DOMAIN": AT_ONCE,
        "ROBOTSTXT_OBEY": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "DOWNLOAD_DELAY": 0,
    }
    if not tuned:
        settings["CLOSESPIDER_PAGECOUNT"] = 1_000
    process = CrawlerProcess(settings)
    process.crawl(Spider)
    process.start()


def crawlee(url: str, *, tuned: bool) -> None:
    """Crawlee's ParselCrawler; `tuned` hands it only links not met before."""
    import asyncio  # noqa: PLC0415
    import logging  # noqa: PLC0415

    from crawlee import ConcurrencySettings  # noqa: PLC0415
    from crawlee.crawlers import ParselCrawler, ParselCrawlingContext  # noqa: PLC0415
    from crawlee.storage_clients import MemoryStorageClient  # noqa: PLC0415

    logging.disable(logging.CRITICAL)  # it writes a traceback for every dead link

    async def crawl() -> None:
        raw: set[str] = set()
        crawler = ParselCrawler(
            storage_client=MemoryStorageClient(),
            max_requests_per_crawl=None if tuned else 600,
            concurrency_settings=ConcurrencySettings(
                desired_concurrency=AT_ONCE, min_concurrency=AT_ONCE, max_concurrency=AT_ONCE
            ),
            configure_logging=False,
        )

        @crawler.router.default_handler
        async def handle(context: ParselCrawlingContext) -> None:
            if not tuned:
                await context.enqueue_links()
                return
            fresh = [
                href
                for href in dict.fromkeys(context.selector.css("a::attr(href)").getall())
                if href not in raw
            ]
            raw.update(fresh)
            page = context.request.url
            links = [link for href in fresh if (link := urljoin(page, href)).startswith(url)]
            await context.add_requests(links)

        await crawler.run([url])

    asyncio.run(crawl())


def for_a_minute(*command: str) -> None:
    """A program installed beside this Python, stopped after a minute: it would take many."""
    import subprocess  # noqa: PLC0415

    home = Path(sys.executable).parent.parent
    program = next(
        folder
        for name in ("bin", "node_modules/.bin")
        if (folder := home / name / command[0]).exists()
    )
    with suppress(subprocess.TimeoutExpired):
        subprocess.run(
            [str(program), *command[1:]],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )


CLIENTS = {
    "crawl": lambda url: ours(url, whole_audit=False),
    "audit-2": two_cores,
    "audit-26": first_rules,
    "again": again,
    "again-2": again,
    "again-26-2": lambda folder: again(folder, only=FIRST),
    "known-2": lambda folder: again(folder, known="known"),
    "new-rule-2": new_rule,
    "audit": lambda url: ours(url, whole_audit=True),
    "bare": bare,
    "scrapy-tuned": lambda url: scrapy(url, tuned=True),
    "scrapy": lambda url: scrapy(url, tuned=False),
    "crawlee-tuned": lambda url: crawlee(url, tuned=True),
    "crawlee": lambda url: crawlee(url, tuned=False),
    "linkinator": lambda url: for_a_minute(
        *("linkinator", url, "--recurse", "--concurrency", "100", "--silent")
    ),
    "linkchecker": lambda url: for_a_minute("linkchecker", "--no-status", "-t", "10", url),
}

if __name__ == "__main__":
    if sys.argv[1] == "keep":
        keep(sys.argv[2], sys.argv[3])
    else:
        CLIENTS[sys.argv[1]](sys.argv[2])
