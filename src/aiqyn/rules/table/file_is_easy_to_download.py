"""The file is no larger than the portal of open data takes."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.subjects.datafile.model import DataFile

MB = 1_000_000


def check(file: DataFile, *, most_mb: int = 10) -> Iterator[Place]:
    if file.size > most_mb * MB:
        yield Place(where="file", saw=f"{file.size / MB:.1f} MB", note="heavy")
