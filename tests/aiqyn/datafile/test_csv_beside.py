"""A large file read by two processes gives the same as by one, whatever becomes of the second."""

import os
import pickle
import random
from io import BytesIO
from math import inf

import pytest

from aiqyn.subjects.datafile import csv_beside
from aiqyn.subjects.datafile.csv_beside import Beside, serve
from aiqyn.subjects.datafile.csv_parts import plan_of, read_large
from aiqyn.subjects.datafile.csv_source import open_source
from aiqyn.subjects.datafile.csv_text import read_csv
from aiqyn.subjects.datafile.limits import Limits

REGIONS = ["Алматы", "Ақмола", "Абай", "Жетісу", "н/д", "", "жоқ", "=A1+1"]


@pytest.fixture
def path(tmp_path):
    dice = random.Random(3)
    lines = ["id,region,day,amount,note"]
    for number in range(800):
        region = dice.choice(REGIONS[: 4 if number < 300 else 8])
        day = f"2025-{dice.randrange(1, 13):02}-{dice.randrange(1, 32):02}"
        note = '"екі\nжол"' if number == 207 else f"мәтін {number}"
        lines.append(f"{number},{region},{day},{dice.randrange(10**6) / 100},{note}")
    lines[700] = "870512301001,Абай,2025-01-05,1.5,ЖСН 870512301001"
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines), "utf-8")
    return path


@pytest.fixture
def started(monkeypatch):
    """The second processes that were started, for files of any size."""
    found = []

    class Told(Beside):
        def __init__(self, source):
            super().__init__(source)
            found.append(self)

    monkeypatch.setattr(csv_beside, "WORTH", 0)
    monkeypatch.setattr(csv_beside, "Beside", Told)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    return found


def test_two_processes_give_what_one_gives(path, started, monkeypatch):
    answered = []

    class Counting(csv_beside.Beside):
        def part(self, *asked):
            answered.append(super().part(*asked))
            return answered[-1]

    monkeypatch.setattr(csv_beside, "Beside", Counting)

    found = read_large(path, name="a.csv", part=2_000)

    assert found == read_csv(path)
    assert len(started) == 1
    assert answered
    assert None not in answered


def test_a_process_that_cannot_start_costs_nothing(path, started, monkeypatch):
    monkeypatch.setattr(csv_beside.sys, "executable", "/bin/false")

    assert read_large(path, name="a.csv", part=2_000) == read_csv(path)
    assert len(started) == 1


def test_parts_of_a_process_that_ends_are_read_again(path, started, monkeypatch):
    asked = Beside._ask

    def then_ended(self, start, size, reading):
        asked(self, start, size, reading)
        if start > path.stat().st_size / 2:
            self._process.kill()

    monkeypatch.setattr(Beside, "_ask", then_ended)

    assert read_large(path, name="a.csv", part=2_000) == read_csv(path)
    assert len(started) == 1


def test_a_single_processor_is_not_shared(path, started, monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})

    assert read_large(path, name="a.csv", part=2_000) == read_csv(path)
    assert not started


def test_a_part_the_second_process_has_no_time_for_ends_it(path, started):
    late = read_large(path, name="a.csv", part=2_000, limits=Limits(seconds=-1))

    assert late.was_cut
    assert 0 < late.tables[0].rows < 800
    assert [each._process.returncode for each in started] == [0]


def test_the_second_process_ends_when_nobody_asks(path):
    with open_source(path) as source:
        questions, answers = BytesIO(), BytesIO()
        pickle.dump((source, plan_of(source).reading.told), questions)
        questions.seek(0)

        serve(questions, answers)

    assert answers.getvalue() == b""


def test_the_second_process_gives_up_a_late_part(path):
    with open_source(path) as source:
        plan = plan_of(source)
        questions, answers = BytesIO(), BytesIO()
        pickle.dump((source, plan.reading.told), questions)
        pickle.dump((plan.start, 2_000, frozenset(), inf), questions)
        pickle.dump((plan.start, 2_000, frozenset(), -1.0), questions)
        questions.seek(0)

        serve(questions, answers)

    answers.seek(0)
    part, _ = pickle.load(answers)
    assert part.records > 0
    assert not answers.read()
