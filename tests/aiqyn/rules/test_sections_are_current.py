"""An old section is told where the words stand that are quoted of it."""

from datetime import date

import pytest

from aiqyn.audit import audit_site, edition_on
from tests.aiqyn.worked import ORIGIN, crawl

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("kazakh", "russian", "path", "words"),
    [
        ("1.03.2019", "1.11.2020", "/ru/b", "1.11.2020"),
        ("1.11.2020", "1.03.2019", "/kk/b", "1.11.2020"),
        ("1.11.2020", "1.11.2020", "/kk/b", "1.11.2020"),
    ],
)
def test_place_is_the_page_of_the_language_that_is_quoted(kazakh, russian, path, words):
    kept = crawl(
        {
            "/": '<a href="/kk/b">Бюджет</a><a href="/ru/b">Бюджет</a>',
            "/kk/b": f"<h1>Бюджет</h1><p>Жаңартылған күні {kazakh}</p>",
            "/ru/b": f"<h1>Бюджет</h1><p>Обновлено {russian}</p>",
        }
    )

    report = audit_site(kept.manifest, kept.store, edition_on("sites", DAY), as_of=DAY)

    places = next(each.places for each in report.findings if each.rule == "S031")
    assert [(each.address, each.saw) for each in places] == [(ORIGIN + path, words)]
