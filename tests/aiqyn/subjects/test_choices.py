"""What a page of reviews lets its reader choose is known; what links lead to is none."""

from time import process_time

import pytest

from aiqyn.subjects.choices import QUARTERS, Choices, choices_of
from aiqyn.subjects.page import Page

YEARS = "<select><option>2026</option><option>2025 год</option></select>"


@pytest.mark.parametrize(
    ("html", "years"),
    [
        (YEARS, {2025, 2026}),
        ("<select><option>2026</option></select>", set()),
        ("<select><option>Қазақша</option><option>Русский</option></select>", set()),
        ("<select><option>I тоқсан</option><option>II тоқсан</option></select>", {QUARTERS}),
        (YEARS.replace("<select>", "<select><option>I квартал 2026</option>"), set()),
        ("<button>2026</button><button>2025</button>", {2025, 2026}),
        ("<a href=#y26>2026</a><a href='javascript:v(0)'>2025</a>", {2025, 2026}),
        ("<a>2026</a><a>2025</a>", {2025, 2026}),
        ("<a href=/2026>2026</a><a href=/2025>2025</a>", set()),
        ("<label><a href=/2026>2026</a></label><label><a href=/2025>2025</a></label>", set()),
        ("<li role=tab>2026</li><li role=tab><a href=#b>2025</a></li>", {2025, 2026}),
        ("<li>2026</li><li>2025</li>", set()),
        ("<nav><img></nav><footer><button>2026</button><button>2025</button></footer>", set()),
        (f"<section><h3>Жаңалықтар</h3>{YEARS}</section>", set()),
        ("<label><input data-filter=y>2026</label><label>2025<!-- --></label>", {2025, 2026}),
        ("<div role=tab>" * 400 + f"2026{'мәтін ' * 100}", set()),
    ],
)  # fmt: skip
def test_choices_are_those_that_lead_to_no_page(html, years):
    page = Page(f"<body>{html}</body>".encode())

    assert choices_of(page, page.text).years == years


def test_years_of_a_list_of_choice_are_taken_out_of_the_text():
    page = Page(f"<body>Обзор {YEARS} за I квартал</body>".encode())

    assert choices_of(page, page.text) == Choices(
        years=frozenset({2025, 2026}), text="Обзор   за I квартал"
    )


def test_controls_in_controls_are_each_read_as_far_as_a_choice_goes():
    deep = "<div role=tab><p>мәтін</p>" * 400 + "<b>2026</b>" * 20_000
    page = Page(f"<body>{deep}{'</div>' * 400}</body>".encode())
    text = page.text
    began = process_time()

    assert choices_of(page, text).years == frozenset()
    assert process_time() - began < 2
