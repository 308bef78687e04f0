"""What rules say of sets, what it is worth, and where a reader and an officer see it."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.test import Client

from aiqyn_portal.sections.open_data import actions, quality, queries
from aiqyn_portal.sections.open_data.models import Column, Dataset
from tests.portal.open_data.pressing import text_of
from tests.portal.open_data.sets import AT, published

DAY = date(2026, 11, 22)
QUALITY = "/en/open-data/sets/mektepter-sany/quality/"


def judged(name):
    return quality.judged(queries.judgeable().get(name=name), DAY)


def points(ratings):
    return {each.methodology: (each.points, each.max_points) for each in ratings}


def test_set_is_judged_by_its_passport_and_its_files(public):
    one = judged(public.name)

    assert points(one.ratings) == {
        "kz-data-quality": (Decimal("41.33"), Decimal(49)),
        "eu-mqa": (Decimal("355.00"), Decimal(405)),
        "udata-quality": (Decimal("6.00"), Decimal(9)),
    }
    assert one.broken == {"C003", "C004", "C005", "C019", "C032", "C038"}
    assert one.gains["C005"]["eu-mqa"] == Decimal(30)


def test_repair_is_seen_at_once(public, officer):
    before = judged(public.name)
    words = {"kk": "Мектеп", "ru": "Школа"}
    Column.objects.update(title=words)
    Dataset.objects.update(keywords={"kk": ["мектеп"], "ru": ["школа"], "en": ["school"]})

    after = judged(public.name)

    assert (before.broken - after.broken, after.broken - before.broken) == (
        {"C003", "C005", "C032"},
        set(),
    )


def test_set_that_is_late_loses_points_on_the_day(public):
    row = queries.judgeable().get(name=public.name)

    assert "C014" in quality.judged(row, date(2028, 1, 1)).broken
    assert "C014" not in quality.judged(row, DAY).broken


def test_sets_together_are_the_mean_and_repairs_name_them(body, officer):
    good = published(body, officer, places=["791010000"])
    poor = published(body, officer, name="joldar", places=[], keywords={})

    found = quality.together(list(queries.judgeable().order_by("name")), DAY)

    every = {row.name: points(judged(row.name).ratings) for row in (good, poor)}
    halves = {
        id_: (every["joldar"][id_][0] + every["mektepter"][id_][0]) / 2 for id_ in every["joldar"]
    }
    mean = {id_: half.quantize(Decimal("0.01"), ROUND_HALF_UP) for id_, half in halves.items()}
    assert {id_: told for id_, (told, _) in points(found.ratings).items()} == mean
    named = {each.rule.code: [row.name for row in each.sets] for each in found.repairs}
    assert (named["C005"], named["C032"]) == (["joldar"], ["joldar", "mektepter"])
    gains = next(dict(each.gains) for each in found.repairs if each.rule.code == "C005")
    assert gains["eu-mqa"] == judged("joldar").gains["C005"]["eu-mqa"] / 2


def test_body_without_sets_has_no_points(db):
    assert quality.together([], DAY) == quality.Together(sets=0, ratings=(), repairs=[])


def test_page_leads_from_points_to_findings(public):
    page = Client().get(QUALITY)

    html = page.content.decode()
    assert 'href="#rule-C005"' in html
    assert 'id="rule-C005"' in html
    said = text_of(page)
    for words in ("355 / 405", "There are keywords", "+30", "Column “mektep”."):
        assert words in said


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_page_of_a_body_adds_up_its_sets(public, body, language):
    page = text_of(Client().get(f"/{language}/open-data/bodies/{body.code}/quality/"))

    assert "355 / 405" in page


def test_page_of_a_body_asks_as_often_for_three_sets_as_for_one(
    body, officer, django_assert_num_queries
):
    address = f"/en/open-data/bodies/{body.code}/quality/"
    published(body, officer)
    Client().get(address)
    with django_assert_num_queries(5):
        Client().get(address)
    for name in ("second", "third"):
        published(body, officer, name=name)
    Client().get(address)

    with django_assert_num_queries(5):
        Client().get(address)


def test_officers_desk_says_what_to_repair_first(public, officer_client, body):
    address = f"/en/open-data/bodies/{body.code}/"

    assert "What to repair first" in text_of(officer_client.get(address))
    assert "What to repair first" not in text_of(Client().get(address))


def test_withdrawn_set_is_not_judged(public, officer):
    actions.withdraw(public, "Қате деректер", by=officer, at=AT)

    assert Client().get(QUALITY).status_code == 302
    assert Client().get(QUALITY.replace("mektepter-sany", "joq")).status_code == 404


def test_what_programs_read_says_that_everybody_may(public):
    turtle = Client().get("/data/mektepter-sany.ttl").content.decode()

    assert "dct:accessRights <http://publications.europa.eu/resource/authority" in turtle
