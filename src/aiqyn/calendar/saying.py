"""The reckoning in words, as each language says dates and amounts."""

from datetime import date
from functools import cache
from typing import Any

import msgspec

from aiqyn.calendar.reading import FOLDER
from aiqyn.catalogue import read
from aiqyn.text import LANGUAGES, Text, say


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """saying.yaml. Kazakh months stand in the cases the sentences need."""

    dates: dict[str, str]  # language → how a date is written
    months: dict[str, dict[str, list[str]]]  # language → case → twelve names
    weekdays: dict[str, list[str]]
    units: dict[str, dict[str, list[str]]]  # unit → language → plural forms
    sentences: dict[str, Text]


@cache
def _words() -> Words:
    return read(FOLDER / "saying.yaml", Words)


class SpokenDate:
    """A date inside a sentence: `{day}`, in a Kazakh case `{day:to}`, or `{day:weekday}`."""

    def __init__(self, day: date, language: str) -> None:
        self.day = day
        self.language = language

    def __format__(self, case: str) -> str:
        if case == "weekday":
            return _words().weekdays[self.language][self.day.weekday()]
        months = _words().months[self.language]
        month = months.get(case or "plain", months["plain"])[self.day.month - 1]
        written = _words().dates[self.language]
        return written.format(year=self.day.year, month=month, day=self.day.day)


def said(what: str, **values: Any) -> Text:
    """The sentence `what` of saying.yaml in every language."""
    return filled(_words().sentences[what], **values)


def filled(sentences: Text, **values: Any) -> Text:
    """A phrase with its gaps filled; dates, phrases and amounts are said in each language."""
    return Text({code: _said(sentences[code], code, values) for code in LANGUAGES})


def _said(sentence: str, code: str, values: dict[str, Any]) -> str:
    return sentence.format(**{name: _value(value, code) for name, value in values.items()})


def _value(value: Any, language: str) -> Any:
    if isinstance(value, date):
        return SpokenDate(value, language)
    return say(Text(value), language) if isinstance(value, dict) else value


def weekdays(language: str) -> list[str]:
    """Monday to Sunday."""
    return _words().weekdays[language]


def amount(count: int, unit: str) -> Text:
    """15 жұмыс күні; 15 рабочих дней; 15 working days."""
    forms = _words().units[unit]
    return Text({code: f"{count} {_plural(count, forms[code])}" for code in LANGUAGES})


def amount_of_days(count: int) -> Text:
    return amount(count, "days")


def _plural(count: int, forms: list[str]) -> str:
    """One form (Kazakh), two (English) or three (Russian)."""
    if len(forms) < 3:
        return forms[0] if count == 1 else forms[-1]
    if count % 10 == 1 and count % 100 != 11:
        return forms[0]
    few = 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14
    return forms[1] if few else forms[2]
