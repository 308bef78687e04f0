from datetime import UTC, datetime

import pytest

from aiqyn.chain import Evidence
from aiqyn.errors import InputError
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.manifest import NAME, Cut, Manifest, load, save, sha256_of_manifest, to_lines

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
MANIFEST = Manifest(
    start="http://a.kz/",
    agent="Aiqyn",
    started_at=NOON,
    finished_at=NOON,
    limits=Limits(max_pages=7),
    cuts=(Cut(why="max_pages", count=3, example="http://a.kz/x"),),
    evidence=(
        Evidence(url="http://a.kz/", taken_at=NOON, sha256="ab" * 32, size=9, status=200),
        Evidence(url="http://a.kz/қаз", taken_at=NOON, failure="timeout", depth=1),
    ),
)


@pytest.fixture
def kept(tmp_path):
    save(tmp_path, MANIFEST)
    return tmp_path / NAME


def test_manifest_comes_back_as_it_was_kept(kept):
    assert load(str(kept.parent)) == MANIFEST


def test_manifest_digest_is_of_the_file(kept):
    assert to_lines(MANIFEST) == kept.read_bytes()
    assert sha256_of_manifest(load(str(kept.parent))) == sha256_of_manifest(MANIFEST)


def test_manifest_that_is_not_there_is_said(tmp_path):
    with pytest.raises(InputError, match=r"manifest\.jsonl: no finished crawl here"):
        load(str(tmp_path))


def test_manifest_cut_short_is_noticed(kept):
    kept.write_bytes(b"\n".join(kept.read_bytes().splitlines()[:-1]) + b"\n")

    with pytest.raises(InputError, match="line 2: 1 lines of evidence where the header promises 2"):
        load(str(kept.parent))


@pytest.mark.parametrize("number", [1, 3])
def test_manifest_damaged_says_in_which_line(kept, number):
    lines = kept.read_bytes().splitlines()
    lines[number - 1] = lines[number - 1][:-5]
    kept.write_bytes(b"\n".join(lines))

    with pytest.raises(InputError, match=rf"manifest\.jsonl: line {number}: "):
        load(str(kept.parent))


def test_manifest_empty_is_damaged_in_its_first_line(kept):
    kept.write_bytes(b"")

    with pytest.raises(InputError, match="line 1"):
        load(str(kept.parent))


def test_manifest_of_a_later_version_is_refused(kept):
    kept.write_bytes(kept.read_bytes().replace(b'{"', b'{"manifest":2,"', 1))

    with pytest.raises(InputError, match="line 1: unknown version 2"):
        load(str(kept.parent))
