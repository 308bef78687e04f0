"""`aiqyn act compare` and `aiqyn act pair`."""

import json

import pytest
from click.testing import CliRunner

from aiqyn.cli import main

OLD = """Қазақстан Республикасының Заңы
Ақпаратқа қол жеткізу туралы

1-бап. Негізгі ұғымдар
1. Сұрау салуға жауап он бес жұмыс күні ішінде беріледі.
2. Шағым <бір ай> ішінде қаралады.
2-бап. Құқықтар
1. Ақпаратты пайдаланушы ақпарат алуға құқылы.
"""
NEW = OLD.replace("он бес", "жиырма").replace(
    "2. Шағым <бір ай> ішінде қаралады.\n", "2. Мемлекеттік органдар ашықтықты қамтамасыз етеді.\n"
)
RUSSIAN = """Закон Республики Казахстан
О доступе к информации

Статья 1. Основные понятия
1. Ответ на запрос предоставляется в течение пятнадцати календарных дней.
Статья 2. Права
1. Пользователь информации вправе получать информацию.
"""


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in (("old.txt", OLD), ("new.txt", NEW), ("ru.txt", RUSSIAN)):
        (tmp_path / name).write_text(text, "utf-8")


def asked(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["act", *arguments])
    return result.exit_code, result.output


def test_changes_are_told_paragraph_by_paragraph(files):
    code, output = asked("compare", "old.txt", "new.txt", "--lang", "kk")

    assert code == 1
    assert output == (
        "мәтіні өзгерді: art_1__point_1 → art_1__point_1\n"
        "  Сұрау салуға жауап [-он бес-]{+жиырма+} жұмыс күні ішінде беріледі.\n"
        "\n"
        "алып тасталды: art_1__point_2\n"
        "  [-Шағым <бір ай> ішінде қаралады.-]\n"
        "\n"
        "қосылды: art_1__point_2\n"
        "  {+Мемлекеттік органдар ашықтықты қамтамасыз етеді.+}\n"
        "\n"
        "Өзгерген бөліктер: 3, барлығы 6.\n"
    )


def test_an_act_beside_itself_has_no_changes(files):
    assert asked("compare", "old.txt", "old.txt", "--lang", "en") == (
        0,
        "Parts changed: 0 of 5.\n",
    )


def test_changes_are_written_as_csv_and_json(files):
    _, table = asked("compare", "old.txt", "new.txt", "--format", "csv")
    _, value = asked("compare", "old.txt", "new.txt", "--format", "json")

    assert table.splitlines()[2:4] == [
        (
            "reworded,art_1__point_1,art_1__point_1,"
            "Сұрау салуға жауап [-он бес-]{+жиырма+} жұмыс күні ішінде беріледі."
        ),
        "removed,art_1__point_2,,[-Шағым <бір ай> ішінде қаралады.-]",
    ]
    assert [change["what"] for change in json.loads(value)] == [
        "same",
        "reworded",
        "removed",
        "added",
        "same",
        "same",
    ]


def test_changes_are_shown_as_a_page_that_runs_nothing(files):
    _, page = asked("compare", "old.txt", "new.txt", "--html", "--lang", "ru")

    assert '<html lang="ru">' in page
    assert '<ol lang="kk">' in page
    assert "<li><p>1-бап. Негізгі ұғымдар</p></li>" in page
    assert (
        '<li><p class="what" lang="ru">исключено: 2.</p>'
        "<p><del>Шағым &lt;бір ай&gt; ішінде қаралады.</del></p></li>" in page
    )
    assert "жауап <del>он бес</del><ins>жиырма</ins> жұмыс" in page


def test_two_languages_are_held_against_each_other(files):
    code, output = asked("pair", "old.txt", "ru.txt", "--lang", "ru")

    assert code == 1
    assert output == (
        "art_1__point_1: Срок считается в разных единицах: в казахском тексте —"
        " «он бес жұмыс күні», в русском — «пятнадцати календарных дней».\n"
        "art_1__point_2 / –: В русском тексте такой части нет.\n"
        "Расхождений: 2, сопоставлено частей: 5.\n"
    )


def test_divergences_are_written_as_csv(files):
    _, table = asked("pair", "old.txt", "ru.txt", "--format", "csv", "--lang", "ru")

    assert table.splitlines()[2] == "art_1__point_2,,missing_ru,В русском тексте такой части нет."


def test_texts_that_say_the_same_have_no_divergences(files, tmp_path):
    kazakh = OLD.replace("он бес жұмыс күні", "күнтізбелік он бес күн")
    (tmp_path / "kk.txt").write_text(
        kazakh.replace("2. Шағым <бір ай> ішінде қаралады.\n", ""), "utf-8"
    )

    assert asked("pair", "kk.txt", "ru.txt", "--lang", "en") == (
        0,
        "Divergences: 0, parts laid side by side: 4.\n",
    )
