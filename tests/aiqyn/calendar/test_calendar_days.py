"""Our days against the law's own dates, against another collection, and as people enter them."""

from datetime import date, timedelta

import holidays
import pytest

from aiqyn.calendar import Calendar, Kind, Moved, Named, Ordinary, Source, reading
from aiqyn.errors import CatalogueError
from aiqyn.text import Text, missing

CALENDAR = Calendar.load()
YEARS = reading.years_known()
ORDER = Source(Text({"kk": "Бұйрық", "ru": "Приказ", "en": "Order"}), "https://example.kz/order")


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", YEARS)
def test_file_of_a_year_names_every_holiday_of_the_law_and_no_other(year: int) -> None:
    known = reading.year_known(year)

    assert known is not None
    by_law = {c: h.in_year(year) for c, h in reading.holidays().items() if h.in_year(year)}
    named = {row.code: row.day for row in known.days}
    kurban_ait = named.pop("kurban_ait")
    assert named == by_law
    assert kurban_ait.year == year


@pytest.mark.parametrize("year", YEARS)
def test_working_days_are_those_of_an_independent_collection(year: int) -> None:
    theirs = holidays.country_holidays("KZ", years=[year])

    differing = [d for d in days_of(year) if CALENDAR.is_working(d) != theirs.is_working_day(d)]

    assert differing == []


def test_every_source_is_named_in_three_languages() -> None:
    titles = [source.title for source in reading.sources().values()]
    titles += [holiday.name for holiday in reading.holidays().values()]

    assert [title for title in titles if missing(title)] == []


def test_every_day_names_a_source_that_is_there() -> None:
    used = {
        row.source
        for year in YEARS
        if (known := reading.year_known(year))
        for row in (*known.days, *known.moved, *known.ordinary)
    }
    used |= {holiday.source for holiday in reading.holidays().values()}

    assert used | {"holidays_law_5"} == set(reading.sources())


def test_source_nobody_wrote_down_is_refused() -> None:
    with pytest.raises(CatalogueError, match="no source `hearsay`"):
        reading.source_of("hearsay")


def test_day_says_what_it_is_and_by_which_source() -> None:
    moved, worked = (CALENDAR.why(date(2024, 5, day)) for day in (8, 4))
    carried = CALENDAR.why(date(2025, 10, 27))

    assert moved is not None
    assert worked is not None
    assert carried is not None
    assert (moved.kind, moved.instead_of, moved.verified) == (Kind.REST, date(2024, 5, 4), False)
    assert (worked.kind, worked.instead_of) == (Kind.WORK, date(2024, 5, 8))
    assert (carried.kind, carried.name["en"]) == (Kind.CARRIED, "Republic Day")
    assert carried.source == reading.source_of("holidays_law_5")


def test_ordinary_day_has_nothing_to_say() -> None:
    assert CALENDAR.why(date(2025, 10, 28)) is None


def test_day_that_is_no_holiday_any_more_is_what_its_weekday_is() -> None:
    day = CALENDAR.why(date(2026, 8, 30))

    assert day is not None
    assert day.kind is Kind.ORDINARY
    assert not CALENDAR.is_working(date(2026, 8, 30))
    assert CALENDAR.is_working(date(2026, 8, 31))


def test_holiday_entered_for_a_sunday_carries_over_the_new_year() -> None:
    feast = Named(
        day=date(2023, 12, 31),
        name=Text({"en": "Feast"}),
        carries=True,
        verified=True,
        source=ORDER,
    )

    entered = Calendar.load(entered=[feast])

    assert [d for d in (1, 2, 3, 4) if entered.is_working(date(2024, 1, d))] == [4]
    carried = entered.why(date(2024, 1, 3))
    assert carried is not None
    assert (carried.kind, carried.instead_of) == (Kind.CARRIED, date(2023, 12, 31))


def test_day_entered_replaces_what_the_file_says() -> None:
    moon = [
        Ordinary(day=date(2026, 5, 27), verified=True, source=ORDER),
        Named(day=date(2026, 5, 28), code="kurban_ait", verified=True, source=ORDER),
    ]

    entered = Calendar.load(entered=moon)

    assert [entered.is_working(date(2026, 5, day)) for day in (27, 28)] == [True, False]


def test_religious_day_entered_by_name_does_not_carry() -> None:
    day = Named(day=date(2026, 11, 1), name=Text({"en": "Day"}), verified=True, source=ORDER)

    entered = Calendar.load(entered=[day])

    assert entered.is_working(date(2026, 11, 2))


def test_day_given_free_without_another_worked() -> None:
    entered = Calendar.load(entered=[Moved(rest=date(2026, 11, 2), verified=True, source=ORDER)])

    assert not entered.is_working(date(2026, 11, 2))


def test_order_of_january_may_take_a_day_of_december() -> None:
    pair = Moved(rest=date(2027, 1, 5), work=date(2026, 12, 27), verified=True, source=ORDER)

    entered = Calendar.load(entered=[pair])

    assert entered.is_working(date(2026, 12, 27))
    assert not entered.is_working(date(2027, 1, 5))


def test_first_year_of_all_has_no_year_before_it() -> None:
    assert not CALENDAR.is_working(date(1, 1, 1))


def test_previous_working_day_before_the_long_nauryz() -> None:
    assert CALENDAR.previous_working(date(2026, 3, 25)) == date(2026, 3, 20)


def test_moved_days_are_known_only_of_years_that_are_over() -> None:
    assert [year for year in YEARS if not CALENDAR.moves_known(year)] == [2026, 2027]
    assert not CALENDAR.moves_known(2031)
