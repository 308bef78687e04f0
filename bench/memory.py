"""Bytes of memory a whole audit takes for each further page of a large site.

    python -m bench.memory [--pages 10000,100000]

Small pages (4 KB) in a tree of ten links each, served by nginx: what a page leaves
behind (frontier, journal, facts, verdicts) does not depend on how long it was.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from bench.crawl import Run, run, served
from bench.crawl_site import SENTENCES

BELOW = 10  # pages a page leads to
SAID = 24  # sentences of a page


def page_of(number: int, pages: int) -> str:
    """Return one page: the first is 0, below `n` lie 10 n + 1 … 10 n + 10."""
    said = SENTENCES["kk"]
    title = f"{said[number % len(said)]} {number}"
    below = range(number * BELOW + 1, min(number * BELOW + BELOW + 1, pages))
    links = "".join(
        f'<li><a href="/kk/{each // 1_000}/{each}.html">{each}</a></li>' for each in below
    )
    text = "".join(f"<p>{said[(number * 7 + each * each) % len(said)]}</p>" for each in range(SAID))
    return (
        f'<!doctype html><html lang="kk"><head><meta charset="utf-8"><title>{title}</title></head>'
        f'<body><nav><a href="/kk/index.html">Басты бет</a></nav><main><h1>{title}</h1>{text}'
        f"<ul>{links}</ul></main></body></html>"
    )


def generate(folder: Path, pages: int) -> None:
    """Write the site into `folder`."""
    for number in range(pages):
        name = f"{number // 1_000}/{number}.html" if number else "index.html"
        target = folder / "kk" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page_of(number, pages), encoding="utf-8")


def measured(pages: int) -> Run:
    """Audit a site of so many pages in a process of its own."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        folder.chmod(0o755)  # nginx reads as its own user
        generate(folder / "site", pages)
        with served(folder / "site", folder) as url:
            return run("audit", sys.executable, url, folder / "access.log")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", default="10000,100000")
    small, large = (measured(int(each)) for each in parser.parse_args().pages.split(","))
    for each in (small, large):
        print(
            f"{each.pages:>8,} pages: {each.peak_mib:,.0f} MiB, {each.cpu_per_thousand:.2f} CPU s"
        )
    grown = (large.peak_mib - small.peak_mib) * 1024 / (large.pages - small.pages)
    print(f"{grown:.1f} KiB of memory for each further page")


if __name__ == "__main__":
    main()
