import gc
import weakref

from aiqyn.subjects.once import kept
from aiqyn.subjects.page import Page
from aiqyn.subjects.reach import has_name
from aiqyn.subjects.traits.content import candidates_of, text_of
from aiqyn.subjects.traits.wayfinding import is_first_page

PAGE = b"<title>T</title><main><h1>Budget</h1><a href=/x><b>here</b></a></main>"


def test_what_a_function_tells_of_a_subject_is_worked_out_once():
    asked = []

    @kept
    def title(page):
        asked.append(page)
        return page.title

    one, other = Page(PAGE), Page(b"<title>U</title>")

    assert [title(one), title(one), title(other), title(one)] == ["T", "T", "U", "T"]
    assert asked == [one, other]


def test_a_page_that_was_asked_for_everything_is_given_back_at_once():
    page = Page(PAGE)
    has_name(page.nodes("a")[0], page)
    assert (page.whole.hrefs, text_of(page)) == (["/x"], "Budget here")
    assert (is_first_page(page), bool(candidates_of(page))) == (True, True)
    gone = weakref.ref(page)

    gc.disable()
    try:
        del page
        assert gone() is None
    finally:
        gc.enable()
