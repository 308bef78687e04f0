"""What is the page's own stays its text, though it looks like the frame of a site."""

import time

import pytest

from aiqyn.subjects.site import LANGUAGE_WORDS
from tests.aiqyn.subjects.test_frames import (
    BUDGET,
    CALENDAR,
    FOOT,
    KK,
    MENU,
    NAMES,
    RU,
    text_of,
)

DATED = "<div>Опубликовано 12 марта 2024 года, обновлено 1 июня 2026 года</div>"
DATE = "Опубликовано 12 марта 2024 года, обновлено 1 июня 2026 года"
NUMBERED = "".join(f"<tr><td>{n}</td><td>Школа № {n}</td></tr>" for n in range(1, 35))
ROWS = " ".join(f"{n} Школа № {n}" for n in range(1, 35))
OFFICES = "".join(
    f"<tr><td>Отдел {n}</td><td><a href='TEL:+7717274050{n}'>74-05-0{n}</a></td>"
    f"<td><a href='mailto:o{n}@b.kz'>o{n}@b.kz</a></td></tr>"
    for n in range(4)
)
REACHED = " ".join(f"Отдел {n} 74-05-0{n} o{n}@b.kz" for n in range(4))
VACANCIES = (
    "<b>Должности</b><a href=/1>Специалист отдела финансов</a> <a href=/2>Юрист</a>"
    " <a href=/3>Бухгалтер</a>"
)
POSTS = "Должности Специалист отдела финансов Юрист Бухгалтер"
YEARS = "<a href=/1>2026</a> <a href=/2>2025</a> <a href=/3>2024</a>"
WRITE = "<form><b>Форма обращения</b> <input><textarea></textarea>{}<button>ОК</button></form>"
MAP = f"<div>{MENU}</div>"


def told(top, content, around="<div>{}</div>{}"):
    """Return the text of a page whose content stands behind a heading and what is right below."""
    return text_of(
        f"<div>{MENU}</div>{around.format(f'<h1>Бюджет района</h1>{top}', content)}<p>{FOOT}</p>"
    )


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (f"<div><table>{NUMBERED}</table></div>", ROWS),
        (f"<div><b>Телефоны</b><table>{OFFICES}</table></div>", f"Телефоны {REACHED}"),
        (f"<div>{VACANCIES}</div>", POSTS),
        (f"<div>{YEARS}</div>", "2026 2025 2024"),
        (f"<div>{WRITE.format('')}</div>", "Форма обращения ОК"),
        (  # so little is said by what comes first that the page may come after it
            f"<div><script>{'a = 1;' * 99}</script>Печать</div><div>{VACANCIES}</div>",
            f"Печать {POSTS}",
        ),
        (f"<div><b>Күнтізбе</b>{CALENDAR}</div><div>{VACANCIES}</div>", POSTS),
        (f"<div>{RU}</div><div>{VACANCIES}</div>", RU),
    ],
)
def test_what_is_right_behind_a_heading_stays(content, text):
    assert told(DATED, content, "<div><div>{}</div>{}</div>") == (f"Бюджет района {DATE} {text}")


def test_what_is_in_the_row_below_a_heading_stays():
    html = f"<tr><td>{VACANCIES}</td></tr>"
    around = "<table><tr><td>{}</td></tr>{}</table>"

    assert told(DATED, html, around) == f"Бюджет района {DATE} {POSTS}"
    assert told(f"<p>{RU}</p>", html, around) == f"Бюджет района {RU}"


def test_what_is_farther_from_a_short_text_is_asked_what_it_is():
    around = f"<div><div><div>{{}}</div><div>{{}}</div></div><div>{MENU}</div></div>"

    assert told(DATED, VACANCIES, around) == f"Бюджет района {DATE} {POSTS}"


def test_beside_a_word_nothing_but_lines_of_rights_is_told():
    around = f"<div><div><div>{{}}</div><div>{{}}</div></div><div>{MENU}</div></div>"

    assert told("<p>Нет.</p>", VACANCIES, around) == (
        f"Бюджет района Нет. {POSTS} {' '.join(NAMES.values())}"
    )


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (f"<b>Школы</b><table>{NUMBERED}</table>", f"Школы {ROWS}"),
        (f"<b>Телефоны</b><table>{OFFICES}</table>", f"Телефоны {REACHED}"),
        (WRITE.format("Тел: 8 (7172) 74-05-05"), "Форма обращения Тел: 8 (7172) 74-05-05 ОК"),
        (WRITE.format("<p>a@b.kz</p>"), "Форма обращения a@b.kz ОК"),
        (WRITE.format("<p>Часы: 9.00-18.30</p>"), "Форма обращения Часы: 9.00-18.30 ОК"),
        (WRITE.format(f"<p>{KK}</p>"), f"Форма обращения {KK} ОК"),
        (WRITE.format("<a href=/1.pdf>Образец</a>"), "Форма обращения Образец ОК"),
        (WRITE.format("<p>Сегодня 24.11.2026</p>"), ""),
        (WRITE.format(f"<script>{'a = 1;' * 99}</script>"), ""),
        (WRITE.format("<select><option>2026<option>2025</select><label>9:00</label>"), ""),
        (f"<b>Күнтізбе</b>{CALENDAR}", ""),
    ],
)  # fmt: skip
def test_a_long_text_keeps_what_is_more_than_links_fields_and_days(content, text):
    said = told(f"<p>{RU}</p>", f"<p>{RU}</p><div>{content}</div>")

    assert said == f"Бюджет района {RU} {RU} {text}".rstrip()


@pytest.mark.parametrize("path", ["npa", "faq/", "tv/index.php", "ru/faq", "ru?id=1"])
def test_short_addresses_are_no_first_pages(path):
    assert text_of(f"{MAP}<div>{BUDGET}</div>", url=f"http://site.example/{path}") == (
        f"Бюджет района {RU}"
    )


@pytest.mark.parametrize("word", ["", "index.php", "main.aspx", "KZ/default.html", *LANGUAGE_WORDS])
def test_roots_and_languages_are_first_pages(word):
    assert text_of(f"{MAP}<div>{BUDGET}</div>", url=f"http://site.example/{word}") == (
        f"{' '.join(NAMES.values())} Бюджет района {RU}"
    )


def test_of_elements_in_one_another_few_are_looked_at():
    within = f"{'<i>1</i>' * 150}{MAP}"
    html = f"<div>{within}" * 30 + f"<div>{BUDGET}</div>" + "</div>" * 30

    said = text_of(html)

    assert 0 < said.count("Руководство") < 30  # those nearest to the text are told, others left


def test_page_made_to_be_looked_at_for_ever_is_read_in_no_time():
    html = f"<div>{'<i>1</i>' * 150}" * 1_200 + "<h1>Бюджет района</h1>"
    started = time.process_time()

    text_of(html)

    assert time.process_time() - started < 2
