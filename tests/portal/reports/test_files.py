"""What programs ask for: the feed, robots.txt, the sitemap."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import feedparser
import pytest
from django.test import Client

from aiqyn_portal.evaluation.models import Rating, Round
from tests.portal.reports.conftest import PUBLISHED_AT, make_rating, stated

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_feed_is_valid_atom_in_every_language(client: Client, published, language: str) -> None:
    answer = client.get(f"/feeds/ratings.{language}.atom")

    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.language == language
    assert feed.feed.id.startswith("urn:uuid:")
    assert len(feed.entries) == 34
    assert len({entry.id for entry in feed.entries}) == 34
    for entry in feed.entries:
        assert entry.id.startswith("urn:uuid:")
        assert entry.updated == "2026-11-19T06:00:00+00:00"
        assert entry.link.startswith(f"http://testserver/{language}/ratings/kz-openness-")


def test_feed_keeps_its_ids_and_adds_a_correction(client: Client, rated) -> None:
    first = rated("kz-akm-a", "10", "10", "10", "10", "10")
    feed = feedparser.parse(client.get("/feeds/ratings.atom").content)
    before = [entry.id for entry in feed.entries]
    make_rating(
        first.entry,
        stated("9", "9", "9", "9", "9"),
        stage=Rating.Stage.CORRECTION,
        corrects=first,
        made_at=PUBLISHED_AT + timedelta(days=1),
    )

    feed = feedparser.parse(client.get("/feeds/ratings.en.atom").content)

    assert [entry.summary for entry in feed.entries] == [
        "Points: 45 of 100. This corrects a rating published earlier."
    ]
    assert feed.entries[0].id not in before


def test_control_character_in_a_name_does_not_take_the_feed_away(client: Client, rated) -> None:
    body = rated("kz-akm-a", "10", "10", "10", "10", "10").entry.body
    body.name = {"kk": "А\x0b\x1fБ"}
    body.save()

    feed = feedparser.parse(client.get("/feeds/ratings.atom").content)

    assert not feed.bozo
    assert feed.entries[0].title.startswith("АБ: ")


def test_feed_has_what_atom_asks_for(client: Client, published) -> None:
    root = ET.fromstring(client.get("/feeds/ratings.atom").content)

    for name in ("id", "title", "updated", "author"):
        assert root.find(ATOM + name) is not None
    for entry in root.iter(f"{ATOM}entry"):
        assert {child.tag.removeprefix(ATOM) for child in entry} >= {
            "id",
            "title",
            "updated",
            "link",
        }


def test_feed_in_an_unknown_language_is_not_there(client: Client, db) -> None:
    assert client.get("/feeds/ratings.de.atom").status_code == 404


def test_unpublished_rating_is_in_no_feed(client: Client, published) -> None:
    Round.objects.update(state=Round.State.PRELIMINARY)

    assert feedparser.parse(client.get("/feeds/ratings.atom").content).entries == []


@pytest.mark.parametrize("count", [1, 3])
def test_feed_takes_the_same_queries(
    client: Client, rated, django_assert_num_queries, count: int
) -> None:
    for number in range(count):
        rated(f"kz-akm-{number}", "10", "10", "10", "10", "10")

    with django_assert_num_queries(2):
        client.get("/feeds/ratings.atom")


def test_robots_may_read_what_is_public(client: Client, db) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert lines[0] == "User-agent: *"
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"
    assert {line for line in lines if "/ru/" in line} == {
        "Disallow: /ru/work/",
        "Disallow: /ru/office/",
        "Disallow: /ru/manage/",
        "Disallow: /ru/accounts/",
    }


def test_sitemap_lists_every_page_in_every_language(client: Client, published) -> None:
    root = ET.fromstring(client.get("/sitemap.xml").content)

    addresses = [found.text or "" for found in root.iter(f"{MAP}loc")]
    assert len(addresses) == len(set(addresses))
    assert len(addresses) % 3 == 0
    for path in ("", "ratings/kz-openness-2020/", "ratings/kz-openness-2020/kz-akm-astana/"):
        for language in ("kk", "ru", "en"):
            assert f"http://testserver/{language}/{path}" in addresses


def test_sitemap_leads_only_to_pages_that_open(client: Client, rated) -> None:
    rated("kz-akm-a", "10", "10", "10", "10", "10")
    root = ET.fromstring(client.get("/sitemap.xml").content)

    for found in root.iter(f"{MAP}loc"):
        address = (found.text or "").removeprefix("http://testserver")
        assert client.get(address).status_code == 200, address
