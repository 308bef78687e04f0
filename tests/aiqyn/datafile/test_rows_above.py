"""What stands above the data: titles do, records do not, whatever their codes look like."""

import pytest

from aiqyn.subjects.datafile.columns import analyse
from aiqyn.subjects.datafile.repair import mend

CASES = [f"{at}00 А/2025,Алматы" for at in range(1, 9)] + [
    f"{at}-А/2025,Астана" for at in range(50)
]
PAPERS = [f"0{at}.02.2025,Алматы" for at in range(1, 4)] + [f"П-{at},Астана" for at in range(50)]
PLATES = ["123 ABC 02,x", "124 ABC 02,y"] + [f"{at}ABC02,z" for at in range(125, 135)]
LONE = ["100 А/2025,", *CASES[1:]]


@pytest.mark.parametrize(
    ("header", "records"),
    [
        ("номер дела,район", CASES),
        ("документ,район", PAPERS),
        ("номер,владелец", PLATES),
        ("номер дела,район", LONE),
    ],
)
def test_records_of_other_codes_under_the_header_are_kept(tmp_path, header, records):
    path = tmp_path / "a.csv"
    path.write_text("\n".join([header, *records, ""]), "utf-8")

    (done,) = mend(path)

    table = analyse([line.split(",") for line in (header, *records)])
    assert (table.header_row, table.first_row, table.rows) == (1, 2, len(records))
    assert done.rows == len(records)


@pytest.mark.parametrize("title", ["на 01.10.2026", "01.10.2026", "За 2026 год"])
def test_a_title_alone_in_its_row_is_no_record(title):
    lines = [f"{title},", "номер дела,район", *CASES]

    table = analyse([line.split(",") for line in lines])

    assert (table.header_row, table.rows) == (2, len(CASES))
    assert "preamble_row" in {each.kind for each in table.troubles}
