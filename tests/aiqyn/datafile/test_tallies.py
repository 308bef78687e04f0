"""What is noted and added up of cells that are seldom met."""

from decimal import Decimal

import pytest

from aiqyn.subjects.datafile.columns import analyse
from aiqyn.subjects.datafile.columns_tally import Notes, Tally
from aiqyn.subjects.datafile.counted import Counted
from aiqyn.subjects.datafile.model import MOST_SPOTS, Spot, Trouble
from aiqyn.subjects.datafile.profile import Profile
from aiqyn.subjects.datafile.profile_header import Layout, lay_out


def test_places_of_one_trouble_are_kept_up_to_a_number_and_counted_on():
    notes = Notes()
    for row in range(1, MOST_SPOTS + 3):
        notes.add("wrong_kind", row, 1)

    spots = tuple(Spot(row=row, column=1) for row in range(1, MOST_SPOTS + 1))
    assert notes.troubles() == (Trouble(kind="wrong_kind", count=MOST_SPOTS + 2, spots=spots),)


def test_the_mean_of_very_large_numbers_is_not_rounded():
    table = analyse([[10**25], [3 * 10**26]], header=["n"])

    assert table.columns[0].mean == Decimal(155 * 10**24)


def test_a_number_with_leading_zeros_is_no_trouble_among_numbers():
    table = analyse([[cell] for cell in ("5", "12", "130", "7", "8", "007")], header=["n"])

    assert (table.columns[0].kind, table.troubles) == ("whole", ())


def test_a_blank_row_between_notes_is_told():
    rows = [["Атауы", "Саны"], ["а", "1"], ["б", "2"]]
    notes = [["Ескерту: алдын ала дерек", ""], ["", ""], ["Ескерту: бұл да ескертпе", ""]]

    assert [
        (each.kind, [(spot.row, spot.saw) for spot in each.spots])
        for each in analyse([*rows, *notes]).troubles
    ] == [
        ("blank_row", [(5, "")]),
        ("note_row", [(4, "Ескерту: алдын ала дерек"), (6, "Ескерту: бұл да ескертпе")]),
    ]


def test_a_head_without_one_record_that_fits_begins_with_its_first_full_row():
    layout = lay_out([["a", "b"], ["x", "y"]], [["1", "2"]] * 20)

    assert layout == Layout(width=2, header=(0,), first=1, names=("a", "b"))


def test_columns_whose_numbers_only_hash_alike_are_not_equal():
    table = analyse([[-1, -2], [-2, -1], [5, 5], [6, 6]], header=["a", "b"])

    assert hash((-1, -2, 5, 6)) == hash((-2, -1, 5, 6))
    assert table.troubles == ()


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        ("date", {"2025-02-31": 2, "31.02.2025": 1}),
        ("date", {"2025-02-03": 2, "05.01.2024": 3, "жоқ": 1, "": 4}),
        ("whole", {"007": 2, "мәтін": 1}),
        ("decimal", {"5": 3, "5.0": 1, "-7,25": 2, "1 000 км": 1, "н/д": 9}),
        ("yes_no", {"иә": 2, "жоқ": 3, "5": 1}),
        ("text", {"жоқ": 3, "Абай": 1}),
    ],
)
def test_cells_counted_together_are_counted_as_one_by_one(kind, cells):
    together, single = Tally(Profile(kind=kind)), Tally(Profile(kind=kind))
    counted = Counted(times=cells)

    together.add_all(counted)
    for cell, count in cells.items():
        single.add(cell, counted.values[cell], count)

    assert together.column(30) == single.column(30)
    assert (together.kinds, together.styles, together.units, together.values) == (
        single.kinds,
        single.styles,
        single.units,
        single.values,
    )
