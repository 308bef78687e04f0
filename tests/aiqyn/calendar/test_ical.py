from datetime import UTC, date, datetime
from typing import Any

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from aiqyn.calendar.ical import Entry, calendar, fold
from aiqyn.text import without_controls

STAMP = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)


def entry(**others: Any) -> Entry:
    plain = {"uid": "deadline-7@aiqyn", "title": "Жауап", "starts": date(2026, 3, 26)}
    return Entry(**{**plain, "stamped_at": STAMP, **others})


def read(*entries: Entry) -> list[Any]:
    return icalendar.Calendar.from_ical(calendar("Мерзімдер", entries)).walk("VEVENT")


def test_due_date_is_a_whole_day_with_its_own_name_and_number() -> None:
    event = read(entry(sequence=3, text="Тізім:\n1, 2; 3", address="https://example.kz/а б"))[0]

    assert date(2026, 3, 26) == event.DTSTART
    assert date(2026, 3, 27) == event.DTEND
    assert (str(event["UID"]), event["SEQUENCE"]) == ("deadline-7@aiqyn", 3)
    assert str(event["SUMMARY"]) == "Жауап"
    assert str(event["DESCRIPTION"]) == "Тізім:\n1, 2; 3"
    assert str(event["URL"]) == "https://example.kz/а%20б"
    assert str(event["STATUS"]) == "CONFIRMED"
    assert event.errors == []


def test_meeting_names_the_zone_of_the_country() -> None:
    meeting = entry(
        starts=datetime(2026, 3, 26, 5, 0, tzinfo=UTC),
        ends=datetime(2026, 3, 26, 6, 30, tzinfo=UTC),
    )

    event = read(meeting)[0]

    assert event["DTSTART"].params["TZID"] == "Asia/Almaty"
    assert event.DTSTART.isoformat() == "2026-03-26T10:00:00+05:00"
    assert event.DTEND.isoformat() == "2026-03-26T11:30:00+05:00"


def test_meeting_before_the_one_time_is_written_in_utc() -> None:
    event = read(entry(starts=datetime(2024, 2, 29, 5, 0, tzinfo=UTC)))[0]

    assert datetime(2024, 2, 29, 5, 0, tzinfo=UTC) == event.DTSTART
    assert "DTEND" not in event


def test_cancelled_entry_warns_nobody() -> None:
    event = read(entry(is_cancelled=True, warn_days=(3, 1)))[0]

    assert str(event["STATUS"]) == "CANCELLED"
    assert event.walk("VALARM") == []


def test_warnings_come_at_nine_in_the_morning() -> None:
    alarms = read(entry(warn_days=(3, 1, 0)))[0].walk("VALARM")

    assert [alarm.TRIGGER.total_seconds() / 3600 for alarm in alarms] == [-63, -15, 9]


def test_lines_are_short_and_end_as_the_format_asks() -> None:
    written = calendar("Мерзімдер", [entry(title="Ұзақ атау " * 40)])

    assert written.endswith("END:VCALENDAR\r\n")
    assert max(len(line.encode()) for line in written.split("\r\n")) == 75


@given(st.text(max_size=300))
def test_any_title_comes_back_as_it_was(title: str) -> None:
    plain = without_controls(title.replace("\r\n", "\n")).replace("\t", " ")

    event = read(entry(title=f"«{title}»"))[0]

    assert str(event["SUMMARY"]) == f"«{plain}»"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=400))
def test_folded_line_unfolds_to_itself(line: str) -> None:
    pieces = list(fold(line))

    assert "".join([pieces[0], *(piece[1:] for piece in pieces[1:])]) == line
    assert all(len(piece.encode()) <= 75 for piece in pieces)
