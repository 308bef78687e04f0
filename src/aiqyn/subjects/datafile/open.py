"""The one door to a file of data: says what its bytes are and reads them, whatever its name says.

Readers live in one module per family of formats and are loaded when first needed. Each has
`read(path, asking) -> DataFile` and never raises for what is wrong with the bytes.
"""

import hashlib
from importlib import import_module
from pathlib import Path
from time import perf_counter

from msgspec.structs import replace

from aiqyn.errors import InputError
from aiqyn.subjects.datafile.grid import Asking, Keep
from aiqyn.subjects.datafile.limits import LIMITS, Limits
from aiqyn.subjects.datafile.model import DataFile, Trouble
from aiqyn.subjects.datafile.sniff import MEDIA_TYPES, disagrees, sniff

READERS = {  # format → module of this folder that reads it
    "csv": "delimited",
    "tsv": "delimited",
}


def read(
    path: Path, *, name: str = "", limits: Limits = LIMITS, keep: Keep | None = None
) -> DataFile:
    """Return what the file at `path` holds; what is wrong with it is told in `troubles`.

    `name` is what the file was called where it came from. `keep` is called with the name
    and the rows of every table held in memory. Raises InputError where there is no file.
    """
    started = perf_counter()
    asking = Asking(name=name or path.name, limits=limits, keep=keep)
    try:
        size = path.stat().st_size
        found = _read(path, size, asking)
        digest = found.sha256 or _digest(path)
    except OSError as problem:
        raise InputError(path, "", problem.strerror or str(problem)) from problem
    return replace(
        found,
        name=asking.name,
        sha256=digest,
        size=size,
        media_type=found.media_type or MEDIA_TYPES.get(found.format, ""),
        seconds=perf_counter() - started,
    )


def _read(path: Path, size: int, asking: Asking) -> DataFile:
    if size == 0:
        return DataFile(name=asking.name, troubles=(Trouble(kind="empty_file"),))
    fmt = sniff(path, asking.name)
    module = READERS.get(fmt)
    if module is None:
        found = DataFile(name=asking.name, format=fmt)
    else:
        reader = import_module(f"aiqyn.subjects.datafile.{module}")
        found = reader.read(path, replace(asking, format=fmt))
    if disagrees(asking.name, found.format) and not found.inside:
        lying = Trouble(kind="lying_extension", detail=found.format)
        return replace(found, troubles=(lying, *found.troubles))
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
