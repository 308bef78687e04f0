"""What was judged before is taken from a folder: the same report to the byte, and less work."""

import hashlib
import os
import pickle
import subprocess
import sys
from array import array
from datetime import date

import msgspec
import pytest
from msgspec.structs import replace

from aiqyn import rules
from aiqyn.audit import Reader, audit_site, edition_on, gather, judge_again, known, remembering
from aiqyn.errors import EvidenceError
from tests.aiqyn.audit.test_shards import a_site

AS_OF = date(2026, 11, 20)
EDITION = edition_on("sites", AS_OF)


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    monkeypatch.setattr("aiqyn.audit.shards.SMALL", 6)  # two shards and a bit
    return a_site(tmp_path, count=12)


def judged(site, folder, edition=EDITION, as_of=AS_OF):
    manifest, store = site
    run = remembering(str(folder / "known"))
    report = judge_again(manifest, store.address, edition, as_of=as_of, run=run)
    assert report == audit_site(manifest, store, edition, as_of=as_of)
    return report


def without(*codes):
    kept = tuple(each for each in EDITION.requires if each.rule not in codes)
    return msgspec.structs.replace(EDITION, requires=kept)


def files_of(folder):
    return {path: path.read_bytes() for path in (folder / "known").rglob("*") if path.is_file()}


def test_the_second_time_nothing_is_judged(site, tmp_path, monkeypatch):
    first = judged(site, tmp_path)
    before = files_of(tmp_path)
    monkeypatch.setattr("aiqyn.audit.ledger.Ledger.judge", None)  # nobody may call it
    manifest, store = site

    again = judge_again(
        manifest, store.address, EDITION, as_of=AS_OF, run=remembering(str(tmp_path / "known"))
    )

    assert msgspec.json.encode(again) == msgspec.json.encode(first)
    assert files_of(tmp_path) == before


def test_a_new_rule_is_judged_alone(site, tmp_path, monkeypatch):
    judged(site, tmp_path, without("P006", "D001"))
    asked = []
    real = known.Known.unjudged

    def seen(self, kept):
        edition = real(self, kept)
        asked.extend(each.rule for each in edition.requires)
        return edition

    monkeypatch.setattr(known.Known, "unjudged", seen)

    judged(site, tmp_path)

    assert set(asked) == {"P006", "D001"}
    asked.clear()
    judged(site, tmp_path)
    assert not asked


def test_a_rule_that_comes_later_finds_the_dear_facts_it_reads(site, tmp_path, monkeypatch):
    reading = [code for code, rule in rules.load().items() if rule.reads]
    kept = []
    monkeypatch.setattr(known.Known, "keep", lambda self, _, partial: kept.extend(partial.facts))

    judged(site, tmp_path, without(*reading))

    told = [each for each in kept if each.text_size]
    assert told
    assert all(each.traits.languages.size for each in told)


def test_other_parameters_are_another_rule(site, tmp_path):
    judged(site, tmp_path)
    place = next(n for n, each in enumerate(EDITION.requires) if each.rule == "P005")
    asked = list(EDITION.requires)
    asked[place] = msgspec.structs.replace(asked[place], params={"max_bytes": 10})

    report = judged(site, tmp_path, msgspec.structs.replace(EDITION, requires=tuple(asked)))

    assert next(each for each in report.findings if each.rule == "P005").outcome.value == "failed"


def test_another_day_asks_for_nothing_new(site, tmp_path):
    judged(site, tmp_path)
    before = files_of(tmp_path)

    judged(site, tmp_path, as_of=date(2026, 11, 28))

    assert files_of(tmp_path) == before


@pytest.mark.parametrize(
    "damaged",
    [
        lambda written: b"\xc1 no such thing",
        lambda written: b"",
        lambda written: written[:-1],
        lambda written: written.replace(b"site.example", b"cite.example"),
        lambda written: written[:100] + bytes([written[100] ^ 1]) + written[101:],
        lambda written: sealed(b"\x92\x81\x80"),
        lambda written: sealed(msgspec.msgpack.encode((b"\x81", {}))),
        lambda written: sealed(msgspec.msgpack.encode(({"facts": 1}, {}))),
    ],
)
def test_what_is_damaged_is_judged_anew(site, tmp_path, damaged):
    judged(site, tmp_path)
    before = files_of(tmp_path)
    for path, written in before.items():
        path.write_bytes(damaged(written))

    judged(site, tmp_path)

    assert files_of(tmp_path) == before


def sealed(packed):
    """As the file would be, had somebody meant to write this."""
    return hashlib.sha256(packed).digest() + packed


def test_other_code_knows_nothing(site, tmp_path, monkeypatch):
    judged(site, tmp_path)
    before = files_of(tmp_path)
    monkeypatch.setattr(known, "shared_digest", lambda: "of other code")

    judged(site, tmp_path)

    assert len(files_of(tmp_path)) == 2 * len(before)


def test_bytes_that_were_damaged_since_are_told(site, tmp_path):
    judged(site, tmp_path)
    manifest, store = site
    for path in (tmp_path / "objects").rglob("*.zst"):
        path.write_bytes(b"")

    with pytest.raises(EvidenceError, match=r"damaged|no evidence"):
        judged((manifest, store), tmp_path)


def test_what_a_reader_knows_goes_to_another_process_unchanged(site):
    manifest, store = site
    reader = Reader(EDITION, as_of=AS_OF)
    gather(manifest, store, reader)
    told = reader.partial()

    taken = pickle.loads(pickle.dumps(told))  # made here

    assert taken.verdicts == told.verdicts
    assert taken.documents == told.documents
    links = [array("I", each.links) for each in taken.facts]
    assert links == [each.links for each in told.facts]
    assert [replace(each, links=()) for each in taken.facts] == [
        replace(each, links=()) for each in told.facts
    ]


def test_the_digest_is_of_all_code_that_reads_pages():
    files = {path.name for path in known._files(known._places())}

    assert {"page.py", "language.py", "languages.yaml", "reader.py", "addresses.py"} <= files
    assert len(known.shared_digest()) == 64
    assert rules.load()["P001"].kind in known.KINDS


LOADED = """
import sys, aiqyn.audit.reader, aiqyn.rules
aiqyn.rules.load()
print(*(m.__file__ for n, m in sys.modules.items() if n.startswith("aiqyn.")))
"""


def test_all_code_that_reading_loads_is_in_the_digest():
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            LOADED,
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    inside = {str(path) for path in known._files(known._places())}

    loaded = {path for path in told.stdout.split() if "/rules/" not in path}
    apart = {path for path in loaded - inside if "/regulations/" not in path}  # told by parameters
    assert len(loaded) > 20
    assert apart == set()
