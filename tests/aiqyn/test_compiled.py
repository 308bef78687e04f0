"""What our YAML files say is kept ready, and is never older, damaged or another thing than they."""

import os
import subprocess
import sys
from datetime import date, datetime
from functools import partial
from pathlib import Path

import msgspec
import pytest

from aiqyn import compiled
from aiqyn.catalogue import ROOT, read
from aiqyn.compiled import data_of, is_ours
from aiqyn.plain import loaded


@pytest.fixture
def package(tmp_path, monkeypatch):
    monkeypatch.setattr(compiled, "PACKAGE", tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def kept_in(package):
    return sorted((package / "__pycache__").glob("*"))


def never(_):
    raise AssertionError("YAML was read again")


CONTENT = b"since: 2025-03-31\nat: 2025-03-31 10:00:00\n1: [a, 2.5, null, true]\n"
SAID = {"since": date(2025, 3, 31), "at": datetime(2025, 3, 31, 10), 1: ["a", 2.5, None, True]}  # noqa: DTZ001


def test_file_is_read_once_and_said_the_same_afterwards(package):
    path = package / "subjects" / "words.yaml"

    assert data_of(path, CONTENT, loaded) == SAID
    assert data_of(path, CONTENT, never) == SAID
    assert [each.name.split(".yaml")[0] for each in kept_in(package)] == ["subjects.words"]


def test_changed_file_is_read_again_and_nothing_old_is_left(package):
    path = package / "words.yaml"
    data_of(path, b"a: 1", loaded)
    data_of(package / "words.yaml.yaml", b"a: 1", loaded)

    assert data_of(path, b"a: 2", loaded) == {"a": 2}
    assert len(kept_in(package)) == 2
    assert data_of(path, b"a: 1", loaded) == {"a": 1}


@pytest.mark.parametrize("damage", [b"", b"\xc1", b"\xc7\x03\x01abc"])
def test_damaged_copy_is_made_anew(package, damage):
    path = package / "words.yaml"
    data_of(path, b"a: 1", loaded)
    kept_in(package)[0].write_bytes(damage)

    assert data_of(path, b"a: 1", loaded) == {"a": 1}
    assert data_of(path, b"a: 1", never) == {"a": 1}


def test_where_nothing_can_be_kept_yaml_is_read_each_time(package, monkeypatch):
    path = package / "words.yaml"
    assert data_of(path, b"a: 99999999999999999999999", loaded) == {"a": 99999999999999999999999}
    assert kept_in(package) == []
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    data_of(path, b"a: 1", loaded)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert kept_in(package) == []

    (package / "__pycache__").write_bytes(b"no folder")
    assert data_of(path, b"a: 1", loaded) == {"a": 1}


def test_what_is_wrong_is_refused_and_not_kept(package):
    with pytest.raises(msgspec.DecodeError):
        data_of(package / "words.yaml", b"a: [", loaded)

    assert kept_in(package) == []


def test_only_files_of_the_package_are_kept(tmp_path):
    assert is_ours(ROOT / "chain.yaml")
    assert not is_ours(tmp_path / "chain.yaml")
    assert not is_ours("chain.yaml")


def test_all_our_files_come_back_as_they_are(package):
    files = sorted(Path(str(ROOT)).rglob("*.yaml"))
    assert len(files) > 300
    for path in files:
        content = path.read_bytes()
        said = loaded(content)
        inside = package / path.relative_to(str(ROOT))
        assert data_of(inside, content, lambda _, said=said: said) == said
        assert data_of(inside, content, never) == said, path


def test_commands_of_a_second_run_need_no_yaml_library():
    """The start of an audit is the start of most commands."""
    program = (
        "import sys; from aiqyn.audit.live import LiveReader;"
        "LiveReader('none', 'sites', '2026-11-20'); print('yaml' in sys.modules)"
    )
    command = [sys.executable, "-c", program]
    keeping = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    run = partial(subprocess.run, command, capture_output=True, text=True, check=True, env=keeping)
    runs = [run() for _ in "12"]

    assert runs[1].stdout == "False\n"


def test_file_of_the_package_is_read_as_its_shape(package):
    path = package / "words.yaml"
    path.write_bytes(b"a: 2025-03-31")

    assert read(path, dict[str, date]) == {"a": date(2025, 3, 31)}
    assert read(path, dict[str, date]) == {"a": date(2025, 3, 31)}
