"""What a column is, learnt from a part of its cells: the measure by which every cell is read."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from math import log10
from statistics import median

from msgspec import Struct

from aiqyn.subjects.datafile.counted import Counted
from aiqyn.subjects.datafile.values import DAYS, NUMBERS, Value, bare, words

MOSTLY = 0.8  # share of cells that makes a kind the column's own
SOME = 0.2  # share from which a second kind is no slip but a mixture
ENOUGH = 30  # numbers from which their usual spread is known
FAR, FAR_IN_POWERS = 10.0, 6.0  # spreads from the middle, plain and on a scale of powers of ten
SPREAD = 1.4826  # median distance from the median → standard deviation
FEW = 4  # cells of one value, on average, in a column of few values
LONG_CODE = 9  # digits: KATO has 9, telephones 11, BIN and IIN 12; amounts vary in length

_UNIT_IN_NAME = re.compile(r"(?:[,(\[]\s*)([^,()\[\]]{1,20}?)\s*[)\]]?\s*$")
_HAS_DIGIT = re.compile(r"\d")


class Profile(Struct, kw_only=True):
    """One column as its sample shows it."""

    name: str = ""
    number: int = 1  # of the column, from 1
    kind: str = "text"
    typed: bool = False  # the file has kinds of its own, so a number as text is a slip
    month_first: bool = False  # 3/4/2025 is the 4th of March
    both_orders: bool = False  # 3/4/2025 may be either
    low: float | None = None  # numbers beyond are outliers
    high: float | None = None
    may_be_key: bool = False
    is_of_few: bool = False  # the same values over and over
    order: int = 0  # 1: its cells seem to rise from row to row, -1: to fall


def learn(counted: Counted, *, name: str = "", number: int = 1, typed: bool = False) -> Profile:
    """Return what a column is by its cells, or a part of them that is spread evenly."""
    profile = Profile(name=name, number=number, typed=typed)
    profile.kind = kind_of(name, counted)
    if profile.kind in DAYS:
        styles = {style.partition(" ")[0] for _, style, *_ in counted.forms}
        profile.month_first = "%m/%d/%Y" in styles and not _is_day_first(counted.values.values())
        profile.both_orders = "%m/%d/%Y" in styles and not profile.month_first
    if profile.kind in NUMBERS:
        times = counted.times
        profile.low, profile.high = usual_bounds(
            [number for cell, number in counted.numbers.items() for _ in range(times[cell])]
        )
    profile.is_of_few = len(counted.times) * FEW <= counted.total
    profile.may_be_key = may_be_key(profile, counted)
    return profile


def kind_of(name: str, counted: Counted) -> str:
    """Return the kind of a column, as `Column.kind` has it."""
    said = _families(counted)
    if said["yes_no"] and _says_no_only(counted.values) and len(said) > 1 + (said["blank"] > 0):
        said["yes_no"] = 0  # «жоқ» among other words is a missing value
    total = sum(said.values()) - said["blank"] - said["missing"]
    if not total:
        return "empty"
    if said["yes_no"] >= MOSTLY * total:
        return "yes_no"
    if said["digits"] + said["code"] >= MOSTLY * total and _is_code(name, counted):
        return "code"
    if said["digits"] + said["decimal"] + said["code"] >= MOSTLY * total:
        return "decimal" if said["decimal"] else "whole"
    if said["day"] >= MOSTLY * total:
        return "moment" if "moment" in counted.kinds else "date"
    return "address" if said["address"] >= MOSTLY * total else _of_texts(counted, total)


_FAMILIES = {"date": "day", "moment": "day", "impossible": "day", "whole": "digits"}


def _families(counted: Counted) -> Counter[str]:
    said: Counter[str] = Counter()
    for kind, times in counted.kinds.items():
        said[_FAMILIES.get(kind, kind)] += times
    return said


def _says_no_only(values: Mapping[object, Value]) -> bool:
    return all(value.plain == "no" for value in values.values() if value.kind == "yes_no")


def _is_code(name: str, counted: Counted) -> bool:
    """Digits that name something and are not counted: leading zeros, or long and of one length."""
    digits = counted.of_forms(
        form for form in counted.forms if form[0] in _OF_DIGITS and form[1:3] in _BARE
    )
    if not digits.total:
        return False
    lengths, zeros = digits.lengths(), digits.kinds.get("code", 0)
    length = max(lengths, key=lambda one: lengths[one])
    is_even = lengths[length] >= 0.9 * digits.total
    if zeros:
        return is_even or zeros >= SOME * digits.total
    return is_even and length >= LONG_CODE and (lengths[length] > 1 or _is_named_key(name))


_OF_DIGITS = ("whole", "code")
_BARE = frozenset((style, "") for style in ("1234", *("0" * length for length in range(2, 21))))


def _of_texts(counted: Counted, total: int) -> str:
    """Return "mixed" where words stand among numbers or days, "code" where digits are inside."""
    worded = counted.of(_WORDED)
    typed = counted.filled - worded.total
    with_digits = sum(
        worded.times[cell]
        for cell, value in worded.values.items()
        if " " not in value.plain and _HAS_DIGIT.search(value.plain)
    )
    if typed >= SOME * total and worded.total - with_digits >= SOME * total:
        return "mixed"
    return "code" if with_digits + typed >= MOSTLY * total else "text"


_WORDED = frozenset({"text", "address", "yes_no"})


def _is_day_first(values: Iterable[Value]) -> bool:
    """Whether some day written with strokes is surely not month-first: 31/12/2025."""
    return any(
        value.style.startswith("%d/%m/%Y") and int(value.plain[8:10]) > 12 for value in values
    )


def usual_bounds(numbers: list[float]) -> tuple[float | None, float | None]:
    """Return below and above what a number is an outlier; None where that cannot be told.

    The middle and the spread are medians, so slips do not move them. Where numbers are
    spread over powers of ten, as budgets are, they must be far on that scale as well.
    """
    if len(numbers) < ENOUGH:
        return None, None
    middle = median(numbers)
    spread = SPREAD * median(abs(number - middle) for number in numbers)
    if spread == 0:
        return None, None
    low, high = middle - FAR * spread, middle + FAR * spread
    positive = [log10(number) for number in numbers if number > 0]
    if len(positive) < 0.9 * len(numbers):
        return low, high
    center = median(positive)
    reach = FAR_IN_POWERS * SPREAD * median(abs(power - center) for power in positive)
    return min(low, 0.0), max(high, 10 ** min(center + reach, 300))


def may_be_key(profile: Profile, counted: Counted) -> bool:
    """Whether the column seems to tell records apart, slips aside."""
    if profile.kind not in ("whole", "code", "text"):
        return False
    filled = counted.filled
    named = _is_named_key(profile.name)
    if filled < counted.total * (0.9 if named else 0.98) or filled < 3:
        return False
    distinct = len(counted.saying().times)
    if named:
        return distinct >= MOSTLY * filled
    return distinct == filled and profile.kind == "code"


def _is_named_key(name: str) -> bool:
    known = words().keys
    said = bare(name)
    return said in known or any(part in known for part in re.split(r"[\s_\-.,()/]+", said))


def unit_in(name: str) -> str:
    """Return the unit a column's name tells: "млн теңге" of "Шығын, млн теңге"; "" for none."""
    found = _UNIT_IN_NAME.search(name)
    if not found:
        return ""
    unit = found[1].strip()
    parts = bare(unit).replace(".", " ").replace("/", " ").split()
    known = words().units
    return unit if bare(unit) in known or (parts and all(part in known for part in parts)) else ""
