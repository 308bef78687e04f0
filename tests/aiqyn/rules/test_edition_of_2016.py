"""An archive of 2018 is judged by the rules in force then, not by those of today."""

from datetime import date

from aiqyn.audit import audit_site, edition_on
from aiqyn.chain import Outcome
from tests.aiqyn.worked import crawl

OCTOBER_2018 = date(2018, 10, 5)


def outcomes(site, day):
    kept = crawl(site)
    report = audit_site(kept.manifest, kept.store, edition_on("sites", day), as_of=day)
    return {finding.rule: finding.outcome for finding in report.findings}


def test_edition_of_2016_stands_until_the_next_one_known():
    days = [date(2016, 1, 28), OCTOBER_2018, date(2025, 3, 30)]

    assert [edition_on("sites", day).in_force for day in days] == [date(2016, 1, 28)] * 3


def test_edition_of_2016_says_where_every_number_of_its_own_comes_from():
    edition = edition_on("sites", OCTOBER_2018)
    numbers = [
        each for each in edition.requires if any(type(x) is int for x in each.params.values())
    ]

    assert numbers
    assert [each.rule for each in numbers if not each.source] == []


def test_news_of_five_days_ago_is_fresh_by_the_rules_of_2016_and_stale_by_those_of_2025():
    def site(day):
        return {
            "/": '<a href="/news/">Жаңалықтар</a>',
            "/news/": f"<h1>Жаңалықтар</h1><p>{day}</p>",
        }

    then = outcomes(site("30.09.2018"), OCTOBER_2018)
    now = outcomes(site("15.11.2026"), date(2026, 11, 20))

    assert (then["S005"], now["S005"]) == (Outcome.PASSED, Outcome.FAILED)


def test_what_the_experts_saw_in_2018_is_found():
    found = outcomes(
        {
            "/": '<a href="/r">Өтініштерге шолу</a><a href="/s">Статистика</a>',
            "/r": "<h1>Өтініштерге шолу</h1><p>2018 жылғы I тоқсанда 386 өтініш түсті</p>",
            "/s": "<h1>Статистика</h1><p>2016 жылғы 1-жартыжылдық, 9,8 миллиард теңге</p>",
        },
        OCTOBER_2018,
    )

    assert [found[rule] for rule in ("S033", "S034", "S038", "S041")] == [Outcome.FAILED] * 4
