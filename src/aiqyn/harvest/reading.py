"""Words of other people's passports made ours: texts, moments, rhythms, kinds of files.

Whatever cannot be understood becomes "" or None: nothing is guessed and nothing raises.
"""

import json
import re
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from aiqyn.catalogue import ROOT, read
from aiqyn.subjects.dataset import Said
from aiqyn.subjects.formats import formats

_LANGUAGES = {"kz": "kk", "kaz": "kk", "rus": "ru", "eng": "en", "kazakh": "kk"}
_TAG = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]+)*", re.IGNORECASE)
_PERIOD = re.compile(r"(?:R\d*/)?P(?:(\d+(?:\.\d+)?)([YMWD]))?(T.*)?", re.IGNORECASE)
_DAYS = {"Y": 365.0, "M": 30.0, "W": 7.0, "D": 1.0}
_RHYTHMS = (  # at most so many days between two versions
    ("continuous", 0.9),
    ("daily", 1),
    ("weekly", 7),
    ("monthly", 31),
    ("quarterly", 93),
    ("half_yearly", 186),
    ("yearly", 366),
)
_GAP = re.compile(r"[\W_]+")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ ,T]+(\d{1,2}:\d{2}(?::\d{2})?))?")
_PART_OF_DATE = re.compile(r"\d{4}(?:-\d{2})?")
_FRACTION = re.compile(r"(\.\d{6})\d+")
_EPOCH_MS = range(10**11, 10**13)  # milliseconds since 1970: from 1973 to 2286
_UNITS = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "kib": 2**10, "mib": 2**20}
_SIZE = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-zа-я]*)", re.IGNORECASE)
_RUSSIAN_UNITS = {"б": "b", "байт": "b", "кб": "kb", "мб": "mb", "гб": "gb"}
MEDIA = {  # media type → our key of formats.yaml
    "text/csv": "csv",
    "application/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/geo+json": "geojson",
    "application/vnd.geo+json": "geojson",
    "application/ld+json": "jsonld",
    "application/x-ndjson": "jsonl",
    "application/xml": "xml",
    "text/xml": "xml",
    "application/vnd.google-earth.kml+xml": "kml",
    "application/rdf+xml": "rdf",
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/vnd.ms-excel": "xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.apache.parquet": "parquet",
    "application/pdf": "pdf",
    "application/zip": "zip",
    "application/gzip": "gzip",
    "text/html": "html",
    "text/plain": "text",
}
_ALIASES = {
    "excel": "xls",
    "ttl": "turtle",
    "rdf/xml": "rdf",
    "rdf_xml": "rdf",
    "rdf_turtle": "turtle",
    "rdf_n_triples": "ntriples",
    "n-triples": "ntriples",
    "nt": "ntriples",
    "json-ld": "jsonld",
    "json_ld": "jsonld",
    "ndjson": "jsonl",
    "txt": "text",
    "htm": "html",
    "gz": "gzip",
    "kml": "kml",
    "openxml": "xlsx",
    "ms excel": "xls",
}


def text(value: Any) -> str:
    """Return a scalar as text without edges; "" for nothing and for what is no scalar."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def said(value: Any, language: str = "") -> Said:
    """Return a text in the languages it is given in: a string, a mapping, or JSON of one."""
    given = unpacked(value)
    if isinstance(given, dict):
        pairs = ((tag(key), text(words)) for key, words in given.items())
        return {key: words for key, words in pairs if words}
    words = text(value)
    return {language: words} if words else {}


def merged(*many: Said) -> Said:
    """Return the first text there is in each language; words of no language are not repeated."""
    result: Said = {}
    for each in many:
        for language, words in each.items():
            result.setdefault(language, words)
    if result.get("") in [words for language, words in result.items() if language]:
        del result[""]
    return result


def tag(language: str) -> str:
    """Return a language as ISO 639-1 where we know it: "kz" and "kaz" are "kk", "ru-RU" is "ru"."""
    if not _TAG.fullmatch(language.strip()):
        return ""
    first = re.split("[-_]", language.strip().lower())[0]
    return _LANGUAGES.get(first, first)


def unpacked(value: Any) -> Any:
    """Return what a string holds where it is a JSON list or mapping; else the value itself."""
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value


def items(value: Any) -> list[Any]:
    """Return a list of what may be a list, one thing, or nothing."""
    given = unpacked(value)
    if isinstance(given, list):
        return given
    return [] if given is None or given == "" else [given]


def words(value: Any, separators: str = ",;") -> tuple[str, ...]:
    """Return words from a list, or from one string with separators between them."""
    found: list[str] = []
    for each in items(value):
        parts = re.split(f"[{separators}]", each) if isinstance(each, str) else [text(each)]
        found += [part.strip() for part in parts if part.strip()]
    return tuple(dict.fromkeys(found))


def languages(value: Any) -> tuple[str, ...]:
    """ISO 639-1 of codes, and of addresses in the EU's table: …/authority/language/KAZ."""
    found = (tag(each.rpartition("/")[2]) for each in words(value))
    return tuple(dict.fromkeys(each for each in found if each))


def moment(value: Any) -> str:
    """Return a day or a moment in ISO 8601; "" where none is understood.

    Days are also taken from "31.12.2025" and from milliseconds since 1970; a moment
    without a zone is left so. A year or a month alone is kept as it is.
    """
    if isinstance(value, int) and not isinstance(value, bool) and value in _EPOCH_MS:
        return _told(datetime.fromtimestamp(value / 1000, UTC))
    given = text(value)
    if given.isascii() and given.isdigit() and len(given) > 10:
        return moment(int(given)) if int(given) in _EPOCH_MS else ""
    if found := _DOTTED.fullmatch(given):
        given = f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" + (
            f"T{found[4]:0>5}" if found[4] else ""
        )
    if _PART_OF_DATE.fullmatch(given):
        return given if _first_day(given) else ""
    try:
        when = datetime.fromisoformat(_FRACTION.sub(r"\1", given))
    except ValueError:
        return ""
    return given if len(given) <= 10 and "T" not in given else _told(when)


def _told(when: datetime) -> str:
    return when.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def day(value: Any, *, last: bool = False) -> date | None:
    """Return the day of a moment; of a year or a month its first, or its `last`, day."""
    given = moment(value)
    if _PART_OF_DATE.fullmatch(given):
        return _last_day(given) if last else _first_day(given)
    return datetime.fromisoformat(given).date() if given else None


def _first_day(given: str) -> date | None:
    try:
        return date.fromisoformat(f"{given}-01-01"[:10] if len(given) == 4 else f"{given}-01")
    except ValueError:
        return None


def _last_day(given: str) -> date | None:
    first = _first_day(given)
    if first is None or len(given) == 4:
        return first and first.replace(month=12, day=31)
    following = first.replace(day=28).toordinal() + 4
    return date.fromordinal(following - date.fromordinal(following).day)


def frequency(value: Any) -> str:
    """Return a key of `dataset.FREQUENCIES`; "" where none is said or understood."""
    given = text(value)
    if not given:
        return ""
    if found := _PERIOD.fullmatch(given):
        return _rhythm(found)
    code = re.split("[/#:]", given.rstrip("/"))[-1] if "://" in given else given
    return _rhythms().get(_GAP.sub(" ", code.casefold()).strip(), "")


def _rhythm(period: re.Match[str]) -> str:
    if not period[1]:
        return "continuous" if period[3] else ""
    days = float(period[1]) * _DAYS[period[2].upper()]
    return next((key for key, most in _RHYTHMS if days <= most), "unknown")


@cache
def _rhythms() -> dict[str, str]:
    keys = read(ROOT / "harvest" / "frequencies.yaml", dict[str, list[str]])
    return {_GAP.sub(" ", each).strip(): key for key, ways in keys.items() for each in ways}


def file_format(declared: Any, media_type: Any = "", address: str = "") -> str:
    """Return the declared kind of file: a key of formats.yaml, or the words in lower case.

    Where nothing is declared, the media type decides, then the end of the address.
    """
    for given in (text(declared), text(media_type)):
        if key := _format_key(given):
            return key
    ending = address.partition("?")[0].rpartition("/")[2].rpartition(".")[2].lower()
    return ending if ending in formats() else _ALIASES.get(ending, "")


def _format_key(given: str) -> str:
    plain = given.lower().split(";")[0].strip()
    for lead in ("authority/file-type/", "iana.org/assignments/media-types/"):
        plain = plain.rpartition(lead)[2]
    plain = MEDIA.get(plain, plain).lstrip(".")
    return _ALIASES.get(plain, plain)


def media_type(value: Any) -> str:
    """Return a media type, of an address in IANA's register too; "" for other words."""
    plain = text(value).lower().split(";")[0].rpartition("media-types/")[2].strip()
    return plain if re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", plain) else ""


def size(value: Any) -> int | None:
    """Return bytes from a number, "12345", "1.5 MB" or "2 Мб"; None where none is understood."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return int(value) if 0 <= value < 2**63 else None
    found = _SIZE.fullmatch(text(value))
    if found is None:
        return None
    unit = found[2].lower()
    times = _UNITS.get(_RUSSIAN_UNITS.get(unit, unit))
    return None if times is None else int(float(found[1].replace(",", ".")) * times)


def address(value: Any) -> str:
    """Return an http(s) or ftp address; "" for anything else."""
    given = text(value)
    return given if re.match(r"(?:https?|ftp)://[^/\s]", given, re.IGNORECASE) else ""


def email(value: Any) -> str:
    """Return an address of mail without "mailto:"; "" where there is no @."""
    given = re.sub("^mailto:", "", text(value), flags=re.IGNORECASE)
    return given if "@" in given else ""
