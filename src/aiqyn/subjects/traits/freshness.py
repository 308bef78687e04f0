"""What rules about freshness need to know of every page: the days and periods its text names."""

import re
from collections.abc import Iterator, Sequence
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
from aiqyn.subjects.traits.said import lowered

REVIEWS = "appeals_review"  # the section whose items are periods
MOST_PERIODS = 12
AHEAD = timedelta(days=92)  # a day to come within so many was written lately; a later one any time
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
_MODIFIED = ("article:modified_time", "datemodified", "dcterms.modified", "last-modified")
_YEAR = re.compile(  # alone, not the end of a plan: "2021–2025"
    r"(?:19|20)(?<![\d.,/–-]..)(?<![–-]\s..)\d\d(?![\d/])(?!\s?[–-]\s?(?:19|20)\d\d)"
)


class Freshness(Struct, frozen=True, kw_only=True):
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
    days += [(day, text[start:end]) for start, end, day in written if day and day - seen <= AHEAD]
    labels = list(_labels(text, written))
    is_updated = any(map(_UPDATED.search, labels))
    posted = {
        each.day for each, label in zip(written, labels, strict=True) if _POSTED.search(label)
    }
    beside = _beside_updated(text, written)
    updated = set(beside.values())
    newest, words = _newest(page, "" if is_updated else text, days)
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
        updated=next(iter(updated)) if len(updated) == 1 else None,
    )


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


def _newest(page: Page, text: str, told: Sequence[tuple[date, str]]) -> tuple[date | None, str]:
    """Return the latest day and its words; a bare year of `text` speaks where it is later."""
    seen = page.evidence.taken_at.date()
    days = [(min(day, seen), words) for day, words in told]
    if page.published and page.published.day - seen <= AHEAD:
        days.append((min(page.published.day, seen), page.published.day.isoformat()))
    newest = max(days, key=itemgetter(0), default=(date.min, ""))
    years = (int(each[0]) for each in _YEAR.finditer(text))
    year = max((each for each in years if each <= seen.year), default=0)
    if year > newest[0].year:
        return min(date(year, 12, 31), seen), str(year)
    return newest if days else (None, "")
