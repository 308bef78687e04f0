import pytest

from aiqyn.subjects.hrefs import Items
from aiqyn.subjects.page import Page
from aiqyn.subjects.programmes import MARKS
from aiqyn.subjects.traits.health import _has_a_mark


@pytest.mark.parametrize(
    ("pieces", "is_marked"),
    [
        ([["/own"], Items(["/a", f"/{min(MARKS).upper()}/b"])], True),
        ([[f"/{min(MARKS)}"], Items(["/a", "/b"])], True),
        ([["/own"], Items(["/a", "/b"])], False),
    ],
)
def test_a_link_hints_at_a_banner_be_it_of_a_menu_or_not(pieces, is_marked):
    page = Page(b"<main>Budget</main>")
    vars(page)["pieces_of_hrefs"] = pieces

    assert _has_a_mark(page) is is_marked
