"""Everything an audit has read as one WARC file, which other people's tools open and replay.

It is made while it is given, record by record: nothing lies on the disk, and in memory are the list
of what was read and one answer, however large the site is. Whoever reads takes a thread of the
server meanwhile, so a few are given at once on a machine, and none to one slower than SLOWEST.
"""

import fcntl
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO, Self

from django.conf import settings
from msgspec.structs import replace

from aiqyn.chain import Evidence
from aiqyn.errors import EvidenceError
from aiqyn.fetch.manifest import Manifest, from_lines
from aiqyn.fetch.warc_out import NO_ANSWERS, packed, warc_records
from aiqyn_portal.accounts.permissions import Person
from aiqyn_portal.evidence.models import Audit, Snapshot
from aiqyn_portal.evidence.permissions import open_to
from aiqyn_portal.evidence.store import store

NOT_HERE = "budget"  # as `warc_in` says of what an archive does not hold: it counts against nobody
ASKED_AT_ONCE = 500  # digests
GIVEN_AT_ONCE = 2  # archives, on one machine
PIECE = 1 << 16  # bytes handed to the server at once, at least
SLOWEST = 32_000  # bytes a second
PACE_S = 60.0  # over which it is measured how fast a reader reads


class OthersAreGiven(Exception):
    """As many archives are being given on this machine as may be at once."""


class TooSlow(Exception):
    """The reader holds a thread of the server and hardly reads."""


class Given:
    """An archive in pieces; the next one may be given when it is closed."""

    def __init__(self, records: Iterator[bytes], turn: BinaryIO) -> None:
        self._records = records
        self._turn = turn
        self._since = time.monotonic()
        self._given = 0  # bytes since then

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        """Some records; raises TooSlow where those before were taken too slowly."""
        self._keep_pace()
        piece = bytearray()
        for record in self._records:
            piece += packed(record)
            if len(piece) >= PIECE:
                break
        if not piece:
            raise StopIteration
        self._given += len(piece)
        return bytes(piece)

    def close(self) -> None:
        self._turn.close()

    def _keep_pace(self) -> None:
        now = time.monotonic()
        if now - self._since < PACE_S:
            return
        if self._given < SLOWEST * (now - self._since):
            raise TooSlow
        self._since, self._given = now, 0


def archive_of(audit: Audit, reader: Person) -> Given:
    """All that `reader` may look at, to be iterated over and closed.

    Bytes that are closed to him are not in it, and its list of what was read says of them no more
    than where they lay. Raises OthersAreGiven, and EvidenceError or InputError when bytes are
    missing: what was begun is given whole.
    """
    turn = _turn()
    try:
        listed = from_lines(store().get(audit.manifest_sha256), f"audit {audit.pk}")
        manifest = as_open_to(reader, listed)
        _need_all(manifest)
        return Given(warc_records(manifest, store()), turn)
    except BaseException:
        turn.close()
        raise


def _need_all(manifest: Manifest) -> None:
    kept = store()
    for sha256 in sorted({each.sha256 for each in manifest.evidence if each.sha256}):
        if sha256 not in kept:
            raise EvidenceError(f"no evidence {sha256}")


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


def _turn() -> BinaryIO:
    """One of the locks of this machine, held until it is closed or its process dies."""
    folder = Path(settings.VAR) / "archives"
    folder.mkdir(exist_ok=True)
    for number in range(GIVEN_AT_ONCE):
        lock = (folder / f"lock-{number}").open("wb")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            continue
        return lock
    raise OthersAreGiven
