"""A large file read in parts: what stands seldom in one, each thing by itself."""

import numpy as np
import pytest

from aiqyn.subjects.datafile import csv_parts, csv_source
from aiqyn.subjects.datafile.csv_blocks import pack
from aiqyn.subjects.datafile.csv_known import Known
from aiqyn.subjects.datafile.csv_parts import cuts_of, plan_of, read_large
from aiqyn.subjects.datafile.csv_source import open_source
from aiqyn.subjects.datafile.csv_text import read_csv
from aiqyn.subjects.datafile.profile import Profile

LINES = [f"{number};Алма {number};{number % 7 + 100}" for number in range(1, 41)]
LONG = [f"{number};Мектеп-гимназия № {10_000 + number};5" for number in range(40)]
BODIES = {
    "no record": [],
    "a repeated record": [*LINES, LINES[3]],
    "the name of a column in it": [*LINES, "41;name;100"],
    "a word for no value": [*LINES, "41;н/д;100"],
    "an address of mail": [*LINES, "41;Байланыс: aigul@example.kz;100"],
    "long cells alone": LONG,
    "a letter that is deleted": [*LINES, "41;Ал\x7fма;100"],
    "a letter nobody sees": [*LINES, "41;Ал\u200bма;100"],
    "a line with another end": [*LINES, "41;Алма;100\r"],
}


@pytest.fixture
def file(tmp_path):
    def write(lines):
        path = tmp_path / "a.csv"
        path.write_bytes("".join(f"{line}\n" for line in lines).encode())
        return path

    return write


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_parts_give_of_it_what_the_whole_gives(file, body):
    path = file(["id;name;sum", *body])

    assert read_large(path, name="a.csv", part=200) == read_csv(path)


def test_bytes_that_are_no_text_give_the_same_in_parts(file):
    path = file(["id;name;sum", *LINES])
    path.write_bytes(path.read_bytes().replace("Алма 9".encode(), b"\xff\xfe"))

    assert read_large(path, name="a.csv", part=200) == read_csv(path)


def test_a_column_of_names_of_people_gives_the_same_in_parts(file):
    path = file(["id;ФИО", *(f"{n};Ахметов{n} Асан Серикович" for n in range(30))])

    assert read_large(path, name="a.csv", part=200) == read_csv(path)


def test_a_key_that_repeats_beyond_its_samples_is_told_as_none(file, monkeypatch):
    monkeypatch.setattr(csv_source, "HEAD", 400)
    monkeypatch.setattr(csv_source, "SAMPLE", 300)
    monkeypatch.setattr(csv_source, "SAMPLES", 1)
    path = file(["id;name;sum", *LINES, *(f"1;Нұр {n};{n % 7 + 100}" for n in range(200))])

    table = read_large(path, name="a.csv", part=700).tables[0]

    assert (table.rows, table.columns[0].distinct, table.troubles) == (240, 40, ())


def test_cuts_end_with_a_line_that_has_no_end(file, monkeypatch):
    monkeypatch.setattr(csv_parts, "LONGEST", 2_000)
    monkeypatch.setattr(csv_parts, "STEP", 100)
    path = file(["id;name;sum", *LINES, "x" * 9_000])
    begin = len("id;name;sum\n")

    with open_source(path) as source:
        cuts = list(cuts_of(source, plan_of(source), 10_000))
        small = list(cuts_of(source, plan_of(source), 5_000))

    assert cuts == [(begin, path.stat().st_size - begin)]
    assert small == [(begin, -1)]


def test_values_whose_prints_begin_alike_are_each_known_again():
    known = Known(Profile(name="a"))
    block = pack([["x"], ["y"]], [1, 2], 1)
    said = np.array([(7 << 48) + 1, (7 << 48) + 2], np.uint64)

    numbers = [known.number(said, block, 0).tolist() for _ in range(2)]

    assert (numbers, [text for text, *_ in known.values]) == ([[1, 2], [1, 2]], ["", "x", "y"])
