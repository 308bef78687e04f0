"""What is wrong with one cell, by the measure of its column."""

import re
from collections.abc import Iterable

from aiqyn.subjects.datafile.counted import FORM, Counted, Form, seen_as
from aiqyn.subjects.datafile.profile import Profile
from aiqyn.subjects.datafile.values import (
    DAYS,
    ISO_DAY,
    ISO_MOMENT,
    NUMBERS,
    Value,
    cell_value,
)

Wrong = tuple[tuple[str, str], ...]  # kind of trouble, and what would be right there

_CONTROL = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
UNSEEN = re.compile(f"{_CONTROL.pattern}|[\0\ufffd]")
_ODD = re.compile(f"{UNSEEN.pattern}|^[\\s=@+-]|\\s$")  # all that `_of_text` looks for
_EDGE = re.compile(r"^\s|\s$")
_RUNS = re.compile(r"[=@]\s*[\w+\-'\"(]|[+\-].*(?:[A-Za-z]\w*\(|[|!])", re.DOTALL)
_WHEREVER: dict[str, Wrong] = {  # wrong, or right, in a column of any kind
    "blank": (),
    "missing": (("missing_word", ""),),
    "impossible": (("impossible_date", ""),),
}
_ISO_STYLES = (ISO_DAY, ISO_MOMENT)


def wrong_with(cell: object, profile: Profile) -> Wrong:
    """Return every trouble of one cell; nothing for a good one."""
    return wrong_in(cell, cell_value(cell), profile)


def wrong_in(cell: object, value: Value, profile: Profile) -> Wrong:
    """Return the same where it is known what the cell says."""
    of_value = _of_value(seen_as(value, profile.kind), profile)
    if type(cell) is str and _ODD.search(cell):
        return (*_of_text(cell, value), *of_value)
    return of_value


def wrong_among(counted: Counted, profile: Profile) -> dict[object, Wrong]:
    """Return the cells of a column that are not right, each with its troubles."""
    values = counted.values
    doubtful = list(values)
    if not _may_be_odd(cell for cell in values if type(cell) is str):
        wrong = {form for form in counted.forms if not _is_right(form, profile)}
        doubtful = [cell for cell, value in values.items() if FORM(value) in wrong] if wrong else []
        doubtful += _unusual(counted, profile)
    found = {cell: wrong_in(cell, values[cell], profile) for cell in doubtful}
    return {cell: wrong for cell, wrong in found.items() if wrong}


def _unusual(counted: Counted, profile: Profile) -> list[object]:
    """Return the numbers that are outliers."""
    if profile.low is None or profile.high is None:
        return []
    return [
        cell
        for cell, number in counted.numbers.items()
        if not profile.low <= number <= profile.high
    ]


def _may_be_odd(texts: Iterable[str]) -> bool:
    """Whether `_ODD` may be met in any of these; the opposite is certain."""
    text = "|".join(("", *texts, ""))
    return not text.isprintable() or any(mark in text for mark in _ODD_MARKS)


_ODD_MARKS = ("\ufffd", "| ", " |", "|=", "|@", "|+", "|-")


def _is_right(form: Form, profile: Profile) -> bool:
    """Whether surely nothing is wrong with what is written so, outliers aside."""
    kind, style, unit, told = form
    if profile.kind in NUMBERS:
        return style in _PLAIN_STYLES and kind in NUMBERS and not unit and told >= profile.typed
    if profile.kind in DAYS:
        return style in _ISO_STYLES and kind in DAYS
    return profile.kind not in ("yes_no", "address") and kind not in _DOUBTFUL


_PLAIN_STYLES = ("1234", "1234.5")
_DOUBTFUL = ("missing", "impossible", "yes_no")


def clean(text: str) -> str:
    """Return a text without letters that cannot be seen and without spaces around it."""
    return _CONTROL.sub("", text.replace("\0", "")).strip()


def _of_text(text: str, value: Value) -> Wrong:
    found = []
    if "\0" in text:
        found.append(("nul_byte", clean(text)))
    if "\ufffd" in text:
        found.append(("invalid_encoding", ""))
    if _CONTROL.search(text):
        found.append(("control_character", clean(text)))
    if _EDGE.search(text) and value.kind != "blank":
        found.append(("untidy_space", clean(text)))
    if value.kind in ("text", "address") and _RUNS.match(text.lstrip()):
        found.append(("formula", ""))
    return tuple(found)


def _of_value(value: Value, profile: Profile) -> Wrong:
    if value.kind in _WHEREVER:
        return _WHEREVER[value.kind]
    if profile.kind in NUMBERS:
        return _in_numbers(value, profile)
    if profile.kind in DAYS:
        return _in_days(value, profile)
    if profile.kind in ("yes_no", "address") and value.kind != profile.kind:
        return (("wrong_kind", ""),)
    return ()


def _in_numbers(value: Value, profile: Profile) -> Wrong:
    if value.kind == "code":
        return ()
    if value.kind not in NUMBERS:
        return (("wrong_kind", ""),)
    found = []
    if profile.typed and not value.told:
        found.append(("number_as_text", value.plain))
    else:
        found += _of_style(value)
    if value.unit:
        found.append(("unit_in_cell", value.plain))
    if not _is_usual(float(value.plain), profile):
        found.append(("outlier", ""))
    return tuple(found)


def _is_usual(number: float, profile: Profile) -> bool:
    return profile.low is None or profile.high is None or profile.low <= number <= profile.high


def _of_style(value: Value) -> list[tuple[str, str]]:
    found = []
    if value.style.endswith(",5"):
        found.append(("decimal_comma", value.plain))
    if value.style.startswith(("1 ", "1,", "1.2")):
        found.append(("spaced_number", value.plain))
    return found


def _in_days(value: Value, profile: Profile) -> Wrong:
    if value.kind not in DAYS:
        return (("wrong_kind", ""),)
    day = value.style.startswith("%d/%m/%Y") and int(value.plain[8:10]) <= 12
    if day and profile.both_orders:
        return (("ambiguous_date", ""),)
    plain = turned(value.plain) if day and profile.month_first else value.plain
    return () if value.style in _ISO_STYLES else (("written_date", plain),)


def turned(day: str) -> str:
    """Return 2025-03-04 for 2025-04-03."""
    return f"{day[:5]}{day[8:10]}-{day[5:7]}{day[10:]}"
