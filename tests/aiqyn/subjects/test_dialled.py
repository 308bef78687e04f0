import pytest

from aiqyn.subjects.page import Page
from aiqyn.subjects.traits.dialled import misdialled


@pytest.mark.parametrize(
    ("href", "shown", "is_other"),
    [
        ("tel:+77132551020", "+7 (7132) 55-10-20", False),
        ("tel:87132551020", "8 7132 55 10 20", False),
        ("TEL:+77132551021", "55-10-20", True),
        ("tel:", "55-10-20", True),
        ("tel:551020", "+7 (7132) 55-10-20", False),
        ("tel:+77132551020", "55-10-20, 55-10-21", False),
        ("tel:+77132551020;ext=12", "+7 (7132) 55-10-20 ішкі 12", False),
        ("tel:1414", "109", False),
        ("mailto:a@b.kz", "55-10-20", False),
    ],
)
def test_link_dials_what_it_shows(href, shown, is_other):
    page = Page(f'<a href="{href}">{shown}</a>'.encode())

    assert misdialled(page) == ((f"{shown} → {href}",) if is_other else ())
