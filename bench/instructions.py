"""Machine instructions that reading and judging one page takes: the same on a busy machine.

    python -m bench.instructions [--pages 120]

Processor time moves by a third with the neighbours of a shared machine; instructions do
not. Valgrind (Debian's) counts them in two runs, of 20 pages and of 20 more than `--pages`:
their difference is what pages cost, without the start: by all rules (judge), by the first 26
(first), and of parsing and links alone (links). Compare figures of one version of Python and
selectolax only.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from aiqyn.audit import Reader, edition_on
from aiqyn.chain import Evidence
from aiqyn.fetch.crawl import is_readable
from aiqyn.fetch.memory import keep_memory
from bench.crawl_clients import FIRST
from bench.crawl_site import generate
from bench.kept import crawled

WARM = 20  # pages read in both runs: what is learnt once a site is learnt there
DAY = date(2026, 11, 20)
COUNTED = re.compile(r"Collected : (\d+)")
Pages = list[tuple[Evidence, bytes]]


def links(_: Evidence, content: bytes) -> list[str | None]:
    """Do what the least crawler does."""
    return [node.attrs.get("href") for node in LexborHTMLParser(content).tags("a")]


def read(kept: Path, what: str, most: int) -> None:
    """Read so many pages; this is what runs inside valgrind."""
    keep_memory()
    act: Callable[[Evidence, bytes], object] = links
    if what != "links":
        edition = edition_on("sites", DAY)
        if what == "first":
            asked = tuple(each for each in edition.requires if each.rule in FIRST)
            edition = replace(edition, requires=asked)
        act = Reader(edition, as_of=DAY).read
    for evidence, content in msgspec.msgpack.decode(kept.read_bytes(), type=Pages)[:most]:
        act(evidence, content)


def counted(kept: Path, what: str, most: int) -> int:
    told = subprocess.run(
        ["valgrind", "--tool=callgrind", f"--callgrind-out-file={os.devnull}", sys.executable,
         "-m", "bench.instructions", "--within", str(kept), what, str(most)],
        check=True, capture_output=True, text=True,
    ).stderr  # fmt: skip
    found = COUNTED.search(told)
    assert found, told
    return int(found[1])


def keep_pages(folder: Path, pages: int) -> Path:
    """Keep some pages that lie three clicks deep, as most pages of a site do."""
    generate(folder / "site", pages=1_500, seed=7)
    manifest, store = crawled(folder / "site")
    deep = [each for each in manifest.evidence if is_readable(each) and each.depth > 2]
    some = deep[:: max(1, len(deep) // (WARM + pages))][: WARM + pages]
    kept = folder / "pages"
    kept.write_bytes(msgspec.msgpack.encode([(one, store.get(one.sha256)) for one in some]))
    return kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=120)
    parser.add_argument("--within", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.within:
        kept, what, most = given.within
        read(Path(kept), what, int(most))
        return
    if not shutil.which("valgrind"):
        raise SystemExit("needs valgrind: apt-get install valgrind")
    with tempfile.TemporaryDirectory() as temporary:
        kept = keep_pages(Path(temporary), given.pages)
        for what in ("links", "first", "judge"):
            more = counted(kept, what, WARM + given.pages) - counted(kept, what, WARM)
            print(f"{what}: {more / given.pages / 1e6:.2f} million instructions a page")


if __name__ == "__main__":
    main()
