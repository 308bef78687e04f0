"""What the dialogue tells the evaluation: told from rows, as it stood on the last day."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
import time_machine
from django.test import Client

from aiqyn.chain import Count, Outcome
from aiqyn_portal.base.sections import sections
from aiqyn_portal.evidence.store import store
from aiqyn_portal.sections.dialogue import actions, counts
from tests.factories import UserFactory
from tests.portal.dialogue.asking import answered, asked
from tests.portal.dialogue.test_holding_conferences import invitation

MONDAY = datetime(2026, 11, 16, 10, tzinfo=ZoneInfo("Asia/Almaty"))
SINCE, UNTIL = date(2026, 11, 1), date(2027, 1, 31)


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def season(head, asker, answering, clock) -> None:
    """One question answered in time, one late, one never; a conference; two promises."""
    first = asked(head, asker)
    late = asked(head, UserFactory(username="second"), text="Мектеп қашан ашылады?")
    asked(head, UserFactory(username="third"), text="Су қашан беріледі?")
    conference = actions.announce(head, invitation(), by=answering)
    clock.shift(timedelta(days=2))
    answered(first, answering)
    actions.mark(first, by=asker, said="answered", satisfaction=5)
    kept = actions.promise(first, text={"kk": "Жарық"}, due_on=date(2026, 12, 1), by=answering)
    actions.promise(first, text={"kk": "Жол"}, due_on=date(2026, 12, 2), by=answering)
    actions.keep(kept, words={"kk": "Жөнделді"}, by=answering)
    clock.move_to(conference.ends_at + timedelta(days=40))
    answered(late, answering, is_template=True)
    actions.mark(late, by=late.contribution.author, said="not", satisfaction=1, reason="Жоқ")


def told(body: Any, until: date = UNTIL) -> dict[str, tuple[int, int]]:
    found = counts.measures(body, since=SINCE, until=until)
    return {each.code: (each.good, each.of) for each in found}


def test_measures_count_what_was_due(season, body):
    assert told(body) == {
        "in_time": (1, 3),
        "satisfied": (1, 2),
        "dissatisfied": (1, 2),
        "not_answered": (1, 2),
        "own_words": (1, 2),
        "announced": (1, 1),
        "kept": (1, 2),
    }


def test_period_is_told_as_it_stood_on_its_last_day(season, body):
    assert told(body, date(2026, 11, 30)) == {
        "in_time": (1, 1),  # the terms of the others had not come to an end
        "satisfied": (1, 1),
        "dissatisfied": (0, 1),
        "not_answered": (0, 1),
        "own_words": (1, 1),
        "announced": (1, 1),
    }


def test_findings_rest_on_evidence_that_names_nobody(season, body, asker):
    [section] = [each for each in sections() if each.label == "dialogue"]
    found = {each.rule: each for each in section.findings(body, since=SINCE, until=UNTIL)}
    assert {code: (each.outcome, each.count) for code, each in found.items()} == {
        "H110": (Outcome.PASSED, Count(good=1, of=1)),
        "H116": (Outcome.FAILED, Count(good=1, of=3)),
        "H108": (Outcome.PARTLY, Count(good=1, of=2)),
        "H109": (Outcome.PARTLY, Count(good=1, of=2)),
        "H117": (Outcome.PARTLY, Count(good=1, of=2)),
    }
    kept = store().get(found["H116"].evidence)
    assert msgspec.json.decode(kept)["templates"] == 1
    assert asker.username.encode() not in kept


def test_body_nobody_asked_says_nothing(body):
    assert counts.findings(body, since=SINCE, until=UNTIL) == []
    [section] = [each for each in sections() if each.label == "dialogue"]
    assert section.summary(body) is None


def test_everything_good_passes_and_mostly_bad_fails(head, asker, answering, body, clock):
    first = asked(head, asker)
    answered(first, answering)
    actions.mark(first, by=asker, said="answered", satisfaction=4)
    found = {each.rule: each.outcome for each in counts.findings(body, since=SINCE, until=UNTIL)}
    assert found == dict.fromkeys(("H116", "H108", "H109", "H117"), Outcome.PASSED)
    for number in range(2):
        other = asked(head, UserFactory(), text=f"Тағы бір сұрақ бар: {number} қайда?")
        answered(other, answering, is_template=True)
    found = {each.rule: each.outcome for each in counts.findings(body, since=SINCE, until=UNTIL)}
    assert found["H108"] == Outcome.FAILED


def test_pages_of_the_body_show_how_it_answers(season, body, clock):
    said = Client().get(f"/kk/dialogue/bodies/{body.code}/").content.decode()
    assert "1 / 3" in said
    [section] = [each for each in sections() if each.label == "dialogue"]
    assert section.summary(body).href.endswith(f"/dialogue/bodies/{body.code}/")
