"""Days told by how long ago they were; a label or a machine-written value has to say so."""

import pytest

from aiqyn.subjects.moments import spelled_out
from aiqyn.subjects.page import Page
from tests.aiqyn.worked import evidence_of

TIME = '<time datetime="2026-11-17T10:00:00+05:00">{}</time>'


def told(html):
    content = f"<body>{html}</body>".encode()
    page = Page(content, evidence_of("http://site.example/", content))  # seen on 20.11.2026
    return spelled_out(page, page.text)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (TIME.format("3 дня назад"), "17.11.2026"),
        (f"Жаңартылды: {TIME.format('3 күн бұрын')}", "Жаңартылды: 17.11.2026"),
        (f"{TIME.format('вчера')} {TIME.format('вчера')}", "17.11.2026 17.11.2026"),
        (TIME.format("17 қараша 2026"), "17 қараша 2026"),
        (TIME.format(""), ""),
        ("<time>3 дня назад</time>", "3 дня назад"),
        ("<time datetime='2026-13-40'>3 дня назад</time>", "3 дня назад"),
        (TIME.format("x" * 61), "x" * 61),
        ("Опубликовано 3 дня назад", "Опубликовано 17.11.2026"),
        ("Опубликовано: вчера", "Опубликовано: 19.11.2026"),
        ("Дата обновления: сегодня", "Дата обновления: 20.11.2026"),
        ("Обновлено неделю назад", "Обновлено 13.11.2026"),
        ("Жарияланды: 2 апта бұрын", "Жарияланды: 06.11.2026"),
        ("Жаңартылған: бір ай бұрын", "Жаңартылған: 21.10.2026"),
        ("Өзгертілген күні: кеше", "Өзгертілген күні: 19.11.2026"),
        ("Posted an hour ago", "Posted 20.11.2026"),
        ("Last updated 2 years ago", "Last updated 20.11.2024"),
        ("Дата публикации: 17 ноября", "Дата публикации: 17.11.2026"),
        ("Опубликовано 30 ноября", "Опубликовано 30.11.2025"),
        ("Жарияланды 5 желтоқсан", "Жарияланды 05.12.2025"),
        ("Опубликовано 17 ноября 2024 года", "Опубликовано 17 ноября 2024 года"),
        ("Опубликовано сегодня, 17.11.2026", "Опубликовано сегодня, 17.11.2026"),
        ("Создано: 3 дня назад", "Создано: 17.11.2026"),
        ("Отдел создан 5 лет назад", "Отдел создан 5 лет назад"),
        ("Добавлено 17 файлов", "Добавлено 17 файлов"),
        ("Встреча прошла 3 дня назад", "Встреча прошла 3 дня назад"),
        ("Отдел работает 5 лет", "Отдел работает 5 лет"),
    ],
)  # fmt: skip
def test_day_is_spelled_out_where_something_tells_which(html, text):
    assert told(html) == text
