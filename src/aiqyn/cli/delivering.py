"""Where a report goes: to people at a terminal, or into a file that is written whole or not."""

import os
import sys
from pathlib import Path

from aiqyn.errors import InputError

BINARY = ("xlsx", "pdf")
PLAIN_WIDTH = 100  # characters of a text nobody watches


def is_read_by_people(out: Path | None) -> bool:
    return out is None and sys.stdout.isatty()


def check_target(shape: str, out: Path | None) -> None:
    """Refuse before anything is asked what could not be delivered after it."""
    if shape in BINARY and is_read_by_people(out):
        raise InputError("--format", shape, "is not for a terminal: give a file with --out")
    if out is None:
        return
    if not out.absolute().parent.is_dir():
        raise InputError(out, "", "there is no such folder to write in")
    if out.is_dir():
        raise InputError(out, "", "Is a directory")
    if not os.access(out if out.exists() and not out.is_file() else out.absolute().parent, os.W_OK):
        raise InputError(out, "", "Permission denied")


def write_whole(path: Path, content: bytes) -> None:
    """Write all or nothing; what is no file, as /dev/stdout, is written as it is."""
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        aside = path.with_name(f"{path.name}.new")
        try:
            aside.write_bytes(content)
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as problem:
        raise InputError(path, "", problem.strerror or "cannot be written") from None
