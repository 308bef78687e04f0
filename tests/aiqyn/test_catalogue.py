"""A file of ours is read as it stands, or refused with file, line and key."""

import subprocess
import sys
from datetime import date

import msgspec
import pytest

from aiqyn.catalogue import parse, read
from aiqyn.errors import CatalogueError


class Entry(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    since: date
    parts: list[dict[str, int]] = []


def test_file_is_read_as_its_shape(tmp_path):
    path = tmp_path / "entry.yaml"
    path.write_text(
        'name: "1"\nsince: 2025-03-31\nparts: [&first {a: 1}, *first, {a: 2, b: 3}]\n',
        encoding="utf-8",
    )

    assert read(path, Entry) == Entry(
        "1", date(2025, 3, 31), [{"a": 1}, {"a": 1}, {"a": 2, "b": 3}]
    )
    assert parse(b"- [1, 2]\n" * 3000, list[list[int]]) == [[1, 2]] * 3000
    assert parse(b'{"name": "x", "since": 2025-03-31}', Entry) == Entry("x", date(2025, 3, 31))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (
            "name: a\nsince: 2025-01-01\nname: b\n",
            "line 3: the key `name` stands already in line 1",
        ),
        (
            "name: a\nparts:\n  - {a: 1}\n  - {b: 1, b: 2}\n",
            "line 4: the key `b` stands already in line 4",
        ),
        ("name: a\n", "Object missing required field `since`"),
        ("name: a\nsize: 1\n", "Object contains unknown field `size`"),
        (
            "name: a\nsince: 2025-01-01\nparts: [{a: x}]\n",
            "Expected `int`, got `str` - at `$.parts[0][...]`",
        ),
        ("", "Expected `object`, got `null`"),
        ("since: 2025-02-31\n", "day is out of range for month"),
        ("[" * 100_000, "nested too deep"),
    ],
)
def test_file_that_is_wrong_is_refused(tmp_path, content, problem):
    path = tmp_path / "entry.yaml"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(CatalogueError) as refused:
        read(path, Entry)

    assert str(refused.value) == f"{path}: {problem}"


@pytest.mark.parametrize("content", [b"name: [", b"\xff\xfe\x00", b"? [1]\n: 1\n", b"a: 1\n---\n"])
def test_file_that_is_no_yaml_is_refused(tmp_path, content):
    path = tmp_path / "entry.yaml"
    path.write_bytes(content)

    with pytest.raises(CatalogueError, match="entry"):
        read(path, Entry)


def test_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CatalogueError) as refused:
        read(tmp_path / "no.yaml", Entry)

    assert str(refused.value) == f"{tmp_path / 'no.yaml'}: this file is missing"


def test_types_are_learnt_by_one_thread_at_a_time():
    """Two threads that learn one type at once crash the process, so a process is watched."""
    done = subprocess.run(
        [sys.executable, "-c", MANY_READERS], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "read\n", "")


MANY_READERS = """
import sys
from threading import Barrier, Thread
from msgspec import defstruct
from aiqyn.catalogue import parse

sys.setswitchinterval(1e-6)

def read(shape, gate):
    gate.wait()
    parse(b"inner: {number: 1}", shape)

for round in range(200):
    inner = defstruct("Inner", [("number", int), ("words", tuple[str, ...], ())])
    outer = defstruct("Outer", [("inner", inner), ("more", dict[str, inner], {})])
    gate = Barrier(4)
    readers = [Thread(target=read, args=(outer, gate)) for _ in range(4)]
    for each in readers:
        each.start()
    for each in readers:
        each.join()
print("read")
"""
