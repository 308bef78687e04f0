"""What stands above the data: titles do, records do not, whatever their codes look like."""

import csv

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


HOMES = [f"{at},үй {at},көше {at},8701123450{at}" for at in range(1, 8)]


@pytest.mark.parametrize("numbering", [[], ["1,2,3,4"]])
@pytest.mark.parametrize("title", ["Есіл ауданы,,,", "Есіл ауданы"])
def test_titles_of_groups_under_the_header_are_treated_as_those_further_down(
    tmp_path, title, numbering
):
    path = tmp_path / "a.csv"
    lines = ["№,Атауы,Мекенжайы,Телефон", *numbering, title, *HOMES[:4]]
    lines += [title.replace("Есіл", "Алматы"), *HOMES[4:], ""]
    path.write_text("\n".join(lines), "utf-8")

    (done,) = mend(path)

    with (tmp_path / "a.clean.csv").open(encoding="utf-8", newline="") as file:
        written = list(csv.reader(file))
    assert written[0] == ["№", "Атауы", "Мекенжайы", "Телефон"]
    assert [at for at, row in enumerate(written) if row[0].endswith("ауданы")] == [1, 6]
    assert (done.rows, done.counts.get("numbering_row", 0)) == (9, len(numbering))


@pytest.mark.parametrize("above", [["Әкімдік,2025,,"], ["а,а,б,в"], []])
def test_a_title_under_no_header_is_no_record(above):
    lines = [*above, "Есіл ауданы,,,", *HOMES]

    table = analyse([line.split(",") for line in lines])

    assert (table.header_row, table.first_row, table.rows) == (0, len(above) + 2, len(HOMES))
