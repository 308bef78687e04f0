"""The fixed words of reports."""

import re
from contextlib import suppress
from datetime import date
from functools import cache

from aiqyn.calendar.saying import SpokenDate
from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Place
from aiqyn.subjects.sections import sections
from aiqyn.text import Text, say


@cache
def words() -> dict[str, Text]:
    """Return all fixed words by key; of files of data they stand in a file of their own."""
    sources = (ROOT / "report" / name for name in ("words.yaml", "grade_words.yaml"))
    return {key: text for source in sources for key, text in read(source, dict[str, Text]).items()}


def word(key: str, language: str) -> str:
    """Return one fixed word in `language`."""
    return say(words()[key], language)


NUMBERED = "page|row|line|record|resource|distribution|byte"
PAIRED = "pair (?:hreflang|switch|address|menu|date)"  # how two versions of a page were found
PART = re.compile(rf"(document|site|answer|file|closed|{PAIRED})|({NUMBERED}) (\d+)|(column) (.+)")
# A cell of a file of data; the name of a table or of a column may hold anything.
CELL = re.compile(
    r"(?:table (?P<table>.+?))?(?:(?:^|, )row (?P<row>\d+))?"
    r"(?:(?:^|, )column (?P<column>\d+)(?: \((?P<name>.+)\))?)?",
    re.DOTALL,
)


def figure(digits: str, language: str) -> str:
    """Return the digits of a number with the language's own decimal mark."""
    return digits if language == "en" else digits.replace(".", ",")


def spaced(number: int) -> str:
    """Return a number with a thin gap between thousands."""
    return f"{number:,}".replace(",", "\u202f")


ISO = re.compile(r"\d{4}-\d\d-\d\d")
ISO_DAY = re.compile(rf"(?<= ){ISO.pattern}(?=[ ,])")
QUARTER = re.compile(r"(\d{4})-Q([1-4])")
MEASURED = re.compile(r"\d+ > \d+")  # what there is, and what is allowed
TONGUES = re.compile(r"(?:kk|ru|en)(?: → (?:kk|ru|en))?")
COUNTED = re.compile(r"(?:^|(?<=, ))(?:kk|ru|en)(?: → (?:kk|ru|en))?(?=: [\d/])")  # in languages
THINGS = ("flag", "emblem", "postal", "telephone", "email")
LARGE = re.compile(r"\d{5,}")
ROMAN = ("I", "II", "III", "IV")


def said_seen(place: Place, language: str) -> str:
    """What a person reads of what was seen on a page: quarters, languages and two days side by
    side in words, large measures in groups of digits.

    The name of a section, in whatever language of the site, is left out: `said_spot` says it.
    """
    saw = _beside_name(place, language)
    if quarter := QUARTER.fullmatch(saw):
        number = ROMAN[int(quarter[2]) - 1]
        return word("quarter", language).format(year=quarter[1], quarter=number)
    if ISO.fullmatch(saw):
        with suppress(ValueError):  # a day that does not exist may be what is wrong there
            return said_day("", date.fromisoformat(saw), language)
    if saw in THINGS or TONGUES.fullmatch(saw):
        return _named(saw, language)
    saw = COUNTED.sub(lambda codes: _named(codes[0], language), saw)
    if MEASURED.fullmatch(saw):
        return LARGE.sub(lambda number: spaced(int(number[0])), saw)
    if place.note == "older":
        return ISO_DAY.sub(
            lambda day: f"{SpokenDate(date.fromisoformat(day[0]), language)}", saw, count=2
        )
    return "" if saw == said_spot(place.where, language) else saw


def _named(codes: str, language: str) -> str:
    """Say languages, or what was looked for, in words."""
    kind = "seen" if codes in THINGS else "tongue"
    return " → ".join(word(f"{kind}_{code}", language) for code in codes.split(" → "))


def _beside_name(place: Place, language: str) -> str:
    """What was seen less the section's name: of "kk: Budget: 4" the version and "4"."""
    section = sections().get(place.where)
    if section is None:
        return place.saw
    version, colon, rest = place.saw.partition(": ")
    is_version = bool(colon) and TONGUES.fullmatch(version) is not None
    saw = rest if is_version else place.saw
    for title in section.title.values():
        if saw == title or saw.startswith(f"{title}: "):
            saw = saw[len(title) + 2 :]
            break
    if not is_version:
        return saw
    tongue = word(f"tongue_{version}", language)
    return f"{tongue}: {saw}" if saw else version


YEAR = re.compile(r"(?:(?:for|in|за|на|в) )?(\d{4})(?: (?:год[ау]?|г\.|жыл\w*))?", re.IGNORECASE)


def said_day(words: str, day: date | None, language: str) -> str:
    """Say a day or a year found on a page as all others are; a period as the page wrote it."""
    if day is None:
        return words
    if year := YEAR.fullmatch(words):
        return year[1]
    is_day = not words or re.search(rf"(?<!\d)0?{day.day}(?!\d)", words)
    return f"{day:{'%Y-%m-%d' if language == 'en' else '%d.%m.%Y'}}" if is_day else words


def since(day: date, language: str) -> str:
    """Say which audit another one is compared with."""
    return word("since", language).format(said_day("", day, language))


def said_spot(where: str, language: str) -> str:
    """Say a place of a site as `said_place`, and the code of a section by the section's name."""
    section = sections().get(where)
    return say(section.title, language) if section else said_place(where, language)


def said_place(where: str, language: str) -> str:
    """Say a stored place in `language`: "page 2", "row 3, column 2 (total)", "document".

    Anything else, a path on a page or a code, stays as the rule wrote it.
    """
    if where.startswith("columns "):
        return word("place_columns", language).format(where.removeprefix("columns "))
    if cell := CELL.fullmatch(where):
        return _cell(cell, language) or where
    parts = [PART.fullmatch(part) for part in where.split(", ", 1)]
    said = [_part(part, language) for part in parts if part]
    return ", ".join(said) if len(said) == len(parts) else where


def _cell(cell: re.Match[str], language: str) -> str:
    said = []
    if cell["table"]:
        said.append(word("place_table", language).format(cell["table"]))
    if cell["row"]:
        said.append(word("place_row", language).format(cell["row"]))
    if cell["name"]:
        phrase = word("place_named", language)
        said.append(phrase.format(number=cell["column"], name=cell["name"]))
    elif cell["column"]:
        said.append(word("place_numbered", language).format(cell["column"]))
    return ", ".join(said)


def _part(part: re.Match[str], language: str) -> str:
    whole, numbered, number, column, name = part.groups()
    key = (whole or numbered or column).replace(" ", "_")
    return word(f"place_{key}", language).format(number or name)
