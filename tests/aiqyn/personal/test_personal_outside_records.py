from datetime import date

import pytest

from aiqyn.chain import Outcome
from aiqyn.grading import grade
from aiqyn.grading.grade import REGULATION
from aiqyn.regulations import edition_on
from aiqyn.subjects import personal
from aiqyn.subjects.datafile.csv_parts import read_large
from aiqyn.subjects.datafile.open import read

IIN = "870512301001"
SIGNED = "Жауапты: Иванов Иван Иванович"
DATA = "".join(f"{number},{number * 7},b{number}\n" for number in range(1, 21))
DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Барлығы,,\n{SIGNED} {IIN},,\na,b,c\n1,2,3\n4,5,6\n", {"iin": (2, 1), "name": (2, 1)}),
        (f"a,b,c\n{DATA}\nЖауапты: ЖСН {IIN},,\n", {"iin": (23, 1)}),
        (f"a,{IIN},c\n{DATA}", {"iin": (1, 2)}),
        (f"a,b,c\n{DATA}7,{IIN}\n{DATA}", {"iin": (22, 2)}),
        (f"a,b,c\n{DATA}\n{SIGNED},,\n", {}),
        (f"a,b,c\n{DATA}\nТелефон 87011234567,,\n", {}),
    ],
)
def test_person_outside_the_records_is_told_and_masked(tmp_path, text, expected):
    path = tmp_path / "a.csv"
    path.write_text(text)
    file = read(path)

    found = {
        each.kind: (each.spots[0].row, each.spots[0].column)
        for each in file.tables[0].troubles
        if each.kind.startswith("personal_")
    }

    assert found == {f"personal_{kind}": place for kind, place in expected.items()}
    assert read_large(path, name="a.csv").tables == file.tables
    told = grade(file, edition=edition_on(REGULATION, DAY), as_of=DAY)
    outcome = next(each.outcome for each in told.findings if each.rule == "T040")
    assert outcome == (Outcome.FAILED if expected else Outcome.PASSED)
    assert IIN not in str(told)


def test_people_inside_and_outside_the_records_are_one_trouble(tmp_path):
    path = tmp_path / "a.csv"
    records = "".join(f"{number},{IIN},{number * 7}\n" for number in range(1, 21))
    path.write_text(f"№,ЖСН,Саны\n{records}\nЖауапты адам осы {IIN}\n\nЕскерту: {IIN}\n")

    (found,) = (each for each in read(path).tables[0].troubles if each.kind == personal.IIN)

    assert (found.count, [spot.row for spot in found.spots]) == (22, [*range(2, 22), 23, 25])


def test_field_of_json_named_by_a_number_is_told(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(f'[{{"a": 1, "{IIN}": 2}}, {{"a": 2, "{IIN}": 3}}]')

    assert personal.IIN in {each.kind for each in read(path).tables[0].troubles}
