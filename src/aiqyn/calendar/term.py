"""A term as data: how many of what, from when, and what its end does on a day off."""

import re
from datetime import date
from typing import Literal

import msgspec

from aiqyn.errors import InputError
from aiqyn.text import Text

Unit = Literal["working", "calendar", "weeks", "months", "years"]
WhenOff = Literal["next", "stay", "before"]
AfterHandOver = Literal["goes_on", "anew"]
LONGEST = {"working": 2600, "calendar": 3660, "weeks": 520, "months": 120, "years": 10}


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """So many `unit`s, counted from the day after the one it begins on.

    `when_off` says what happens when the last day is not worked: the next working day
    ("next"), the one before ("before"), or nothing ("stay"). `after_hand_over`: whether
    another body goes on with what is left or has the whole term anew. `source` is the act
    the term stands in; `verified` is False until somebody has read it there.
    """

    count: int
    unit: Unit = "working"
    when_off: WhenOff = "next"
    after_hand_over: AfterHandOver = "goes_on"
    source: str = ""
    verified: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.count <= LONGEST[self.unit]:
            raise InputError("term", "count", f"{self.count} {self.unit} is not 1…ten years")


class Extension(msgspec.Struct, frozen=True):
    """So many more `unit`s, counted on from the last day; `unit` None means the term's own."""

    count: int
    reason: str = ""
    decided_on: date | None = None
    unit: Unit | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.count <= LONGEST[self.unit or "months"]:
            raise InputError("extension", "count", f"{self.count} is not 1…ten years")


class Suspension(msgspec.Struct, frozen=True):
    """The clock stands from `since`; `until` is the first day counted again, None: not yet."""

    since: date
    until: date | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise InputError("suspension", "until", f"{self.until} is before {self.since}")

    def holds(self, day: date) -> bool:
        """Whether `day` is not counted."""
        return self.since <= day and (self.until is None or day < self.until)


class HandOver(msgspec.Struct, frozen=True):
    """Another body took the matter over on that day; `to` is its name."""

    on: date
    to: Text
    reason: str = ""


_UNITS: dict[Unit, str] = {
    "working": r"working[ -]days?|business[ -]days?|рабоч\w+ (?:дн\w+|день)|жұмыс күн\w*",
    "calendar": r"(?:calendar[ -])?days?|(?:календарн\w+ )?(?:дн\w+|день)|(?:күнтізбелік )?күн\w*",
    "weeks": r"weeks?|недел\w+|апта\w*",
    "months": r"months?|месяц\w*|ай\w*",
    "years": r"years?|год\w*|лет|жыл\w*",
}


def parse(words: str, *, when_off: WhenOff = "next") -> Term:
    """Read "15 working days", "10 рабочих дней", "1 ай"; raises InputError otherwise."""
    said = " ".join(words.lower().split())
    number, _, rest = said.partition(" ")
    if number.isascii() and number.isdigit() and len(number) < 6:
        for unit, pattern in _UNITS.items():
            if re.fullmatch(pattern, rest):
                return Term(int(number), unit, when_off)
    raise InputError("term", "", f"{words!r} is not like “15 working days”, “1 month”, “10 days”")
