from datetime import date
from decimal import Decimal

import msgspec
import pytest

from aiqyn import rules
from aiqyn.chain import Count, Finding, Outcome, Place
from aiqyn.grading import Grade, grade
from aiqyn.grading.grade import judge
from aiqyn.grading.hiding import hidden
from aiqyn.regulations import Requirement, edition_on
from aiqyn.subjects.datafile.kinds import kinds
from aiqyn.subjects.datafile.model import Column, DataFile, Spot, Table, Trouble

DAY = date(2026, 11, 20)
EDITION = edition_on("open_data", DAY)
COLUMNS = (Column(name="өңір", number=1, kind="text"), Column(name="ЖСН", number=2, kind="code"))
IIN = "870412300129"
MASKED = "87** ****** 29"


def file_of(*troubles, rows=10, **more):
    table = Table(header=("өңір", "ЖСН"), rows=rows, columns=COLUMNS, troubles=troubles)
    return DataFile(name="halyk.csv", sha256="a" * 64, format="csv", tables=(table,), **more)


def graded(file, **more):
    return grade(file, edition=EDITION, as_of=DAY, **more)


def finding(file, rule, **more):
    return next(each for each in graded(file, **more).findings if each.rule == rule)


def test_good_file_fails_nothing():
    told = graded(file_of())

    assert told.is_good
    assert not told.holds
    assert (told.regulation, told.in_force, told.as_of) == ("open_data", EDITION.in_force, DAY)
    assert [each.rule for each in told.findings] == sorted(each.rule for each in told.findings)


def test_trouble_becomes_places_and_a_count():
    spots = (Spot(row=3, column=2, name="ЖСН", saw="1.4.25", wants="2025-04-01"),)
    trouble = Trouble(kind="written_date", count=1, spots=spots)

    assert finding(file_of(trouble), "T031") == Finding(
        rule="T031",
        outcome=Outcome.FAILED,
        evidence="a" * 64,
        places=(
            Place(
                where="row 3, column 2 (ЖСН)",
                saw="1.4.25",
                wants="2025-04-01",
                note="written_date",
            ),
        ),
        count=Count(good=19, of=20),
    )


def test_places_are_capped_and_the_rest_is_counted():
    spots = tuple(Spot(row=row) for row in range(2, 7))
    file = file_of(Trouble(kind="short_row", count=50, spots=spots), rows=100)

    found = finding(file, "T016", most_places=3)

    assert (len(found.places), found.more, found.count) == (3, 47, Count(good=100, of=150))


def test_every_kind_of_fault_is_listed_where_one_has_many_places():
    spots = tuple(Spot(row=row) for row in range(2, 12))
    file = file_of(
        Trouble(kind="short_row", count=10, spots=spots),
        Trouble(kind="long_row", count=10, spots=spots),
    )

    found = finding(file, "T016", most_places=4)

    assert [place.note for place in found.places] == ["short_row"] * 2 + ["long_row"] * 2
    assert found.more == 16


def test_more_faults_than_cells_are_counted_as_none_in_order():
    file = file_of(Trouble(kind="missing_word", count=30), rows=3)

    assert finding(file, "T034").count == Count(good=0, of=30)


def test_place_in_a_named_table_names_it():
    table = Table(
        name="Жоспар, 2",
        rows=1,
        columns=COLUMNS,
        troubles=(Trouble(kind="blank_row", spots=(Spot(row=4),)),),
    )

    places = finding(DataFile(name="a.xlsx", format="xlsx", tables=(table,)), "T015").places

    assert [place.where for place in places] == ["table Жоспар, 2, row 4"]


def test_personal_data_holds_the_publication():
    spots = (Spot(row=2, column=2, name="ЖСН", saw=MASKED),)
    told = graded(
        file_of(
            Trouble(kind="personal_iin", count=7, spots=spots),
            Trouble(kind="small_group", count=9),
            Trouble(kind="blank_row"),
        )
    )

    assert (told.holds, told.personal) == (True, {"small_group": 9, "personal_iin": 7})


def test_nothing_personal_leaves_a_grade():
    columns = (
        Column(name="атауы", number=1, kind="text", top=((f"ЖСН {IIN}", 2), ("a@mail.ru", 1))),
        Column(
            name="ЖСН",
            number=2,
            kind="whole",
            least=IIN,
            greatest=IIN,
            mean=Decimal(IIN),
            top=((IIN, 3),),
        ),
    )
    troubles = (
        Trouble(kind="personal_iin", spots=(Spot(row=2, column=2, name="ЖСН", saw=MASKED),)),
        Trouble(
            kind="untidy_space",
            count=2,
            spots=(
                Spot(row=2, column=2, name="ЖСН", saw=f"{IIN[:4]} {IIN[4:]} ", wants=IIN),
                Spot(row=3, column=1, name="атауы", saw=" a@mail.ru", wants="a@mail.ru"),
            ),
        ),
        Trouble(kind="duplicate_row", spots=(Spot(row=4, saw=f"Ахметов Серік Болатұлы | {IIN}"),)),
    )
    file = DataFile(
        name="a.csv",
        format="csv",
        troubles=(Trouble(kind="invalid_encoding", spots=(Spot(saw=f"{IIN} ?"),)),),
        tables=(Table(rows=5, columns=columns, troubles=troubles),),
    )

    written = msgspec.json.encode(graded(file)).decode()

    assert [secret for secret in (IIN, IIN[4:], "a@mail", "Ахметов") if secret in written] == []
    assert MASKED in written


def test_data_in_place_of_a_header_is_masked_too():
    head = (f"Ахметов Серік Болатұлы {IIN}", "610000")
    columns = (Column(name=head[0], number=1, kind="text"),)
    trouble = Trouble(
        kind="personal_iin", spots=(Spot(row=2, column=1, name=head[0], saw=MASKED),), detail=IIN
    )
    table = Table(header=head, rows=1, columns=columns, troubles=(trouble,))

    told = graded(DataFile(name="a.csv", format="csv", tables=(table,)))

    assert told.file.tables[0].header == (f"А*** С*** Б*** {MASKED}", "610000")
    assert IIN not in msgspec.json.encode(told).decode()


def test_masking_keeps_what_is_not_personal():
    trouble = Trouble(
        kind="spaced_number",
        spots=(Spot(row=2, column=1, saw="87 011 234 567", wants="87011234567"),),
    )

    assert hidden(file_of(trouble), 100) == file_of(trouble)


def test_names_that_are_not_listed_are_counted():
    spot = Spot(row=2, column=1, name="өңір", saw="А*** С*** Б***")

    found = finding(file_of(Trouble(kind="personal_name", count=9, spots=(spot,))), "T044")

    assert (found.outcome, found.note) == (Outcome.CANNOT_TELL, "whose")
    assert (len(found.places), found.more, found.count) == (1, 8, Count(good=1, of=10))


def test_spots_stay_out_of_the_file_of_a_grade():
    told = graded(file_of(Trouble(kind="blank_row", count=2, spots=(Spot(row=4), Spot(row=5)))))

    assert told.file.tables[0].troubles == (Trouble(kind="blank_row", count=2),)


def test_grade_is_read_back_from_its_json():
    told = graded(file_of(Trouble(kind="blank_row", spots=(Spot(row=4),))), licence="CC0")

    assert msgspec.json.decode(msgspec.json.encode(told), type=Grade) == told


def test_question_to_a_person_cannot_be_judged():
    with pytest.raises(TypeError, match="H113 is a question for a person"):
        judge(file_of(), Requirement(clause={}, rule="H113"))


# A mark that spreadsheets need, and kinds whose rules have code of their own.
ASKED_OTHERWISE = {
    "byte_order_mark",
    "personal_name",  # T044
    "table_in_document",  # T004
    "data_in_paper",  # T004
    "data_in_picture",  # T004
}


def test_every_kind_of_trouble_is_asked_about_by_a_rule():
    asked = {
        kind
        for requirement in EDITION.requires
        if (breaks := rules.load()[requirement.rule].text.breaks)
        for kind in breaks.kinds
    }

    assert kinds().keys() - asked == ASKED_OTHERWISE
