"""Files of drafts are paid for when they are made; what lies ready is given for nothing."""

import pytest
from django.test import Client

from aiqyn_portal.base import dear


def asked(draft, file):
    return Client().get(f"/draft/{draft.slug}/{file}").status_code


@pytest.mark.parametrize("ending", ["akn", "html", "docx", "pdf"])
def test_text_is_made_once_and_paid_for_once(opened_draft, monkeypatch, ending):
    paid = []
    monkeypatch.setattr(dear, "is_within", lambda *_who, price, **_much: not paid.append(price))

    answers = [asked(opened_draft, f"v1/kk.{ending}") for _ in range(3)]

    price = {"pdf": dear.PAPER, "docx": dear.SHEET}.get(ending, dear.TEXT)
    assert (answers, paid) == ([200] * 3, [price])


@pytest.mark.parametrize("file", ["v1/kk.pdf", "report-1.csv", "report-1.ru.pdf", "card.kk.png"])
def test_nothing_is_made_for_an_empty_purse(opened_draft, monkeypatch, file):
    monkeypatch.setattr(dear, "PURSE", 0)

    assert asked(opened_draft, file) == 429
