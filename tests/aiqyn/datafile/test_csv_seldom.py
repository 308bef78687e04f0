"""A large file read in parts: what stands seldom in one, each thing by itself."""

from itertools import combinations, islice

import numpy as np
import pytest

from aiqyn.subjects.datafile import csv_part, csv_parts, csv_source
from aiqyn.subjects.datafile.csv_blocks import mark_cells, pack
from aiqyn.subjects.datafile.csv_encoding import Encoding
from aiqyn.subjects.datafile.csv_known import Known
from aiqyn.subjects.datafile.csv_look import Look
from aiqyn.subjects.datafile.csv_parts import cuts_of, plan_of, read_large
from aiqyn.subjects.datafile.csv_records import Dialect
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
    "other delimiters alone": [*LINES, "|;,;|"],
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


@pytest.mark.parametrize(
    ("text", "is_plain"),
    [
        ("a;б\n".encode(), True),
        ("№;日本\n".encode(), True),
        (b"a;\xd0\n", False),
        (b"a;\x80b\n", False),
        (b"\x80a;b\n", False),
        (b"a;\xc0\x80\n", False),
        (b"a;\xc1\xbf\n", False),
        (b"a;\xe0\x80\n", False),
        (b"a;b\xd0", False),
        ("a;\u0085\n".encode(), False),
        ("a;«б»\n".encode(), True),
        (b"a;\x01b\n", False),
    ],
)
def test_text_that_is_no_utf8_or_cannot_be_seen_is_not_marked(text, is_plain):
    look = Look(
        encoding=Encoding(name="utf-8"),
        dialect=Dialect(delimiter=";"),
        line_end="\n",
        width=2,
    )

    assert (mark_cells(text, look) is not None) == is_plain


def test_a_long_line_is_read_again_to_its_end(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"x\n" + b"y" * 20_000 + b"\nz")
    with open_source(path) as source:
        lines = [source.line(0), source.line(2), source.line(20_003)]

    assert lines == [b"x", b"y" * 20_000, b"z"]


def test_a_cut_never_parts_the_two_letters_of_a_line_end(tmp_path):
    path = tmp_path / "a.csv"
    lines = [f"{number}\t{number * 7}\tа" for number in range(60)]
    path.write_bytes("\r".join([*lines[:30], lines[30] + "\r\n" + lines[31], *lines[32:]]).encode())

    parts = read_large(path, name="a.csv", part=12)

    assert parts == read_csv(path)


TWINS = {
    "equal": ([f"{n % 9};{n % 9}" for n in range(60)], [2]),
    "equal, and long": ([f"{'мәтін' * (n % 5)};{'мәтін' * (n % 5)}" for n in range(60)], [2]),
    "with the same values in another order": (
        [f"{n % 10 + 10};{(n + 5) % 10 + 10}" for n in range(60)],
        [],
    ),
    "with values of other lengths in another order": (
        [f"{n % 10 + 5};{(n + 5) % 10 + 5}" for n in range(60)],
        [],
    ),
    "equal but for one cell": ([f"{n % 9};{n % 9 if n != 57 else 4}" for n in range(60)], []),
    "equal but for the first cells": ([f"{n % 9};{n % 9 if n > 4 else 7}" for n in range(60)], []),
}


@pytest.mark.parametrize(("body", "columns"), TWINS.values(), ids=TWINS)
@pytest.mark.parametrize("part", [60, 10_000])
def test_columns_are_told_as_equal_only_where_every_cell_is(file, part, body, columns):
    path = file(["a;b", *body])

    found = read_large(path, name="a.csv", part=part)

    assert found == read_csv(path)
    assert [
        spot.column
        for each in found.tables[0].troubles
        if each.kind == "duplicate_column"
        for spot in each.spots
    ] == columns


def test_columns_of_the_same_values_are_not_each_compared_with_all(file, monkeypatch):
    """Two hundred columns with as many ones, all in other places, and one that repeats."""
    compared = []
    are_equal = csv_part.are_equal
    monkeypatch.setattr(
        csv_part,
        "are_equal",
        lambda block, one, other: compared.append((one, other)) or are_equal(block, one, other),
    )
    orders = list(islice(combinations(range(12), 3), 200))
    orders.append(orders[7])
    rows = [",".join("1" if row in order else "0" for order in orders) for row in range(12)]
    path = file([",".join(f"q{at}" for at in range(201)), *rows])

    found = read_large(path, name="a.csv")

    assert compared == [(7, 200)]
    assert found == read_csv(path)
