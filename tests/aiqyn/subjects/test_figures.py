import pytest

from aiqyn.subjects.traits import figures
from aiqyn.subjects.traits.figures import contradictions, figures_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12 өтініш, 8-і қанағаттандырылды, 4,8 %", ("12 өтініш", "8 қанағаттандырылды", "4,8 %")),
        ("1 240 обращений и 12480 тенге", ("1 240 обращений", "12480 тенге")),
        ("2026 жылы, 1998 год, 3000 км", ("3000 км",)),
        ("№ 12 приказ, №12 приказ, Абай 5, 09:00 до", ("12 приказ",)),
        ("8 (7262) 45-12-12 телефон, +7 701 111 телефон", ()),
        ("125 просмотров", ()),
        ("Қаралды: 98 адам", ()),
        ("98 рет қаралды", ()),
        ("12 өтініш қаралды", ("12 өтініш",)),
        ("5 7 9 орын", ()),
    ],
)
def test_figures_are_told_with_what_they_count(text, found):
    assert figures_in(text, []) == found


def test_days_are_no_figures():
    assert figures_in("5 қазан күні 12 өтініш", [range(7)]) == ("12 өтініш",)


def test_of_a_long_table_nothing_is_compared(monkeypatch):
    monkeypatch.setattr(figures, "MOST", 2)

    assert figures_in("1 ел 2 ел 3 ел", []) == ()
    assert figures_in("1 ел 2 ел", []) == ("1 ел", "2 ел")


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("12 a, 8 b, 3 c, 1 d", "21 a, 8 b, 3 c, 1 d", [("12 a", "21 a")]),
        ("12 a, 8 b, 3 c, 1 d", "12 a, 8 b, 3 c, 1 d", []),
        ("12 a, 8 b, 3 c, 1 d", "8 b, 12 a, 3 c, 1 d", []),
        ("12 a, 8 b, 3 c, 1 d", "12 a, 8 b, 3 c", []),
        ("12 a, 8 b, 3 c", "21 a, 8 b, 3 c", []),
        ("12 a, 8 b, 3 c, 1 d, 5 e", "21 a, 9 b, 3 c, 1 d, 5 e", []),
        ("1,2 mlrd, 8 b, 3 c, 1 d", "1200 mln, 8 b, 3 c, 1 d", []),
        ("1 240 a, 8 b, 3 c, 1 d", "1240 a, 8 b, 3 c, 1 d", []),
        ("1 200 000 a, 8 b, 3 c, 1 d", "1,2 млн, 8 b, 3 c, 1 d", []),
        ("1,2 млн, 8 b, 3 c, 1 d", "1 200 000 a, 8 b, 3 c, 1 d", []),
        ("1,200 a, 8 b, 3 c, 1 d", "1200 a, 8 b, 3 c, 1 d", []),
        ("500 млн, 8 b, 3 c, 1 d", "5000 млн, 8 b, 3 c, 1 d", [("500 млн", "5000 млн")]),
        ("500 млн, 8 b, 3 c, 1 d", "5 миллиард, 8 b, 3 c, 1 d", [("500 млн", "5 миллиард")]),
        ("120 a, 8 b, 3 c, 1 d", "1200 a, 8 b, 3 c, 1 d", [("120 a", "1200 a")]),
        ("0,5 %, 8 b, 3 c, 1 d", "5 %, 8 b, 3 c, 1 d", [("0,5 %", "5 %")]),
        ("2 сағат, 8 b, 3 c, 1 d", "120 минут, 8 b, 3 c, 1 d", []),
        ("15 жұмыс, 8 b, 3 c, 1 d", "3 недели, 8 b, 3 c, 1 d", []),
        ("15 жұмыс, 8 b, 3 c, 1 d", "10 рабочих, 8 b, 3 c, 1 d", [("15 жұмыс", "10 рабочих")]),
    ],
)
def test_versions_contradict_where_all_but_a_few_figures_agree(one, other, told):
    assert contradictions(one.split(", "), other.split(", ")) == told
