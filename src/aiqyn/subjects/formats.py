"""Which kinds of files a program can read, and which anyone may write a program for."""

from functools import cache

from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Noun
from aiqyn.subjects.datafile.model import DataFile


class Format(Noun, frozen=True, kw_only=True):
    """One kind of file, as `DataFile.format` names it."""

    title: str  # as people write it
    is_structured: bool
    is_open: bool
    source: str = ""  # of the two answers, where they are not those of formats.yaml


@cache
def formats() -> dict[str, Format]:
    """Return all kinds of files by key."""
    return read(ROOT / "subjects" / "formats.yaml", dict[str, Format])


def format_of(key: str) -> Format:
    """Return the kind of file; a key nobody knows is "unknown"."""
    return formats().get(key, formats()["unknown"])


def formats_of(file: DataFile) -> list[Format]:
    """Return the kinds of files that a file is: its own, or those that an archive of several has.

    Of an archive that holds data, whatever else lies there does not count.
    """
    if file.format not in ("zip", "gzip"):
        return [format_of(file.format)]
    inside = [format_of(member.format) for member in file.members]
    return [each for each in inside if each.is_structured] or inside or [format_of(file.format)]
