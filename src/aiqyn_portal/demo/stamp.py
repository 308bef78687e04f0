"""Whether the data folder was prepared by this version of the code; known without Django."""

import hashlib
from pathlib import Path

import aiqyn

SOURCES = Path(__file__).resolve().parents[2]


def is_prepared(folder: Path) -> bool:
    """Whether a first start by exactly this code has come to its end."""
    stamp = _stamp(folder)
    return stamp.exists() and stamp.read_text() == version()


def mark_prepared(folder: Path, began: str) -> None:
    """Remember that a first start has come to its end, of the version it `began` with.

    What has arrived meanwhile was not prepared: the next start does it.
    """
    _stamp(folder).write_text(began)


def _stamp(folder: Path) -> Path:
    return folder / "prepared.stamp"


def version() -> str:
    """Changes with the version, the migrations and the shipped tables."""
    digest = hashlib.sha256(aiqyn.__version__.encode())
    watched = [*SOURCES.glob("**/migrations/0*.py"), *SOURCES.glob("**/*.css")]
    for path in sorted(watched):
        digest.update(path.read_bytes())
    return digest.hexdigest()
