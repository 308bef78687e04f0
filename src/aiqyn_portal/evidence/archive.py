"""Everything an audit has read as one WARC file, which other people's tools open and replay.

It is made aside, whole or not at all, and one at a time on a machine until it is given: making one
takes seconds of processor time for a large site and room on the disk, and giving it to somebody
with a slow line takes a thread of the server. In memory are the list of what was read and one
answer, however large the site is.
"""

import fcntl
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from tempfile import mkdtemp
from typing import BinaryIO

from django.conf import settings
from msgspec.structs import replace

from aiqyn.chain import Evidence
from aiqyn.fetch.manifest import NAME, Manifest, load
from aiqyn.fetch.warc_out import NO_ANSWERS, write_warc
from aiqyn_portal.accounts.permissions import Person
from aiqyn_portal.evidence.models import Audit, Snapshot
from aiqyn_portal.evidence.permissions import open_to
from aiqyn_portal.evidence.store import store

NOT_HERE = "budget"  # as `warc_in` says of what an archive does not hold: it counts against nobody
ASKED_AT_ONCE = 500  # digests
LONGEST_S = 60 * 60  # what lies aside longer was left by a process that died


class AnotherIsMade(Exception):
    """An archive is being made or given on this machine; the next one has to wait."""


class Given(FileIO):
    """A finished archive; the next one may be made when it is closed."""

    def __init__(self, path: Path, turn: BinaryIO) -> None:
        super().__init__(path)
        self._turn = turn

    def close(self) -> None:
        super().close()
        self._turn.close()


def archive_of(audit: Audit, reader: Person) -> Given:
    """An open file with all that `reader` may look at; it is gone from the disk when closed.

    Bytes that are closed to him are not in it, and its list of what was read says of them no more
    than where they lay. Raises AnotherIsMade, EvidenceError or InputError when bytes are missing.
    """
    turn = _turn()
    try:
        with _aside() as aside:
            manifest = as_open_to(reader, _manifest(audit, aside))
            made = aside / "audit.warc.gz"
            write_warc(manifest, store(), made)
            return Given(made, turn)
    except BaseException:
        turn.close()
        raise


def as_open_to(reader: Person, manifest: Manifest) -> Manifest:
    """The list of what was read, without what `reader` may not look at."""
    named = sorted({each.sha256 for each in manifest.evidence if each.sha256})
    starts = range(0, len(named), ASKED_AT_ONCE)
    is_open = set[str]().union(
        *(_opened(reader, named[at : at + ASKED_AT_ONCE]) for at in starts),
    )
    told = (_told(each, is_open) for each in manifest.evidence)
    return replace(manifest, evidence=tuple(each for each in told if each is not None))


def _told(seen: Evidence, is_open: Collection[str]) -> Evidence | None:
    """What was seen; of closed bytes that they are not here, and of what was made of them nothing.

    An audit of the archive takes them for an address it had no leave to ask.
    """
    if not seen.sha256 or seen.sha256 in is_open:
        return seen
    if seen.role in NO_ANSWERS:
        return None
    where = {name: getattr(seen, name) for name in ("url", "taken_at", "role", "depth", "parent")}
    return Evidence(**where, failure=NOT_HERE)


def _opened(reader: Person, digests: list[str]) -> Iterator[str]:
    seen = Snapshot.objects.filter(open_to(reader), sha256__in=digests)
    shown = seen.exclude(origin=Snapshot.Origin.UPLOAD)
    return shown.values_list("sha256", flat=True).distinct().order_by().iterator()


def _manifest(audit: Audit, aside: Path) -> Manifest:
    (aside / NAME).write_bytes(store().get(audit.manifest_sha256))
    return load(str(aside))


def _folder() -> Path:
    """Where archives are made; beside the database, so that there is room."""
    found = Path(settings.VAR) / "archives"
    found.mkdir(exist_ok=True)
    return found


def _turn() -> BinaryIO:
    """A lock, held until it is closed; a process that dies lets go of it by itself."""
    lock = (_folder() / "lock").open("wb")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise AnotherIsMade from None
    return lock


@contextmanager
def _aside() -> Iterator[Path]:
    """A folder that is gone afterwards, as are those that were left behind."""
    for left in _folder().glob("made-*"):
        if left.stat().st_mtime < time.time() - LONGEST_S:
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(mkdtemp(prefix="made-", dir=_folder()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
