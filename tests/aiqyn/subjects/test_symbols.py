import pytest

from aiqyn.subjects.page import Page
from aiqyn.subjects.symbols import may_be_drawn, may_be_styled, symbols_of


@pytest.mark.parametrize(
    ("html", "seen", "low"),
    [
        ("<img alt='Мемлекеттік ту'><img src=/gerb.png>", {"flag", "emblem"}, set()),
        ("<svg><title>Герб</title></svg><svg><use href='#flag'/></svg>", {"emblem", "flag"}, set()),
        ("<i class='flag-kz'></i>", {"flag"}, set()),
        ("<i style='background:url(/i/gerb.svg)'></i>", {"emblem"}, set()),
        ("<footer><img alt='Флаг'></footer>", {"flag"}, {"flag"}),
        ("<img alt='Флаг'><div id='Footer'><b><img alt='Флаг'></b></div>", {"flag"}, set()),
        ("<a hreflang=kk><img src=/flags/kz.png></a>", set(), set()),
        ("<img alt='Әкім'>", set(), set()),
    ],
)
def test_symbols_are_seen_and_placed(html, seen, low):
    assert symbols_of(Page(html.encode())) == (seen, low)


def test_empty_logo_may_be_filled_by_a_style_sheet():
    pages = [b"<div class=site-logo></div>", b"<div class=site-logo><img></div>", b"<p></p>"]

    assert [may_be_styled(Page(each)) for each in pages] == [True, False, False]


@pytest.mark.parametrize(
    ("html", "is_drawn"),
    [
        ("<img src=/up.jpg width=100%>", True),
        ("<img src=/up.jpg width=1000 alt='Министерство здравоохранения'>", True),
        ("<img src=/i/header_bg.jpg>", True),
        ("<img class=logo src=/1.png alt='Әкімдік'>", True),
        ("<table background=/i/shapka.gif></table>", True),
        ("<div style='background: url(/logo.png)'></div>", True),
        ("<img src=/up.jpg width=1000 alt='Мектеп ашылды'>", False),
        ("<img src=/up.jpg width=100>", False),
        ("<img src=/stop.jpg>", False),
        ("<div id=footer><img src=/logo.png></div>", False),
        ("<input type=image src=/logo.png>", False),
        ("<div class=lang><img src=/header.png></div>", False),
        ("<img src=/1.png>" * 5 + "<img src=/logo.png>", False),
    ],
)
def test_head_in_one_picture_may_show_what_nothing_names(html, is_drawn):
    assert may_be_drawn(Page(html.encode())) == is_drawn
