"""A page that stands at two addresses has its twin at both."""

from aiqyn.chain import Count
from aiqyn.rules.site.pages_have_their_twins import check
from tests.aiqyn.worked import crawl, site_of

KAZAKH = "Ауданда биыл он екі шақырым жол жөнделеді, үш ауылға таза су құбыры тартылады. " * 4
RUSSIAN = "В районе отремонтируют двенадцать километров дорог и проведут воду в три села. " * 4
ITEMS = range(1, 6)


def menu(language):
    return "".join(f'<a href="/{language}/{number}.html">{number}</a>' for number in ITEMS)


def pages_of(language, other, text):
    return {
        f"/{language}/{number}.html": f'<a href="/{other}/{number}.html">→</a><p>{text}{number}</p>'
        for number in ITEMS
    }


def test_first_page_at_two_addresses_has_its_twin_at_both():
    home = '<a href="/kk/index.html">Қазақша</a><a href="/index.html">Главная</a>'
    first = f"{home}<p>{RUSSIAN}</p>{menu('ru')}"
    second = f'<a href="/index.html">Русский</a><p>{KAZAKH}</p>{menu("kk")}'
    pages = {"/": first, "/index.html": first, "/kk/index.html": second}
    site = site_of(crawl(pages | pages_of("kk", "ru", KAZAKH) | pages_of("ru", "kk", RUSSIAN)))

    assert list(check(site)) == [Count(good=13, of=13)]
