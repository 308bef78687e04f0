"""Dates as people write them in Kazakh, Russian and English, and where each one was found."""

import re
from collections.abc import Iterator
from datetime import date

from aiqyn.chain import Noun

MONTHS = {
    1: "қаңтар январ янв january jan",
    2: "ақпан феврал фев february feb",
    3: "наурыз март мар march mar",
    4: "сәуір апрел апр april apr",
    5: "мамыр май мая may",
    6: "маусым июн june jun",
    7: "шілде июл july jul",
    8: "тамыз август авг august aug",
    9: "қыркүйек сентябр сен сент september sep sept",
    10: "қазан октябр окт october oct",
    11: "қараша ноябр ноя november nov",
    12: "желтоқсан декабр дек december dec",
}
FIRST_YEAR, LAST_YEAR = 1990, 2100  # a site is not older; a "year" beyond is something else

AROUND = 40  # characters of text around a year that may hold the rest of the date

_MONTH_OF = {name: number for number, names in MONTHS.items() for name in names.split()}
_NAMES = "|".join(sorted(_MONTH_OF, key=len, reverse=True))
_MONTH = rf"(?P<month>{_NAMES})[а-яёәғқңөұүһі]{{0,6}}\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_END = r"(?![\d\w])"

_FORMS = (
    rf"(?<![\d.]){_YEAR}[-./](?P<month>[01]\d)[-./](?P<day>[0-3]\d)(?!\d)",
    rf"(?<![\d.])(?P<day>[0-3]?\d)(?P<mark>[-./])(?P<month>[01]?\d)(?P=mark){_YEAR}(?!\d)",
    rf"(?<!\d){_YEAR}\s*(?:жылғы|жылдың|жылы|жыл|ж\.?)?,?\s*{_DAY}[\s-]+{_MONTH}{_END}",
    rf"(?<!\d){_DAY}[\s-]+(?:of\s+)?{_MONTH},?\s+{_YEAR}(?!\d)",
    rf"(?<!\w){_MONTH}\s+{_DAY},?\s+{_YEAR}(?!\d)",
)
_PATTERNS = tuple(re.compile(form, re.IGNORECASE) for form in _FORMS)
_YEAR_NEAR = re.compile(r"(?:19|20)\d\d")
_LATIN_I = (("шiлде", "шілде"), ("сәуiр", "сәуір"))  # typed without a Kazakh keyboard
_TODAY = re.compile(
    r"(?:бүгін|сегодня|today|қазіргі уақыт|текущая дата)\W{0,12}(?:[^\W\d]{1,12}\W{1,4}){0,3}$",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)[^\n]{0,20}$", re.IGNORECASE)


class Dated(Noun, frozen=True, kw_only=True):
    """A day and how we learnt it."""

    day: date
    source: str  # "meta", "time", "text"


def find(text: str) -> Iterator[tuple[int, date]]:
    """Yield (position, day) for every date written in `text`, in order of position.

    Impossible days (31.02.2026), the calendar's "today" and copyright lines are passed over.
    """
    reached = 0
    for start, end, day in sorted(_matches(text), key=lambda match: (match[0], -match[1])):
        if start >= reached and not _is_clock(text, start):
            yield start, day
        reached = max(reached, end)


def _matches(text: str) -> Iterator[tuple[int, int, date]]:
    """Look only around years: the rest of a page has no dates to find."""
    for start, end in _windows(text):
        window = text[start:end]
        for latin, cyrillic in _LATIN_I:
            window = window.replace(latin, cyrillic)
        for pattern in _PATTERNS:
            for match in pattern.finditer(window):
                day = _day_of(match)
                if day:
                    yield start + match.start(), start + match.end(), day


def _windows(text: str) -> Iterator[tuple[int, int]]:
    start = end = 0
    for year in _YEAR_NEAR.finditer(text):
        if year.start() - AROUND > end:
            if end:
                yield start, end
            start = max(0, year.start() - AROUND)
        end = year.end() + AROUND
    if end:
        yield start, end


def _day_of(match: re.Match[str]) -> date | None:
    month = match["month"]
    number = int(month) if month.isdigit() else _MONTH_OF[month.lower()]
    return _calendar_day(int(match["year"]), number, int(match["day"]))


def _calendar_day(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_clock(text: str, place: int) -> bool:
    before = text[max(0, place - 40) : place]
    return bool(_TODAY.search(before) or _COPYRIGHT.search(before))


def of_machine(value: str) -> date | None:
    """Return the day of a machine-written value: "2026-11-19T10:00:00+05:00", "20261119"."""
    match = re.match(r"\s*((?:19|20)\d\d)-?([01]\d)-?([0-3]\d)", value)
    if match:
        return _calendar_day(*map(int, match.groups()))
    return next((day for _, day in find(value)), None)
