"""Patterns that were compiled before are ready, and mean what `re` says they mean."""

import os
import re
import subprocess
import sys
from functools import partial
from re import _compiler

import pytest

from aiqyn import patterns
from aiqyn.patterns import kept


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(patterns, "FOLDER", tmp_path / "__pycache__")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "__pycache__"


@pytest.fixture
def compiled(monkeypatch):
    """What `re` had to compile by itself."""
    asked = []
    ordinary = _compiler.compile

    def compile_(pattern, flags=0):
        asked.append(pattern)
        return ordinary(pattern, flags)

    monkeypatch.setattr(_compiler, "compile", compile_)
    return asked


def load(*texts):
    """Compile as a program does that has just been started."""
    re.purge()
    with kept("some"):
        return [
            re.compile(*text) if isinstance(text, tuple) else re.compile(text) for text in texts
        ]


def forms(folder):
    return [each.name.split(".")[0] for each in folder.iterdir()]


ALL_KINDS = (
    r"a(?P<one>b)(c)?(?P=one)",
    rb"<(?:ul|ol)\b",
    (r"(?i:қ)|[а-яёәғқңөұүһі]+", re.IGNORECASE),
    (r"^ \d++ (?>x|y) # numbers", re.VERBOSE | re.MULTILINE),
    r"(?<!\w)(?s:.)()\1?|[\U0001F600-\U0001F64F]",
)


def test_second_run_compiles_nothing_and_finds_the_same(folder, compiled):
    first = load(*ALL_KINDS)
    assert len(compiled) == len(ALL_KINDS)

    second = load(*ALL_KINDS)

    assert len(compiled) == len(ALL_KINDS)
    assert second == first  # the text, the flags and the code
    assert [each.groupindex for each in second] == [each.groupindex for each in first]
    assert second[0].fullmatch("abcb")["one"] == "b"
    assert second[2].fullmatch("ҚАЗАҚСТАН")
    assert forms(folder) == ["some"]


def test_what_is_asked_for_no_more_is_kept_no_more(folder, compiled):
    load("a", "b")
    load("b", "c")
    compiled.clear()

    load("c", "b", "a")

    assert compiled == ["a"]


def test_same_pattern_with_other_flags_is_another(folder, compiled):
    load("a", ("a", re.IGNORECASE))

    lower, either = load("a", ("a", re.IGNORECASE))

    assert (bool(lower.match("A")), bool(either.match("A"))) == (False, True)
    assert compiled == ["a", "a"]


def damaged(content):
    """Return what lies there with one letter of the pattern's code changed."""
    return content[:-8] + bytes([content[-8] ^ 1]) + content[-7:]


@pytest.mark.parametrize("damage", [damaged, lambda content: content[:20], lambda _: b""])
def test_damaged_file_is_made_anew(folder, compiled, damage):
    load("ab")
    place = next(folder.iterdir())
    place.write_bytes(damage(place.read_bytes()))

    assert load("ab")[0].match("ab")
    assert load("ab")[0].match("ab")
    assert compiled == ["ab", "ab"]


@pytest.mark.parametrize("form", [b"\x91\x90", b"\xc1", b"\x91\x96\x90\x00\x00\xc4\x00\x00\x80"])
def test_file_of_another_form_is_made_anew(folder, compiled, form):
    load("ab")
    next(folder.iterdir()).write_bytes(patterns._digest_of(form) + form)

    assert load("ab")[0].match("ab")
    assert compiled == ["ab", "ab"]


@pytest.mark.parametrize(
    "told",
    [
        {"code": b"\x4d\x00\x00\x00" * 3},  # no code of a pattern
        {"code": b"abc"},
        {"flags": 1 << 40},
    ],
)
def test_code_that_is_none_is_compiled(folder, compiled, told):
    load("(?P<x>a)")
    place = next(folder.iterdir())
    [pattern] = patterns._read(place).values()
    patterns._write(place, [patterns.msgspec.structs.replace(pattern, **told)])

    assert load("(?P<x>a)")[0].match("a")
    assert compiled == ["(?P<x>a)"] * 2


def test_where_nothing_can_be_kept_all_is_compiled(folder, compiled, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    load("a")
    assert not folder.exists()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    folder.write_bytes(b"no folder")

    assert load("a")[0].match("a")
    assert compiled == ["a", "a"]


def test_where_nobody_may_write_no_pattern_is_taken_apart(folder, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(patterns, "_taken_apart", None)

    assert load("a")[0].match("a")
    assert list(folder.iterdir()) == []


def test_nothing_is_left_where_the_disk_is_full(folder, compiled, monkeypatch):
    def full(self, _):
        self.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(folder), "write_bytes", full)

    assert load("a")[0].match("a")
    assert list(folder.iterdir()) == []


def test_one_inside_another_keeps_nothing(folder, compiled):
    re.purge()
    with kept("outer"), kept("inner"):
        re.compile("a")

    assert forms(folder) == ["outer"]


def test_another_python_compiles_as_ever(folder, monkeypatch):
    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(patterns, "import_module", missing)

    assert load("a")[0].match("a")
    assert not folder.exists()


def test_python_that_parses_otherwise_compiles_as_ever(folder, monkeypatch):
    def changed(name):
        return {"re._compiler": _compiler, "re._parser": object()}[name]

    monkeypatch.setattr(patterns, "import_module", changed)

    assert load("a")[0].match("a")
    assert list(folder.iterdir()) == []


def test_re_is_as_before_afterwards_even_when_loading_fails(folder):
    before = _compiler.compile
    re.purge()
    with pytest.raises(re.error), kept("some"):
        list(map(re.compile, ["never seen before", "("]))

    assert _compiler.compile is before
    assert forms(folder) == ["some"]


def test_scanner_that_compiles_what_it_has_parsed_works(folder):
    re.purge()
    with kept("some"):
        scanner = re.Scanner([(r"\d+", lambda _, found: int(found))])

    assert scanner.scan("12")[0] == [12]


def test_worker_of_a_second_audit_compiles_none_of_our_patterns():
    program = (
        "from aiqyn.patterns import kept\n"
        "from re import _compiler\n"
        "asked, ordinary = [], _compiler.compile\n"
        "_compiler.compile = lambda *all: asked.append(all) or ordinary(*all)\n"
        "with kept('test-of-audits'):\n"
        "    from aiqyn.audit.live import LiveReader\n"
        "    LiveReader('none', 'sites', '2026-11-20')\n"
        "print(len(asked))"
    )
    command = [sys.executable, "-c", program]
    keeping = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    run = partial(subprocess.run, command, capture_output=True, text=True, check=True, env=keeping)
    try:
        runs = [run() for _ in "12"]
    finally:
        for each in patterns.FOLDER.glob("test-of-audits.*"):
            each.unlink()

    assert runs[1].stdout == "0\n"
