import hashlib

import pytest

from aiqyn.rendering.sample import choose, shape_of, skeleton_of
from tests.aiqyn.worked import crawled, evidence_of

ORIGIN = "http://site.example"
NEWS = b"<body><div class=news><h1>N</h1><p>1</p></div></body>"
LIST = b"<body><ul class=list><li>1</li></ul></body>"


def crawl_of(pages, start=f"{ORIGIN}/"):
    seen = [evidence_of(ORIGIN + path, content, depth=depth) for path, content, depth in pages]
    return crawled(start, seen, {hashlib.sha256(c).hexdigest(): c for _, c, _ in pages})


@pytest.mark.parametrize(
    ("address", "shape"),
    [
        ("/", "/"),
        ("/kk/", "/*"),
        ("/ru/news/2026/11/opening", "/*/news/#/#/*"),
        ("/kk/news/238", "/*/news/#"),
        ("/page.php?id=7&lang=kk", "/page.php?id&lang"),
        ("/news12", "/news#"),
    ],
)
def test_shape_of_address_leaves_out_what_differs(address, shape):
    assert shape_of(ORIGIN + address) == shape


def test_skeleton_leaves_out_texts_and_repetition():
    one = b"<body><ul><li class=a1>x</li><li class=a1>y</li></ul></body>"
    other = b"<body><ul><li class=a2>z</li></ul></body>"

    assert skeleton_of(one) == skeleton_of(other)
    assert skeleton_of(one) != skeleton_of(NEWS)


def test_sample_has_first_pages_and_one_of_every_template():
    pages = [("/", b"<h1>1</h1>", 0), ("/ru/", b"<h1>2</h1>", 1), ("/kk/deep/", LIST, 1)]
    pages += [(f"/kk/news/{number}", NEWS, 2) for number in range(5)]
    pages += [(f"/kk/news/{number}", LIST, 2) for number in range(5, 7)]
    kept = crawl_of(pages)

    chosen = choose(kept.manifest, kept.store, most=5)

    assert [(each.evidence.url.removeprefix(ORIGIN), each.is_first) for each in chosen] == [
        ("/", True),
        ("/ru/", True),
        ("/kk/news/0", False),
        ("/kk/news/5", False),
        ("/kk/deep/", False),
    ]
    assert [(each.template, each.pages) for each in chosen[2:]] == [
        ("/*/news/#", 5),
        ("/*/news/# 1", 2),
        ("/*/*", 1),
    ]


def test_sample_of_a_small_site_is_all_of_it():
    kept = crawl_of([("/", LIST, 0), ("/a1", NEWS, 1), ("/a2", NEWS, 1)])

    assert len(choose(kept.manifest, kept.store, most=12)) == 3


def test_pages_beyond_those_looked_at_count_as_the_first_of_their_shape():
    kept = crawl_of([(f"/news/{number}", NEWS, 1) for number in range(60)])

    chosen = choose(kept.manifest, kept.store, most=1)

    assert [each.pages for each in chosen] == [60]


def test_nothing_is_chosen_where_no_page_was_read():
    kept = crawl_of([])

    assert choose(kept.manifest, kept.store, most=3) == []


def test_page_without_content_has_no_skeleton():
    assert skeleton_of(b"") == skeleton_of(b"<html></html>")
