import codecs

import pytest

from aiqyn.subjects.datafile.csv_encoding import detect
from aiqyn.subjects.datafile.csv_text import read_csv

KAZAKH = "№;Атауы;Құны\n1;Қазақстан Республикасы Ғылым министрлігі;1,5\n2;Өңірдің әкімдігі;2,5\n"
RUSSIAN = "н;Название;Цена\n1;Министерство юстиции Республики;1,5\n2;Управление города;2,5\n"


def read(tmp_path, content, **more):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    return read_csv(path, **more)


def told(table):
    """Troubles as (kind, [(row, column, saw, wants)])."""
    return {
        trouble.kind: [(spot.row, spot.column, spot.saw, spot.wants) for spot in trouble.spots]
        for trouble in table.troubles
    }


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (KAZAKH, "utf-8", "utf-8"),
        (KAZAKH, "utf-8-sig", "utf-8"),
        (KAZAKH, "utf-16", "utf-16-le"),
        (KAZAKH, "utf-16-le", "utf-16-le"),
        (KAZAKH, "utf-16-be", "utf-16-be"),
        ("a;b\n1;2\n", "utf-16-le", "utf-16-le"),
        (KAZAKH, "kz1048", "kz1048"),
        (RUSSIAN, "windows-1251", "windows-1251"),
        (RUSSIAN, "koi8_r", "koi8_r"),
        (RUSSIAN, "cp866", "cp866"),
        ("a;b\n1;2\n", "ascii", "utf-8"),
    ],
)
def test_encoding_is_told_by_evidence(tmp_path, text, codec, name):
    file = read(tmp_path, text.encode(codec))

    assert (file.encoding, file.tables[0].header) == (name, tuple(text.split("\n")[0].split(";")))


def test_encoding_of_a_sample_cut_inside_a_letter():
    content = KAZAKH.encode()

    assert detect([content[:200], content[21:24] * 3]).name == "utf-8"
    assert detect([b""]).name == "utf-8"


def test_single_bad_bytes_do_not_change_the_encoding(tmp_path):
    table = read(tmp_path, b"a,b\n1,2\n3,x\xff\n").tables[0]

    assert told(table)["invalid_encoding"] == [(3, 2, "x\ufffd", "")]


def test_what_is_wrong_with_the_bytes_is_told_of_the_file(tmp_path):
    marked = read(tmp_path, codecs.BOM_UTF8 + b"a,b\n1,2\n", declared="utf-8")
    old = read(tmp_path, RUSSIAN.encode("windows-1251"), declared="utf-8")
    strange = read(tmp_path, b"a,b\n1,2\n", declared="no such")

    assert [each.kind for each in marked.troubles] == ["byte_order_mark"]
    assert [(each.kind, each.detail) for each in old.troubles] == [
        ("not_utf8", "windows-1251"),
        ("wrong_declared_encoding", "utf-8"),
    ]
    assert [each.detail for each in strange.troubles] == ["no such"]


def test_a_few_broken_bytes_leave_a_text_what_it_is(tmp_path):
    content = "id,name\n1,Қала\n2,".encode() + b"\xff\xfe\xc3" + ",\n3,Алматы қаласы\n".encode()

    found = read(tmp_path, content)

    assert found.encoding == "utf-8"
    assert "invalid_encoding" in {each.kind for each in found.tables[0].troubles}


def test_titles_with_a_day_above_codes_are_no_records(tmp_path):
    rows = "".join(f"61{at}010000;Жол {at};{at}\n" for at in range(12))
    content = f"Мектептер туралы;;\nна 01.10.2026;;\n01.10.2026;;\n;;\nКАТО;Атауы;Саны\n{rows}"

    table = read(tmp_path, content.encode()).tables[0]

    assert (table.header, table.header_row, table.rows) == (("КАТО", "Атауы", "Саны"), 5, 12)


def test_a_file_of_blank_lines_is_empty(tmp_path):
    assert [each.kind for each in read(tmp_path, b"\n\n").troubles] == ["empty_file"]


def test_line_ends_that_differ_are_told_by_row(tmp_path):
    table = read(tmp_path, b'a,b\n1,"x\ny"\n2,z\r\n3,w\n').tables[0]

    assert told(table)["mixed_line_ends"] == [(3, 0, "\\r\\n", "")]


def test_an_unclosed_quote_is_told_where_it_begins_and_the_rest_is_read(tmp_path):
    table = read(tmp_path, 'a,b,c\n1,"ашық,2\n3,x,4\n5,"y",6\n'.encode()).tables[0]

    assert table.rows == 3
    assert told(table) == {"unclosed_quote": [(2, 2, '"ашық', "ашық")]}


def test_rows_of_a_small_file_are_handed_on(tmp_path):
    kept = []

    read(tmp_path, b"a,b\n1,2\n", keep=lambda name, rows: kept.append((name, rows)))

    assert kept == [("", [["a", "b"], ["1", "2"]])]


def test_file_with_too_many_columns_is_cut_and_says_so(tmp_path):
    from aiqyn.subjects.datafile.limits import Limits  # noqa: PLC0415

    line = b",".join(b"%d" % number for number in range(50))
    table = read(tmp_path, line + b"\n" + line, limits=Limits(columns=20)).tables[0]

    assert (len(table.columns), told(table)["too_wide"]) == (20, [(0, 0, "", "")])


def test_nul_bytes_control_letters_and_formulas_are_told_by_cell(tmp_path):
    text = "a,b\n1,x\0y\n2,x\u200by\n3,=SUM(A1)\n4, z\n5,+7 701\n6,@SUM(A1)\n"

    table = read(tmp_path, text.encode()).tables[0]

    assert told(table) == {
        "nul_byte": [(2, 2, "x\0y", "xy")],
        "control_character": [(3, 2, "x\u200by", "xy")],
        "formula": [(4, 2, "=SUM(A1)", ""), (7, 2, "@SUM(A1)", "")],
        "untidy_space": [(5, 2, " z", "z")],
    }


def test_bytes_that_begin_no_letter_are_left_whole():
    assert detect([b"a,b\n" + b"\x80" * 4]).name == "cp866"
