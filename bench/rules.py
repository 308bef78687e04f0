"""What each rule costs: CPU microseconds per page of the bench's site (52 KB, 200 links).

    python -m bench.rules [--pages 45] [--rounds 7] [--all] [--near]

First what all rules share (parsing, links, main text …), each piece when it is
first asked for; then every rule on that page, and what each family keeps of it.
Rules about the whole site run once, over 1,500 pages: their time is divided by them.
The least of several rounds is told, so that neighbours on the machine count little.
A rule that finds nothing should stay within 15 µs. Without --all, only what takes more.
With --near, of pages at most one click from the first, at which more is looked.
"""

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter_ns

from aiqyn.audit import Reader, edition_on, gather
from aiqyn.audit.ledger import Ledger, judge
from aiqyn.fetch.crawl import is_readable
from aiqyn.rules import load
from aiqyn.subjects import traits
from aiqyn.subjects.facts import NEAR, facts_of
from aiqyn.subjects.links import Links
from aiqyn.subjects.page import Page
from bench.crawl_site import generate
from bench.kept import crawled

DAY = date(2026, 11, 20)
ALLOWED = 15.0  # µs
FACTS = "facts beside the traits"
SHARED = (
    "lean", "html", "_lower", "hrefs", "forwards", "base", "title", "main_headings",
    "loose_text", "beginning", "language", "metas", "images", "published",
)  # fmt: skip
Times = dict[str, float]  # µs by what took them


def timed(act: Callable[[], object]) -> float:
    began = perf_counter_ns()
    act()
    return (perf_counter_ns() - began) / 1_000


def one_page(page: Page, reader: Reader) -> Iterator[tuple[str, float]]:
    """Judge one page as a reader does; yield what was done and its µs."""
    for name in SHARED:
        yield f"shared: {name}", timed(partial(getattr, page, name))
    yield "shared: addresses", timed(partial(reader.addresses.of, page))
    for ledger in reader.ledgers["page"]:
        yield f"rule {ledger.code}", timed(partial(ledger.judge, page))
    numbers, urls = reader.addresses.of(page), reader.addresses.urls
    links = Links(numbers, urls)
    for name in traits.Traits.__struct_fields__:
        keep = getattr(traits, f"{name}_of")
        yield f"traits: {name}", timed(partial(keep, page, links))
    yield FACTS, timed(partial(facts_of, page, numbers, urls))


def of_pages(reader: Reader, pages: list[tuple[bytes, Page]], rounds: int) -> Times:
    """Return the mean over pages of the least of all rounds."""
    least: dict[tuple[str, int], float] = {}
    for _ in range(rounds):
        for number, (content, known) in enumerate(pages):
            for name, took in one_page(Page(content, known.evidence), reader):
                key = name, number
                least[key] = min(took, least.get(key, took))
    sums: Times = defaultdict(float)
    for (name, _), took in least.items():
        sums[name] += took / len(pages)
    sums[FACTS] -= sum(took for name, took in sums.items() if name.startswith("traits"))
    return sums


def of_site(folder: Path, rounds: int) -> Times:
    """Return what each rule about the whole site takes, per page."""
    manifest, store = crawled(folder)
    edition = edition_on("sites", DAY)
    reader = Reader(edition, as_of=DAY)
    for evidence in filter(is_readable, manifest.evidence):
        reader.read(evidence, store.get(evidence.sha256))
    least: Times = {}
    for _ in range(rounds):
        site = gather(manifest, store, reader)
        for asked in edition.requires:
            rule = load()[asked.rule]
            if rule.kind == "site" and rule.check:
                act = partial(judge, Ledger(asked, rule.check).ask, site)
                name, took = f"rule {asked.rule}", timed(act) / len(site.pages)
                least[name] = min(took, least.get(name, took))
    return least


def told(times: Times, *, everything: bool) -> Iterator[str]:
    for name, took in sorted(times.items(), key=lambda each: -each[1]):
        code = name.removeprefix("rule ")
        note = load()[code].name if code in load() else ""
        if everything or took > ALLOWED:
            yield f"{took:8.1f}  {name:32}{note}"
    yield f"{sum(times.values()):8.1f}  all of these {len(times)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=45)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--near", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        generate(folder, pages=1_500, seed=7)
        manifest, store = crawled(folder)
        readable = [
            each
            for each in manifest.evidence
            if is_readable(each) and (each.depth <= NEAR) == given.near
        ]
        some = readable[:: len(readable) // given.pages][: given.pages]
        pages = [(content := store.get(one.sha256), Page(content, one)) for one in some]
        reader = Reader(edition_on("sites", DAY), as_of=DAY)
        print(
            "µs per page\n"
            + "\n".join(told(of_pages(reader, pages, given.rounds), everything=given.all))
        )
        print("rules about the site, µs per page of it")
        print("\n".join(told(of_site(folder, 3), everything=given.all)))


if __name__ == "__main__":
    main()
