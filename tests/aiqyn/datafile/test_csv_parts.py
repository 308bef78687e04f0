"""A large file read in parts gives the same as a small one read at once."""

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiqyn.subjects.datafile import (
    columns_tally,
    csv_known,
    csv_merge,
    csv_part,
    csv_parts,
    csv_source,
    csv_text,
)
from aiqyn.subjects.datafile.csv_parts import read_large
from aiqyn.subjects.datafile.csv_text import read_csv
from aiqyn.subjects.datafile.limits import Limits

HEAD = ["№", "Атауы", "Күні", "Сомасы", "Код", "Иә"]
NAMES = ["ТОО «Алма»", "Мектеп № 5", "Нұр", "жоқ мекеме", "Итогович", "Market 2019", "12 үй"]
ERRORS = {
    "short": lambda cells: cells[:3],
    "long": lambda cells: [*cells, "x"],
    "blank": lambda cells: [""],
    "spaces only": lambda cells: [" "] * 6,
    "untidy": lambda cells: [cells[0], f" {cells[1]}\u00a0", *cells[2:]],
    "word": lambda cells: [*cells[:3], "сан емес", *cells[4:]],
    "date": lambda cells: [*cells[:2], "31.02.2025", *cells[3:]],
    "missing": lambda cells: [cells[0], "Н/Д", cells[2], "no  data", *cells[4:]],
    "outlier": lambda cells: [*cells[:3], "999999999", *cells[4:]],
    "comma": lambda cells: [*cells[:3], '"1 234,5"', *cells[4:]],
    "unit": lambda cells: [*cells[:3], "-12 км", *cells[4:]],
    "many lines": lambda cells: [cells[0], '"екі\nжол"', *cells[2:]],
    "unclosed": lambda cells: [cells[0], '"ашық', *cells[2:]],
    "bare": lambda cells: [cells[0], '"ТОО "Рога" x"', *cells[2:]],
    "nul": lambda cells: [cells[0], "a\0b", *cells[2:]],
    "unseen": lambda cells: [cells[0], "a\u200bb", *cells[2:]],
    "old control": lambda cells: [cells[0], "a\u0085b", *cells[2:]],
    "total": lambda cells: ["", "Барлығы", "", "500", "", ""],
    "total by end": lambda cells: ["", "Қала бойынша барлығы", "", "500", "", ""],
    "header": lambda cells: HEAD,
    "maybe": lambda cells: [*cells[:5], "мүмкін"],
    "formula": lambda cells: [cells[0], "=SUM(A1)", *cells[2:]],
    "key": lambda cells: ["1", *cells[1:]],
    "gap": lambda cells: ["", *cells[1:]],
    "phone": lambda cells: [*cells[:4], "87011234567", cells[5]],
    "person in a short row": lambda cells: [cells[0], "ЖСН 870512301001"],
    "person in a total": lambda cells: ["", "Барлығы", "", "500", "870512301001", ""],
    "tab": lambda cells: [cells[0], "a\tb", *cells[2:]],
}


def content_of(dice: random.Random, count: int, errors: list[str]) -> bytes:
    delimiter, line_end = dice.choice(",;|\t"), dice.choice(["\n", "\r\n", "\r"])
    lines = (
        [dice.choice(["Кесте атауы", "Жауапты: ЖСН 870512301001"])] if dice.random() < 0.3 else []
    )
    lines.append(delimiter.join(HEAD))
    for number in range(1, count + 1):
        cells = [
            str(number),
            dice.choice(NAMES),
            f"2025-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}",
            f"{dice.randrange(1000, 2000) / 10}",
            f"{dice.randrange(10**6):06}",
            dice.choice(["иә", "жоқ"]),
        ]
        if errors and dice.random() < 0.2:
            cells = ERRORS[dice.choice(errors)](cells)
        lines.append(delimiter.join(cells))
    if dice.random() < 0.3:
        lines += ["", dice.choice(["Ескерту: деректер алдын ала", "Жауапты: 870512301001"])]
    ends = [line_end] * len(lines)
    if dice.random() < 0.2:
        ends[dice.randrange(len(ends))] = "\n" if line_end != "\n" else "\r\n"
    text = "".join(line + end for line, end in zip(lines, ends, strict=True))
    if dice.random() < 0.3:
        text = text[: -len(ends[-1])]
    content = text.encode()
    if dice.random() < 0.2:
        content = content.replace("Нұр".encode(), b"\xff\xfe")
    return (b"\xef\xbb\xbf" if dice.random() < 0.2 else b"") + content


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10**9),
    count=st.integers(3, 80),
    errors=st.lists(st.sampled_from(sorted(ERRORS)), max_size=6),
    part=st.sampled_from([30, 200, 1 << 20]),
)
def test_parts_give_what_the_whole_gives(seed, count, errors, part):
    content = content_of(random.Random(seed), count, errors)
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.csv")
        path.write_bytes(content)

        assert read_large(path, name="a.csv", part=part) == read_csv(path)


def test_numbers_below_zero_give_what_the_whole_gives(tmp_path):
    rows = [f"{number};{number * 37 - 7000}.{number % 10}" for number in range(400)]
    path = write(tmp_path, "\n".join(["№;Сомасы", *rows, "400;-9999999", "401;-", ""]))

    large = read_large(path, name="a.csv", part=700)

    assert large == read_csv(path)
    assert large.tables[0].columns[1].least == "-9999999"


@pytest.fixture
def small_samples(monkeypatch):
    monkeypatch.setattr(csv_source, "HEAD", 400)
    monkeypatch.setattr(csv_source, "SAMPLE", 300)
    monkeypatch.setattr(csv_parts, "TAIL", 500)


def lines(count, name="Нұр"):
    return [f"{number};{name};{number % 90 + 100}" for number in range(count)]


def write(tmp_path, text, codec="utf-8"):
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(codec))
    return path


@pytest.mark.parametrize("codec", ["utf-8", "windows-1251", "utf-16"])
@pytest.mark.usefixtures("small_samples")
def test_a_large_file_is_known_by_samples_and_read_whole(tmp_path, codec):
    name = "Нур" if codec == "windows-1251" else "Нұр"
    path = write(
        tmp_path, "\n".join(["id;name;sum", *lines(900, name), "5;x;qq", "Note: so"]), codec
    )

    file = read_large(path, name="a.csv", part=700)

    table = file.tables[0]
    assert file.encoding == {"utf-16": "utf-16-le"}.get(codec, codec)
    assert (table.rows, table.columns[0].distinct, table.columns[2].kind) == (901, 900, "whole")
    assert {
        trouble.kind: [(spot.row, spot.column, spot.saw) for spot in trouble.spots]
        for trouble in table.troubles
    } == {
        "duplicate_key": [(902, 1, "5")],
        "wrong_kind": [(902, 3, "qq")],
        "note_row": [(903, 0, "Note: so")],
    }


@pytest.mark.parametrize("end", ["\n", "\r"])
@pytest.mark.usefixtures("small_samples")
def test_samples_inside_long_lines_are_no_records(tmp_path, monkeypatch, end):
    monkeypatch.setattr(csv_source, "HEAD", 6_000)
    said = [",".join(str(number * at) for at in range(200)) for number in range(1, 40)]
    head = ",".join(f"c{at}" for at in range(200))
    path = write(tmp_path, end.join([head, *said, ""]))

    assert read_large(path, name="a.csv", part=9_000) == read_csv(path)


@pytest.mark.usefixtures("small_samples")
def test_the_end_of_a_file_may_be_all_notes_or_none(tmp_path):
    notes = ["Note: this one is long enough to be one"] * 20
    path = write(tmp_path, "\n".join(["id;name;sum", *lines(300), *notes]))

    table = read_large(path, name="a.csv", part=700).tables[0]

    assert [(each.kind, each.count) for each in table.troubles] == [
        ("constant", 1),
        ("short_row", 20),
    ]


def test_limits_of_time_and_of_columns_are_told(tmp_path):
    path = write(tmp_path, "\n".join(["id;name;sum", *lines(300)]))

    late = read_large(path, name="a.csv", part=500, limits=Limits(seconds=-1))
    wide = read_large(path, name="a.csv", limits=Limits(columns=2))

    assert (late.was_cut, [each.kind for each in late.troubles]) == (True, ["too_large"])
    assert 0 < late.tables[0].rows < 300
    assert (wide.was_cut, len(wide.tables[0].columns)) == (True, 2)


def test_time_is_looked_at_inside_a_part(tmp_path, monkeypatch):
    path = write(tmp_path, "\n".join(["id;name;sum", *lines(300)]))
    with csv_source.open_source(path) as source:
        plan = csv_parts.plan_of(source)
        plan.reading.until = -1.0
        told = []
        monkeypatch.setattr(csv_part, "look_for_people", lambda *_: told.append(1))

        with pytest.raises(csv_part.LateError):
            csv_part.part_at(source, plan.start, 500, plan.reading)
        assert not told

        plan.reading.begin = plan.start
        assert csv_part.part_at(source, plan.start, 500, plan.reading).records > 0


def test_a_part_given_up_inside_leaves_those_before_it(tmp_path, monkeypatch):
    path = write(tmp_path, "\n".join(["id;name;sum", *lines(300)]))
    whole = csv_parts.part_at

    def late_at_the_third(source, start, size, reading):
        if start > 1_200:
            raise csv_part.LateError
        return whole(source, start, size, reading)

    monkeypatch.setattr(csv_parts, "part_at", late_at_the_third)
    file = read_large(path, name="a.csv", part=500)

    assert (file.was_cut, [each.kind for each in file.troubles]) == (True, ["too_large"])
    assert 0 < file.tables[0].rows < 300


def test_the_last_part_in_time_is_no_cut(tmp_path):
    path = write(tmp_path, "\n".join(["id;name;sum", *lines(30)]))

    assert not read_large(path, name="a.csv", limits=Limits(seconds=-1)).was_cut


@pytest.mark.usefixtures("small_samples")
def test_a_line_without_end_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(csv_parts, "LONGEST", 2_000)
    monkeypatch.setattr(csv_parts, "STEP", 100)
    path = write(tmp_path, "\n".join(["id;name;sum", *lines(60)]) + "\n" + "x" * 9_000)

    file = read_large(path, name="a.csv", part=300)

    assert (file.was_cut, [each.kind for each in file.troubles]) == (True, ["too_long_record"])
    assert 0 < file.tables[0].rows <= 60


def test_many_values_and_many_rows_are_not_counted_without_bound(tmp_path, monkeypatch):
    monkeypatch.setattr(columns_tally, "MOST_DISTINCT", 10)
    monkeypatch.setattr(csv_part, "MOST_DISTINCT", 10)
    monkeypatch.setattr(csv_known, "MOST", 5)
    monkeypatch.setattr(csv_merge, "MOST_COMPARED", 20)
    said = [f"{n};{n % 20}.{n % 7};2025-01-{n % 28 + 1:02};{n % 30 + 1}" for n in range(120)]
    path = write(tmp_path, "\n".join(["id;part;day;count", *said]))

    table = read_large(path, name="a.csv", part=300).tables[0]

    assert table.rows == 120
    assert [column.distinct for column in table.columns[1:]] == [None, None, None]
    assert [column.least for column in table.columns[1:]] == ["0", "2025-01-01", "1"]


def test_values_of_a_column_beyond_the_first_thousand_are_remembered(tmp_path):
    said = [f"{n};{1000 + n % 1200}-01-05" for n in range(5_000)]
    path = write(tmp_path, "\n".join(["id;day", *said]))

    assert read_large(path, name="a.csv").tables == read_csv(path).tables


def test_a_large_file_takes_the_way_of_parts(tmp_path, monkeypatch):
    path = write(tmp_path, "\n".join(["id;name;sum", *lines(30)]))
    at_once = read_csv(path)
    monkeypatch.setattr(csv_text, "SMALL", 10)

    assert read_csv(path) == at_once


def test_records_longer_than_parts_are_read_once(tmp_path):
    cell = "\n".join(["екі жол"] * 20)
    body = [f'{n};"{cell}";{n}' if n % 7 == 3 else f"{n};Нұр;{n}" for n in range(40)]
    path = write(tmp_path, "\n".join(["id;name;sum", *body]))

    assert read_large(path, name="a.csv", part=40) == read_csv(path)


def test_lines_of_a_delimiter_nobody_expects_are_blank_in_a_large_file_too(tmp_path):
    path = tmp_path / "a.csv"
    lines = ["коды^аудан", *(f"М-{at}^Алмалы {at}" for at in range(60)), "^", "М-60^Медеу"]
    path.write_text("\n".join([*lines, ""]), "utf-8")

    found = read_large(path, name="a.csv", part=100)

    assert found.delimiter == "^"
    assert [(each.kind, each.spots[0].row) for each in found.tables[0].troubles] == [
        ("blank_row", 62)
    ]
