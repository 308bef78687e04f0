"""A document that was read meets needs or does not; only one nobody could read hides them."""

from datetime import date

import pytest

from aiqyn.rules.of_sections import may_be_of_later
from aiqyn.subjects.completeness import documents_of, pages_of, states_of
from aiqyn.subjects.site import Site
from aiqyn.subjects.traits.content import met_by
from tests.aiqyn.subjects.test_completeness import site_of
from tests.aiqyn.worked import ORIGIN, Answer

HOME = '<a href="/q">Приём граждан</a>'
NEEDS = ("weekday", "hour")


def paper(text, **more):
    return Answer(html=text, media_type="text/plain", role="document", **more)


def reception(document, link='<a href="/q.pdf">Приказ</a>') -> tuple[Site, tuple[str, ...]]:
    pages = {"/": HOME, "/q": f"<h1>Приём граждан</h1>{link}", "/q.pdf": document}
    state = states_of(site_of(pages))["reception"]
    return state.lacks, state.unknown


@pytest.mark.parametrize(
    ("document", "lacks", "unknown"),
    [
        (paper("Приказ об утверждении правил ухода за парками"), NEEDS, ()),
        (paper("График: вторник с 10 до 12 часов, примет Асанов Марат"), (), ()),
        (paper("Приказ о порядке. Принимаем по вторникам"), ("hour",), ()),
        (paper(""), (), NEEDS),
        (paper("Приказ об утверждении правил. " * 500), (), NEEDS),
        (Answer(html="%PDF-", media_type="application/pdf", role="document"), (), NEEDS),
        (Answer(status=404, role="document"), (), NEEDS),
    ],
)
def test_only_a_document_nobody_could_read_hides_a_need(document, lacks, unknown):
    assert reception(document) == (lacks, unknown)


def test_document_of_a_menu_is_of_no_section():
    pages = {"/": HOME + '<a href="/q.pdf">1</a>', "/q": "<h1>Приём граждан</h1>"}
    site = site_of({**pages, "/q.pdf": paper("вторник, 10 часов")})

    assert documents_of(site, pages_of(site, "reception")) == {}
    assert states_of(site)["reception"].lacks == NEEDS


def test_document_without_the_name_of_a_file_is_one_where_it_was_read():
    pages = {"/": HOME, "/q": '<h1>Приём граждан</h1><a href="/load/5">График</a>'}
    site = site_of({**pages, "/load/5": paper("вторник, 10 часов")})

    assert list(documents_of(site, pages_of(site, "reception"))) == [f"{ORIGIN}/load/5"]
    assert states_of(site)["reception"].lacks == ()


@pytest.mark.parametrize(
    ("text", "is_told"),
    [("Назначение Асанова Марата", True), ("Назначение по конкурсу", False)],
)
def test_words_that_count_beside_a_name_alone_do_so_in_a_document_too(text, is_told):
    assert ("appointed" in met_by(text)) is is_told


@pytest.mark.parametrize(
    ("link", "text", "may_be"),
    [
        ("Обзор", None, True),
        ("Обзор за I квартал 2025 года", None, False),
        ("Обзор", "Обзор за I квартал 2025 года", False),
        ("Обзор", "Приказ № 5 от 3 марта 2024 года", False),
        ("Обзор", "Приказ № 5 от 3 марта 2026 года", True),
        ("Обзор", "Поступило обращений. " * 500, True),
    ],
)
def test_document_is_of_the_period_that_its_link_or_its_beginning_names(link, text, may_be):
    pages = {
        "/": '<a href="/r">Обзор обращений</a>',
        "/r": f'<h1>Обзор обращений</h1><a href="/r.pdf">{link}</a>',
        "/r.pdf": Answer(status=404, role="document") if text is None else paper(text),
    }

    assert may_be_of_later(site_of(pages), "appeals_review", date(2025, 3, 31)) is may_be
