"""What style sheets name, read as browsers read them."""

import pytest

from aiqyn.subjects.styles import LONGEST, candidates_of, named_in
from aiqyn.subjects.traits import resources as trait
from tests.aiqyn.worked import crawl, site_of

LONG = 400_000  # characters; work that grows as their square would take many minutes


@pytest.mark.parametrize(
    ("css", "named"),
    [
        ("a{b:url(c.png)}", ["c.png"]),
        ("a{b:URL( 'c d.png' )}", ["c d.png"]),
        ('a{b:url("c.png") url( d.png )}', ["c.png", "d.png"]),
        ("a{b:url(#c) url() url('')}", []),
        ("a{b:my-url(c)}", []),
        ("a{b:url(c d) url(e)}", ["e"]),
        ("a{b:url(c", []),
        ("a{b:url('c", []),
        ("@import 'a.css'; e{f:url(g)}", ["a.css", "g"]),
        ("@IMPORT url(b.css) supports(c:url(d)) print;", ["b.css"]),
        ("@media print{a{b:url(c)}} @import 'd.css';", ["c"]),
        ("@namespace url(http://b.kz/c); @namespace a 'http://d'; e{f:url(g)}", ["g"]),
        ("@document url(http://a.kz){b{c:url(d)}}", ["d"]),
        ("@font-face{font-family:a;src:url(b.eot);src:url(c.woff2)} d{e:url(f)}", ["f"]),
        ("@font-face {/* } */src:url(b.eot)}", []),
        ("a{content:'url(fake.png)'} b{c:url(d)}", ["d"]),
        ("a{b:url(data:image/svg+xml,%22url(%23g)%22)} c{d:url(e)}", ["e"]),
        ("a{b:url(dir/*.png)} c{d:url(e)}", ["dir/*.png", "e"]),
        ("/* url(a) */ b{c:url(d)} /* url(e)", ["d"]),
        (
            r".a\'b{c:url(d)} e{f:url(g\ h)} i{j:url('k\'l')} m{n:url(o)}",
            ["d", "g h", "k'l", "o"],
        ),
        (r"a{b:url(im\61ge.png) url(im\000061 ge.png) url('c\64 e')}", ["image.png"] * 2 + ["cde"]),
        (r"a{b:url(c\(1\).png) url(d\
)}", ["c(1).png"]),
        ("a{b:url('c\\\r\nd' ) url('e\\\nf') url('g\\')}", ["cd", "ef"]),
        (r"a{b:url(c\0 ) url(d\110000) url(e\d800)}", ["c\ufffd", "d\ufffd", "e\ufffd"]),
        (r"a{b:\75rl(c) \55 RL(d) u\rl(e) u\000072\6c (f)}", ["c", "d", "e", "f"]),
        (r"a{b:\75fl(c) \61 url(d) \zurl(e) my\75rl(f)}", []),
        (r"a{b:image\2dset('c' 1x) \2dwebkit-image-set('d' 1x) x\69mage-set('e')}", ["c", "d"]),
        (r"@\69mport 'a.css'; @imp\6f rt 'b.css'; c{d:e}", ["a.css", "b.css"]),
        (r"\@import 'a.css'; b{c:url(d)}", ["d"]),
        (r"@font-f\61 ce{src:url(a)} b{c:url(d)}", ["d"]),
        ("a{b:url('" + r"\63" * 900 + "')}", ["c" * 900]),
        ("a{b:url('" + r"\000063" * 1_200 + "')}", []),
        ("a{b:image-set('c' 1x, url(d) 2x, 'e' type('image/webp'));f:'g'}", ["c", "d", "e"]),
        ("a{b:-webkit-Image-Set(\"c\" 1x)} d{e:my-image-set('f')}", ["c"]),
        (f"a{{b:url({'c' * LONGEST}) url({'d' * (LONGEST + 1)})}}", ["c" * LONGEST]),
        ("a{content:'b'}", []),
    ],
)  # fmt: skip
def test_what_a_browser_would_ask_for_is_named(css, named):
    assert list(named_in(css)) == named


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        ("url(", " "),
        ("url(", "\t\n"),
        ("url(a", " "),
        ("url(", "\\"),
        ("@import", " "),
        ("@font-face", " "),
        ("", "url( "),
        ("", "url('\n"),
        ("", "@font-face"),
        ("", "@font-face {"),
        ("", "@import "),
        ("", "image-set("),
        ("", '/*"*/image-set((\n'),
        ("", "/*"),
        ("", "\\"),
        ("", "\\75"),
        ("", "\\75 rl("),
        ("", "\\69 mage-"),
        ("@", "\\69"),
        ("url(", "\\69 "),
        ("", "'\n"),
    ],
)
def test_work_grows_with_the_length_and_no_faster(head, piece):
    css = "a{b:url(c.png)}" + head + piece * (LONG // len(piece))

    assert list(named_in(css)) == ["c.png"]


@pytest.mark.parametrize(
    ("piece", "found"), [(" ", 0), (", ", 0), ("(", 1), ("a (", 1), ("a,", 1), ("a 1x,", LONG // 5)]
)
def test_lists_of_pictures_are_read_as_fast(piece, found):
    assert sum(1 for _ in candidates_of(piece * (LONG // len(piece)))) == found


def test_no_more_of_a_pages_styles_is_read_than_so_much(monkeypatch):
    monkeypatch.setattr(trait, "MOST_STYLES", 40)
    html = "".join(f"<style>a{{b:url(/{name}.png)}}</style>" for name in "cdefgh")

    pages = site_of(crawl({"/": html})).pages

    assert pages[0].traits.resources.refs == ("/c.png", "/d.png")
