"""The calendar as pages draw it."""

from calendar import Calendar as Weeks
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.urls import translate_url
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext_lazy as _

from aiqyn.calendar import Calendar, Day, Kind
from aiqyn.calendar.reckoning import skipped
from aiqyn.text import Text
from aiqyn_portal.base.formats import MONTHS, language

KINDS = {
    # kind: (words, colour of the tag)
    Kind.HOLIDAY: (_("Holiday"), "red"),
    Kind.RELIGIOUS: (_("Day off"), "red"),
    Kind.CARRIED: (_("Day off carried on"), "orange"),
    Kind.REST: (_("Day off moved here"), "orange"),
    Kind.WORK: (_("Worked"), "blue"),
    Kind.ORDINARY: (_("No longer a holiday"), "grey"),
}
MONDAYS = Weeks(firstweekday=0)


class Cell(NamedTuple):
    """One day in the table of a month; `number` 0 is an empty cell."""

    number: int
    is_free: bool = False
    is_special: bool = False
    is_today: bool = False


class Month(NamedTuple):
    name: str
    weeks: list[list[Cell]]


class Special(NamedTuple):
    """A day that differs from its weekday: why, by what source."""

    day: Day
    words: Text
    kind: str
    colour: str


def months_of(year: int, days: Calendar, *, today: date) -> list[Month]:
    names = _month_names()
    return [
        Month(
            names[month - 1], [[_cell(day, month, days, today) for day in week] for week in weeks]
        )
        for month, weeks in ((n, MONDAYS.monthdatescalendar(year, n)) for n in range(1, 13))
    ]


def _cell(day: date, month: int, days: Calendar, today: date) -> Cell:
    if day.month != month:
        return Cell(0)
    return Cell(day.day, not days.is_working(day), days.why(day) is not None, day == today)


def _month_names() -> list[str]:
    """January alone, not of a date: Russian names change."""
    if language() == "ru":
        return [
            "Январь",
            "Февраль",
            "Март",
            "Апрель",
            "Май",
            "Июнь",
            "Июль",
            "Август",
            "Сентябрь",
            "Октябрь",
            "Ноябрь",
            "Декабрь",
        ]
    return [name.capitalize() for name in MONTHS[language()].split()]


def in_language(href: str, language: str) -> str:
    """The page of a matter in the language of whoever reads, whatever it was kept in."""
    with override(get_language_from_path(href) or language):  # it resolves in its own language
        return translate_url(href, language) if href else ""


def special_days(days: Iterable[Day]) -> list[Special]:
    return [
        Special(day, skipped(day).words, str(KINDS[day.kind][0]), KINDS[day.kind][1])
        for day in days
    ]
