"""A long paragraph is found however its tags are written; what only begins alike cuts none."""

import pytest

from aiqyn.rules.page.sentences_are_short import check
from aiqyn.subjects.page import Page

LONG = "Отдел открыт каждый день. Приходите с документами. "
SHORT = "<p>Отдел</p>"


def notes(html):
    page = Page(f"<html lang=ru><main>{html}</main>".encode())
    return [place.note for place in check(page)]


@pytest.mark.parametrize(
    "html",
    [
        f"{SHORT}<P>{LONG * 40}</P>",
        f"{SHORT}<P\nclass=a>{LONG * 40}</p >",
        f"{SHORT}<P>{LONG * 40}",
        f"<P>{LONG * 40}</P>",
        SHORT + "<p>" + f"{LONG * 3}<picture><img src=a.jpg alt=a></picture>" * 10 + "</p>",
        SHORT + "<p>" + f"{LONG * 3}<svg><path d=M0 /></svg>" * 10 + "</p>",
    ],
)
def test_a_long_paragraph_is_found(html):
    assert notes(html) == ["long_paragraph"]


@pytest.mark.parametrize(
    "html",
    [
        f"<P>{LONG * 4}</P>" * 10,
        f"<p>{LONG * 4}<P>{LONG * 4}<p/>{LONG * 4}",
        f"{SHORT}<div>{LONG * 40}</div>",
        f"<div>{LONG * 40}</div>",
        f"<div>{LONG * 40}<picture></picture></div>",
    ],
)
def test_short_paragraphs_and_other_texts_are_none(html):
    assert notes(html) == []
