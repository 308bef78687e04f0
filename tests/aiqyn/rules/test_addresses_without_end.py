from aiqyn.rules import load
from tests.aiqyn.worked import crawl, site_of

MONTHS = [
    f"/afisha?year={year}&month={month}" for year in range(2029, 2034) for month in range(1, 13)
]


def test_calendar_in_a_query_is_told_once_and_not_as_choices_too():
    links = "".join(f'<a href="{each}">1</a>' for each in MONTHS)
    pages = {"/": f"<p>Афиша</p>{links}", **dict.fromkeys(MONTHS, "<title>1</title><p>Бос</p>")}

    check = load()["S095"].check
    places = list(check(site_of(crawl(pages)), many=10))

    assert [each.note for each in places] == ["calendar"]
