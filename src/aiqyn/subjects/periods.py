"""The periods reports and statistics speak of: "I полугодие 2016", "2025 жылғы 9 ай", "Q1 2018"."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from aiqyn.chain import Noun
from aiqyn.subjects.dates import FIRST_YEAR, LAST_YEAR, fold

MONTHS_IN = {"quarter": 3, "half": 6, "months": 1}
MOST = {"quarter": 4, "half": 2, "months": 12}
AROUND = 40  # characters on either side of a year that may hold the rest of a period
BELOW = 300  # characters after a year in which its quarters may be listed without it

_NUMBERS = {
    "перв": 1, "втор": 2, "трет": 3, "четверт": 4, "три": 3, "трех": 3, "шест": 6, "девят": 9,
    "биринши": 1, "екинши": 2, "ушинши": 3, "тортинши": 4, "уш": 3, "алты": 6, "тогыз": 9,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "three": 3, "six": 6, "nine": 9,
}  # fmt: skip
_MONTHS = (
    "январ кантар jan", "феврал акпан feb", "март наурыз mar", "апрел сауир apr",
    "ма[йя] мамыр may", "июн маусым jun", "июл шилде jul", "август тамыз aug",
    "сентябр кыркуйе[кг] sep", "октябр казан oct", "ноябр караша nov", "декабр желтоксан dec",
)  # fmt: skip
_NUMBER = (
    r"(?:(?:[1-4]|[iи]{1,3})\s?[-,]\s?)?(?P<number>1[0-2]|[1-9]|[iи1][vв]|[iи]{1,3}"
    rf"|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
)
_ENDING = r"(?<!\d[а-яa-z])(?:\s?-\s?[а-яa-z]{1,4}|[а-я]{0,3}|st|nd|rd|th)[\s-]{1,2}"
_KIND = (
    r"(?:(?P<quarter>квартал|токсан|кв\.|quarter)|(?P<half>полугод|жартыжыл|жарты жыл|half)"
    r"|(?P<months>месяц|мес\.|ай(?:ы|да|лык|дагы|ында|ындагы|ынын|ына|дын|га)?(?!\w)|months?))"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_OF_YEAR = r"\s?-?\s?(?:жыл[а-я]{0,4}|ж\.?|год[а-я]{0,2}|г\.?)?[\s,:(]{1,2}"
_MONTH = "|".join(
    f"(?P<m{number}>{names.replace(' ', '|')})" for number, names in enumerate(_MONTHS, 1)
)
_FORMS = (
    rf"(?<![\w.,]){_NUMBER}{_ENDING}{_KIND}[а-я]{{0,8}}\s{{0,2}}(?:of |за |в )?{_YEAR}(?!\d)",
    rf"(?<!\w)(?P<quarter>q)(?P<number>[1-4])[\s,/-]{{0,2}}{_YEAR}(?!\d)",
    rf"(?<!\d){_YEAR}[\s,/-]{{0,2}}(?P<quarter>q)(?P<number>[1-4])(?!\d)",
    rf"(?:янв[а-я]*|кантар|jan[a-z]*)\s?-\s?(?:{_MONTH})[а-яa-z]{{0,6}}[\s,]{{1,2}}{_YEAR}(?!\d)",
    rf"(?<!\d){_YEAR}{_OF_YEAR}{_NUMBER}{_ENDING}{_KIND}",
    rf"(?<!\d){_YEAR}{_OF_YEAR}кантар\s?-\s?(?:{_MONTH})",
    rf"(?:за|в|for|in|итог[а-я]*)\s{_YEAR}(?:\s?год|\s?г\.|(?![\w-]|\s?\W?\s?\d))",
    rf"(?<![\d.-]){_YEAR}\sжыл(?:ы|га|(?:гы|дын)(?=\s(?:есеп|корыт))|(?=\s(?:бойынша|ишинде|корыт)))",
)
_PATTERNS = tuple(re.compile(form) for form in _FORMS)
_BEFORE_A_LIST = (_PATTERNS[4], *_PATTERNS[6:])  # the year comes first, or stands alone
_LISTED = re.compile(rf"(?<![\w.,]){_NUMBER}{_ENDING}{_KIND}")
_HINT = re.compile(
    r"то[кқ]сан|кв(?=артал|\.)|quarter|жарты|полугод|half|мес(?=яц|\.)|\bай|month|q[1-4]|кантар|янв|jan"
)
_NEAR = re.compile(r"(?:19|20)\d\d")
_REVIEW = (
    r"(?:обзор|отч[её]т|анализ|справка|информация|сведения|шолу|есеп|талдау|ақпарат|review|report)"
)
_ALONE = re.compile(
    rf"(?:{_REVIEW}[^\d\n]{{0,80}}(?<!на)\W+)?{_YEAR}"
    rf"(?:\W*|\s?(?:год|г\.?|жыл|ж\.?|жылғы[^\d\n]{{0,60}}{_REVIEW}\w{{0,6}}|year)"
    r"(?!\w)(?>(?:\W|\d|pdf|docx?|xlsx?|жүктеу|скачать|download|[кмkm][бb])*))",
    re.IGNORECASE,
)
_LACKING = re.compile(  # a title and no sentence, which counts: "в I квартале было 100"
    rf"{_LISTED.pattern}\D{{0,60}}(?:\b(?:pdf|docx?|xlsx?)\b.{{0,20}})?$"
)
_QUARTER = r"(?<!\w)(?:[1-4]|[iи1][vв]|i|[iи]{2,3})(?!\w)"  # «и» alone joins two
_ALSO = re.compile(  # right before a quarter: "I квартал, II және "
    rf"(?:{_QUARTER}(?:\s?-?\s?[а-яa-z]{{0,4}}\s?(?:квартал|токсан|кв\.|quarter)[а-яa-z]{{0,6}})?"
    r"(?:\s?[,;]\s?(?:и|жане|and)?|\s(?:и|жане|and))\s{1,2}){1,3}$"
)
_NUMBERED = re.compile(  # "Приложение 3, 2 квартал": the number is that of the noun
    r"(?:№|(?<![\w.-])(?:приложени|пункт|подпункт|п\.|пп\.|кесте|корпус|таблиц|табл\.|раздел"
    r"|част[ьи]|глав[ае]|стать|ст\.|том|лист|стр\.|страниц|бет|бап|болим|тарма[кг]|тарау|косымша"
    r"|сурет|рис\.|рисун|форм|нысан|верси|нуска|лот|пакет|кабинет|каб\.|этаж|дом(?!ов)|кабат|уй"
    r"|диаграмм|слайд|annex|appendix|table|part|section|chapter|item|page|form|figure|building"
    r"|room|version|no\.)[а-яa-z]{0,6})\s{0,2}$"
)
_ONLY_YEAR = re.compile(rf"\W*{_YEAR}\s?(?:года?|г\.?|жыл(?:ғы|ы)?|ж\.?|year)?\W*", re.IGNORECASE)


class Period(Noun, frozen=True, kw_only=True):
    """Part of a year, and the words that named it."""

    last_day: date
    words: str


def find(text: str) -> Iterator[Period]:
    """Yield the periods `text` names, in order of place; a fifth quarter is none.

    Quarters listed below a year ("2025: 1-тоқсан, 2-тоқсан") are of that year. Where the text
    has lines, words of one are of no year in another, but of one above that has none of its own.
    """
    years = [match.span() for match in _NEAR.finditer(text)]
    nexts = [start for start, _ in years[1:]] + [len(text)]
    reached = 0
    for (start, end), following in zip(years, nexts, strict=False):
        begins = max(reached, start - AROUND)
        begins = max(begins, text.rfind("\n", begins, start) + 1)
        line = text.find("\n", end, end + AROUND)
        window = text[begins : end + AROUND if line < 0 else line]
        match = _around(fold(window), start - begins)
        if match and (last_day := _last_day(match.groupdict())):
            yield from _before(match, str(last_day.year))
            reached = begins + match.end()
            yield _named(text, begins + match.start(), reached, last_day)
        if match is None or match.re in _BEFORE_A_LIST:
            reached = max(reached, end)
            line = text.rfind("\n", reached, following)
            below = following if line < 0 or following == len(text) else line
            yield from _listed(text[reached : min(below, end + BELOW)], text[start:end])


def years_alone(lines: Sequence[str]) -> Iterator[int]:
    """Yield the years that a line names and no more, as one item of a list: "2025 год".

    Not those below which quarters are listed without a year: they head that list.
    """
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        match = _ALONE.fullmatch(line)
        folded = fold(below)
        if match and (_NEAR.search(below) or not _LISTED.search(folded)):
            yield int(match["year"])


def is_year(line: str) -> bool:
    """Whether `line` is a year and no more: "2025 год"."""
    return bool(_ONLY_YEAR.fullmatch(line))


def lacks_year(line: str) -> bool:
    """Whether `line` names a period without its year: "Обзор за III квартал (pdf, 2 МБ)"."""
    return not _NEAR.search(line) and bool(_LACKING.search(fold(line)))


def _around(window: str, year: int) -> re.Match[str] | None:
    """Return what names a period with the year at that place of `window`."""
    for pattern in _PATTERNS if _HINT.search(window) else _PATTERNS[6:]:
        for match in pattern.finditer(window):
            if match.start("year") == year:
                return match
    return None


def _listed(text: str, year: str) -> Iterator[Period]:
    folded = fold(text)
    for match in _LISTED.finditer(folded) if _HINT.search(folded) else ():
        if last_day := _last_day({**match.groupdict(), "year": year}):
            yield from _before(match, year)
            found = _named(text, *match.span(), last_day)
            yield Period(last_day=last_day, words=f"{year}: {found.words}")


def _before(match: re.Match[str], year: str) -> Iterator[Period]:
    """Yield the quarters named right before one, of the same year: "I, II, III квартал 2026"."""
    given = match.groupdict()
    start = match.start("number") if given.get("quarter") and given.get("number") else 0
    also = _ALSO.search(match.string, max(0, start - BELOW), start)
    numbers = re.findall(_QUARTER, also[0]) if also else []
    if also and _is_of_a_noun(match.string, also):
        del numbers[0]
    for number in numbers:
        last_day = _end_of(int(year), 3 * _number(number))
        yield Period(last_day=last_day, words=f"{year}: {number} {given['quarter']}")


def _is_of_a_noun(text: str, also: re.Match[str]) -> bool:
    """Whether the first of these numbers is that of an annex, a table or a building."""
    return _NUMBERED.search(text[max(0, also.start() - 20) : also.start()]) is not None


def _named(text: str, start: int, end: int, last_day: date) -> Period:
    while end < len(text) and text[end].isalpha():  # patterns end where a case ending begins
        end += 1
    return Period(last_day=last_day, words=" ".join(text[start:end].split()))


def _last_day(given: dict[str, str | None]) -> date | None:
    year = int(given["year"] or 0)
    kind = next((kind for kind in MONTHS_IN if given.get(kind)), "")
    if kind:
        number = _number(given["number"] or "")
        month = number * MONTHS_IN[kind] if number <= MOST[kind] else 0
    else:
        named = (number for number in range(1, 13) if given.get(f"m{number}"))
        month = next(named, 12)
    if not month or not FIRST_YEAR <= year < LAST_YEAR:
        return None
    return _end_of(year, month)


def _end_of(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _number(written: str) -> int:
    if written.isdigit():
        return int(written)
    if written in _NUMBERS:
        return _NUMBERS[written]
    return 4 if written[-1] in "vв" else len(written)
