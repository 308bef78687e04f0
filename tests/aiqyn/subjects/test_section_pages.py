import pytest

from tests.aiqyn.subjects.test_completeness import state_of
from tests.aiqyn.worked import ORIGIN

ITEM = '<h1>Приём граждан</h1><meta property="article:published_time" content="2026-11-02">'
HOME = '<a href="/ru/news/">Новости</a><a href="/ru/a">1</a>'


@pytest.mark.parametrize(
    ("item", "section", "found"),
    [
        ("/ru/news/12", "/ru/a", "/ru/a"),
        ("/ru/news/priem", "/ru/a", "/ru/a"),
        ("/ru/news/12", "", ""),
        ("/ru/news/priem", "", "/ru/news/priem"),
    ],
)
def test_news_called_like_a_section_is_not_the_section(item, section, found):
    site = {
        "/": HOME,
        "/ru/a": f"<h1>{'Приём граждан' if section else 'Беркут'}</h1>",
        "/ru/news/": f'<h1>Новости</h1><a href="{item}">Приём граждан</a>',
        item: ITEM,
    }

    assert state_of(site, "reception").address == (ORIGIN + found if found else "")
