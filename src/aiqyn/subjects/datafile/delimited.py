"""Delimited text: handed on to its reader, `csv_text`."""

from pathlib import Path

from aiqyn.subjects.datafile.csv_text import read_csv
from aiqyn.subjects.datafile.grid import Asking
from aiqyn.subjects.datafile.model import DataFile


def read(path: Path, asking: Asking) -> DataFile:
    """Read the table."""
    return read_csv(path, name=asking.name, keep=asking.keep, limits=asking.limits)
