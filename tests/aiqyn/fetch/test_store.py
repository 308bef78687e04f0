import errno
import hashlib
import os
from pathlib import Path

import pytest
import zstandard

from aiqyn.errors import EvidenceError
from aiqyn.fetch.store import Store

PAGE = "Ашық үкімет".encode()
DIGEST = hashlib.sha256(PAGE).hexdigest()


@pytest.fixture(params=["folder", "pack", "memory"])
def store(request, tmp_path):
    if request.param == "memory":
        return Store(f"memory://{tmp_path.name}")
    return Store(str(tmp_path), packed=request.param == "pack")


def path_of(tmp_path: Path) -> Path:
    return tmp_path / DIGEST[:2] / f"{DIGEST[2:]}.zst"


def test_put_names_bytes_by_their_digest_and_get_returns_them(store):
    assert store.put(PAGE) == DIGEST
    assert store.get(DIGEST) == PAGE
    assert DIGEST in store


def test_discarded_bytes_are_gone_but_from_a_pack(store, request):
    store.put(PAGE)

    store.discard(DIGEST)
    store.discard(DIGEST)
    store.discard("../etc")

    assert (DIGEST in store) == (request.node.callspec.id == "pack")


def test_put_twice_changes_nothing(store):
    store.put(PAGE)

    assert store.put(PAGE) == DIGEST
    assert store.get(DIGEST) == PAGE


def test_put_keeps_empty_and_large_content(store):
    large = bytes(range(256)) * 50_000

    assert [store.get(store.put(content)) for content in (b"", large)] == [b"", large]


def test_get_of_unknown_evidence_says_so(store):
    with pytest.raises(EvidenceError, match=f"no evidence {DIGEST}"):
        store.get(DIGEST)


def test_contains_is_false_for_what_is_no_digest(store):
    assert DIGEST not in store
    assert "../../etc/passwd" not in store


def test_get_refuses_what_is_no_digest(store):
    with pytest.raises(EvidenceError, match="not a SHA-256"):
        store.get("../../etc/passwd")


def test_get_of_torn_evidence_says_damaged(tmp_path):
    store = Store(str(tmp_path))
    store.put(PAGE)
    path_of(tmp_path).write_bytes(path_of(tmp_path).read_bytes()[:-3])

    with pytest.raises(EvidenceError, match="is damaged"):
        store.get(DIGEST)


def test_get_of_replaced_evidence_says_it_no_longer_matches(tmp_path):
    store = Store(str(tmp_path))
    store.put(PAGE)
    path_of(tmp_path).write_bytes(zstandard.compress(b"another page"))

    with pytest.raises(EvidenceError, match="no longer matches"):
        store.get(DIGEST)


def test_put_repairs_evidence_emptied_by_a_power_cut(tmp_path):
    store = Store(str(tmp_path))
    store.put(PAGE)
    path_of(tmp_path).write_bytes(b"")

    store.put(PAGE)

    assert store.get(DIGEST) == PAGE


def test_put_leaves_no_file_aside(tmp_path):
    Store(str(tmp_path)).put(PAGE)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [path_of(tmp_path)]


def test_what_is_packed_is_read_by_any_store_there_while_more_is_added(tmp_path):
    writer, reader = Store(str(tmp_path), packed=True), Store(str(tmp_path))
    first = writer.put(PAGE)
    seen = [reader.get(first)]
    second = writer.put(b"more")

    assert [*seen, reader.get(second)] == [PAGE, b"more"]
    assert second in reader
    assert [path.name for path in tmp_path.iterdir()] == ["pack"]


def test_pack_forgets_the_torn_record_of_a_killed_writer(tmp_path):
    first = Store(str(tmp_path), packed=True).put(PAGE)
    whole = (tmp_path / "pack").read_bytes()
    (tmp_path / "pack").write_bytes(whole + whole[:-1])
    assert Store(str(tmp_path)).get(first) == PAGE

    second = Store(str(tmp_path), packed=True).put(b"more")

    assert (tmp_path / "pack").read_bytes().startswith(whole + b"AQ1\n" + bytes.fromhex(second))


def test_pack_put_after_opening_again_writes_nothing_twice(tmp_path):
    Store(str(tmp_path), packed=True).put(PAGE)
    size = (tmp_path / "pack").stat().st_size

    assert Store(str(tmp_path), packed=True).put(PAGE) == DIGEST
    assert (tmp_path / "pack").stat().st_size == size


def test_pack_damaged_says_at_which_byte(tmp_path):
    Store(str(tmp_path), packed=True).put(PAGE)
    whole = (tmp_path / "pack").read_bytes()
    (tmp_path / "pack").write_bytes(whole + b"?" * 60)

    with pytest.raises(EvidenceError, match=rf"pack: no record at byte {len(whole)}"):
        Store(str(tmp_path)).get("0" * 64)


def test_record_of_which_a_part_alone_found_room_is_no_part_of_the_next(tmp_path, monkeypatch):
    store = Store(str(tmp_path), packed=True)
    store.put(PAGE)
    room = iter((20, 0))

    def write(file, content, really=os.write):
        left = next(room)
        if not left:
            raise OSError(errno.ENOSPC, "No space left on device")
        return really(file, bytes(content)[:left])

    monkeypatch.setattr(os, "write", write)
    with pytest.raises(OSError, match="No space left"):
        store.put(b"too much")
    monkeypatch.undo()
    second = store.put(b"more")

    assert [store.get(second), Store(str(tmp_path)).get(second)] == [b"more", b"more"]
