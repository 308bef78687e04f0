"""Calendars that other programs follow (iCalendar, RFC 5545).

A due date is a day, not a moment, so it is written as an event of a whole day; a meeting has
its hours and names its zone. Our own writer: six lines of a format, checked in the tests by
the `icalendar` library.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from aiqyn.calendar.zones import COUNTRY
from aiqyn.text import without_controls

LONGEST_LINE = 75  # octets, without the end of line
# Kazakhstan's one time since 1 March 2024; earlier meetings are written in UTC
ZONE = (
    "BEGIN:VTIMEZONE",
    f"TZID:{COUNTRY}",
    "BEGIN:STANDARD",
    "DTSTART:20240301T000000",
    "TZOFFSETFROM:+0600",
    "TZOFFSETTO:+0500",
    "TZNAME:+05",
    "END:STANDARD",
    "END:VTIMEZONE",
)
ONE_TIME_SINCE = date(2024, 3, 1)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One event. `uid` never changes and `sequence` grows with every change of the entry.

    `starts` is a date for a whole day, or an aware moment; `ends` is the moment it is over.
    """

    uid: str
    title: str
    starts: date | datetime
    stamped_at: datetime
    sequence: int = 0
    ends: datetime | None = None
    text: str = ""
    address: str = ""
    is_cancelled: bool = False
    warn_days: Sequence[int] = ()  # reminders so many days before, at 09:00


def calendar(name: str, entries: Sequence[Entry]) -> str:
    """The file of a calendar called `name`, its lines ended and folded as the format asks."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Aiqyn//Legal clock//KK",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        f"X-WR-TIMEZONE:{COUNTRY}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        *ZONE,
    ]
    for entry in entries:
        lines += _event(entry)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in fold(line))


def _event(entry: Entry) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(entry.uid)}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"DTSTAMP:{_utc(entry.stamped_at)}"
    yield from _when(entry)
    yield f"SUMMARY:{escaped(entry.title)}"
    if entry.text:
        yield f"DESCRIPTION:{escaped(entry.text)}"
    if entry.address:
        yield f"URL:{without_controls(entry.address).replace(' ', '%20')}"
    yield f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    if not entry.is_cancelled:
        for days in entry.warn_days:
            yield from _alarm(entry, days)
    yield "END:VEVENT"


def _when(entry: Entry) -> Iterator[str]:
    if not isinstance(entry.starts, datetime):
        yield f"DTSTART;VALUE=DATE:{entry.starts:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{entry.starts + timedelta(days=1):%Y%m%d}"
        return
    yield f"DTSTART{_moment(entry.starts)}"
    if entry.ends is not None:
        yield f"DTEND{_moment(entry.ends)}"


def _moment(moment: datetime) -> str:
    """The rest of a line that names a moment: with the zone where its one rule holds."""
    local = moment.astimezone(ZoneInfo(COUNTRY))
    if local.date() < ONE_TIME_SINCE:
        return f":{_utc(moment)}"
    return f";TZID={COUNTRY}:{local:%Y%m%dT%H%M%S}"


def _alarm(entry: Entry, days: int) -> Iterator[str]:
    """A day begins at midnight: nine in the morning is nine hours later, `days` days earlier."""
    hours = 9 - days * 24
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{escaped(entry.title)}"
    yield f"TRIGGER:{'-' if hours < 0 else ''}PT{abs(hours)}H"
    yield "END:VALARM"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(words: str) -> str:
    """Text as the format writes it: no control characters, marks of the format escaped."""
    plain = without_controls(words.replace("\r\n", "\n")).replace("\t", " ")
    for mark, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        plain = plain.replace(mark, written)
    return plain


def fold(line: str) -> Iterator[str]:
    """Cut a line into pieces of at most 75 octets, never inside a letter; the rest is indented."""
    piece, room = "", LONGEST_LINE
    for letter in line:
        size = len(letter.encode())
        if size > room:
            yield piece
            piece, room = " ", LONGEST_LINE - 1
        piece += letter
        room -= size
    yield piece
