"""From the bytes of a file to the reader of its format; readers are loaded when first needed."""

from collections.abc import Iterator
from functools import partial
from importlib import import_module
from pathlib import Path

from msgspec.structs import replace

from aiqyn.subjects.datafile import ole
from aiqyn.subjects.datafile.grid import Asking
from aiqyn.subjects.datafile.model import DataFile, Trouble
from aiqyn.subjects.datafile.sniff import MEDIA_TYPES, disagrees, sniff

# Format → module of this folder that reads it, with `read(path, asking) -> DataFile`.
READERS = {
    "csv": "delimited",
    "tsv": "delimited",
    "zip": "archive",
    "gzip": "archive",
    "xlsx": "sheets",
    "xlsb": "sheets",
    "xls": "sheets",
    "ods": "sheets_open",
    "json": "json_text",
    "jsonl": "json_text",
    "xml": "xml_text",
    "gml": "xml_text",
    "kml": "kml",
    "parquet": "parquet",
    "pdf": "paper",
    "image": "paper",
    "html": "html_tables",
    "turtle": "rdf",
    "trig": "rdf",
    "rdf": "rdf",
    "ntriples": "rdf_lines",
    "nquads": "rdf_lines",
    "docx": "docx",
}
UNREAD = frozenset(  # formats we know of and do not look into
    {"7z", "rar", "xz", "bzip2", "zstd", "tar", "sqlite", "shapefile", "dbf"}
    | {"doc", "odt", "ppt", "pptx", "rtf"}
)


def read(path: Path, asking: Asking) -> DataFile:
    """Read one file, or one member of an archive that was unpacked to `path`."""
    if path.stat().st_size == 0:
        return DataFile(name=asking.name, troubles=(Trouble(kind="empty_file"),))
    fmt = sniff(path, asking.name)
    module = READERS.get(fmt)
    if module is None:
        found = _not_read(path, asking.name, fmt)
    else:
        reader = import_module(f"aiqyn.subjects.datafile.{module}")
        found = reader.read(path, replace(asking, format=fmt))
    if not found.media_type:
        found = replace(found, media_type=MEDIA_TYPES.get(found.format, ""))
    return _with_lie(found, asking.name, fmt)


def _not_read(path: Path, name: str, fmt: str) -> DataFile:
    kind = "unknown_format" if fmt == "unknown" else "unread_format" if fmt in UNREAD else ""
    if fmt == "text" and _is_blank(path):
        return DataFile(name=name, troubles=(Trouble(kind="empty_file"),))
    troubles = (Trouble(kind=kind, detail=fmt),) if kind else ()
    return DataFile(name=name, format=fmt, troubles=(*_of_container(path, fmt), *troubles))


def _is_blank(path: Path) -> bool:
    """Whether a file holds spaces and ends of lines alone."""
    with path.open("rb") as file:
        return not any(part.strip() for part in iter(partial(file.read, 1 << 20), b""))


def _of_container(path: Path, fmt: str) -> Iterator[Trouble]:
    """Yield what is wrong with an old office file nobody reads: its end or its key is missing."""
    if not ole.is_container(path):
        return
    if ole.is_cut(path):
        yield Trouble(kind="truncated")
    elif fmt == "doc" and ole.is_locked_text(path):
        yield Trouble(kind="encrypted")


def _with_lie(found: DataFile, name: str, fmt: str) -> DataFile:
    """Add that the name promises something else; a KMZ may call itself so."""
    if not disagrees(name, found.format) or (found.inside and not disagrees(name, fmt)):
        return found
    lie = Trouble(kind="lying_extension", detail=found.format)
    return replace(found, troubles=(lie, *found.troubles))
