"""The diary of a harvest: which page was read, which records were handed over.

`FOLDER/harvest.jsonl` is only ever added to, a line per system call. A record is
noted after whoever harvests has asked for the next one, so a kill repeats at most
the record that was in hand, and loses none.
"""

import fcntl
import os
from datetime import datetime
from pathlib import Path
from typing import Self

import msgspec

from aiqyn.chain import Noun, prepare
from aiqyn.errors import InputError
from aiqyn.harvest.model import Before, Request, Summary

NAME = "harvest.jsonl"


class Opening(Noun, frozen=True, kw_only=True, tag="opening"):
    """The first line: what was asked for."""

    address: str
    kind: str
    since: str
    started_at: datetime


class Turned(Noun, frozen=True, kw_only=True, tag="page"):
    """A page was received and kept."""

    asked: Request
    sha256: str
    taken_at: datetime
    total: int | None = None
    fresh: int = 0  # records on it that were new


class Given(Noun, frozen=True, kw_only=True, tag="record"):
    """A record of the last page was dealt with."""

    id: str
    name: str = ""
    # "given", "refused", "unchanged", "aside", "repeated", "listed"
    end: str = "given"


class Noted(Noun, frozen=True, kw_only=True, tag="note"):
    """Something was noticed of the source as a whole, or something else is asked from here on."""

    problem: str = ""
    onward: Request | None = None


class Closing(Noun, frozen=True, kw_only=True, tag="closing"):
    """The last line of a finished harvest."""

    summary: Summary


Entry = Turned | Given | Noted | Closing
Line = Opening | Entry
_DECODER: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Line)
_ENCODER = msgspec.json.Encoder()


class HarvestBusy(InputError):
    """Another process has the diary open and goes on with the harvest."""


class Journal:
    """Opens or continues the diary in `folder`; one process at a time.

    `lines` are those of an earlier call, the opening left out. Raises InputError when
    another harvest writes there, when the diary belongs to another catalogue, or when
    a line in it is damaged.
    """

    def __init__(self, folder: Path, opening: Opening) -> None:
        self.path = folder / NAME
        self.opening = opening
        folder.mkdir(parents=True, exist_ok=True)
        self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            self._lock()
            self.lines = self._continue()
        except BaseException:
            os.close(self._file)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._file)

    def write(self, line: Line) -> None:
        os.write(self._file, _ENCODER.encode(line) + b"\n")

    def _lock(self) -> None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise HarvestBusy(self.path, "", "another harvest is writing here") from None

    def _continue(self) -> list[Entry]:
        content = self.path.read_bytes()
        whole = content.rfind(b"\n") + 1  # a torn last line was never promised to anybody
        if whole < len(content):
            os.ftruncate(self._file, whole)
        lines = _decoded(self.path, content[:whole])
        if not lines:
            self.write(self.opening)
            return []
        asked = self.opening
        if not isinstance(lines[0], Opening):
            raise InputError(self.path, "line 1", "a harvest begins with its opening")
        self.opening = lines[0]
        for name in ("address", "kind", "since"):
            if getattr(lines[0], name) != getattr(asked, name):
                kept = getattr(lines[0], name)
                which = f"{name} {kept}" if kept else "of the whole catalogue"
                raise InputError(self.path, "line 1", f"another harvest is kept here: {which}")
        return [line for line in lines if not isinstance(line, Opening)]


def _decoded(path: Path, content: bytes) -> list[Line]:
    lines: list[Line] = []
    for number, line in enumerate(content.splitlines(), 1):
        try:
            lines.append(_DECODER.decode(line))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            problem = f"the diary is damaged ({error})"
            raise InputError(path, f"line {number}", problem) from None
    return lines


def known_of(folder: str) -> dict[str, str]:
    """Return id → other name of every set that a finished harvest in `folder` has read.

    Raises InputError when there is none, or it is not finished.
    """
    kept = (each for each in _records(folder) if each.end in ("given", "unchanged"))
    return {each.id: each.name for each in kept}


def before_of(folder: str) -> Before:
    """Return what the finished harvest in `folder` was refused beside what `known_of` tells.

    Raises InputError when there is none, or it is not finished.
    """
    refused = (each for each in _records(folder) if each.end == "refused")
    return Before(refused=frozenset(each.name or each.id for each in refused))


def _records(folder: str) -> list[Given]:
    path = Path(folder) / NAME
    if not path.is_file():
        raise InputError(path, "", "nothing was harvested here")
    lines = _decoded(path, path.read_bytes())
    if not lines or not isinstance(lines[-1], Closing):
        raise InputError(path, "", "the harvest kept here was not finished")
    return [each for each in lines if isinstance(each, Given)]


prepare(Line)
