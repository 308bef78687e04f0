"""Judge kept evidence again on many cores, or on many machines.

The unit of work is `read_shard`: a plain function of plain values, which a process
pool runs here and a Dask cluster runs unchanged (`client.map`, `client.gather`).
Whatever the shards and the order they come back in, the findings are the same to the byte.
"""

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from aiqyn.audit.known import Known
from aiqyn.audit.reader import NOBODY, Judge, Partial, Reader
from aiqyn.audit.report import Report
from aiqyn.audit.whole import address_of, audit_site, readable_of
from aiqyn.chain import Evidence
from aiqyn.errors import EvidenceError
from aiqyn.fetch.manifest import Manifest
from aiqyn.fetch.memory import keep_memory
from aiqyn.fetch.store import Store
from aiqyn.parent import end_with_parent
from aiqyn.regulations import Edition
from aiqyn.subjects.site import About
from aiqyn.subjects.traits.asked import EVERY

SMALL = 100  # pages and documents that one process reads before another has started
LARGE = 1_000  # of one shard: what a worker holds at once
TURNS = 8  # shards each worker gets, so that all end at about the same time


class Shard(Struct, frozen=True, kw_only=True):
    """Some of the evidence of a site, all of each address, and how to judge it."""

    store: str  # address of the bytes, as `fetch.store.Store` takes it
    evidence: tuple[Evidence, ...]
    edition: Edition
    as_of: date
    about: About
    known: str = ""  # folder of what was judged before; see audit.known


Run = Callable[[Callable[[Shard], Partial], Sequence[Shard]], Iterable[Partial]]


def read_shard(shard: Shard) -> Partial:
    """Judge the pages and documents of one shard.

    Raises EvidenceError when bytes are missing or damaged.
    """
    if not shard.known:
        return _read(Reader(shard.edition, as_of=shard.as_of, about=shard.about), shard).partial()
    known = Known(shard.known, shard.edition, shard.about)
    kept = known.of(shard.evidence)
    if kept is None:
        # whatever rules may come to be asked of what is kept
        whole = Reader(shard.edition, as_of=shard.as_of, about=shard.about, asked=EVERY)
        reader = _read(whole, shard)
        known.keep(shard.evidence, partial := reader.partial())
        return partial
    before = len(kept.verdicts)
    judge = Judge(known.unjudged(kept), as_of=shard.as_of, about=shard.about)
    partial = known.joined(kept, _read(judge, shard))
    if len(kept.verdicts) > before:
        known.write(shard.evidence, kept)
    return partial


def _read(reader: Reader, shard: Shard) -> Reader:
    store = _store_at(shard.store)
    for evidence in shard.evidence:
        reader.read_kept(evidence, store.get(evidence.sha256))
    return reader


@lru_cache(4)
def _store_at(address: str) -> Store:
    """One per process: finding out what lies in a large store takes a while."""
    return Store(address)


def in_processes(work: Callable[[Shard], Partial], shards: Sequence[Shard]) -> Iterator[Partial]:
    """Run on all cores of this machine; results come in the order of the shards.

    Raises EvidenceError when a process dies: some bytes crash a parser.
    """
    cores = min(len(os.sched_getaffinity(0)), len(shards))
    if cores < 2:
        yield from map(work, shards)
        return
    # To fork is the quicker way, and safe only where no other thread holds a lock.
    way = "fork" if threading.active_count() == 1 else "spawn"
    context = multiprocessing.get_context(way)
    with ProcessPoolExecutor(cores, mp_context=context, initializer=_prepare) as pool:
        try:
            yield from pool.map(work, shards)
        except BrokenProcessPool as error:
            raise EvidenceError(f"{shards[0].store}: a process died reading it") from error


def _prepare() -> None:
    keep_memory()
    end_with_parent()


def remembering(folder: str, run: Run = in_processes) -> Run:
    """Spread work as `run` does; take what is known from `folder`, and add to it."""

    def remember(work: Callable[[Shard], Partial], shards: Sequence[Shard]) -> Iterable[Partial]:
        return run(work, [replace(shard, known=folder) for shard in shards])

    return remember


def judge_again(
    manifest: Manifest,
    store: str,
    edition: Edition,
    *,
    as_of: date,
    about: About = NOBODY,
    run: Run = in_processes,
) -> Report:
    """Return the report on kept evidence, as `audit_site` does; `run` spreads the work.

    Raises EvidenceError when bytes named by the manifest are missing or damaged.
    """
    reader = Reader(edition, as_of=as_of, about=about)
    shards = [
        Shard(store=store, evidence=part, edition=edition, as_of=as_of, about=about)
        for part in parts_of(readable_of(manifest), cores=len(os.sched_getaffinity(0)))
    ]
    for partial in run(read_shard, shards):
        reader.absorb(partial)
    return audit_site(manifest, Store(store), edition, as_of=as_of, reader=reader)


def parts_of(readable: Sequence[Evidence], *, cores: int) -> list[tuple[Evidence, ...]]:
    """Split evidence into parts for so many cores; one address is never in two of them."""
    most = min(LARGE, max(SMALL, len(readable) // (TURNS * cores)))
    parts: list[list[Evidence]] = []
    for each in readable:
        is_full = not parts or len(parts[-1]) >= most
        if is_full and not (parts and address_of(parts[-1][-1]) == address_of(each)):
            parts.append([])
        parts[-1].append(each)
    return [tuple(part) for part in parts]
