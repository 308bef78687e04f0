"""Tables of files as Parquet: kept as evidence, and beside it as plain files to query."""

import os
from pathlib import Path

from django.conf import settings

from aiqyn_portal.evidence.store import store


def folder() -> Path:
    """Where the plain files lie; whoever empties it loses nothing, they come back when asked."""
    found = Path(settings.VAR) / "tables"
    found.mkdir(exist_ok=True)
    return found


def keep(path: Path) -> str:
    """Keep a table written aside in `folder()`; return its SHA-256."""
    sha256 = store().put(path.read_bytes())
    path.replace(_place(sha256))
    return sha256


def plain_file(sha256: str) -> Path:
    """A path DuckDB can read; raises EvidenceError where the table is lost."""
    place = _place(sha256)
    if not place.exists():
        aside = place.with_suffix(f".{os.getpid()}")
        aside.write_bytes(store().get(sha256))
        aside.replace(place)
    return place


def forget(sha256: str) -> None:
    """Remove the plain file of a table."""
    _place(sha256).unlink(missing_ok=True)


def _place(sha256: str) -> Path:
    return folder() / f"{sha256}.parquet"
