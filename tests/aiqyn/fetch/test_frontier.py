import pytest

from aiqyn.fetch import frontier as module
from aiqyn.fetch.frontier import Frontier, Item
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.manifest import Cut
from aiqyn.fetch.scope import Scope

HOME = "http://a.kz/kk/"


@pytest.fixture
def make():
    def frontier(**limits) -> Frontier:
        return Frontier(Limits(**limits), Scope("a.kz"))

    return frontier


def pages(frontier):
    return [item.url.removeprefix("http://a.kz") for item in frontier.pages]


def test_offer_queues_each_address_once_in_the_order_of_the_page(make):
    frontier = make()

    frontier.offer(HOME, 1, ["/b", "a", "/b", "b/../a", "http://a.kz/b#x", "#top", "mailto:x"])
    frontier.offer("http://a.kz/kk/a", 2, ["/b", "a", "c"])

    assert list(frontier.pages) == [
        Item(url="http://a.kz/b", role="page", depth=1, parent=HOME, order=0),
        Item(url="http://a.kz/kk/a", role="page", depth=1, parent=HOME, order=1),
        Item(url="http://a.kz/kk/c", role="page", depth=2, parent="http://a.kz/kk/a", order=2),
    ]


def test_offer_reads_the_same_relative_link_anew_in_another_folder(make):
    frontier = make()

    frontier.offer("http://a.kz/kk/", 1, ["x", "?p=1"])
    frontier.offer("http://a.kz/ru/y", 1, ["x", "?p=1"])
    frontier.offer("http://a.kz/ru/z?p=7", 1, ["x", "?p=1"])

    assert pages(frontier) == ["/kk/x", "/kk/?p=1", "/ru/x", "/ru/y?p=1", "/ru/z?p=1"]


def test_offer_knows_www_as_the_same_site_and_others_as_links(make):
    frontier = make()

    frontier.offer(HOME, 1, ["http://www.a.kz/x", "http://b.kz/x", "http://sub.a.kz/"])

    assert [item.url for item in frontier.pages] == ["http://www.a.kz/x"]
    assert [(item.url, item.role) for item in frontier.links] == [
        ("http://b.kz/x", "link"),
        ("http://sub.a.kz/", "link"),
    ]


def test_offer_tells_documents_pictures_and_broken_addresses_apart(make):
    frontier = make()

    frontier.offer(HOME, 1, ["/x.pdf", "/x.jpg", "http://[", "http://["])

    assert [(item.url, item.role) for item in frontier.pages] == [("http://a.kz/x.pdf", "document")]
    assert [(item.url, item.role, item.failure) for item in frontier.links] == [
        ("http://a.kz/x.jpg", "link", ""),
        ("http://[", "link", "bad_address"),
    ]


def test_ten_thousand_links_on_a_page_are_capped_and_the_cut_is_said(make):
    frontier = make(max_links_per_page=5_000, max_per_shape=10_000, max_pages=10_000)

    frontier.offer(HOME, 1, [f"/{number}" for number in range(10_000)])

    assert len(frontier.pages) == 5_000
    assert frontier.cuts() == (
        Cut(why="max_links_per_page", where=HOME, count=5_000, example="/5000"),
    )


def test_calendar_without_end_is_cut_by_its_shape(make):
    frontier = make(max_per_calendar=12)

    for year in range(2026, 2126):
        hrefs = [f"/events/{year}/{month:02}" for month in range(1, 13)]
        frontier.offer(HOME, 1, hrefs)

    assert len(frontier.pages) == 12
    assert frontier.cuts() == (
        Cut(
            why="max_per_calendar",
            where="http://a.kz/events/{date}",
            count=1_188,
            example="http://a.kz/events/2027/01",
        ),
    )


def test_numbered_series_is_cut_later_than_a_calendar(make):
    frontier = make(max_per_shape=3)

    frontier.offer(HOME, 1, [*(f"/news/{number}" for number in range(9)), "/news/about"])

    assert pages(frontier) == ["/news/0", "/news/1", "/news/2", "/news/about"]


def test_questions_about_one_path_are_cut_when_they_explode(make):
    frontier = make(max_queries_per_path=2)

    frontier.offer(HOME, 1, [f"/find?{letter}" for letter in "abcd"])

    assert pages(frontier) == ["/find?a", "/find?b"]
    assert frontier.cuts() == (
        Cut(
            why="max_queries_per_path",
            where="http://a.kz/find",
            count=2,
            example="http://a.kz/find?c",
        ),
    )


def test_depth_is_limited_and_counted_anew_from_a_sitemap(make):
    frontier = make(max_depth=2)

    frontier.add("http://a.kz/deep", 3, HOME)
    frontier.add("http://a.kz/mapped", module.UNREACHED, HOME)

    assert pages(frontier) == ["/mapped"]
    assert [cut.why for cut in frontier.cuts()] == ["max_depth"]


def test_pages_are_limited_and_pictures_apart(make):
    frontier = make(max_pages=1)

    frontier.offer(HOME, 1, ["/a", "/b", "/c", "/x.jpg", "/y.jpg"])

    assert pages(frontier) == ["/a"]
    assert [item.url for item in frontier.links] == ["http://a.kz/x.jpg"]
    assert [(cut.why, cut.where, cut.count) for cut in frontier.cuts()] == [
        ("max_pages", "", 2),
        ("max_pages", "assets", 1),
    ]


def test_other_hosts_are_limited_and_may_be_left_alone(make):
    some, none = make(max_external_links=1), make(max_external_links=0)

    for frontier in (some, none):
        frontier.offer(HOME, 1, ["http://b.kz/", "http://c.kz/", "http://["])

    assert [item.url for item in some.links] == ["http://b.kz/"]
    assert [(cut.why, cut.count) for cut in some.cuts()] == [("max_external_links", 2)]
    assert (list(none.links), none.cuts()) == ([], ())


def test_addresses_closed_by_robots_are_told_but_not_queued(make, monkeypatch):
    monkeypatch.setattr(module, "MAX_REFUSED", 2)
    frontier = make()
    frontier.allows = lambda url: "/private" not in url

    frontier.offer(HOME, 1, ["/private/a", "/private/b.jpg", "/private/c", "/open"])

    assert pages(frontier) == ["/open"]
    assert [(item.url, item.role, item.failure) for item in frontier.links] == [
        ("http://a.kz/private/a", "page", "robots"),
        ("http://a.kz/private/b.jpg", "link", "robots"),
    ]


def test_memory_for_addresses_is_bounded(make, monkeypatch):
    monkeypatch.setattr(module, "MAX_REMEMBERED", 4)
    frontier = make(max_pages=1)

    frontier.offer(HOME, 1, [f"/{letter}" for letter in "abcdefgh"])
    frontier.offer(HOME, 1, [f"/{letter}" for letter in "abcdefgh"])

    assert pages(frontier) == ["/a"]
    assert [(cut.why, cut.count) for cut in frontier.cuts()] == [("max_pages", 11)]


def test_path_that_goes_round_in_circles_is_left_and_told(make):
    frontier = make(max_repeats=2)

    frontier.offer(HOME, 1, ["/a/b/a/b/a/b/a/b", "/a/b/c/d/e/f/g", "/a/a", "/1//////////"])

    assert pages(frontier) == ["/a/b/c/d/e/f/g", "/a/a"]
    assert frontier.cuts() == (
        Cut(
            why="max_repeats",
            where="http://a.kz",
            count=2,
            example="http://a.kz/a/b/a/b/a/b/a/b",
        ),
    )
