"""Words that tell what a section needs: which of them were met before changes nothing."""

import pytest

from aiqyn.subjects.traits import said
from aiqyn.subjects.traits.said import PROMISE, told_by


@pytest.fixture(autouse=True)
def nothing_met_before(monkeypatch):
    monkeypatch.setattr(said, "_silent", set())
    told_by.cache_clear()


def test_words_met_before_tell_what_they_told():
    first = told_by("Аким родился в селе, телефон в приёмной.")
    again = told_by("Аким родился в селе, телефон в приёмной!")

    assert first == again
    assert "biography" in first


def test_phrase_counts_where_its_words_stand_side_by_side():
    assert "duties" in told_by("He is in charge of schools.")
    assert "duties" not in told_by("He is charged in a court.")


def test_no_more_words_are_remembered_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(said, "MOST_SILENT", 3)

    told_by("один два три четыре пять шесть семь")

    assert len(said._silent) <= 3


def test_promise_is_told_of_a_text_that_may_promise():
    assert PROMISE in told_by("Сведения будут размещены позднее.")
