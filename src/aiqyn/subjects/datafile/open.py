"""The one door to a file of data: says what its bytes are and reads them, whatever its name says.

Readers live in one module per family of formats; `dispatch.py` knows them.
"""

import hashlib
from pathlib import Path
from time import perf_counter

from msgspec.structs import replace

from aiqyn.errors import InputError
from aiqyn.subjects.datafile import dispatch
from aiqyn.subjects.datafile.apart import SHARED
from aiqyn.subjects.datafile.grid import Asking, Keep
from aiqyn.subjects.datafile.limits import LIMITS, Limits
from aiqyn.subjects.datafile.model import DataFile
from aiqyn.subjects.datafile.packed import Budget


def read(
    path: Path, *, name: str = "", limits: Limits = LIMITS, keep: Keep | None = None
) -> DataFile:
    """Return what the file at `path` holds; what is wrong with it is told in `troubles`.

    `name` is what the file was called where it came from. `keep` is called with the name
    and the rows of every table held in memory. Raises InputError where there is no file.
    """
    started = perf_counter()
    asking = Asking(name=name or path.name, limits=limits, keep=keep, budget=Budget(limits))
    try:
        found = dispatch.read(path, asking)
        digest = found.sha256 or _digest(path)
        size = path.stat().st_size
    except OSError as problem:
        raise InputError(path, "", problem.strerror or str(problem)) from problem
    seconds = perf_counter() - started
    return replace(found, name=asking.name, sha256=digest, size=size, seconds=seconds)


def read_apart(
    path: Path, *, name: str = "", limits: Limits = LIMITS, seconds: float | None = None
) -> DataFile:
    """Return what `read` returns, read by a process of its own: the way for files of others.

    A file that ends that process, or takes longer than `seconds` (else `limits.seconds`),
    is a file with the trouble "crash" or "too_slow". Raises InputError where there is none.
    """
    if seconds is not None:
        limits = replace(limits, seconds=seconds)
    return SHARED.read(path, name=name, limits=limits)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
