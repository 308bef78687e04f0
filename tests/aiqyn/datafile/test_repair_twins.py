"""Rows that stand there twice leave a clean table; rows that only seem to do not."""

import json
from pathlib import Path

import pytest

from aiqyn.subjects.datafile.open import read
from aiqyn.subjects.datafile.repair import mend


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (-1, -2, False),
        (-1.0, -2.0, False),
        (True, 1, False),
        (1, True, False),
        (False, 0, False),
        (True, True, True),
        (1, 1.0, True),
        (0.0, -0.0, True),
        (1, "1", False),
        ("-1", "-2", False),
        (None, "", False),
    ],
)
def test_only_rows_the_grader_calls_the_same_leave_the_table(tmp_path, one, other, is_same):
    path = tmp_path / "a.json"
    plain = [{"r": f"А{at}", "y": 2000 + at, "c": at + 5} for at in range(9)]
    pairs = [{"r": "Б", "y": 1, "c": cell} for cell in (5, 5)]
    asked = [{"r": "Ж", "y": 2, "c": cell} for cell in (one, other)]
    path.write_text(json.dumps([*plain, *pairs, *asked]), "utf-8")

    (table,) = read(path).tables
    (done,) = mend(path)

    told = sum(each.count for each in table.troubles if each.kind == "duplicate_row")
    assert (told, done.counts["duplicate_row"], done.rows) == (
        (2, 2, 11) if is_same else (1, 1, 12)
    )


def test_yes_and_one_of_one_column_stay_what_they_are(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"a": f"А{c}", "c": c} for c in (1, True, 0, False)]), "utf-8")

    (done,) = mend(path)

    assert [line.split(",")[1] for line in Path(done.path).read_text("utf-8").splitlines()] == [
        "c",
        "1",
        "yes",
        "0",
        "no",
    ]


def test_rows_of_texts_are_told_apart_cell_by_cell(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('a;b\n1;"x, y"\n"1, x";y\n"1\'"", ""x";y\n1;"x, y"\n2;z\n3;q\n', "utf-8")

    (done,) = mend(path)

    assert (done.counts["duplicate_row"], done.rows) == (1, 5)
