"""The diary of a crawl: whatever was fetched is on disk before it is used.

`FOLDER/journal.jsonl` is only ever added to; a crawl killed at any moment reads it
and continues. `FOLDER/reading` names the page the parser has in hand, so that a
page that kills the process is known after it.
"""

import fcntl
import os
from collections import Counter
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Self

import msgspec

from aiqyn.chain import Evidence, Noun
from aiqyn.errors import InputError
from aiqyn.fetch.addresses import site_of
from aiqyn.fetch.keeping import is_readable
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.manifest import SILENCE, Cut, Manifest
from aiqyn.fetch.pack import write_all
from aiqyn.fetch.scope import Scope

NAME = "journal.jsonl"
READING = "reading"
ASKS = "asks"  # in place of a page's address: what the reader has in hand when it asks for more


class Opening(Noun, frozen=True, kw_only=True, tag="opening"):
    """The first line: what was asked for."""

    start: str
    part: str = ""  # of its host that is the site, as `scope` tells it; "" for all of it
    limits: Limits
    started_at: datetime

    @property
    def scope(self) -> Scope:
        return Scope(site_of(self.start), self.part)


class Seen(Noun, frozen=True, kw_only=True, tag="seen"):
    """One address answered, or did not."""

    evidence: Evidence


class Crash(Noun, frozen=True, kw_only=True, tag="crash"):
    """The process died with this page in the reader's hands."""

    url: str


class Closing(Noun, frozen=True, kw_only=True, tag="closing"):
    """The last line of a finished crawl."""

    finished_at: datetime
    cuts: tuple[Cut, ...] = ()


Entry = Opening | Seen | Crash | Closing
_BEGINNING = b'{"type":"'  # of an entry; inside of one no quotation mark stands bare
_DECODER: msgspec.json.Decoder[Entry] = msgspec.json.Decoder(Entry)
_ENCODER = msgspec.json.Encoder()


def key(role: str, url: str) -> str:
    """Under what an address is known: a sitemap may also be a link somebody made."""
    return url if role in {"page", "document", "link"} else f"{role} {url}"


def _entry(line: bytes) -> Entry:
    """The entry at the end of a line: before it one may stand whose writing broke off.

    What broke off was never promised to anybody. Raises DecodeError or UnicodeDecodeError.
    """
    return _DECODER.decode(line[max(0, line.rfind(_BEGINNING)) :])


def is_of_archive(opening: Opening) -> bool:
    """Whether an archive is walked, where no robots.txt of today counts."""
    return not opening.limits.obey_robots


def holds_pages(folder: Path) -> bool:
    """Whether a crawl in `folder` has read anything: a page or a document that was there."""
    content = (folder / NAME).read_bytes()
    lines = content[: content.rfind(b"\n") + 1].splitlines()
    return any(isinstance(each, Seen) and is_readable(each.evidence) for each in map(_entry, lines))


def has_page_in_hand(folder: str) -> bool:
    """Whether the reader of a crawl that runs, or ran, in `folder` is at a page."""
    with (Path(folder) / READING).open("rb") as reading:
        return _in_hand(reading.fileno()) not in {"", ASKS}


def let_go(folder: str) -> None:
    """Have the page in hand not noted as the one of which a process died."""
    with suppress(OSError), (Path(folder) / READING).open("r+b") as reading:
        reading.write(b"\n")


def _in_hand(reading: int) -> str:
    return os.pread(reading, 1 << 14, 0).partition(b"\n")[0].decode("utf-8", "replace")


class Journal:
    """Opens or continues the journal in `folder`; one process at a time.

    Raises InputError when another crawl writes there, when the journal belongs to
    another start or other limits, or when a line in it is damaged.
    """

    def __init__(self, folder: Path, opening: Opening) -> None:
        self.path = folder / NAME
        self.known: dict[str, Evidence] = {}
        self.crashes: Counter[str] = Counter()
        self.closing: Closing | None = None
        self.opening = opening
        folder.mkdir(parents=True, exist_ok=True)
        self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            self._lock()
            self._continue(opening)
            self._reading = os.open(folder / READING, os.O_RDWR | os.O_CREAT, 0o644)
        except BaseException:
            os.close(self._file)
            raise
        self._note_crash()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._file)
        os.close(self._reading)

    def add(self, evidence: Evidence) -> None:
        self._write(Seen(evidence=evidence))
        self.known[key(evidence.role, evidence.url)] = evidence

    def close(self, closing: Closing) -> None:
        self.closing = closing
        self._write(closing)

    def manifest(self, closing: Closing) -> Manifest:
        """Return what was seen, as a crawl that ends so has seen it."""
        limits = self.opening.limits
        return Manifest(
            start=self.opening.start,
            part=self.opening.part,
            agent=limits.agent,
            started_at=self.opening.started_at,
            finished_at=closing.finished_at,
            limits=limits,
            cuts=closing.cuts,
            evidence=tuple(sorted(self.known.values(), key=lambda one: (one.url, one.role))),
        )

    def begin_reading(self, url: str) -> None:
        os.pwrite(self._reading, url.encode() + b"\n", 0)

    def end_reading(self) -> None:
        os.pwrite(self._reading, b"\n", 0)

    def _write(self, line: Entry) -> None:
        # One system call per line: what a killed process wrote, the kernel keeps.
        write_all(self._file, _ENCODER.encode(line) + b"\n")

    def _lock(self) -> None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError(self.path, "", "another crawl is writing here") from None

    def _continue(self, opening: Opening) -> None:
        content = self.path.read_bytes()
        whole = content.rfind(b"\n") + 1  # a torn last line was never promised to anybody
        if whole < len(content):
            os.ftruncate(self._file, whole)
        lines = content[:whole].splitlines()
        if not lines:
            self._write(opening)
            return
        for number, line in enumerate(lines, 1):
            self._take(number, line)
        for name in ("start", "part", "limits"):
            if getattr(self.opening, name) != getattr(opening, name):
                problem = f"another crawl is kept here, with {name} {getattr(self.opening, name)}"
                raise InputError(self.path, "line 1", problem)

    def _take(self, number: int, line: bytes) -> None:
        try:
            entry = _entry(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise InputError(self.path, f"line {number}", str(error)) from None
        match entry:
            case Seen(evidence=evidence):
                self.known[key(evidence.role, evidence.url)] = evidence
            case Crash(url=url):
                self.crashes[url] += 1
            case Opening():
                self.opening = entry
            case _:
                self._end(entry)

    def _end(self, closing: Closing) -> None:
        """A crawl is over where it read something and the site did not fall silent."""
        is_whole = all(cut.why != SILENCE for cut in closing.cuts)
        if not any(map(is_readable, self.known.values())):  # what did not answer may do so today
            self.known.clear()
            is_whole = False
        self.closing = closing if is_whole else None

    def crash(self, url: str) -> None:
        """Note that a process died with this page in hand."""
        self.crashes[url] += 1
        self._write(Crash(url=url))

    def _note_crash(self) -> None:
        url = _in_hand(self._reading)
        if url:
            self.crash(url)
            self.end_reading()
