"""Dates, numbers and phrases as each language writes them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from aiqyn.report import words
from aiqyn.text import Text, say

NARROW_SPACE = "\u202f"  # between thousands; never breaks
SPACE = "\u00a0"
MONTHS = {
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "en": "January February March April May June July August September October November December",
}
DATES = {
    "kk": "{year}\u00a0жылғы {day}\u00a0{month}",
    "ru": "{day}\u00a0{month} {year}\u00a0г.",
    "en": "{day}\u00a0{month} {year}",
}


def language() -> str:
    """The active language when it is one of ours, else Kazakh."""
    code = (get_language() or "")[:2]
    return code if code in MONTHS else "kk"


def say_date(day: date) -> str:
    """2026 жылғы 19 қараша; 19 ноября 2026 г.; 19 November 2026. Local time for a moment."""
    if isinstance(day, datetime):
        day = _local(day)
    code = language()
    month = MONTHS[code].split()[day.month - 1]
    return DATES[code].format(year=day.year, month=month, day=day.day)


def say_moment(moment: datetime) -> str:
    """A date with local hours and minutes.

    A moment that has no local time, at either end of the calendar, is said as it is given, with
    the name of its zone.
    """
    local = _local(moment)
    zone = "" if local.tzinfo in {None, timezone.get_current_timezone()} else f" {local:%Z}"
    return f"{say_date(local)}, {local:%H:%M}{zone}"


def _local(moment: datetime) -> datetime:
    """The moment in local time; itself where it has none, or is said without a zone."""
    try:
        return timezone.localtime(moment) if timezone.is_aware(moment) else moment
    except (OverflowError, ValueError):  # past the first or the last day there is
        return moment


def say_number(value: Any, places: int | None = None) -> str:
    """55,66 in Kazakh and Russian, 55.66 in English; trailing zeros go unless `places` is given.

    Anything that is no number comes back as text.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return str(value)
    exact = Decimal(str(value))
    if not exact.is_finite():
        return str(value)
    text = f"{exact:,.{places}f}" if places is not None else _shortest(exact)
    whole, _, rest = text.partition(".")
    english = language() == "en"
    whole = whole.replace(",", "," if english else NARROW_SPACE).replace("-", "−")
    return f"{whole}{'.' if english else ','}{rest}" if rest else whole


def _shortest(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def say_phrase(phrase: Any) -> str:
    """A phrase of the library ({kk, ru, en}) in the active language; other values as text."""
    if isinstance(phrase, dict):
        return say(Text(phrase), language())
    return str(phrase)


def say_place(where: str) -> str:
    """Where a finding was made, in the active language; a path on a page stays as it is."""
    return words.said_place(where, language())
