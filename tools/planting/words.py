"""Phrases with holes in them, filled for one site and language."""

import re
import zlib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tools.example_sites.dates import long_date
from tools.planting.model import Site

TEXTS = Path(__file__).parent / "texts"
_HOLE = re.compile(r"\{([a-zA-Z][\w:+-]*)\}")
_QUARTER = {
    "kk": "{year} жылғы {number} тоқсан",
    "ru": "{number} квартал {year} года",
    "en": "quarter {number} of {year}",
}
_DAY = {"kk": "{} ж.", "ru": "{} г.", "en": "{}"}
SPOKEN = {2018: date(2018, 10, 5)}  # the Address the source article names
ROMAN = ("I", "II", "III", "IV")


@cache
def texts(name: str) -> Any:
    """Return a file of texts; nobody may change it."""
    return yaml.load((TEXTS / f"{name}.yaml").read_text("utf-8"), yaml.CSafeLoader)


def fill(site: Site, language: str, phrase: str) -> str:
    """Return `phrase` with its holes filled.

    Raises KeyError for a hole nobody knows.
    """
    return _HOLE.sub(lambda hole: _said(site, language, hole[1]), phrase)


def _said(site: Site, language: str, hole: str) -> str:
    name, _, rest = hole.partition(":")
    if name == "num":
        low, high, what = rest.split(":")
        return str(number(site, int(low), int(high), what))
    if name == "person":
        return site.people[int(rest) % len(site.people)][language]
    if name == "phone":
        return telephone(site, int(rest or 1))
    if name == "phone2":
        return telephone(site, 99)
    if name == "t":
        page = site.pages.get((rest, language))
        return page.title if page else rest
    return site.body.forms[language].get(hole) or _dated(site, language, hole)


def _dated(site: Site, language: str, hole: str) -> str:
    if found := re.fullmatch(r"d([+-]\d+)", hole):
        return written(site, language, site.as_of + timedelta(days=int(found[1])))
    if found := re.fullmatch(r"year([+-]\d+)?", hole):
        return str(site.as_of.year + int(found[1] or 0))
    if hole == "q":
        return quarter_said(language, *last_quarter(site.as_of))
    if hole == "brm":  # the programme's name says when it ends
        return "2020" if site.as_of.year < 2021 else "2025"
    if hole == "appeals_portal":
        return "e-Otinish" if site.as_of.year > 2020 else "egov.kz"
    if hole == "addr":
        return long_date(last_address(site.as_of), language)
    raise KeyError(hole)


def last_address(day: date) -> date:
    """Return a day in early autumn before `day`: when a head of state speaks to the people."""
    spoken = SPOKEN.get(day.year, date(day.year, 9, 8))
    return spoken if spoken <= day else date(day.year - 1, 9, 8)


def quarter_said(language: str, year: int, quarter: int) -> str:
    return _QUARTER[language].format(year=year, number=ROMAN[quarter - 1])


def last_quarter(day: date) -> tuple[int, int]:
    """Return (year, quarter) of the last quarter whose figures can be there."""
    ended = day - timedelta(days=30)
    quarter = (ended.month - 1) // 3
    return (ended.year, quarter) if quarter else (ended.year - 1, 4)


def number(site: Site, low: int, high: int, what: str) -> int:
    """Return a number that hangs on the site and `what` alone, so all languages say the same."""
    span = high - low + 1
    return low + zlib.crc32(f"{site.body.host}{site.as_of}{what}".encode()) % span


def telephone(site: Site, ordinal: int) -> str:
    tail = zlib.crc32(f"{site.body.host}{ordinal}".encode()) % 900_000 + 100_000
    digits = str(tail)
    return f"{site.phone} {digits[:2]}-{digits[2:4]}-{digits[4:]}"


def written(site: Site, language: str, day: date) -> str:
    """Return a day as this site writes it."""
    if site.dates == "dotted":
        return day.strftime("%d.%m.%Y")
    if site.dates == "iso":
        return day.isoformat()
    if site.dates == "slashed":
        return day.strftime("%d/%m/%Y")
    if site.dates == "short":
        return _DAY[language].format(day.strftime("%d.%m.%Y"))
    return long_date(day, language)
