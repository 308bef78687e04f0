import pytest

from aiqyn.subjects.page import READ, Page
from aiqyn.subjects.prose import (
    is_act,
    likely,
    officialese,
    officialese_by_word,
    paragraphs,
    placeholders,
    prose_of,
)


def page_of(html):
    return Page(html.encode())


def test_words_are_gone_through_once():
    page = page_of("<main><p>Lorem ipsum және тағы</p></main>")

    assert prose_of(page) is prose_of(page)
    assert prose_of(page).words == 4
    assert prose_of(page).hot == {"Lorem", "ipsum"}


def test_of_a_long_text_the_beginning_is_read():
    page = page_of(f"<main><p>{'сөз ' * READ}</p></main>")

    assert len(prose_of(page).text) == READ


def test_phrases_are_found_by_their_words_in_any_case_and_with_a_mark():
    hot = ["Надлежащим", "разработке.", "другое"]

    assert likely(hot, officialese_by_word("ru")) == ["надлежащим образом"]


def test_every_phrase_is_in_lower_case_and_can_be_found():
    phrases = [*placeholders().anywhere, *placeholders().alone]
    phrases += [phrase for listed in officialese().values() for phrase in listed]

    assert [each for each in phrases if each != each.lower() or len(max(each.split())) < 2] == []


def test_paragraphs_outside_the_main_text_are_not_read():
    html = "<header><p>Шапка</p></header><main><p>Бірінші</p><p> </p><p>Екінші</p></main>"
    page = page_of(f"{html}<footer>{'<p>Соңы</p>' * 6}</footer>")

    assert list(paragraphs(page, page.main_text)) == ["Бірінші", "Екінші"]


def test_paragraphs_end_with_the_text_they_are_looked_for_in():
    page = page_of("<main><p>Бірінші абзац</p><p>Екінші абзац</p></main>")

    assert list(paragraphs(page, "Бірінші абзац")) == ["Бірінші абзац"]


def test_paragraphs_that_stray_end_the_reading():
    strays = "".join(f"<aside><p>Жанындағы {n}</p></aside>" for n in range(5))
    page = page_of(f"<main><p>Бірінші</p>{strays}<p>Екінші</p></main>")

    assert list(paragraphs(page, page.main_text)) == ["Бірінші"]


@pytest.mark.parametrize(
    ("text", "act"), [("БҰЙЫРАМЫН: бекітілсін", True), ("Бұйрық туралы хабар", False)]
)
def test_act_is_known_by_its_formula(text, act):
    assert is_act(page_of(f"<main><p>{text}</p></main>")) is act
