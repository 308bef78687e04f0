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


def test_a_year_is_on_one_line_with_the_quarter_above_it_on_cards():
    cards = "<h4>I тоқсан</h4><p>2026 жыл</p><h4>IV тоқсан</h4><p>2025 жыл</p>"

    assert lines(cards).text == "I тоқсан 2026 жыл\nIV тоқсан 2025 жыл"
    assert lines(f"<h2>2026</h2>{cards}").text == "2026\nI тоқсан 2026 жыл\nIV тоқсан 2025 жыл"


def test_a_year_that_heads_quarters_keeps_its_line():
    listed = "<p>2026 год</p><p>II квартал</p><p>I квартал</p><p>2025 год</p><p>IV квартал</p>"

    assert lines(listed).text.split("\n") == [
        "2026 год", "II квартал", "I квартал", "2025 год", "IV квартал",
    ]  # fmt: skip
    lone = "<p>2026 год</p><p>II квартал</p><p>2025 год</p>"
    assert lines(lone).text.split("\n") == ["2026 год", "II квартал", "2025 год"]


def test_breaks_part_lists_and_not_the_words_of_one_period():
    listed = "2026 год<br>1 квартал<br>2 квартал<br>"

    assert lines(f"<p>{listed}</p>").text.split("\n") == ["2026 год", "1 квартал", "2 квартал"]
    assert lines("<p>За III квартал<br>2026 года</p>").text == "За III квартал 2026 года"


def test_blocks_without_blocks_are_lines():
    assert lines("<div><div>2026 жыл</div><div>1-тоқсан <a>2-тоқсан</a></div></div>").text == (
        "2026 жыл\n1-тоқсан 2-тоқсан"
    )
