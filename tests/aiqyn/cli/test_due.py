import json
from pathlib import Path

import icalendar
import pytest
from click.testing import CliRunner, Result

from aiqyn.cli import main


def due(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["due", *arguments])


def test_due_says_the_date_and_how_in_the_asked_language() -> None:
    answer = due("2025-10-24", "--term", "1 working day", "--lang", "ru")

    assert answer.exit_code == 0
    assert answer.output.splitlines()[:5] == [
        "2025-10-28",
        (
            "  Начало срока — 24 октября 2025 г. Дни считаются со следующего:"
            " 25 октября 2025 г. (суббота)."
        ),
        "  Отсчитывается 1 рабочий день: с 25 октября 2025 г. по 28 октября 2025 г. (вторник).",
        (
            "    25 октября 2025 г. (суббота) — праздник: День Республики. Изменения закона о"
            " праздниках, сентябрь 2022 года: День Республики; День Независимости — один день"
        ),
        (
            "    27 октября 2025 г. (понедельник) — выходной: праздник 25 октября 2025 г."
            " (День Республики) выпал на выходной. Закон «О праздниках в Республике Казахстан»,"
            " статья 5"
        ),
    ]
    assert answer.output.count("2025-10-28") == 1


def test_due_marks_days_that_were_not_checked() -> None:
    answer = due("2024-05-06", "--term", "1 working day", "--lang", "en")

    assert "8 May 2024 (Wednesday): day off, moved from 4 May 2024 (?)." in answer.output


@pytest.mark.parametrize(
    ("options", "day"),
    [
        ((), "2026-02-09"),
        (("--week", "6"), "2026-02-07"),
        (("--extend", "5 working days"), "2026-02-16"),
        (("--extend", "1 month"), "2026-03-10"),
        (("--stood", "2026-02-04..2026-02-06"), "2026-02-11"),
        (("--stood", "2026-02-04.."), None),
    ],
)
def test_due_reckons_what_it_is_told(options: tuple[str, ...], day: str | None) -> None:
    answer = due("2026-02-02", "--term", "5 working days", "--format", "json", *options)

    assert json.loads(answer.output)["due"] == day


def test_due_may_stay_on_a_day_off() -> None:
    given = ("2026-03-05", "--term", "10 days", "--when-off", "stay", "--format", "csv")

    assert due(*given).output.splitlines()[-1].startswith("due,2026-03-15,")


def test_due_that_stands_has_a_dash_for_its_date() -> None:
    given = ("2026-02-02", "--term", "5 working days", "--stood", "2026-02-04..", "--lang", "en")

    assert due(*given).output.startswith("—\n")


def test_due_writes_a_calendar(tmp_path: Path) -> None:
    file = tmp_path / "due.ics"

    answer = due("2026-03-05", "--term", "15 working days", "--ics", "--out", str(file))

    event = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")[0]
    assert answer.exit_code == 0
    assert str(event["UID"]) == "2026-03-05-15-working-days@aiqyn"
    assert event.DTSTART.isoformat() == "2026-04-01"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("soon", "--term", "5 days"), "is not like 2026-03-05"),
        (("2026-03-05", "--term", "soon"), "is not like “15 working days”"),
        (("2026-03-05", "--term", "5 days", "--stood", "2026-03-06"), "2026-03-05..2026-03-09"),
        (("2026-03-05", "--term", "5 days", "--stood", "2026-03-06..", "--ics"), "clock stands"),
    ],
)
def test_due_says_what_it_cannot_read(arguments: tuple[str, ...], said: str) -> None:
    answer = due(*arguments)

    assert answer.exit_code == 2
    assert said in answer.output
