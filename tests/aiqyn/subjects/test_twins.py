from array import array
from datetime import date

import pytest

from aiqyn.subjects.site import Answers, PageFacts, Site
from aiqyn.subjects.traits import Traits
from aiqyn.subjects.traits.languages import Languages
from aiqyn.subjects.twins import by_group, folder_of, is_whole, neutral, twins_of

HOST = "http://a.kz"


def site_of(*pages, links=None):
    """Return a site of (path, fields) pairs; `links` maps a path to the paths it links to."""
    links = links or {}
    urls = [HOST + path for path, _ in pages]
    urls += [HOST + each for found in links.values() for each in found if HOST + each not in urls]
    facts = []
    for path, fields in pages:
        numbers = [urls.index(HOST + each) for each in links.get(path, ())]
        one = {"url": HOST + path, "address": HOST + path, "sha256": path, "depth": 1} | fields
        facts.append(PageFacts(links=array("I", numbers), **one))
    return Site(
        urls[0], as_of=date(2026, 11, 20), pages=facts, answers=Answers(evidence=()), urls=urls
    )


def found(site, path, language):
    twin = twins_of(site).of(site.page_at(HOST + path), language)
    return twin and (twin.page.address.removeprefix(HOST), twin.how)


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("http://a.kz/kk/news/1", "http://a.kz/ru/news/1"),
        ("http://a.kz/kz/", "http://a.kz/en"),
        ("http://a.kz/news?id=4&lang=kk", "http://a.kz/news?lang=ru&id=4"),
        ("http://kk.a.kz/news", "http://www.a.kz/news/"),
        ("http://a.kz/site/ru/news", "http://a.kz/site/kk/news"),
        ("http://a.kz/kk.html", "http://a.kz/ru.html"),
    ],
)
def test_twins_share_their_address_but_for_the_language(address, other):
    assert neutral(address) == neutral(other)


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("http://a.kz/kk/news/1", "http://a.kz/ru/news/2"),
        ("http://a.kz/news?lang=4", "http://a.kz/news?lang=5"),
        ("http://a.kz/kk.html", "http://a.kz/kk.php"),
    ],
)
def test_other_pages_do_not_share_their_address(address, other):
    assert neutral(address) != neutral(other)


@pytest.mark.parametrize(
    ("path", "folder"),
    [("/kk/news/2026/1", "/news"), ("/kk/about", "/"), ("/ru/", "/"), ("/news/?lang=kk", "/")],
)
def test_folder_is_the_first_step_below_the_language(path, folder):
    page = PageFacts(url=HOST + path, address=HOST + path, sha256="", depth=1)

    assert folder_of(page) == folder


@pytest.mark.parametrize(
    ("path", "whole"),
    [
        ("/kk/news", True),
        ("/kk/news?page=2", False),
        ("/kk/news/page/2/", False),
        ("/kk/tag/su", False),
    ],
)
def test_further_parts_of_a_list_are_no_pages_of_their_own(path, whole):
    page = PageFacts(url=HOST + path, address=HOST + path, sha256="", depth=1)

    assert is_whole(page) is whole


def test_twins_by_address():
    site = site_of(("/kk/a", {}), ("/ru/a", {}), ("/ru/b", {}))

    assert found(site, "/kk/a", "ru") == ("/ru/a", "address")
    assert found(site, "/ru/b", "kk") is None


def test_hreflang_is_believed_before_the_address():
    named = Traits(
        languages=Languages(alternates=(("ru", HOST + "/ru/b"), ("en", HOST + "/en/gone")))
    )
    site = site_of(("/kk/a", {"traits": named}), ("/ru/a", {}), ("/ru/b", {}))

    assert found(site, "/kk/a", "ru") == ("/ru/b", "hreflang")


def test_hreflang_that_names_the_first_page_is_not_believed():
    named = Traits(languages=Languages(alternates=(("ru", HOST + "/ru/"),)))
    site = site_of(("/kk/a", {"traits": named}), ("/ru/", {}))

    assert found(site, "/kk/a", "ru") is None


def test_switch_is_believed_when_it_leads_there_and_back():
    links = {"/kk/zher": ["/ru/zemlya"], "/ru/zemlya": ["/kk/zher"], "/kk/su": ["/ru/zemlya"]}
    site = site_of(("/kk/zher", {}), ("/kk/su", {}), ("/ru/zemlya", {}), links=links)

    assert found(site, "/kk/zher", "ru") == ("/ru/zemlya", "switch")
    assert found(site, "/kk/su", "ru") is None


def test_same_place_in_alike_menus_makes_twins():
    links = {
        "/kk/": ["/kk/zher", "/kk/su", "/ru/"],
        "/ru/": ["/kk/", "/ru/zemlya", "/ru/voda"],
    }
    pages = ["/kk/", "/ru/", "/kk/zher", "/kk/su", "/ru/zemlya", "/ru/voda"]
    site = site_of(*((path, {}) for path in pages), links=links)

    assert found(site, "/kk/su", "ru") == ("/ru/voda", "menu")


def test_menus_of_different_lengths_make_none():
    links = {"/kk/": ["/kk/zher", "/kk/su"], "/ru/": ["/ru/zemlya"]}
    pages = ["/kk/", "/ru/", "/kk/zher", "/kk/su", "/ru/zemlya"]
    site = site_of(*((path, {}) for path in pages), links=links)

    assert found(site, "/kk/zher", "ru") is None


def news(day):
    return {"published": date(2026, 11, day)}


def test_news_of_a_day_with_as_many_in_each_language_are_twins():
    site = site_of(
        ("/kk/news/k1", news(3)),
        ("/ru/news/r1", news(3)),
        ("/kk/news/k2", news(4)),
        ("/ru/news/r2", news(4)),
        ("/ru/news/r3", news(4)),
        ("/news/x", news(3)),
    )

    assert found(site, "/kk/news/k1", "ru") == ("/ru/news/r1", "date")
    assert found(site, "/kk/news/k2", "ru") is None


def test_pairs_come_once_with_how_they_were_found():
    site = site_of(("/kk/a", {}), ("/ru/a", {}), ("/kk/b", {}))

    pairs = [(one.url, other.url, how) for one, other, how in twins_of(site).pairs(("kk", "ru"))]

    assert pairs == [(HOST + "/kk/a", HOST + "/ru/a", "address")]


def test_twin_that_was_not_read_may_exist():
    site = site_of(("/kk/a", {}), ("/kk/b", {}), links={"/kk/a": ["/ru/a"], "/kk/b": ["/ru/"]})
    twins = twins_of(site)

    may = [twins.may_exist(site.page_at(HOST + path), "ru") for path in ("/kk/a", "/kk/b")]

    assert may == [True, False]


def test_documents_and_other_hosts_are_in_no_language():
    site = site_of(("/kk/a", {}), links={"/kk/a": ["/ru/plan.pdf"]})

    assert twins_of(site).crossing(site.page_at(HOST + "/kk/a"), "ru").addresses == ()


def test_unmarked_addresses_promise_the_language_of_nearly_all_of_them():
    kazakh, russian = {"written": "kk"}, {"written": "ru"}
    site = site_of(
        ("/", kazakh), ("/a", kazakh), ("/b", kazakh), ("/c", russian), ("/ru/", russian)
    )

    promised = twins_of(site).promised

    assert {url.removeprefix(HOST): each for url, each in promised.items()} == {
        "/": "kk",
        "/a": "kk",
        "/b": "kk",
        "/c": "kk",
        "/ru/": "ru",
    }


def test_unmarked_addresses_of_both_languages_promise_none():
    site = site_of(("/a", {"written": "kk"}), ("/b", {"written": "ru"}), ("/c", {}), ("/en/", {}))
    twins = twins_of(site)

    assert twins.promised[HOST + "/a"] == ""
    assert [twins.tongue[HOST + path] for path in ("/a", "/b", "/c")] == ["kk", "ru", ""]


def test_languages_offered_are_those_with_pages():
    site = site_of(("/kk/a", {}), ("/en/a", {}))

    assert twins_of(site).offered(("kk", "ru", "en")) == ["kk", "en"]


def test_twins_are_worked_out_once():
    site = site_of(("/kk/a", {}))

    assert twins_of(site) is twins_of(site)


def test_largest_group_comes_first_with_its_first_page():
    site = site_of(("/kk/a", {}), ("/kk/b", {}), ("/kk/c", {}))
    a, b, c = site.pages

    groups = by_group([("one", c), ("two", b), ("two", a)])

    assert groups == [("two", a, 2), ("one", c, 1)]


def test_thousands_of_pages_are_paired_whole():
    numbers = range(2_500)
    pages = [(f"/{code}/news/{n}", {}) for code in ("kk", "ru") for n in numbers]
    links = {f"/kk/news/{n}": [f"/ru/news/{n}", f"/kk/news/{n - 1}"] for n in range(1, 50)}
    site = site_of(*pages, links=links)

    pairs = list(twins_of(site).pairs(("kk", "ru")))

    assert len(pairs) == 2_500


def test_page_nobody_can_tell_belongs_to_no_version():
    site = site_of(("/a", {}), ("/kk/a", {}))

    assert list(twins_of(site).pages) == ["kk"]
