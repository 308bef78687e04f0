"""The YAML of the calendar: holidays that return, days named year by year, and sources."""

from datetime import date
from functools import cache

import msgspec

from aiqyn.catalogue import ROOT, read
from aiqyn.errors import CatalogueError
from aiqyn.text import Text

FOLDER = ROOT / "calendar"


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a fact stands; `read_at` is where it was read, when not at `address` itself."""

    title: Text
    address: str = ""
    read_at: str = ""


class Holiday(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A holiday that returns every year.

    `carries`: when it falls on a day off, the next working day is free instead.
    `day` is "MM-DD", or "" for one whose date is named anew every year.
    """

    name: Text
    carries: bool
    source: str
    verified: bool
    day: str = ""
    since: int = 1
    until: int = 9999

    def in_year(self, year: int) -> date | None:
        """Its date in `year` as the law names it; None when it is not kept or not known."""
        if not self.day or not self.since <= year <= self.until:
            return None
        return date.fromisoformat(f"{year:04}-{self.day}")


class Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A day off of one year. `code` is of holidays.yaml; a day entered by hand has a `name`."""

    day: date
    verified: bool
    source: str | Source
    code: str = ""
    name: Text | None = None
    carries: bool = False


class Moved(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A day off moved by an order: `rest` is free; `work`, when named, is worked instead."""

    rest: date
    verified: bool
    source: str | Source
    work: date | None = None


class Ordinary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A day that is no holiday, though the law's own dates or our files would make it one."""

    day: date
    verified: bool
    source: str | Source


class Year(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of one year. `moves_known`: no order moving days is still awaited."""

    moves_known: bool
    days: list[Named]
    moved: list[Moved] = []
    ordinary: list[Ordinary] = []


@cache
def sources() -> dict[str, Source]:
    return read(FOLDER / "sources.yaml", dict[str, Source])


@cache
def holidays() -> dict[str, Holiday]:
    return read(FOLDER / "holidays.yaml", dict[str, Holiday])


@cache
def year_known(year: int) -> Year | None:
    """What our file says of `year`; None when there is no file."""
    path = FOLDER / "days" / f"{year}.yaml"
    return read(path, Year) if path.is_file() else None


@cache
def years_known() -> tuple[int, ...]:
    """The years that have a file, in order."""
    names = (path.name for path in (FOLDER / "days").iterdir())
    return tuple(sorted(int(name[:4]) for name in names if name.endswith(".yaml")))


def source_of(given: str | Source) -> Source:
    """The source behind a key of sources.yaml; one given whole stays as it is."""
    if isinstance(given, Source):
        return given
    if given not in sources():
        raise CatalogueError(FOLDER / "sources.yaml", f"no source `{given}`")
    return sources()[given]
