"""Where items, rows, headings and links begin and end in the text of a page."""

from datetime import UTC, datetime

from aiqyn.chain import Evidence
from aiqyn.subjects.lines import lines_of
from aiqyn.subjects.page import Page
from aiqyn.subjects.spaces import squeeze


def lines(html):
    seen = Evidence(url="http://a.kz/r", taken_at=datetime(2026, 11, 20, tzinfo=UTC))
    page = Page(f"<main>{html}</main>".encode(), seen)
    return lines_of(page, squeeze(page.loose_text))


def test_items_rows_and_links_are_lines():
    html = (
        "<nav><li>Обзор 12</li></nav><ul><li>III квартал</li><li>II квартал</li></ul>"
        "<table><tr><td>2025</td><td>386</td></tr></table><a>2024 год</a> <a>Ещё</a> о нас"
    )

    assert lines(html).text.split("\n") == [
        "III квартал", "II квартал", "2025 386", "2024 год", "Ещё о нас",
    ]  # fmt: skip


def test_long_text_and_a_link_within_words_make_no_line():
    text = "Слово о районе и его людях. " * 12

    found = lines(f"<p>{text}5</p><p>I квартал <a>2</a> раза</p>")

    assert found.text == f"{text}5\nI квартал 2 раза"


def test_headings_are_known():
    assert lines("<h2>2025 год</h2><p><b>2024 год</b></p><p>2023</p>").headings == {
        "2025 год", "2024 год",
    }  # fmt: skip
