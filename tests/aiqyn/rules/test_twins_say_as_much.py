"""Versions in three languages, too much to write down as a worked case."""

from aiqyn.chain import Count
from aiqyn.rules.site.twins_say_as_much import check
from tests.aiqyn.worked import crawl, site_of

UPDATED = {
    "kk": ("Аудан бюджеті бекітілді. Жаңартылған күні", "12.03.2026"),
    "ru": ("Бюджет района утверждён. Обновлено", "02.11.2026"),
    "en": ("The budget of the district is adopted. Last updated on", "12.06.2025"),
}


def test_every_pair_of_versions_is_counted_once():
    links = " ".join(f'<a href="/{each}/">{each}</a>' for each in UPDATED)
    pages = {f"/{each}/": f'{links} <a href="/{each}/budget">Budget</a>' for each in UPDATED}
    for language, (said, day) in UPDATED.items():
        text = f"<main><h1>Бюджет</h1><p>{said} {day}</p></main>"
        pages[f"/{language}/budget"] = f"<html lang={language}>{text}"

    told = list(check(site_of(crawl(pages)), languages=("kk", "ru", "en")))

    assert told[0] == Count(good=0, of=3)
    assert [(place.note, place.address[-10:]) for place in told[1:]] == [
        ("older", "/en/budget"),
        ("older", "/kk/budget"),
    ]
