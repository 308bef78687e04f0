"""What the dialogue tells the evaluation: told from rows, as it stood on the last day."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
import time_machine
from django.test import Client
from django.utils.translation import override

from aiqyn.chain import Count, Outcome
from aiqyn.scoring.engine import score
from aiqyn.scoring.methodology import methodology
from aiqyn_portal.base.sections import sections
from aiqyn_portal.deadlines import queries as clocks
from aiqyn_portal.evidence.store import store
from aiqyn_portal.sections.dialogue import actions, counts
from aiqyn_portal.sections.dialogue.queries import periods
from tests.factories import UserFactory
from tests.portal.dialogue.asking import answered, asked
from tests.portal.dialogue.test_holding_conferences import invitation

MONDAY = datetime(2026, 11, 16, 10, tzinfo=ZoneInfo("Asia/Almaty"))
SINCE, UNTIL = date(2026, 11, 1), date(2027, 1, 31)
EARLIER = date(2026, 11, 1)


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
        "H151": (1, 3),
        "H116": (2, 3),
        "H152": (1, 2),
        "H154": (1, 2),
        "H117": (1, 2),
        "H153": (1, 2),
        "H155": (1, 2),
        "H110": (1, 1),
        "H156": (1, 1),
        "H157": (1, 2),
    }


def test_period_is_told_as_it_stood_on_its_last_day(season, body):
    assert told(body, date(2026, 11, 30)) == {
        # the terms of the others had not come to an end
        **dict.fromkeys(("H151", "H116", "H152", "H154", "H117", "H153", "H155"), (1, 1)),
        "H110": (1, 1),
        "H156": (1, 1),
    }


def test_findings_rest_on_evidence_that_names_nobody(season, body, asker):
    [section] = [each for each in sections() if each.label == "dialogue"]
    found = {each.rule: each for each in section.findings(body, since=SINCE, until=UNTIL)}
    half, whole = Count(good=1, of=2), Count(good=1, of=1)
    assert {code: (each.outcome, each.count) for code, each in found.items()} == {
        **dict.fromkeys(("H110", "H156"), (Outcome.PASSED, whole)),
        **dict.fromkeys(("H117", "H153", "H154", "H155", "H157"), (Outcome.FAILED, half)),
        **dict.fromkeys(("H108", "H109"), (Outcome.PARTLY, half)),
        "H116": (Outcome.FAILED, Count(good=2, of=3)),
        "H151": (Outcome.FAILED, Count(good=1, of=3)),
        "H152": (Outcome.FAILED, half),
    }
    kept = store().get(found["H116"].evidence)
    assert [each["is_template"] for each in msgspec.json.decode(kept)["answers"]] == [False, True]
    assert asker.username.encode() not in kept


def test_findings_lead_to_what_fell_short(season, body):
    found = {each.rule: each for each in counts.findings(body, since=SINCE, until=UNTIL)}
    late, never = found["H151"].places
    assert found["H116"].places == (never,)
    assert late.address.endswith(f"/kk/dialogue/questions/{late.where.removeprefix('№ ')}/")
    assert found["H155"].places[0].where == late.where
    assert found["H153"].places[0].saw == "1 / 5"
    [promise] = found["H157"].places
    assert (promise.where, promise.saw) == ("Жол", "02.12.2026")


def test_pages_lead_to_what_fell_short_in_the_language_of_the_reader(season, body):
    measured = {each.code: each for each in counts.measures(body, since=SINCE, until=UNTIL)}
    led = {}
    for code in ("kk", "ru"):
        with override(code):
            led[code] = [measured[rule].short[0].href for rule in ("H151", "H157")]
    assert all(address.startswith("/ru/dialogue/") for address in led["ru"])
    assert led["kk"] == [address.replace("/ru/", "/kk/", 1) for address in led["ru"]]


def test_median_is_told_in_days_and_decides(season, body):
    found = {each.code: each for each in counts.measures(body, since=SINCE, until=UNTIL)}
    assert (found["H152"].value, found["H152"].outcome) == (Decimal("23.0"), Outcome.FAILED)
    early = {each.code: each for each in counts.measures(body, since=SINCE, until=EARLIER)}
    assert early == {}


def test_findings_are_scored_by_the_methodology_of_participation(season, body):
    found = counts.findings(body, since=SINCE, until=UNTIL)
    rating = score(body.code, found, methodology("aiqyn-participation-2026"))
    # 9/3 + 5·2/3 + 0 + 7/2 + 4/2 + 4/2 + 6/2 + 4 + 2 + 4/2; nothing was discussed
    assert (rating.points, rating.max_points) == (Decimal("24.83"), Decimal(50))


def test_body_nobody_asked_says_nothing(body):
    assert counts.findings(body, since=SINCE, until=UNTIL) == []
    [section] = [each for each in sections() if each.label == "dialogue"]
    assert section.summary(body) is None


def test_everything_good_passes_and_mostly_bad_fails(head, asker, answering, body, clock):
    first = asked(head, asker)
    answered(first, answering)
    actions.mark(first, by=asker, said="answered", satisfaction=4)
    found = {each.rule: each.outcome for each in counts.findings(body, since=SINCE, until=UNTIL)}
    good = ("H116", "H151", "H152", "H154", "H117", "H153", "H155", "H108", "H109")
    assert found == dict.fromkeys(good, Outcome.PASSED)
    for number in range(2):
        other = asked(head, UserFactory(), text=f"Тағы бір сұрақ бар: {number} қайда?")
        answered(other, answering, is_template=True)
    found = {each.rule: each.outcome for each in counts.findings(body, since=SINCE, until=UNTIL)}
    assert found["H108"] == Outcome.FAILED


def test_pages_of_the_body_show_how_it_answers(season, body, clock):
    said = Client().get(f"/kk/dialogue/bodies/{body.code}/").content.decode()
    assert "1 / 3" in said
    [section] = [each for each in sections() if each.label == "dialogue"]
    told = section.summary(body)
    assert told.href.endswith(f"/dialogue/bodies/{body.code}/")
    assert "мерзімі келген немесе жауап берілген" in told.lines[-1]


def test_moments_around_midnight_belong_to_the_day_in_kazakhstan(head, answering, body, clock):
    """The same in Almaty and Aqtau: one zone since March 2024."""
    last = datetime(2026, 11, 30, 23, 59, 30, tzinfo=MONDAY.tzinfo)
    for place, moment in enumerate((last, last + timedelta(minutes=1))):
        clock.move_to(moment.astimezone(ZoneInfo("Asia/Aqtau")))
        asked(head, UserFactory(), text=f"Су қашан беріледі, {place} күн болды?")

    november = periods.of_body(body, since=SINCE, until=date(2026, 11, 30))
    december = periods.of_body(body, since=date(2026, 12, 1), until=UNTIL)

    assert [each.asked for each in november.asked] == [date(2026, 11, 30)]
    assert [each.asked for each in december.asked] == [date(2026, 12, 1)]


def test_answer_at_the_last_minute_is_in_time_and_a_minute_later_late(head, answering, body, clock):
    first, second = (asked(head, UserFactory(), text=f"Жол {n} қашан?") for n in ("А", "Б"))
    due = first.first_due_on
    clock.move_to(datetime(due.year, due.month, due.day, 23, 59, 59, tzinfo=MONDAY.tzinfo))
    answered(first, answering)
    clock.shift(timedelta(seconds=2))
    answered(second, answering)

    assert told(body)["H151"] == (1, 2)
    states = [clocks.of([each.contribution.subject]) for each in (first, second)]
    assert [rows[0].lapsed_on for found in states for rows in found.values()] == [
        None,
        due + timedelta(days=1),
    ]
