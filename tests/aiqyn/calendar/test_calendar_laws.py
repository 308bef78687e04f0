"""What must hold of every reckoning, whatever the numbers."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from aiqyn.calendar import Calendar, Extension, Moved, Suspension, Term, reckon

FIVE, SIX = Calendar.load(), Calendar.load(week=6)
DAY = timedelta(days=1)
dates = st.dates(date(2019, 12, 1), date(2028, 12, 31))
counts = st.integers(1, 60)
calendars = st.sampled_from([FIVE, SIX])
units = st.sampled_from(["working", "calendar", "weeks", "months"])


@given(dates, counts, calendars)
def test_so_many_working_days_lie_up_to_the_due_date(
    start: date, count: int, calendar: Calendar
) -> None:
    due = reckon(start, Term(count), calendar).due

    assert due is not None
    assert calendar.is_working(due)
    assert calendar.worked_between(start, due) == count


@given(dates, st.integers(-40, 40).filter(bool), calendars)
def test_working_days_later_and_back_again_is_where_one_began(
    start: date, count: int, calendar: Calendar
) -> None:
    begin = calendar.next_working(start)

    there = calendar.worked_days_later(begin, count)

    assert calendar.worked_days_later(there, -count) == begin
    assert calendar.worked_between(begin, there) == count


@given(dates, counts, counts, units, calendars)
def test_extended_term_ends_where_the_longer_one_does(
    start: date, count: int, more: int, unit: str, calendar: Calendar
) -> None:
    extended = reckon(start, Term(count, unit), calendar, extensions=[Extension(more)])

    assert extended.due == reckon(start, Term(count + more, unit), calendar).due


@given(dates, counts, units, calendars)
def test_longer_term_never_ends_earlier(
    start: date, count: int, unit: str, calendar: Calendar
) -> None:
    shorter, longer = (reckon(start, Term(n, unit), calendar).due for n in (count, count + 1))

    assert shorter is not None
    assert longer is not None
    assert start < shorter <= longer


@given(dates, counts, st.integers(0, 40), st.integers(0, 40), calendars)
def test_days_on_which_the_clock_stood_are_not_counted(
    start: date, count: int, after: int, long: int, calendar: Calendar
) -> None:
    since = start + DAY * after
    stood = Suspension(since, since + DAY * long)

    due = reckon(start, Term(count, "calendar", "stay"), calendar, suspensions=[stood]).due

    assert due is not None
    counted = [start + DAY * n for n in range(1, (due - start).days + 1)]
    assert sum(not stood.holds(day) for day in counted) == count
    assert not stood.holds(due)


@given(dates, counts, units, st.sampled_from(["next", "before"]), calendars)
def test_term_that_moves_ends_on_a_working_day(
    start: date, count: int, unit: str, when_off: str, calendar: Calendar
) -> None:
    due = reckon(start, Term(count, unit, when_off), calendar).due

    assert due is not None
    assert calendar.is_working(due)


@given(dates, counts, units, calendars)
def test_every_step_speaks_three_languages_and_the_last_names_the_date(
    start: date, count: int, unit: str, calendar: Calendar
) -> None:
    reckoning = reckon(start, Term(count, unit), calendar)

    said = [step.words for step in reckoning.steps]
    said += [each.words for step in reckoning.steps for each in step.days]
    assert all(words[code] for words in said for code in ("kk", "ru", "en"))
    assert reckoning.steps[-1].until == reckoning.due


@given(dates, counts, calendars)
def test_every_day_passed_over_is_accounted_for(
    start: date, count: int, calendar: Calendar
) -> None:
    reckoning = reckon(start, Term(count), calendar)

    step = reckoning.steps[1]
    assert step.until is not None
    free = [each for each in step.days if not calendar.is_working(each.day.on)]
    assert (step.until - start).days == count + step.weekends + len(free)


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), counts)
def test_day_given_free_never_brings_a_due_date_nearer(free: date, count: int) -> None:
    start = date(2026, 1, 1)
    given_free = Moved(rest=free, verified=False, source="holidays_law")
    changed = Calendar.load(entered=[given_free])

    before, after = (reckon(start, Term(count), each).due for each in (FIVE, changed))

    assert before is not None
    assert after is not None
    assert after >= before
    assert (after != before) == (FIVE.is_working(free) and start < free <= before)
