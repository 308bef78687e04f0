"""What stands at a place of a file, in words: notes keep codes of formats, letters and dates."""

import re
from collections.abc import Callable, Mapping

from aiqyn.chain import Place
from aiqyn.grading import Step
from aiqyn.report.words import word
from aiqyn.subjects.datafile.kinds import kinds
from aiqyn.subjects.formats import format_of, formats
from aiqyn.text import say

ENCODINGS = {
    "windows-1251": "Windows-1251",
    "kz1048": "KZ-1048",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
}
_DATE_PART = re.compile("%([A-Za-z])")


def said_saw(place: Place, language: str) -> str:
    """What a person reads of `place.saw`: "KOI8-R" of koi8_r, "ЖЖЖЖ-АА-КК" of %Y-%m-%d."""
    way = _WAYS.get(place.note)
    return way(place.saw, language) if way else place.saw


def said_step(step: Step, language: str) -> str:
    """What was seen at one of the five stars: a kind of trouble by its title, never by its code."""
    if kind := kinds().get(step.saw):
        return say(kind.title, language)
    return _format(step.saw, language)


def encoding(name: str) -> str:
    """Return an encoding as people write it."""
    return ENCODINGS.get(name, name.upper().replace("_", "-"))


def _format(key: str, language: str) -> str:
    if key == "unknown":
        return word("format_unknown", language)
    return format_of(key).title if key in formats() else key


def _dates(written: str, language: str) -> str:
    return _DATE_PART.sub(lambda part: word(f"date_{part[1]}", language), written)


def _encoding(name: str, _: str) -> str:
    return encoding(name)


_WAYS: Mapping[str, Callable[[str, str], str]] = {
    "mixed_date_formats": _dates,
    "not_utf8": _encoding,
    "wrong_declared_encoding": _encoding,
    "unknown_format": _format,
    "unread_format": _format,
    "lying_extension": _format,
    "not_structured": _format,
    "closed_format": _format,
}
