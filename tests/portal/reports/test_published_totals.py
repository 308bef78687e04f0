"""A printed total that is not the sum of its criteria stands beside ours, everywhere."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from aiqyn_portal.evaluation.models import Entry, FigureNote, Rating
from tests.portal.reports.conftest import PUBLISHED_AT, make_rating, stated

ROUND, BODY = "kz-openness-2020", "kz-akm-shymkent"
LEAGUE = f"/ru/ratings/{ROUND}/"
NOTE = f"/ru/ratings/{ROUND}/{BODY}/#notes"
PAIR = {"first": f"kz-openness-2019/{BODY}", "second": f"{ROUND}/{BODY}"}


def printed_in(page: bytes) -> list[tuple[str, str]]:
    """Address of the note and the words, for every printed figure of a page."""
    found = re.findall(r'class="rep-printed"><a href="([^"]*)">([^<]*)</a>', page.decode())
    return [(href, said) for href, said in found]


@pytest.mark.parametrize(
    ("address", "asked", "expected"),
    [
        (LEAGUE, {}, [("#notes", "опубликовано 53,66")]),
        ("/ru/", {}, [(f"{LEAGUE}#notes", "опубликовано 53,66")]),
        (f"/ru/bodies/{BODY}/", {}, [(NOTE, "опубликовано 53,66")]),
        (f"{LEAGUE}{BODY}/", {}, [("#notes", "опубликовано 53,66")]),
        ("/ru/compare/", PAIR, [(NOTE, "опубликовано 53,66")]),
        ("/ru/ratings/kz-openness-2019/", {}, []),
    ],
)
def test_printed_total_stands_beside_the_sum(
    client: Client, published, address: str, asked: dict[str, str], expected: list[object]
) -> None:
    assert printed_in(client.get(address, asked).content) == expected


def test_map_says_the_printed_total(client: Client, published) -> None:
    page = client.get(LEAGUE).content.decode()

    assert "55,7 (опубликовано 53,7)" in page


@pytest.mark.parametrize("address", [LEAGUE, "/ru/"])
def test_printed_average_stands_beside_the_true_one(
    client: Client, published, address: str
) -> None:
    FigureNote.objects.create(
        round=published[1],
        code="average_rests_on_a_wrong_total",
        text={"kk": "Орташа", "ru": "Среднее", "en": "The mean"},
        details={"printed": "79.32", "computed": "79.44", "holds": False},
    )

    said = [words for _, words in printed_in(client.get(address).content)]
    cities = [words for _, words in printed_in(client.get(LEAGUE, {"kind": "akimat_city"}).content)]

    assert said == ["опубликовано 53,66", "опубликовано 79,32"]
    assert cities == ["опубликовано 53,66"]


def test_programs_are_given_the_printed_total(client: Client, published) -> None:
    one = client.get(f"/api/v1/ratings/{ROUND}/{BODY}").json()
    rows = client.get("/api/v1/ratings", {"round": ROUND}).json()["items"]

    assert (one["points"], one["published_total"]) == (55.66, 53.66)
    assert {row["body"]: row["published_total"] for row in rows if row["published_total"]} == {
        BODY: 53.66
    }


def test_feed_says_the_printed_total(client: Client, published) -> None:
    feed = client.get("/feeds/ratings.en.atom").content.decode()

    assert feed.count("The source printed 53.66.") == 1


def test_correction_to_the_printed_total_ends_the_difference(client: Client, published) -> None:
    entry = Entry.objects.get(round__code=ROUND, body__code=BODY)
    make_rating(
        entry,
        stated("10", "10", "10", "10", "13.66"),
        stage=Rating.Stage.CORRECTION,
        corrects=entry.ratings.get(),
        made_at=PUBLISHED_AT + timedelta(days=1),
    )

    assert printed_in(client.get(LEAGUE).content) == []
    assert client.get(f"/api/v1/ratings/{ROUND}/{BODY}").json()["published_total"] is None


def test_evaluator_sees_the_printed_total(evaluator_client: Client, published) -> None:
    page = evaluator_client.get(f"/ru/work/rounds/{ROUND}/").content.decode()

    assert page.count("опубликовано ") == 1
    assert "опубликовано 53,66" in page
