"""Delimited text among the readers of formats: its own reader does the work."""

from pathlib import Path

from msgspec.structs import replace

from aiqyn.subjects.datafile.addresses import links_of
from aiqyn.subjects.datafile.csv_text import read_csv
from aiqyn.subjects.datafile.grid import Asking
from aiqyn.subjects.datafile.model import DataFile


def read(path: Path, asking: Asking) -> DataFile:
    """Read the table, and count the addresses its columns lead to."""
    found = read_csv(path, name=asking.name, keep=asking.keep, limits=asking.limits)
    return replace(found, links=links_of(found.tables))
