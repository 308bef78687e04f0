"""What stands behind the addresses of a passport: whether they answer, and what the bytes are."""

import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec.structs import replace

from aiqyn.harvest.door import Door
from aiqyn.subjects.datafile.model import DataFile
from aiqyn.subjects.datafile.open import read_apart
from aiqyn.subjects.dataset import Dataset, Distribution

REMEMBERED = 10_000  # addresses whose answer is kept: many sets share a page or a service


class Looking:
    """Looks behind the distributions of data sets, politely, each address once."""

    def __init__(self, door: Door, *, addresses: int, files: int) -> None:
        """At most so many distributions of a set are asked after, and so many files read."""
        self._door = door
        self._addresses = addresses
        self._files = files
        self._told: dict[str, str] = {}

    def behind(self, dataset: Dataset) -> Dataset:
        """Return the set with the statuses of its addresses, and its files as they were read."""
        seen = tuple(
            self._seen(number, each) for number, each in enumerate(dataset.distributions, 1)
        )
        return replace(dataset, distributions=seen)

    def _seen(self, number: int, each: Distribution) -> Distribution:
        if number <= self._files and each.download:
            each = self._read(each)
        if number > self._addresses:
            return each
        address = each.download or each.access
        status = each.status or (self._status(address) if address else "")
        is_other = each.access not in ("", address)
        return replace(
            each, status=status, access_status=self._status(each.access) if is_other else ""
        )

    def _status(self, address: str) -> str:
        if address not in self._told:
            if len(self._told) >= REMEMBERED:
                self._told.clear()
            self._told[address] = self._door.status(address)
        return self._told[address]

    def _read(self, each: Distribution) -> Distribution:
        """Fetch one file and read it in a process of its own; what failed is its status."""
        status, content = self._door.content(each.download)
        file = _file_of(content, each.download) if status == "200" else None
        return replace(each, status=status, file=file)


def _file_of(content: bytes, address: str) -> DataFile:
    name = unquote(urlsplit(address).path.rpartition("/")[2])[-100:] or "file"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "received"
        path.write_bytes(content)
        return read_apart(path, name=name)
