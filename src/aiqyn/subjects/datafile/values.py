"""What one cell says: a number, a day, a word for "no value" … however it was written."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, NamedTuple

from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Noun
from aiqyn.subjects import dates

LONGEST = 80  # characters of a text that can be anything but plain text
YEARS = range(1000, 2201)
ISO_DAY, ISO_MOMENT = "%Y-%m-%d", "%Y-%m-%d %H:%M"
WORDED = "%d %B %Y"  # the month is a word of one of three languages

_SPACES = " \u00a0\u202f\u2009"  # between thousands
_NUMBER = re.compile(
    rf"([+\-−–]?)(\d{{1,3}}(?:[{_SPACES}'’]\d{{3}})+|\d+)?(?:([.,])(\d+))?(?:[eE]([+-]?\d{{1,3}}))?"
)
_GROUPED = re.compile(r"([+\-−–]?)(\d{1,3}(?:,\d{3})+)(?:\.(\d+))?")
_DOTTED = re.compile(r"([+\-−–]?)(\d{1,3}(?:\.\d{3})+),(\d+)")  # the comma tells it from an address
_WITH_UNIT = re.compile(
    rf"((?:[+\-−–]\s?)?\d[\d{_SPACES}'’.,]*?)[{_SPACES}]*([^\d\s.,'’][^\d]*[²³23]?)"
)
_DAY = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{2,4})(?:[T ](.+))?")
_CLOCK = re.compile(
    r"(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?\s?(Z|[+-]\d\d:?\d\d)?", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://[^\s/]+\.\S+|https?://localhost\S*", re.IGNORECASE)
_MINUSES = str.maketrans("−–", "--")
_NO_SPACES = str.maketrans("", "", _SPACES + "'’")


class Value(NamedTuple):
    """What a cell says."""

    # "blank" "missing" "whole" "decimal" "date" "moment" "yes_no" "code" "address" "text",
    # and "impossible": meant as a day that no calendar has
    kind: str
    plain: str = ""  # in our own notation: "1234.5", "2025-03-31", "yes"
    style: str = ""  # how it was written, see `Column.shape`
    unit: str = ""
    told: bool = False  # the file itself says the kind: a number of a spreadsheet, of JSON


_quickly = tuple.__new__  # what Value(…) does, in a third of the time
BLANK = Value("blank")
MISSING = Value("missing")
NUMBERS = frozenset({"whole", "decimal"})
DAYS = frozenset({"date", "moment"})


class Words(Noun, frozen=True, kw_only=True):
    """The vocabulary of cells."""

    missing: frozenset[str]
    totals_begin: tuple[str, ...]
    totals: frozenset[str]
    notes: tuple[str, ...]
    says_yes: frozenset[str]
    says_no: frozenset[str]
    keys: frozenset[str]
    units: frozenset[str]


@cache
def words() -> Words:
    """Return the words of `values.yaml`."""
    return read(ROOT / "subjects" / "datafile" / "values.yaml", Words)


def bare(text: str) -> str:
    """Return `text` as the vocabulary has it."""
    return " ".join(text.lower().split()).removesuffix(".")


@lru_cache(8_192)
def value_of(text: str) -> Value:
    """Return what a written cell says; spaces around it say nothing."""
    text = text.strip().strip("\ufeff\0")
    if not text:
        return BLANK
    if len(text) > LONGEST:
        return Value("address", text) if _ADDRESS.fullmatch(text) else Value("text", text)
    if text.isascii() and (plain := _plain_number(text)):
        return plain
    last = text[-1]
    if text[0].isalpha():
        return (_day(text) if last.isdigit() else None) or _word(text)
    if text[0].isdigit() or last.isdigit() or text[0] in "+-−–.,":
        return _number(text) or _day(text) or _measured(text) or _word(text)
    return _word(text)


def _plain_number(text: str) -> Value | None:
    """Return the number of ASCII digits, perhaps with a point; None for what is written otherwise.

    The same as `_number` returns, without its patterns: most cells of most tables are such.
    """
    whole, point, part = text.partition(".")
    if not whole.isdigit():
        return None
    if point:
        plain = f"{whole.lstrip('0') or '0'}.{part}"
        return _quickly(Value, ("decimal", plain, "1234.5", "", False)) if part.isdigit() else None
    if text[0] == "0" and len(text) > 1:
        return Value("code", text, "0" * min(len(text), 20))
    return _quickly(Value, ("whole", text, "1234", "", False))


def cell_value(cell: Any) -> Value:
    """Return what a cell of any table says: a text, or a number or day as its file stores it."""
    if type(cell) is str:
        return value_of(cell)
    if type(cell) is Value:
        return cell
    if cell is None:
        return BLANK
    if isinstance(cell, bool):
        return Value("yes_no", "yes" if cell else "no", "", "", told=True)
    if isinstance(cell, date | time | timedelta):
        return _time_told(cell)
    return _number_told(cell)


def values_of(cells: Iterable[Any]) -> dict[Any, Value]:
    """Return what each of these cells says."""
    them = list(cells)
    if all(type(cell) is str for cell in them):
        return dict(zip(them, map(value_of, them), strict=True))
    return {cell: cell_value(cell) for cell in them}


def _time_told(cell: date | time | timedelta) -> Value:
    if isinstance(cell, time | timedelta):
        return Value("text", str(cell), told=True)
    if not isinstance(cell, datetime):
        return Value("date", cell.isoformat(), ISO_DAY, told=True)
    if cell.time() == time():
        return Value("date", cell.date().isoformat(), ISO_DAY, told=True)
    return Value("moment", cell.isoformat(sep=" "), ISO_MOMENT, told=True)


def _number_told(cell: int | float | Decimal) -> Value:
    if not isinstance(cell, int) and cell != cell:  # NaN
        return MISSING
    if cell in (float("inf"), float("-inf")):
        return Value("text", str(cell), told=True)
    if isinstance(cell, int) or cell == int(cell):
        return Value("whole", str(int(cell)), "1234", told=True)
    return Value("decimal", format(Decimal(str(cell)), "f"), "1234.5", told=True)


def _number(text: str) -> Value | None:
    found = _NUMBER.fullmatch(text)
    if not found:
        return _grouped(text)
    sign, whole, mark, part, power = found.groups()
    if whole is None and part is None:
        return None
    digits = (whole or "").translate(_NO_SPACES)
    if power:
        return _powered(text)
    if not sign and not part and len(digits) > 1 and digits[0] == "0":
        return Value("code", text, "0" * min(len(digits), 20))
    style = "1 234" if whole and len(whole) > len(digits) else "1234"
    return _of_parts(sign, digits, part, style, mark)


def _grouped(text: str) -> Value | None:
    """Return a number whose thousands are parted by commas, or by dots before a comma."""
    if found := _GROUPED.fullmatch(text):
        sign, whole, part = found.groups()
        return _of_parts(sign, whole.replace(",", ""), part, "1,234", ".")
    if found := _DOTTED.fullmatch(text):
        sign, whole, part = found.groups()
        return _of_parts(sign, whole.replace(".", ""), part, "1.234", ",")
    return None


def _of_parts(sign: str, digits: str, part: str | None, style: str, mark: str) -> Value:
    minus = "-" if sign and sign != "+" else ""
    whole = digits.lstrip("0") or "0"
    if part is None:
        return Value("whole", minus + whole, style)
    return Value("decimal", f"{minus}{whole}.{part}", f"{style}{mark}5")


def _powered(text: str) -> Value:
    number = Decimal(text.translate(_MINUSES).replace(",", "."))
    kind = "whole" if number == number.to_integral_value() else "decimal"
    return Value(kind, format(number.normalize(), "f"), "1E5")


_REST_OF_YEAR = ("", "ы", "ыл", "ылы", "ылғы", "ылдың")  # of the word behind a year


def _day(text: str) -> Value | None:
    found = _DAY.fullmatch(text)
    if found:
        return _day_of_numbers(*found.groups())
    if len(text) < 8:
        return None
    written = next(dates.written(text), None)
    if (
        written is None
        or written.start > 0
        or text[written.end :].strip(" .жгода") not in _REST_OF_YEAR
    ):
        return None
    if written.day is None:
        return Value("impossible", text)
    return Value("date", written.day.isoformat(), WORDED)


def _day_of_numbers(first: str, mark: str, second: str, third: str, clock: str) -> Value | None:
    if len(first) == 4 and len(third) <= 2:
        style, year, month, day = f"%Y{mark}%m{mark}%d", first, second, third
    elif len(first) <= 2 and len(third) in (2, 4):
        style, day, month, year = f"%d{mark}%m{mark}%Y", first, second, third
        if mark == "/" and int(second) > 12:
            style, day, month = "%m/%d/%Y", second, first
    else:
        return None
    if len(year) == 2:
        if mark == "-" or len(first) < 2 or len(second) < 2:
            return None
        style, year = style.replace("%Y", "%y"), _century(year)
    return _on_calendar(
        style, (int(year), int(month), int(day)), clock, f"{first}{mark}{second}{mark}{third}"
    )


def _century(year: str) -> str:
    return ("20" if int(year) < 50 else "19") + year


def _on_calendar(
    style: str, day: tuple[int, int, int], clock: str | None, text: str
) -> Value | None:
    try:
        known = date(*day) if day[0] in YEARS else None
    except ValueError:
        known = None
    if known is None:
        return Value("impossible", text, style) if _is_meant(day) else None
    if not clock:
        return Value("date", known.isoformat(), style)
    hours = _clock(clock)
    if hours is None:
        return Value("impossible", text, style) if ":" in clock else None
    if hours == "00:00" or hours == "00:00:00":
        return Value("date", known.isoformat(), f"{style} %H:%M")
    return Value("moment", f"{known.isoformat()} {hours}", f"{style} %H:%M")


def _is_meant(day: tuple[int, int, int]) -> bool:
    """Whether an impossible day is a slip of a day and not a version or a section number."""
    year, month, number = day
    return year >= 1 and month <= 99 and number <= 99 and (year in YEARS or month <= 12)


def _clock(text: str) -> str | None:
    found = _CLOCK.fullmatch(text)
    if not found or int(found[1]) > 24 or int(found[2]) > 59 or int(found[3] or 0) > 59:
        return None
    seconds = f":{found[3]}" if found[3] else ""
    return f"{int(found[1]):02}:{found[2]}{seconds}{(found[4] or '').upper()}"


def _measured(text: str) -> Value | None:
    """Return the number of "12,5 км" and "45 %"; None for what is no known unit."""
    found = _WITH_UNIT.fullmatch(text)
    if not found:
        return None
    unit = found[2].strip()
    parts = bare(unit).replace(".", " ").replace("/", " ").split() or [""]
    known = words().units
    if bare(unit) not in known and not all(part in known for part in parts):
        return None
    number = _number(found[1].strip())
    if number is None or number.kind == "code":
        return None
    return number._replace(unit=unit)


def _word(text: str) -> Value:
    known, said = words(), bare(text)
    if said in known.says_yes:
        return Value("yes_no", "yes", said)
    if said in known.says_no:
        return Value("yes_no", "no", said)  # and "no value" where the column is not of yes and no
    if said in known.missing or text in known.missing:
        return MISSING
    if _ADDRESS.fullmatch(text):
        return Value("address", text)
    if text[0] in "$€₸₽":
        measured = _measured(f"{text[1:].strip()} {text[0]}")
        return measured or Value("text", text)
    return Value("text", text)
