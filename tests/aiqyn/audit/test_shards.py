"""Judged again on many cores, in whatever pieces: the same report to the byte."""

import os
import threading
from datetime import date
from functools import partial
from itertools import pairwise
from random import Random

import msgspec
import pytest

from aiqyn.audit import audit_site, edition_on, in_processes, judge_again, read_shard, shards
from aiqyn.audit.shards import Shard, parts_of
from aiqyn.audit.whole import address_of, readable_of
from aiqyn.errors import EvidenceError
from aiqyn.fetch.store import Store
from aiqyn.subjects.site import About
from tests.aiqyn.audit.dying import Place, dies
from tests.aiqyn.worked import ORIGIN, crawl, document, evidence_of

AS_OF = date(2026, 11, 20)
EDITION = edition_on("sites", AS_OF)
ABOUT = About(code="kz-example")


def a_site(folder, count=130):
    """A crawl of so many faulty pages, a document, and two links redirected to one page."""
    links = "".join(f'<a href="/p{number:03}">{number}</a>' for number in range(count))
    pages = {
        f"/p{number:03}": f'<h1>{number % 7}</h1><a href="?{number % 3}">x</a><img src=a.png>'
        for number in range(count)
    }
    kept = crawl({"/": links} | pages | {"/p005": {"to": "/p004"}, "/p003": {"to": "/p004"}})
    paper = document(("Report",))
    evidence = evidence_of(f"{ORIGIN}/a.pdf", paper, role="document", depth=1)
    kept.store[evidence.sha256] = paper
    store = Store(f"{folder}/objects")
    for content in kept.store.values():
        store.put(content)
    manifest = msgspec.structs.replace(
        kept.manifest,
        evidence=(*kept.manifest.evidence[:9], evidence, *kept.manifest.evidence[9:]),
    )
    return manifest, store


def test_shards_give_the_report_of_one_reader_in_whatever_order(tmp_path):
    manifest, store = a_site(tmp_path)
    alone = audit_site(manifest, store, EDITION, as_of=AS_OF, about=ABOUT)

    def shuffled(work, shards):
        parts = [work(shard) for shard in shards]
        Random(3).shuffle(parts)
        return parts

    together = judge_again(manifest, store.address, EDITION, as_of=AS_OF, about=ABOUT, run=shuffled)

    assert msgspec.json.encode(together) == msgspec.json.encode(alone)
    assert sum(finding.more for finding in alone.findings) > 0


def test_processes_give_the_report_of_one_reader(tmp_path, monkeypatch):
    manifest, store = a_site(tmp_path, count=20)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    monkeypatch.setattr("aiqyn.audit.shards.SMALL", 6)

    together = judge_again(manifest, store.address, EDITION, as_of=AS_OF)

    assert together == audit_site(manifest, store, EDITION, as_of=AS_OF)


def test_one_core_needs_no_other_process(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})

    assert list(in_processes(id, (shards := [object(), object()]))) == [id(one) for one in shards]


@pytest.mark.parametrize("most", [1, 7, 40, 1_000])
def test_parts_hold_everything_once_and_no_address_twice(tmp_path, monkeypatch, most):
    monkeypatch.setattr("aiqyn.audit.shards.SMALL", most)
    readable = readable_of(a_site(tmp_path)[0])

    parts = parts_of(readable, cores=1_000)

    assert [each for part in parts for each in part] == readable
    ends = [(address_of(before[-1]), address_of(after[0])) for before, after in pairwise(parts)]
    assert all(end != begin for end, begin in ends)
    assert all(len(part) <= most + 2 for part in parts)


def test_nothing_kept_needs_no_parts():
    assert parts_of([], cores=2) == []


def test_damaged_evidence_is_told(tmp_path):
    manifest, _ = a_site(tmp_path, count=9)
    shard = Shard(
        store=f"{tmp_path}/nowhere",
        evidence=tuple(readable_of(manifest)),
        edition=EDITION,
        as_of=AS_OF,
        about=ABOUT,
    )

    with pytest.raises(EvidenceError, match="no evidence"):
        read_shard(shard)


def test_process_keeps_its_memory_and_ends_with_its_parent(monkeypatch):
    prepared = []
    for name in ("keep_memory", "end_with_parent"):
        monkeypatch.setattr(shards, name, partial(prepared.append, name))

    shards._prepare()

    assert prepared == ["keep_memory", "end_with_parent"]


@pytest.mark.parametrize("threads", [0, 1])
def test_process_that_dies_is_told(tmp_path, monkeypatch, threads):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    monkeypatch.setattr(threading, "active_count", lambda: 1 + threads)

    with pytest.raises(EvidenceError, match="here: a process died reading it"):
        list(in_processes(dies, [Place(), Place()]))
