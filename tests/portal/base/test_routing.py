"""Addresses of an app are passed over when they begin otherwise, and lead where they led."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, URLResolver, path, re_path, resolve, reverse
from django.urls.resolvers import RegexPattern
from django.utils.translation import override

from aiqyn_portal.base import routing


def view(request: HttpRequest, **given: str) -> HttpResponse:
    return HttpResponse(str(given))


def test_only_what_begins_alike_is_let_through() -> None:
    beginning = routing.Beginning([path("a/<int:pk>/", view), path("b.csv", view), path("", view)])

    assert beginning.match("a/7/") == ("a/7/", (), {})
    assert beginning.match("b.csv") == ("b.csv", (), {})
    assert beginning.match("") == ("", (), {})
    assert [beginning.match(other) for other in ("ab/7/", "b/", "b.csvx", "c")] == [None] * 4


@pytest.mark.parametrize("pattern", [path("<slug:any>/", view), re_path("^[a-z]+/$", view)])
def test_anything_is_let_through_where_anything_may_stand_first(pattern: object) -> None:
    beginning = routing.Beginning([path("a/", view), pattern])  # type: ignore[list-item]

    assert beginning.match("zzz/") == ("zzz/", (), {})


def test_addresses_together_are_found_in_their_order() -> None:
    resolver = URLResolver(
        RegexPattern(""),
        [routing.together([path("a/new/", view, name="new"), path("a/<slug:x>/", view, name="x")])],
    )

    assert resolver.resolve("a/new/").url_name == "new"
    assert resolver.resolve("a/old/").kwargs == {"x": "old"}
    assert resolver.reverse("x", x="old") == "a/old/"
    with pytest.raises(Resolver404):
        resolver.resolve("b/")


def test_every_page_is_found_where_it_is_said_to_be() -> None:
    with override("kk"):
        assert resolve("/kk/ratings/kz-openness-2020/").view_name == "reports:league"
        assert resolve("/kk/").view_name == "reports:home"
        assert resolve("/ratings/kz-openness-2020.csv").view_name == "league_csv"
        assert resolve("/api/v1/bodies").view_name.startswith("api:")
        assert reverse("search:results") == "/kk/search/"
