"""Pages and addresses with the same trouble, put together."""

import pytest

from aiqyn.subjects.groups import by_folder, is_local, is_of_site, is_part, told
from tests.aiqyn.worked import crawl, site_of

LONG = "a" * 120


def pages_of(*paths):
    links = "".join(f'<a href="{path}">1</a>' for path in paths)
    site = site_of(crawl({"/": links} | dict.fromkeys(paths, "<p>Мәтін</p>")))
    return [page for page in site.pages if page.depth]


def test_pages_are_grouped_by_their_first_folder():
    bad = pages_of("/ru/news/2", "/ru/news/1", "/ru/about.html", "/archive/x/1", "/contacts")
    everything = [*bad, *pages_of("/good")]

    groups = by_folder(bad, of=everything)

    assert [(group.folder, group.told) for group in groups] == [
        ("/", ""),
        ("/archive/", ""),
        ("/ru/", ""),
        ("/ru/news/", "/ru/news/ × 2: /ru/news/1, /ru/news/2"),
    ]
    assert groups[3].first.address == "http://site.example/ru/news/1"


def test_trouble_of_all_pages_is_one_group():
    pages = pages_of("/a/1", "/b/2", "/c/3", "/d/4")

    assert [group.told for group in by_folder(pages, of=pages)] == ["/ × 4: /a/1, /b/2, /c/3 …"]


def test_no_trouble_is_no_group():
    assert by_folder([], of=[]) == []


def test_long_addresses_are_shortened():
    addresses = ["http://a.kz/" + LONG, "http://a.kz/?q=1"]

    assert told("x", addresses) == f"x × 2: /{'a' * 78}…, /?q=1"


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("http://127.0.0.1:8081/", True),
        ("http://[::1]/", True),
        ("http://localhost/", True),
        ("https://akimat.kz/", False),
        ("no address", False),
    ],
)
def test_copy_on_a_machine_is_told_from_a_site(address, local):
    assert is_local(address) is local


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("https://www.site.example/a", True),
        ("http://site.example", True),
        ("http://ru.site.example/", False),
        ("http://other.example/", False),
    ],
)
def test_address_of_the_site_is_known_with_or_without_www(address, own):
    assert is_of_site(address, site_of(crawl({"/": "<p>Мәтін</p>"}))) is own


def test_address_of_a_site_that_did_not_answer_is_known_too():
    site = site_of(crawl({"/": {"failure": "timeout", "status": 0}}))

    assert is_of_site("http://site.example/a", site)


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("/news?page=2", True),
        ("/news?a=1&PAGEN_1=3", True),
        ("/news/page/2/", True),
        ("/news/12", False),
        ("/?pages=2", False),
    ],
)
def test_further_part_of_a_list_is_known(address, part):
    assert is_part(f"http://a.kz{address}") is part
