"""A dead link stands on several pages: all of them are told."""

from aiqyn.chain import Place
from aiqyn.rules import load
from tests.aiqyn.worked import ORIGIN, crawl, site_of


def places(pages):
    found = load()["S006"].check(site_of(crawl(pages)))
    return [(each.address, each.saw, each.where) for each in found if isinstance(each, Place)]


def test_all_pages_that_lead_nowhere_are_told():
    link = '<a href="/old.pdf">1</a>'
    pages = {"/": f'<a href="/a">1</a><a href="/b">2</a>{link}', "/a": link, "/b": link}

    assert places(pages) == [(f"{ORIGIN}/", f"{ORIGIN}/old.pdf (404)", "a[href] × 3: /, /a, /b")]


def test_pages_of_a_dead_folder_are_told_together():
    links = "".join(f'<a href="/old/{number}">1</a>' for number in range(3))
    pages = {"/": f'<a href="/a">1</a>{links}', "/a": '<a href="/old/1">1</a>'}

    assert places(pages) == [
        (f"{ORIGIN}/", f"{ORIGIN}/old/ × 3: /old/0, /old/1, /old/2", "a[href] × 2: /, /a")
    ]


def test_link_of_one_page_stands_there():
    assert places({"/": '<a href="/old.pdf">1</a>'}) == [
        (f"{ORIGIN}/", f"{ORIGIN}/old.pdf (404)", "a[href]")
    ]
