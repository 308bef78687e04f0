"""What rules about freshness need to know of every page: the days and periods its text names."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from operator import itemgetter

from msgspec import Struct

from aiqyn.subjects import dates, periods
from aiqyn.subjects.choices import Choices, choices_of
from aiqyn.subjects.lines import Lines, lines_of
from aiqyn.subjects.links import Links
from aiqyn.subjects.moments import spelled_out
from aiqyn.subjects.page import BEGINNING, Page
from aiqyn.subjects.parts import is_document
from aiqyn.subjects.spaces import squeeze
from aiqyn.subjects.traits.content import candidates_of, is_worth_reading, text_of
from aiqyn.subjects.traits.figures import figures_in
from aiqyn.subjects.traits.said import lowered

REVIEWS = "appeals_review"  # the section whose items are periods
MOST_PERIODS = 12
# A day to come within so many was written lately; a later one any time, and so was the last
# day of a year, by which plans of years ago are carried out.
AHEAD = timedelta(days=92)
YEAR_END = (12, 31)
_TERM = 20  # characters before a year in which a word of its term may stand
_LABEL = 60  # characters before a date in which a label may stand
_POSTED = re.compile(
    r"жариял|орналастыр|жарық көр|опубликован|публикаци|размещ|добавлен"
    r"|posted|published|publication"
    # of what was made, a body too: only as a label, "Создано: "
    r"|\b(?:создано|дата создания|created(?: on)?|енгізілген|(?:құрыл|жасал)(?:ды|ған))"
    r"(?: күні)?\s?:\W*$",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"жаңарт|жанарт|өзгертіл|обновл|изменен|updated|modified|last change", re.IGNORECASE
)
_UPDATING = ("жаңарт", "жанарт", "обнов", "updat")
_UPDATED_ON = re.compile(  # beside the date: "Дата обновления: ", "Жаңартылған күні "
    r"(?:жаңарту|жаңартыл|жанартыл|обновл[её]н|\bupdated?\b)\w*"
    r"(?:(?:\s\w+){0,2}\s?[:–—-]|\sкүні|\son)?\W{0,4}",
    re.IGNORECASE,
)
_LIKE_A_DAY = re.compile(  # with one separator it may be a number: "3.5 км", "20-25 дворов"
    r"\d{1,4}\s?([./–-])\s?\d{1,4}\s?\1\s?\d|\d{1,2}\s[^\W\d]+\s\d{4}|(?:19|20)\d\d"
)
_WAS_UPDATED = re.compile(
    r"\s(?:(?:жылы|күні)\s)?(?:қайта\s)?жаңартылды\b(?!\s?[:–—-])(?!\s\d)", re.IGNORECASE
)
_UNTIL = re.compile(
    r"\b(?:до|к|by|until|till|to)\s(?:(?:конца|(?:the\s)?end\sof)\s)?$", re.IGNORECASE
)
_UNTIL_IT = re.compile(
    r"\s?-?(?:жыл\w*|ж\.)?(?:\s(?:соңына|аяғына))?-?(?:ға|ге)?\s(?:дейін|шейін|қарай)\b",
    re.IGNORECASE,
)
_MODIFIED = ("article:modified_time", "datemodified", "dcterms.modified", "last-modified")
_YEAR = re.compile(  # alone, not the end of a plan: "2021–2025"
    r"(?:19|20)(?<![\d.,/–-]..)(?<![–-]\s..)\d\d(?![\d/])(?!\s?[–-]\s?(?:19|20)\d\d)"
)


class Freshness(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Facts of one page; only of pages of sections, and not of news."""

    newest: date | None = None  # latest day it names, itself or as the end of a period or year
    newest_words: str = ""  # how the text tells it
    periods: tuple[date, ...] = ()  # last days of the periods it names, newest first
    period_words: str = ""  # of the newest one
    years: tuple[int, ...] = ()  # that an item of a page of reviews names alone: "2025 год"
    listed_years: tuple[int, ...] = ()  # the same, one below another: reviews, or a list of years
    choices: frozenset[int] = frozenset()  # years a page of reviews lets its reader choose
    dated_documents: frozenset[str] = frozenset()  # addresses whose link names a period
    is_posted: bool = False  # says when it was published
    is_updated: bool = False  # says when it was brought up to date
    tells_later: bool = False  # of a period that ended after the last day it was posted
    figures: tuple[str, ...] = ()  # with what they count, in the order of its text
    updated: date | None = None  # the one day it says so of; None where it tells none, or several


def freshness_of(page: Page, links: Links) -> Freshness:
    """Return the facts of `page`; a day soon after we saw it counts as that day, a far one not."""
    if not is_worth_reading(page, candidates_of(page)):
        return Freshness()
    whole, seen = text_of(page), page.evidence.taken_at.date()
    text = spelled_out(page, whole, lowered)
    written = list(dates.written(text))
    is_review = REVIEWS in candidates_of(page)
    choices = choices_of(page, whole) if is_review else Choices()
    lines = lines_of(page, choices.text) if is_review else Lines(text, frozenset())
    items = [each for each in lines.text.split("\n") if each not in lines.headings]
    years = _years([*_but_rows_of_years(items)])
    named = sorted(periods.find(lines.text), key=lambda each: each.last_day, reverse=True)
    ended = [each for each in named if each.last_day <= seen]
    days = [(each.last_day, each.words) for each in ended]
    labels = list(_labels(text, written))
    is_updated = any(map(_UPDATED.search, labels))
    beside = _beside_updated(text, written)
    updated = set(beside.values())
    known = [(each.day, each) for each in written if each.day]
    far = {
        each.start: each.end for day, each in known if _is_far(day, seen, is_updated=bool(updated))
    }
    days += [(day, text[each.start : each.end]) for day, each in known if each.start not in far]
    posted = {
        each.day for each, label in zip(written, labels, strict=True) if _POSTED.search(label)
    }
    newest, words = _newest(page, "" if is_updated else _without(text, far), days)
    apart = {each.day for each in written if each.start not in beside}
    told = page.published or _spelled_at_the_top(text, whole)
    if told and (told.source == "meta" or told.day not in updated or told.day in apart):
        posted |= {told.day}
    last = max(filter(None, posted), default=None)
    return Freshness(
        newest=newest,
        newest_words=words,
        periods=tuple(dict.fromkeys(each.last_day for each in ended))[:MOST_PERIODS],
        period_words=ended[0].words if ended else "",
        years=years,
        listed_years=tuple(each for each in _years(items) if each not in years),
        choices=choices.years,
        dated_documents=_dated_documents(page, links) if named else frozenset(),
        is_posted=bool(posted),
        is_updated=is_updated or bool(updated) or any(page.metas.get(name) for name in _MODIFIED),
        tells_later=bool(last and ended and ended[0].last_day > last),
        figures=figures_in(text, [range(each.start, each.end) for each in written]),
        updated=next(iter(updated)) if len(updated) == 1 else None,
    )


def _is_far(day: date, seen: date, *, is_updated: bool = False) -> bool:
    """Whether a day is still to come and does not tell when it was written."""
    return day > seen and (is_updated or day - seen > AHEAD or (day.month, day.day) == YEAR_END)


def _without(text: str, spans: Mapping[int, int]) -> str:
    """Return a text without these spans, in order, so that no year of theirs speaks either."""
    starts, ends = [*spans, len(text)], [0, *spans.values()]
    return " ".join(text[end:start] for end, start in zip(ends, starts, strict=True))


def _spelled_at_the_top(text: str, whole: str) -> dates.Dated | None:
    """Return the first day of the beginning, where it was told only by how long ago it was."""
    found = () if text is whole else dates.find(text[:BEGINNING])
    return next((dates.Dated(day=day, source="text") for _, day in found), None)


def _years(items: Sequence[str]) -> tuple[int, ...]:
    """Return the years that items name alone: a heading names what stands below it."""
    return tuple(sorted({*periods.years_alone(items)})) if len(items) > 1 else ()


def _but_rows_of_years(items: Sequence[str]) -> Iterator[str]:
    """Yield what is no year right above or below another: these may be a list of years."""
    alone = [False, *map(periods.is_year, items), False]
    for place, item in enumerate(items, start=1):
        if not (alone[place] and (alone[place - 1] or alone[place + 1])):
            yield item


def _dated_documents(page: Page, links: Links) -> frozenset[str]:
    hrefs = {
        href: links.urls[number]
        for href, number in zip(page.hrefs, links.numbers, strict=False)
        if number >= 0 and is_document(links.urls[number])
    }
    nodes = page.links_to(hrefs.keys()) if hrefs else ()
    return frozenset(
        hrefs[node.attributes["href"] or ""]
        for node in nodes
        if any(periods.find(squeeze(node.text(separator=" "))))
    )


def _labels(text: str, written: Sequence[dates.Written]) -> Iterator[str]:
    """Yield what stands before each date, up to the date before."""
    ends = [0, *(each.end for each in written)]
    for end, each in zip(ends, written, strict=False):
        yield text[max(end, each.start - _LABEL) : each.start]


def _beside_updated(text: str, written: Sequence[dates.Written]) -> dict[int, date | None]:
    """Return by place the days right beside a word of updating; None for a date nobody reads."""
    begun = {each.start: each.day for each in written}
    told = {each.start: each.day for each in written if _WAS_UPDATED.match(text, each.end)}
    small = lowered(text)  # most pages have no such word: a quarter of the time
    for label in _UPDATED_ON.finditer(text) if any(map(small.__contains__, _UPDATING)) else ():
        end = label.end()
        if end in begun or _LIKE_A_DAY.match(text, end):
            told[end] = begun.get(end)
    return told


def _years_told(text: str, last: int) -> Iterator[int]:
    """Yield the years up to the `last` one; by its end things are to be done, said long ago."""
    for each in _YEAR.finditer(text):
        year = int(each[0])
        if year < last or (year == last and not _is_term(text, each.start(), each.end())):
            yield year


def _is_term(text: str, start: int, end: int) -> bool:
    """Whether a year is one until which something lasts: «до 2026 года», «2026 жылға дейін»."""
    before = text[max(0, start - _TERM) : start]
    return bool(_UNTIL.search(before) or _UNTIL_IT.match(text, end))


def _newest(page: Page, text: str, told: Sequence[tuple[date, str]]) -> tuple[date | None, str]:
    """Return the latest day and its words; a bare year of `text` speaks where it is later."""
    seen = page.evidence.taken_at.date()
    days = [(min(day, seen), words) for day, words in told]
    if page.published and not _is_far(page.published.day, seen):
        days.append((min(page.published.day, seen), page.published.day.isoformat()))
    newest = max(days, key=itemgetter(0), default=(date.min, ""))
    year = max(_years_told(text, seen.year), default=0)
    if year > newest[0].year:
        return min(date(year, 12, 31), seen), str(year)
    return newest if days else (None, "")
