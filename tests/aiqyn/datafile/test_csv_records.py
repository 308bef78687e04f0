import pytest

from aiqyn.subjects.datafile.csv_dialect import find_dialect, line_end_of
from aiqyn.subjects.datafile.csv_records import (
    Dialect,
    Quirk,
    bytes_of_lines,
    lines_of,
    split,
)


def rows(text, dialect=None, **more):
    return split(lines_of(text), dialect or Dialect(), **more).rows


def test_cells_in_quotes_hold_delimiters_quotes_and_lines():
    assert rows('a,"b,c","d ""e""","f\ng"\nh,, "i" ,\n') == [
        ["a", "b,c", 'd "e"', "f\ng"],
        ["h", "", "i", ""],
    ]


def test_lines_end_in_three_ways():
    assert lines_of("a\r\nb\rc\n\nd") == ["a", "b", "c", "", "d"]
    assert lines_of("") == []


def test_quotes_may_be_escaped():
    dialect = Dialect(escape="\\")

    assert rows('"a \\"b\\", c",d', dialect) == [['a "b", c', "d"]]


def test_quote_that_is_not_doubled_is_a_letter_and_told():
    found = split(['1,"ТОО "Нұр" и",2', '3,"ТОО "Нұр"",4'], Dialect())

    assert found.rows == [["1", 'ТОО "Нұр" и', "2"], ["3", 'ТОО "Нұр"', "4"]]
    assert [(quirk.kind, quirk.row, quirk.column) for quirk in found.quirks] == [
        ("bare_quote", 0, 1),
        ("bare_quote", 1, 1),
    ]


def test_quote_never_closed_swallows_nothing():
    found = split(['1,"ашық,2', "3,b,4", '5,"c",6'], Dialect(), width=3)

    assert found.rows == [["1", '"ашық', "2"], ["3", "b", "4"], ["5", "c", "6"]]
    assert found.quirks == [
        Quirk(kind="unclosed_quote", row=0, column=1, saw='"ашық', wants="ашық")
    ]


def test_quote_never_closed_is_not_looked_for_without_end():
    lines = ['1,"a', *["2,b"] * 200, '3,c"']

    assert len(split(lines, Dialect(), width=2).rows) == 202


def test_cell_of_several_lines_is_believed_where_its_record_is_as_wide_as_others():
    lines = ['1,"a', 'b",2', "3,c,4"]

    assert split(lines, Dialect(), width=3).rows == [["1", "a\nb", "2"], ["3", "c", "4"]]
    assert split(lines, Dialect(), width=2).rows == [["1", '"a'], ['b"', "2"], ["3", "c", "4"]]


def test_only_records_that_begin_before_the_stop_are_read():
    found = split(["1,a", '2,"b', 'c"', "3,d"], Dialect(), stop=2)

    assert (found.rows, found.lines, found.spread) == ([["1", "a"], ["2", "b\nc"]], 3, {1: 1})


@pytest.mark.parametrize(("count", "length"), [(0, 0), (1, 2), (2, 5), (3, 7), (9, 8)], ids=str)
def test_bytes_of_lines_are_counted_with_their_ends(count, length):
    assert bytes_of_lines(b"a\nb\r\nc\rd", count) == length


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a;b\n1,5;2\n2,5;3\n", ";"),
        ("a\tb\n1\t2\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("a,b\n1,2;3\n4,5\n", ","),
        ("a\nb\nc d\n", ","),
        ("Тізім\na;b;c\n1;2;3\n4;5;6\n", ";"),
        ("Тізім, 2025 жыл\na;b\n1;2\n3;4\n5;6\n7;8\n", ";"),
    ],
)
def test_delimiter_is_the_one_records_agree_on(text, delimiter):
    assert find_dialect([text]).delimiter == delimiter


def test_quotes_are_those_that_cells_begin_and_end_with():
    assert find_dialect(["a,b\n'1,2','x'\n'3','y'\n'5','z'\n"]).quote == "'"
    assert find_dialect(["a,b\n1,'x\n2,'y\n3,'z\n4,'w\n"]).quote == '"'
    assert find_dialect(['a,b\n"x \\"y\\"",1\n']).escape == "\\"


def test_line_end_is_the_one_met_most():
    assert [line_end_of(text) for text in ("a\r\nb\r\nc\n", "a\rb", "a")] == ["\r\n", "\r", ""]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("код^аудан\n1^Алмалы\n2^Медеу\n", "^"),
        ("код~аудан~саны\n1~Алмалы~5\n\n2~Медеу~6\n", "~"),
        ("код:аудан:саны\n1:Алмалы:5\n2:Медеу:6\n", ":"),
        ("уақыт\n12:30:00\n12:45:00\n", ","),
        ("12:30:00\n12:45:00\n13:00:00\n", ","),
        ("Көше: Абай\nҮй: 5\nПәтер: 7\n", ","),
        ("а: б: в\nг: д: е\nж: з: и\n", ","),
        ("код^аудан\n1^Алмалы\n", ","),
        ("код^аудан\n1^Алмалы\n2\n", ","),
    ],
)
def test_delimiter_nobody_expects_is_one_where_every_line_has_it(text, delimiter):
    assert find_dialect([text]).delimiter == delimiter
