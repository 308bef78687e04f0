"""Years beside the reviews of a page that are of news or a calendar are told from a choice."""

import time

import pytest

from aiqyn.subjects.page import Page
from aiqyn.subjects.side_columns import side_columns
from tests.aiqyn.worked import evidence_of

YEARS = "<button>2026</button><button>2025</button>"


def columns(html):
    content = f"<body><h1>Обзор обращений</h1><p>I квартал 2026</p>{html}</body>".encode()
    page = Page(content, evidence_of("http://site.example/ru/reviews/", content))
    return [each.tag for each in side_columns(page)]


@pytest.mark.parametrize(
    ("html", "tags"),
    [
        (f"<section><h3>Архив новостей</h3>{YEARS}</section>", ["section"]),
        (f"<section><div><b>Күнтізбе</b></div><p>{YEARS}</p></section>", ["section"]),
        (f"<section><div><p><i><b>Күнтізбе</b></i></p></div>{YEARS}</section>", ["section"]),
        (f"<section><h3>Архив</h3>{YEARS}</section>", []),
        (f"<section><h3>Архив новостей об обращениях</h3>{YEARS}</section>", []),
        (f"<section><h3>Новости</h3>{YEARS}<p>II квартал 2025</p></section>", []),
        ("<section><h3>Новости</h3>2026</section>", []),
        (f"<section><p>{'Новости района ' * 9}</p>{YEARS}</section>", []),
        (f"<section><h3>Новости</h3>{YEARS}{'мәтін ' * 200}</section>", []),
        (f"<footer>{YEARS}</footer>", ["footer"]),
        (f"<form>{YEARS}</form><form action='#'>{YEARS}</form>", []),
        (f"<form action='/ru/reviews/list?y=1'>{YEARS}</form>", []),
        (f"<form action='/ru/'>{YEARS}</form>", []),
        (f"<form action='/ru/news'>{YEARS}</form>", ["form"]),
    ],
)  # fmt: skip
def test_column_is_told_by_its_name_its_place_or_its_form(html, tags):
    assert columns(html) == tags


def test_page_made_to_be_read_for_ever_is_read_in_no_time():
    started = time.process_time()

    columns("<p>Новости</p>" * 5_000)
    columns(f"{'<div>' * 200}{f'<b>Новости</b>{YEARS}' * 2_000}{'</div>' * 200}")

    assert time.process_time() - started < 3
