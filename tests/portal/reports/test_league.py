"""The league table: places, changes, sorting, notes, and a constant number of queries."""

from django.test import Client

ADDRESS = "/en/ratings/kz-openness-2020/"


def test_league_of_2020_gives_the_published_places(client: Client, published) -> None:
    context = client.get(ADDRESS).context

    lines = context["league"].lines
    assert [(line.rank, line.code, line.total.text) for line in lines[:3] + lines[-1:]] == [
        ("1", "kz-akm-kyzylorda", "95.80"),
        ("2", "kz-akm-pavlodar", "94.04"),
        ("3", "kz-akm-west-kazakhstan", "93.00"),
        ("17", "kz-akm-shymkent", "55.66"),
    ]
