import pytest

from aiqyn.subjects.nesting import MOST, beginning, is_too_deep, is_too_wide
from aiqyn.subjects.page import Page

MENU = b"<ul><li><a href=/a><b>x</b></a></ul><br><img src=a>"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"<div>" * 50_000, id="never closed"),
        pytest.param(b"<div>" * 50_000 + b"</div>" * 50_000, id="closed at the end"),
        pytest.param(b"".join(b"<font size=%d><p>" % i for i in range(5_000)), id="fonts"),
        pytest.param(b"<UL><LI>" * 20_000, id="lists"),
        pytest.param(MENU * 500 + b"<span>" * 3_000, id="late"),
    ],
)
def test_absurd_nesting_is_known_before_it_is_parsed(content):
    assert is_too_deep(content)

    with pytest.raises(RecursionError, match="about:blank: nested too deep"):
        _ = Page(content).tree


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"<p>x" * 20_000, id="paragraphs never closed"),
        pytest.param(b"<table>" + b"<tr><td>1<td>2" * 20_000, id="a long table"),
        pytest.param(b"<div><br><img src=a><input></div>" * 20_000, id="elements without an end"),
        pytest.param(MENU * 20_000, id="menus"),
        pytest.param(b"</div>" * 50_000, id="closed and never opened"),
        pytest.param(b"<div>" * 2_000, id="as deep as it may be"),
        pytest.param(b"1 < 2 " * 50_000, id="no elements at all"),
    ],
)
def test_long_pages_are_not_deep(content):
    assert not is_too_deep(content)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"<p " + b" ".join(b"a%d=1" % i for i in range(50_000)), id="attributes"),
        pytest.param(
            b'<p a0="<" ' + b" ".join(b"a%d='<'" % i for i in range(50_000)),
            id="marks in attributes",
        ),
        pytest.param(
            b"<p " + b" ".join(b'a%d=">"' % i for i in range(50_000)), id="ends in attributes"
        ),
        pytest.param(
            b"<a href='x>y'>"
            + b"<p>x" * 9
            + b"<p "
            + b" ".join(b"a%d = '<>'" % i if i % 1_000 == 0 else b"b%d" % i for i in range(50_000))
            + b"><p>y",
            id="ends in some attributes",
        ),
        pytest.param(b"<select>" + b"<option>a" * 50_000, id="options"),
        pytest.param(b"<SELECT>" + b"<Option>a" * 50_000, id="options in capitals"),
    ],
)
def test_absurd_width_is_known_before_it_is_parsed(content):
    assert is_too_wide(content)

    with pytest.raises(RecursionError, match="about:blank: nested too deep or too wide"):
        _ = Page(content).tree


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b'<img src="data:,%s">' % (b"AB=/ " * 50_000), id="a picture"),
        pytest.param(b"<path d='%s'>" % (b"M 1 " * 50_000), id="a drawing"),
        pytest.param(b"<select>" + b"<option>a" * 10_000, id="all places of the country"),
        pytest.param(b"<p a=1 b=2>x" * 20_000, id="many elements"),
        pytest.param(b"<pre>" + b"i < 5 and so on / " * 20_000 + b"<b>x</b>", id="a long text"),
        pytest.param(b"<a" * 90_000, id="opened in one another"),
        pytest.param(b"<a title='>'><p a=1 b=\">\">x</p>" * 9_000, id="ends in marks"),
    ],
)
def test_long_pages_are_not_wide(content):
    assert not is_too_wide(content)


@pytest.mark.parametrize(
    ("content", "end"),
    [
        (b"<p>" * 1_000_000, b"<p>"),
        (b"<p>" * 1_000_001, b"<p>"),
        (b"<p>" * 999_999 + b"<table>", b"<p>"),
        (b"x" * MOST + b"x", b"x"),
    ],
)
def test_of_a_page_that_is_too_long_the_beginning_is_read(content, end):
    read = beginning(content)

    assert (len(read) <= MOST, read[-len(end) :]) == (True, end)
    assert len(read) >= MOST - 3
