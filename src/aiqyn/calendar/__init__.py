"""The legal clock: working days of Kazakhstan, terms, and how a due date was reckoned."""

from aiqyn.calendar.days import Calendar, Day, Kind
from aiqyn.calendar.reading import Moved, Named, Ordinary, Source
from aiqyn.calendar.reckoning import Reckoning, Skipped, Step, reckon
from aiqyn.calendar.term import Extension, HandOver, Suspension, Term, Unit, WhenOff
from aiqyn.calendar.zones import local_date

__all__ = [
    "Calendar",
    "Day",
    "Extension",
    "HandOver",
    "Kind",
    "Moved",
    "Named",
    "Ordinary",
    "Reckoning",
    "Skipped",
    "Source",
    "Step",
    "Suspension",
    "Term",
    "Unit",
    "WhenOff",
    "local_date",
    "reckon",
]
