"""Which day it is in Kazakhstan at an instant.

The country has one time, UTC+5, since 1 March 2024; before that the west was an hour behind.
The offsets of every year come from the time-zone database of the system or `tzdata`.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiqyn.errors import InputError

COUNTRY = "Asia/Almaty"
PLACES = {
    "almaty": COUNTRY,
    "aqtau": "Asia/Aqtau",
    "aqtobe": "Asia/Aqtobe",
    "atyrau": "Asia/Atyrau",
    "oral": "Asia/Oral",
    "qostanay": "Asia/Qostanay",
    "qyzylorda": "Asia/Qyzylorda",
}


def local_date(instant: datetime, place: str = "almaty") -> date:
    """The date at `place` at that instant.

    Raises InputError for an unknown place, or a time that does not say its zone: guessing
    one would move a due date by a day.
    """
    if instant.tzinfo is None:
        raise InputError("instant", "", f"{instant} names no time zone")
    if place not in PLACES:
        raise InputError("place", place, f"unknown; there are {', '.join(PLACES)}")
    return instant.astimezone(ZoneInfo(PLACES[place])).date()
