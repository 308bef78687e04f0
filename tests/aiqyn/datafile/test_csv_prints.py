"""Prints of cells: nobody can write two values that are taken for one, and nothing else changes."""

import numpy as np
import pytest

from aiqyn.subjects.datafile import csv_part
from aiqyn.subjects.datafile.csv_blocks import pack
from aiqyn.subjects.datafile.csv_cells import Key, are_equal, prints
from aiqyn.subjects.datafile.csv_parts import read_large
from aiqyn.subjects.datafile.csv_text import read_csv

IIN, AS_IIN = "IIN 880101300111", "GUEaUxBcYOPabkkg"  # one print, were it made without a secret
FORMULA, AS_FORMULA = "=cmd|%/C calc%!A", "kKsuUogFHNleJQOX"
CELLS = [
    "", "a", "b", "ab", "ba", "a\0", "\0a", "абвг", "абвд", "x" * 8, "x" * 9, "x" * 16, "x" * 17,
    IIN, AS_IIN, FORMULA, AS_FORMULA, "12345678abcdefgh", "abcdefgh12345678", "y" * 300,
    "y" * 299 + "z",
]  # fmt: skip


def said_of(cells, key):
    return prints(pack([[cell] for cell in cells], range(1, len(cells) + 1), 1), 0, key)


def test_equal_cells_have_equal_prints_whatever_stands_beside_them():
    key = Key.drawn()

    said = said_of(CELLS, key)
    alone = np.concatenate([said_of([cell], key) for cell in CELLS])

    assert said.tolist() == alone.tolist()
    assert len(set(said.tolist())) == len(CELLS)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([["a", "a"], ["long enough", "long enough"], ["", ""]], True),
        ([["a", "a"], ["long enough", "long enougt"]], False),
        ([["a", "ab"], ["bc", "c"]], False),
    ],
)
def test_columns_that_would_share_their_prints_are_compared_byte_by_byte(rows, says):
    block = pack(rows, range(1, len(rows) + 1), 2)

    assert are_equal(block, 0, 1) is says


def test_prints_of_two_files_have_nothing_in_common():
    one, other = (said_of(CELLS, Key.drawn()).tolist() for _ in range(2))

    assert not set(one) & set(other)


def test_letters_in_the_other_case_never_answer_for_each_other():
    """What differs in the highest bits alone is what plain products mix worst."""
    heads = [f"abcdef{a}{b}" for a in "gGwW" for b in "hHxX01"]
    cells = [head + tail for head in heads for tail in ("", *heads)]

    found = [len(set(said_of(cells, Key.drawn()).tolist())) for _ in range(50)]

    assert found == [len(cells)] * 50


@pytest.fixture
def crafted(tmp_path):
    """A file whose values were made to answer for others."""
    body = [f"{n + 1000},{(AS_IIN, 'Other', 'Third')[n % 3]},{(AS_FORMULA, 'a', 'b')[n % 3]}"
            for n in range(3_000)]  # fmt: skip
    body[1_500:2_000:100] = [f"{n + 1000},{IIN},{FORMULA}" for n in range(1_500, 2_000, 100)]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["id,code,note", *body]) + "\n", "utf-8")
    return path


def test_a_value_never_hides_behind_another(crafted):
    file = read_large(crafted, name="a.csv", part=10_000)

    found = {each.kind: each for each in file.tables[0].troubles}

    assert {kind: each.count for kind, each in found.items()} == {"formula": 5, "personal_iin": 5}
    assert [spot.row for spot in found["personal_iin"].spots] == [1502, 1602, 1702, 1802, 1902]
    assert file == read_csv(crafted)


def test_every_reading_says_the_same(crafted):
    said = [read_large(crafted, name="a.csv", part=10_000) for _ in range(5)]

    assert said == [said[0]] * 5


def test_a_key_is_drawn_for_every_file(crafted, monkeypatch):
    drawn = []

    class Told(Key):
        @classmethod
        def drawn(cls):
            drawn.append(Key.drawn())
            return drawn[-1]

    monkeypatch.setattr(csv_part, "Key", Told)
    for _ in range(2):
        read_large(crafted, name="a.csv", part=10_000)

    assert len(drawn) == len(set(drawn)) == 2
