"""HTML of any source: paragraphs, tables, layouts; no scripts, no menus."""

import pytest

from aiqyn.acts import paragraphs
from aiqyn.acts.model import Trouble
from aiqyn.acts.reading import read
from aiqyn.acts.reading.page import read as lines_of

PAGE = """<!DOCTYPE html><html lang="ru"><head><title>Об утверждении</title><script>x()</script>
</head><body><header><nav>Меню</nav></header><div><article>
<h1>Об утверждении Правил&nbsp;ведения реестра</h1>
<p>Приказ Министра юстиции Республики Казахстан от 12 марта 2024 года № 215.</p>
<p id="z1"><a name="z1"></a>&nbsp;&nbsp; В соответствии
со статьей 5<sup>1</sup> Закона <b>ПРИКАЗЫВАЮ</b>:</p>
<p id="z2">      1. Утвердить Правила.</p>
<p>      2. Приказ вводится в действие<br>со дня подписания.<!-- нет --></p>
<table><tbody><tr><td><i>Министр юстиции</i></td><td>А. Есқараев</td></tr></tbody></table>
<table><tr><td>&nbsp;</td><td>Приложение к приказу<br>Министра юстиции
<br>от 12 марта 2024 года № 215
</td></tr></table>
<h3>Правила ведения реестра</h3><h3>Глава 1. Общие положения</h3>
<p>1. Первый:</p><p>1) раз;<br>2) два.</p>
<table><tr><th rowspan="2">№</th><th colspan="2">Срок</th></tr>
<tr><td>дни</td><td>часы</td></tr></table>
</article></div><footer>© Министерство</footer></body></html>"""


def texts(html):
    return [line.text or line.rows for line in lines_of(html.encode()).lines]


def test_page_of_a_legal_database_is_read_whole():
    act = read(PAGE.encode(), "page.html")

    assert (act.title, act.below, act.signed, act.number, str(act.date), act.issuer) == (
        "Об утверждении Правил ведения реестра",
        ("Приказ Министра юстиции Республики Казахстан от 12 марта 2024 года № 215.",),
        ("Министр юстиции А. Есқараев",),
        "215",
        "2024-03-12",
        "Министра юстиции Республики Казахстан",
    )
    assert act.troubles == ()
    assert [(one.eid, one.marker, one.text) for one in paragraphs(act)] == [
        ("preamble_1", "", "В соответствии со статьей 5¹ Закона ПРИКАЗЫВАЮ:"),
        ("point_1", "1.", "Утвердить Правила."),
        ("point_2", "2.", "Приказ вводится в действие со дня подписания."),
        (
            "att_1",
            "Приложение к приказу Министра юстиции от 12 марта 2024 года № 215",
            "Правила ведения реестра",
        ),
        ("att_1__chp_1", "Глава 1.", "Общие положения"),
        ("att_1__chp_1__point_1", "1.", "Первый:"),
        ("att_1__chp_1__point_1__subpoint_1", "1)", "раз;"),
        ("att_1__chp_1__point_1__subpoint_2", "2)", "два."),
        ("att_1__chp_1__point_1__table_1", "", "№\tСрок\t\n\tдни\tчасы"),
    ]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>а<p>б", ["а", "б"]),
        ("<html><frameset></frameset></html>", []),
        ("<div>а<p>б</p>в</div>", ["а", "б", "в"]),
        ("<b><p>а</p></b><span>б<div>в</div></span>", ["а", "б", "в"]),
        ("<p>а<span><script>x</script><i>б</i></span><svg>г</svg></p>", ["аб"]),
        ("<ul><li>а<li>б</ul>", ["а", "б"]),
        ("<p>а</p><p>&nbsp;</p>", ["а"]),
        ("<main>мало</main><div>намного больше слов, чем в главной части</div>",
         ["мало", "намного больше слов, чем в главной части"]),
        ("<table><tr><td>а<table><tr><td>б</td><td>в</td></tr></table></td><td>г</td></tr></table>",
         [(("а\nб | в", "г"),)]),
        ("<table><caption>К</caption><tr><td colspan='x'>а</td><td rowspan='0'>б</td></tr></table>",
         [(("а", "б"),)]),
        ("<table><tr><td>а</td><td rowspan=3>б</td></tr><tr><td>в</td></tr><tr></tr></table>",
         [(("а", "б"), ("в", ""))]),
    ],
)  # fmt: skip
def test_blocks_are_lines(html, expected):
    assert texts(html) == expected


def test_looks_tell_headings_and_stamps():
    found = lines_of(
        b'<center>1</center><p align="right">2</p><p style="TEXT-ALIGN:end">3</p><p><b>4</b></p>'
        b'<p style="text-align: center">5</p><p><span style="font-weight:700">6</span></p>'
        b'<p style="color:red">7</p>'
    ).lines

    assert [(line.text, line.is_heading, line.is_apart) for line in found] == [
        ("1", True, False),
        ("2", False, True),
        ("3", False, True),
        ("4", True, False),
        ("5", True, False),
        ("6", True, False),
        ("7", False, False),
    ]


def test_pictures_and_tables_in_tables_are_told():
    page = b"<p>a<img></p><table><tr><td><table></table></td></tr></table>"

    assert lines_of(page).troubles == (
        Trouble(code="pictures", where="", saw="1"),
        Trouble(code="nested_table", where="", saw="1"),
    )


def test_table_of_absurd_width_keeps_its_words():
    cells = "".join(f"<td colspan=60 rowspan=60>{number}" for number in range(5))

    found = texts(f"<table><tr>{cells}</tr><tr>{cells}</tr></table>")[0]

    assert [len(row) for row in found] == [100, 100]
    assert [cell for cell in found[0] if cell] == ["0", "1", "2\n3\n4"]


def test_elements_without_end_do_not_exhaust_the_reader():
    deep = "<div>" * 5_000 + "слово<br>и" + "<table><tr><td>"

    assert texts(deep) == ["слово и"]
