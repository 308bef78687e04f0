"""Dates as people write them in Kazakh, Russian and English, and where each one was found.

Only the neighbourhood of a year is looked at. There Kazakh letters are read as the
Russian ones they are often typed with, so «қараша» and «караша» are one month.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from aiqyn.chain import Noun

FIRST_YEAR, LAST_YEAR = 1990, 2100  # a site is not older; a "year" beyond is something else
SHORT_YEARS = range(5, 50)  # 19.11.26 is 2026; 10.11.98 is more likely a number
AROUND = 40  # characters of text around a year that may hold the rest of the date

# Stems after folding, January first; "|" parts spellings, "-" is told elsewhere.
_KAZAKH = (
    "кантар акпан наурыз сауир мамыр маусым шилде тамыз кыркуйек казан караша желтоксан",
    "qantar aqpan nauryz sauir mamyr mausym silde tamyz qyrkuiek qazan qarasa jeltoqsan",
    "kantar akpan - - - - shilde - kyrkuyek kazan qarasha|karasha zheltoksan",
)
_KAZAKH_SHORT = "кан акп нау сау мам мау шил там кыр каз кар жел"  # with a dot, as in «5 нау.»
_RUSSIAN = "январ феврал март апрел - июн июл август сентябр октябр ноябр декабр"
_RUSSIAN_SHORT = "янв фев|февр мар апр - - - авг сен|сент окт ноя|нояб дек"
_ENGLISH = "january february march april may june july august september october november december"
_ENGLISH_SHORT = "jan feb mar apr - jun jul aug sep|sept oct nov dec"


def _by_month(*lines: str) -> dict[str, int]:
    numbered = ((names, month) for line in lines for month, names in enumerate(line.split(), 1))
    return {name: month for names, month in numbered for name in names.split("|") if name != "-"}


def _any_of(*lines: str) -> str:
    return "|".join(sorted(_by_month(*lines), key=len, reverse=True))


_MONTH_OF = _by_month(
    *_KAZAKH, _KAZAKH_SHORT, _RUSSIAN, _RUSSIAN_SHORT, _ENGLISH, _ENGLISH_SHORT
) | {"ма": 5}

# Cases: қарашада, қарашадағы, қарашаның, қарашасында, сәуірден, ноябре.
_KAZAKH_END = r"(?:с?[ыи]н?)?(?:[ндт][ыи]н|[ндт][ае]н?|[гк][ае]|[ндт][ыи])?(?:г[ыи])?"
_RUSSIAN_END = r"(?:[ьйяею]|[еа]м|ом|а|у)?"
_MONTH = (
    rf"(?:(?P<kazakh>{_any_of(*_KAZAKH)}){_KAZAKH_END}"
    rf"|(?P<russian>ма(?=[йяею])|{_any_of(_RUSSIAN)}){_RUSSIAN_END}"
    rf"|(?P<other>{_any_of(_ENGLISH, _ENGLISH_SHORT, _RUSSIAN_SHORT)}"
    rf"|(?:{_any_of(_KAZAKH_SHORT)})(?=\.)))(?![a-zа-я])\.?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_OF_YEAR = r"(?:\s?(?:жыл(?:г[ыи]|дын|ы)?|ж\.?|года?|г\.?)[\s,]*|[\s,]+)"
_NUMBERS = r"(?<![\d.,/-])(?P<day>[0-3]?\d)(?P<mark>\.\s?|[-/])(?P<number>[0-3]?\d)(?P=mark)"
_SHORT = r"(?<![\d.,/-])(?P<day>[0-3]\d)(?P<mark>[./])(?P<number>[01]\d)(?P=mark)(?P<year>\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:\s?(?:st|nd|rd|th)(?: day)?|-(?:н?ш[ыи]|[ыи]|го|е|ое))?"
_GAP = r"(?:\s{1,3}|\s?-\s?|/)"
_ENGLISH_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:r?s)?|fri|sat(?:ur)?|sun)(?:day)?"
_WEEKDAY = (
    rf"(?:[\s,(]{{1,2}}(?:{_ENGLISH_WEEKDAY}|куни|(?:дуй|сей|сар|бей|жек)?сенби|жума"
    r"|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|пн|вт|ср|чт|пт|сб|вс)\)?)?"
)
_BEFORE_YEAR = r"(?:\s?,\s*|\s+(?:числа\s)?(?:of\s)?(?:the\s)?(?:year\s)?)"
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMED_DAY = re.compile(rf"(?<![a-z])({'|'.join(_WEEK)})[a-z]{{0,6}},?\s$")
_TO_YEAR = r"(?:\s?-\s?|/|[\s,(]{1,3}(?:of\s)?(?:the\syear\s)?)"
_FIRST_DAYS = r"(?:[0-3]?\d(?:st|nd|rd|th)?(?:\s?-\s?|\s(?:and|to)\s))?"  # May 3-5, 2026
_TO_DAY = rf"(?:,?\s+(?:the\s)?|(?<=\.)){_FIRST_DAYS}"
_NO_VERB = r"(?<!you\s)(?<!we\s)(?<!they\s)(?<!it\s)(?<!he\s)(?<!who\s)(?<!which\s)"  # they may
_ENGLISH_MONTH = rf"(?P<other>{_any_of(_ENGLISH, _ENGLISH_SHORT)})(?![a-z])\.?"

_FORMS = (
    rf"(?<![\d.]){_YEAR}(?P<mark>[-./])(?P<number>[01]?\d)(?P=mark)(?P<day>[0-3]?\d)(?!\d)",
    rf"{_NUMBERS}{_YEAR}(?!\d)",
    rf"{_SHORT}(?![\d/-]|[.,:]\d)",
    rf"(?<!\d){_YEAR}{_OF_YEAR}(?:on\s)?(?:the\s)?{_DAY}{_GAP}(?:of\s)?{_MONTH}",
    rf"(?<!\d){_YEAR}{_OF_YEAR}{_MONTH}\s(?:айынын\s)?(?P<day>[0-3]?\d)-[ыи]",
    rf"(?<!\d){_DAY}{_GAP}(?:of\s+)?{_MONTH}{_WEEKDAY}{_TO_YEAR}{_YEAR}(?!\d)",
    rf"(?<![a-zа-я]){_NO_VERB}{_MONTH}{_TO_DAY}{_DAY}{_WEEKDAY}{_BEFORE_YEAR}{_YEAR}(?!\d)",
    rf"(?<!\d){_YEAR}[\s,]{{1,2}}(?:on\s)?{_ENGLISH_MONTH}\s{_DAY}(?!\d)",
    rf"(?<!\d){_YEAR}-{_ENGLISH_MONTH}-(?P<day>[0-3]?\d)(?!\d)",
    rf"(?<![a-z]){_ENGLISH_MONTH}-(?P<day>[0-3]?\d)-{_YEAR}(?!\d)",
    rf"(?<![\w.-])(?P<day>[0-3]?\d)-{_ENGLISH_MONTH}-(?P<year>\d\d)(?![\d-])",
)
_PATTERNS = tuple(re.compile(form) for form in _FORMS)
_YEAR_NEAR = re.compile(
    r"\d(?:(?<=1)9\d\d|(?<=2)0\d\d|[./][01]\d[./]\d\d(?!\d)|-[A-Za-z]{3}-\d\d(?!\d))"
)
_READ_AS = "қк ғг ңн өо ұу үу һх әа іи ёе ñn äa ıi şs üu ūu öo ğg"
_FOLDED = {
    **{pair[0]: pair[1] for pair in _READ_AS.split()},
    **dict.fromkeys("«»“”„\"'‘’\u00a0\u202f\u2009", " "),
    **dict.fromkeys("\u2010\u2011\u2012–—", "-"),
}
_TO_FOLD = re.compile(f"[{''.join(_FOLDED)}]")
_LATIN_I = re.compile(r"i(?:(?<=[а-я]i)|(?=[а-я]))")
_TODAY = re.compile(
    r"(?:бүгін|сегодня|today|қазіргі уақыт|текущая дата)\W{0,12}(?:[^\W\d]{1,12}\W{1,4}){0,3}$",
    re.IGNORECASE,
)
_NO_DAY = ("бүгін", "сегодня", "today", "қазіргі уақыт", "текущая дата", "©", "(c)", "copyright")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)[^\n]{0,20}$", re.IGNORECASE)


class Dated(Noun, frozen=True, kw_only=True):
    """A day and how we learnt it."""

    day: date
    source: str  # "meta", "time", "text"


class Written(NamedTuple):
    """A date as it stands in a text: `text[start:end]`."""

    start: int
    end: int
    day: date | None  # None where the calendar has no such day: 31.02.2026


def find(text: str) -> Iterator[tuple[int, date]]:
    """Yield (position, day) for every date written in `text`, in order of position.

    Impossible days (31.02.2026), the calendar's "today" and copyright lines are passed over.
    """
    for start, _, day in written(text):
        if day:
            yield start, day


def written(text: str) -> Iterator[Written]:
    """Yield every date in order of position, impossible ones too; they never overlap."""
    for start, end in _windows(text):  # the rest of a text has no dates to find
        reached = start
        found = _matches(fold(text[start:end]), start)
        for each in sorted(found, key=lambda one: (one.start, one.day is None, -one.end)):
            if each.start < reached:
                continue
            reached = each.end
            if not _is_clock(text, each.start):
                yield each


def _matches(window: str, start: int) -> Iterator[Written]:
    """Yield what is written in a piece of text that begins at `start`."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(window):
            day = _day_of(match)
            if day or _is_meant(match):
                yield Written(start + match.start(), start + match.end(), day)


def fold(text: str) -> str:
    """Return `text` in lower case and of the same length, Kazakh letters as typed without them."""
    text = text.replace("İ", "i").lower()
    if _TO_FOLD.search(text):
        for letter, read_as in _FOLDED.items():  # four times as quick as `str.translate`
            if letter in text:
                text = text.replace(letter, read_as)
    return _LATIN_I.sub("и", text) if "i" in text else text


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
    given = match.groupdict()
    year, day = int(given["year"]), int(given["day"])
    if year < 100:
        year = 2000 + year if year in SHORT_YEARS else 0
    if number := given.get("number"):
        month = int(number)
        if given["mark"] == "/" and (month > 12 or _is_month_first(match, year, day, month)):
            month, day = day, month  # 11/19/2026: the month first, as in English
        return _calendar_day(year, month, day)
    name = given.get("kazakh") or given.get("russian") or given["other"]
    return _calendar_day(year, _MONTH_OF[name], day)


def _is_month_first(match: re.Match[str], year: int, month: int, day: int) -> bool:
    """Whether the day of the week before "03/05/2026" is that of the fifth of March alone."""
    named = _NAMED_DAY.search(match.string, max(0, match.start() - 12), match.start())
    if named is None:
        return False
    first, last = _calendar_day(year, month, day), _calendar_day(year, day, month)
    return _is_on(first, named[1]) and not _is_on(last, named[1])


def _is_on(day: date | None, weekday: str) -> bool:
    return day is not None and _WEEK[day.weekday()] == weekday


def _is_meant(match: re.Match[str]) -> bool:
    """Whether what is no day of the calendar was surely meant as one, and is not a number."""
    given = match.groupdict()
    if not FIRST_YEAR <= int(given["year"]) <= LAST_YEAR:
        return False
    if not given.get("number"):
        return True
    return given["mark"][0] in ".-" and 1 <= int(given["number"]) <= 12 and int(given["day"]) <= 31


def _calendar_day(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_clock(text: str, place: int) -> bool:
    before = text[max(0, place - 40) : place]
    if not any(map(before.lower().__contains__, _NO_DAY)):
        return False
    return bool(_TODAY.search(before) or _COPYRIGHT.search(before))


def of_machine(value: str) -> date | None:
    """Return the day of a machine-written value: "2026-11-19T10:00:00+05:00", "20261119"."""
    match = re.match(r"\s*((?:19|20)\d\d)-?([01]\d)-?([0-3]\d)", value)
    if match:
        return _calendar_day(*map(int, match.groups()))
    return next((day for _, day in find(value)), None)
