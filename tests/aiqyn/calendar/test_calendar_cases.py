"""The clock against a table made by hand: a lawyer can check every row of cases.csv."""

import csv
from datetime import date
from pathlib import Path

import pytest

from aiqyn.calendar import Calendar, Extension, HandOver, Suspension, Term, reckon
from aiqyn.text import Text

TABLE = Path(__file__).with_name("cases.csv")
CALENDARS = {"5": Calendar.load(), "6": Calendar.load(week=6)}


def cases() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def extension(written: str) -> Extension:
    """`5`, `15 calendar`, `5@2026-02-05`: how many, of what, decided when."""
    what, _, decided = written.partition("@")
    count, _, unit = what.partition(" ")
    return Extension(
        int(count), unit=unit or None, decided_on=date.fromisoformat(decided) if decided else None
    )


def suspension(written: str) -> Suspension:
    since, _, until = written.partition("..")
    return Suspension(date.fromisoformat(since), date.fromisoformat(until) if until else None)


def split(written: str) -> list[str]:
    return written.split(";") if written else []


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['start']}+{case['count']}")
def test_due_date_is_the_one_reckoned_by_hand(case: dict[str, str]) -> None:
    handed, _, anew = case["hand_overs"].partition(" ")
    after = "anew" if anew else "goes_on"
    term = Term(int(case["count"]), case["unit"], case["when_off"], after)

    reckoning = reckon(
        date.fromisoformat(case["start"]),
        term,
        CALENDARS[case["week"]],
        extensions=[extension(each) for each in split(case["extensions"])],
        suspensions=[suspension(each) for each in split(case["suspensions"])],
        hand_overs=[HandOver(date.fromisoformat(handed), Text({}))] if handed else [],
    )

    assert str(reckoning.due or "") == case["due"], case["note"]


def test_table_has_cases_enough() -> None:
    assert len(cases()) >= 110
