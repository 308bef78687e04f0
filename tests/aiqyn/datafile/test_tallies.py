"""What is noted and added up of cells that are seldom met."""

from decimal import Decimal

from aiqyn.subjects.datafile.columns import analyse
from aiqyn.subjects.datafile.columns_tally import Notes
from aiqyn.subjects.datafile.model import MOST_SPOTS, Spot, Trouble
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
