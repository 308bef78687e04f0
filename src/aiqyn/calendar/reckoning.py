"""How a due date follows from its beginning, step by step."""

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from aiqyn.calendar.counting import Clock
from aiqyn.calendar.days import DAY, Calendar, Day, Kind
from aiqyn.calendar.saying import amount, amount_of_days, said
from aiqyn.calendar.term import Extension, HandOver, Suspension, Term
from aiqyn.text import Text


class Skipped(msgspec.Struct, frozen=True):
    """A special day on the way: not counted, or, for `kind` "work", counted though a weekend."""

    day: Day
    words: Text


class Step(msgspec.Struct, frozen=True):
    """One sentence of the reckoning; `until` is the last day so far, None while it stands."""

    what: str  # a key of saying.yaml
    words: Text
    until: date | None
    days: tuple[Skipped, ...] = ()
    weekends: int = 0  # ordinary Saturdays and Sundays passed over
    reason: str = ""  # as somebody wrote it, in one language


class Note(msgspec.Struct, frozen=True):
    """What the reckoning rests on and does not know for certain."""

    what: str
    words: Text


class Reckoning(msgspec.Struct, frozen=True):
    """A due date and how it came about; `due` is None while the clock stands.

    `left`: units not yet counted when the clock stands, None where they cannot be told.
    """

    due: date | None
    steps: tuple[Step, ...]
    notes: tuple[Note, ...] = ()
    left: int | None = None

    @property
    def is_certain(self) -> bool:
        """Whether the term and every day it rests on have been checked with their sources."""
        return not self.notes


def reckon(
    start: date,
    term: Term,
    calendar: Calendar,
    *,
    extensions: Sequence[Extension] = (),
    suspensions: Sequence[Suspension] = (),
    hand_overs: Sequence[HandOver] = (),
) -> Reckoning:
    """Reckon when `term`, begun on `start`, is due.

    An extension counts on from the last day before it moves off a day off, so a term
    extended in its own unit ends where the longer term would. A hand-over changes the date
    only where the term is counted anew after it; extensions decided before it then fall away.
    """
    begin = start
    steps = [_begun(start)]
    for hand_over in hand_overs:
        anew = term.after_hand_over == "anew"
        begin = hand_over.on if anew else begin
        steps.append(_handed(hand_over, anew))
    held = tuple(each for each in suspensions if each.until is None or each.until > begin)
    steps += [_suspended(each) for each in held]
    kept = [each for each in extensions if (each.decided_on or date.max) >= begin]
    clock = Clock(calendar, begin, held)
    last: date | None = None
    pieces: list[Term | Extension] = [term, *kept]
    for number, piece in enumerate(pieces):
        before, last = last or begin, clock.add(piece.count, piece.unit or term.unit)
        steps.append(_counted(piece, term, before, last, clock, extended=number > 0))
    if last is None:
        return Reckoning(None, tuple(steps), _notes(term, calendar, steps, begin), clock.left)
    due = _moved_off(last, term, calendar)
    steps += _ended(last, due, term, calendar)
    return Reckoning(due, tuple(steps), _notes(term, calendar, steps, begin))


def _begun(start: date) -> Step:
    return Step("begun", said("begun", start=start, first=start + DAY), start)


def _handed(hand_over: HandOver, anew: bool) -> Step:
    what = "handed_over_anew" if anew else "handed_over"
    words = said(what, on=hand_over.on, to=hand_over.to)
    return Step(what, words, hand_over.on, reason=hand_over.reason)


def _suspended(held: Suspension) -> Step:
    if held.until is None:
        words = said("stands", since=held.since)
        return Step("stands", words, None, reason=held.reason)
    days = amount_of_days((held.until - held.since).days)
    words = said("suspended", since=held.since, until=held.until, amount=days)
    return Step("suspended", words, held.until, reason=held.reason)


def _counted(
    piece: Term | Extension,
    term: Term,
    before: date,
    last: date | None,
    clock: Clock,
    *,
    extended: bool,
) -> Step:
    unit = piece.unit or term.unit
    reason = piece.reason if isinstance(piece, Extension) else ""
    how = "extended" if extended else "counted"
    if last is None:
        what = f"{how}_not"
        return Step(what, said(what, amount=amount(piece.count, unit)), None, reason=reason)
    if unit in ("months", "years") and not extended:
        how = "counted_months" if last.day == before.day else "counted_short_month"
        how = "counted" if clock.suspensions else how
    words = said(how, amount=amount(piece.count, unit), first=before + DAY, last=last)
    if unit != "working":
        return Step(how, words, last, reason=reason)
    days = tuple(_special(clock.calendar, before, last))
    weekends = sum(_is_plain_weekend(clock.calendar, day) for day in _days(before, last))
    return Step(how, words, last, days, weekends, reason)


def _days(after: date, last: date) -> Iterator[date]:
    day = after
    while day < last:
        day += DAY
        yield day


def _is_plain_weekend(calendar: Calendar, day: date) -> bool:
    return calendar.why(day) is None and calendar.is_weekend(day)


def _special(calendar: Calendar, after: date, last: date) -> Iterator[Skipped]:
    for on in _days(after, last):
        day = calendar.why(on)
        if day is not None:
            yield skipped(day)


def skipped(day: Day) -> Skipped:
    """A special day with the sentence that says why it is one."""
    what = f"day_{day.kind}"
    if day.instead_of is None and day.kind is Kind.REST:
        what = "day_rest_given"
    words = said(what, on=day.on, instead=day.instead_of, name=day.name)
    return Skipped(day, words)


def _moved_off(last: date, term: Term, calendar: Calendar) -> date:
    if term.when_off == "next":
        return calendar.next_working(last)
    return calendar.previous_working(last) if term.when_off == "before" else last


def _ended(last: date, due: date, term: Term, calendar: Calendar) -> Iterator[Step]:
    if due != last or not calendar.is_working(last):
        low, high = min(due, last), max(due, last)
        days = tuple(_special(calendar, low - DAY, high))
        what = f"end_{term.when_off}"
        yield Step(what, said(what, last=last, due=due), due, days)
    yield Step("due", said("due", due=due), due)


def _notes(term: Term, calendar: Calendar, steps: Sequence[Step], begin: date) -> tuple[Note, ...]:
    notes = []
    if not term.verified:
        notes.append(Note("unverified_term", said("unverified_term")))
    if any(not each.day.verified for step in steps for each in step.days):
        notes.append(Note("unverified_days", said("unverified_days")))
    reached = [step.until for step in steps if step.until is not None]
    years = range(begin.year, max([begin, *reached]).year + 1)
    unknown = [str(year) for year in years if not calendar.moves_known(year)]
    notes += [Note("moves_unknown", said("moves_unknown", year=year)) for year in unknown]
    return tuple(notes)
