"""Files to grade: found by name, folder, pattern or address, and graded on several processes."""

import gc
import os
import re
import signal
import sys
import threading
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from aiqyn.errors import AiqynError, InputError
from aiqyn.fetch.limits import Limits
from aiqyn.grading import Grade, grade
from aiqyn.grading.grade import REGULATION
from aiqyn.parent import end_with_parent
from aiqyn.regulations import edition_on
from aiqyn.report.grade_written import Refused
from aiqyn.subjects.datafile import ole
from aiqyn.subjects.datafile.model import DataFile
from aiqyn.subjects.datafile.open import read, read_apart

MOST_FILES = 20_000  # their grades are held until all are told
ALONE = 4  # files that are not worth a process
SELDOM = 50_000  # more things made than given up, before circles among them are looked for
TOGETHER = 8  # files handed to a process at once
_MAGIC = re.compile(r"[*?\[]")  # in a pattern


class Target(Struct, frozen=True, kw_only=True):
    """One thing to grade."""

    name: str  # as it was given: a path or an address
    path: Path | None = None  # None: an address
    address: str = ""  # on the web
    shown: str = ""  # what reports call a file: its name, and folders where others have that too


class Terms(Struct, frozen=True, kw_only=True):
    """What holds for all files of one command."""

    licence: str
    as_of: date
    most_places: int
    limits: Limits
    folder: Path  # for what is fetched


def targets(said: Sequence[str], address: str = "") -> list[Target]:
    """Return the files and addresses that people mean, in the order they said them.

    Raises InputError for what is not there, and for an address of several files.
    """
    found: dict[str, Target] = {}
    for each in said:
        for target in _meant(each, address):
            found.setdefault(target.name, target)
            if len(found) > MOST_FILES:
                raise InputError("TARGETS", "", f"over {MOST_FILES} files")
    if address and len(found) > 1:
        raise InputError("--address", address, "is for one file")
    return _told_apart(list(found.values()))


def _told_apart(found: Sequence[Target]) -> list[Target]:
    """Return the targets, each shown with as much of its path as no other one ends with."""
    shown: dict[str, str] = {}
    alike, length = [each.path for each in found if each.path], 1
    while alike:
        ends = {path: path.parts[-length:] for path in alike}
        times = Counter(ends.values())
        is_whole = {path: length >= len(path.parts) for path in alike}
        shown |= {str(path): "/".join(end).replace("//", "/") for path, end in ends.items()}
        alike = [path for path in alike if times[ends[path]] > 1 and not is_whole[path]]
        length += 1
    return [replace(each, shown=shown.get(each.name, "")) for each in found]


def _meant(said: str, address: str) -> Iterator[Target]:
    if said.startswith(("http://", "https://")):
        yield Target(name=said, address=said)
        return
    path = Path(said)
    if path.is_dir():
        files = sorted(_inside(path))
    elif path.exists() or not _MAGIC.search(said):
        files = [path]
    else:
        matching = Path(path.anchor).glob(str(path.relative_to(path.anchor)))
        files = sorted(each for each in matching if each.is_file())
    if not files:
        raise InputError(said, "", "no files there")
    for file in files:
        if not file.exists():
            raise InputError(file, "", "there is no such file")
        if not file.is_file():
            raise InputError(file, "", "not a file")
        yield Target(name=str(file), path=file, address=address)


def _inside(folder: Path) -> Iterator[Path]:
    """Files of a folder and of those in it; hidden ones and links are left out."""
    for place, folders, names in os.walk(folder):
        folders[:] = [each for each in folders if not each.startswith(".")]
        paths = (Path(place, name) for name in names if not name.startswith("."))
        yield from (path for path in paths if path.is_file() and not path.is_symlink())


def graded(asked: Sequence[Target], terms: Terms, jobs: int) -> Iterator[Grade | Refused]:
    """Return what becomes of every target, in order; other processes begin at once."""
    if jobs < 2 or len(asked) < ALONE:
        return (_decoded(_graded(target, terms)) for target in asked)
    together = max(1, min(TOGETHER, len(asked) // (jobs * ALONE)))
    pool = ProcessPoolExecutor(jobs, get_context(_way_to_begin()), initializer=_prepare)
    waiting = deque(
        pool.submit(_all_graded, asked[at : at + together], terms)
        for at in range(0, len(asked), together)
    )
    return _heard(pool, waiting)


def _way_to_begin() -> str:
    """Processes are copies of this one, which has read all they need; unless threads run in it."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def _prepare() -> None:
    """Ctrl-C is heard by the command alone, which then ends its readers; killed, it takes them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    gc.freeze()  # what is loaded stays: nobody need look through it again and again
    gc.set_threshold(SELDOM)  # a file that was graded leaves hardly a circle behind


def _heard(
    pool: ProcessPoolExecutor, waiting: deque[Future[list[bytes | Refused]]]
) -> Iterator[Grade | Refused]:
    before = gc.get_threshold()
    with pool:
        try:
            gc.set_threshold(SELDOM)
            while waiting:
                yield from map(_decoded, waiting.popleft().result())
        except BrokenProcessPool:
            raise InputError("TARGETS", "", "a reader ended before its time") from None
        finally:  # stopped by Ctrl-C, nobody waits for what was not begun
            gc.set_threshold(*before)
            pool.shutdown(wait=False, cancel_futures=True)


def _decoded(answer: bytes | Refused) -> Grade | Refused:
    return answer if isinstance(answer, Refused) else msgspec.json.decode(answer, type=Grade)


def _all_graded(asked: Sequence[Target], terms: Terms) -> list[bytes | Refused]:
    return [_graded(target, terms) for target in asked]


def _graded(target: Target, terms: Terms) -> bytes | Refused:
    """Grade one target; as bytes, which go between processes at little cost."""
    try:
        return msgspec.json.encode(_grade(target, terms))
    except AiqynError as problem:
        return Refused(name=target.name, problem=str(problem))
    except Exception as fault:  # noqa: BLE001  # of ours; it must not cost the other files
        told = f"{target.name}: our reader broke: {type(fault).__name__}: {fault}"
        return Refused(name=target.name, problem=told)


def _grade(target: Target, terms: Terms) -> Grade:
    edition = edition_on(REGULATION, terms.as_of)
    path, name, address = target.path, target.name, target.address
    licence = terms.licence
    if path is None:
        # Loaded when asked for: a client of the web is half of what a reader needs to start.
        fetched = import_module("aiqyn.grading.fetched")
        found = fetched.fetch_data(target.address, terms.folder, terms.limits)
        path, name, address = found.path, found.name, found.address
        licence = licence or found.licence
    try:
        file = _read(path, target.shown or name)
    finally:
        if target.path is None:
            path.unlink()
    return grade(
        file,
        licence=licence,
        address=address,
        edition=edition,
        as_of=terms.as_of,
        most_places=terms.most_places,
    )


def _read(path: Path, name: str) -> DataFile:
    """Read a file; an old office file apart, because a broken one may end whoever reads it."""
    try:
        is_old = ole.is_container(path)
    except OSError:  # `read` tells it well
        is_old = False
    return read_apart(path, name=name) if is_old else read(path, name=name)
