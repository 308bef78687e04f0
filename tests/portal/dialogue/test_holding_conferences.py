"""Conferences: announced with an agenda, asked beforehand, their results published."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import override

from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions import refusals as below
from aiqyn_portal.deadlines import queries as clocks
from aiqyn_portal.notices.models import Delivery
from aiqyn_portal.sections.dialogue import actions, counts, refusals, tasks
from aiqyn_portal.sections.dialogue.actions import Invitation
from aiqyn_portal.sections.dialogue.models import Conference
from aiqyn_portal.sections.dialogue.queries import lists
from aiqyn_portal.sections.dialogue.templatetags.dialogue import hours
from tests.factories import UserFactory
from tests.portal.dialogue.asking import answered, asked

ALMATY = ZoneInfo("Asia/Almaty")
MONDAY = datetime(2026, 11, 16, 10, tzinfo=ALMATY)


@pytest.fixture(autouse=True)
def on_monday() -> Any:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def invitation(**changed: Any) -> Invitation:
    starts = changed.pop("starts_at", MONDAY + timedelta(days=4))
    said = {
        "title": {"kk": "Жылу маусымы", "ru": "Отопительный сезон"},
        "agenda": {"kk": "1. Дайындық.", "ru": "1. Подготовка."},
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=1),
    }
    return Invitation(**{**said, **changed})


def test_conferences_are_numbered_by_year(head, answering):
    days = (MONDAY + timedelta(days=number) for number in (4, 5))
    made = [actions.announce(head, invitation(starts_at=day), by=answering) for day in days]
    assert [each.slug for each in made] == ["2026-0001", "2026-0002"]


def test_announcement_sent_twice_is_one_conference(head, answering):
    first = actions.announce(head, invitation(), by=answering)
    assert actions.announce(head, invitation(), by=answering) == first
    actions.call_off(first, by=answering, why={"kk": "Науқастанып қалды"})
    assert actions.announce(head, invitation(), by=answering) != first


@pytest.mark.parametrize(
    "changed",
    [
        {"agenda": {"kk": "1. Жөндеу.", "ru": "1. Ремонт."}},
        {"place": {"kk": "Әкімдік, 2-қабат"}},
        {"stream": "https://www.youtube.com/watch?v=other"},
        {"questions_until": MONDAY + timedelta(days=3)},
    ],
    ids=["agenda", "place", "stream", "questions"],
)
def test_announcement_of_the_same_hour_with_other_words_is_another_one(head, answering, changed):
    first = actions.announce(head, invitation(), by=answering)
    second = actions.announce(head, invitation(**changed), by=answering)
    assert second != first
    assert actions.announce(head, invitation(**changed), by=answering) == second


def test_conference_over_midnight_belongs_to_both_days(head, answering, on_monday, body):
    starts = datetime(2026, 11, 30, 23, 30, tzinfo=ALMATY)
    held = actions.announce(head, invitation(starts_at=starts), by=answering)
    with override("kk"):
        said = hours(held).replace("\xa0", " ")
    assert said == "2026 жылғы 30 қараша, 23:30 – 2026 жылғы 1 желтоқсан, 00:30"
    on_monday.move_to(starts + timedelta(minutes=45))
    assert held.is_live(timezone.now())
    tasks.tick(timezone.now())
    assert not clocks.of([held.key])[held.key]
    on_monday.move_to(starts + timedelta(hours=2))
    tasks.tick(timezone.now())
    held.refresh_from_db()
    [clock] = clocks.of([held.key])[held.key]
    assert (clock.starts_on, held.results_due_on) == (date(2026, 12, 1), clock.due_on)
    november = {"since": date(2026, 11, 1), "until": date(2026, 11, 30)}
    assert counts.measures(body, **november) == []  # it ended in December


@pytest.mark.parametrize(
    ("days", "in_time"), [(3, True), (2, False), (4, True)], ids=["three", "two", "four"]
)
def test_announcement_is_in_time_three_working_days_before(head, answering, days, in_time):
    said = invitation(starts_at=MONDAY + timedelta(days=days))
    assert actions.announce(head, said, by=answering).was_announced_in_time is in_time


def test_days_off_do_not_count_as_notice(head, answering, on_monday):
    on_monday.move_to(MONDAY + timedelta(days=4))  # Friday
    said = invitation(starts_at=MONDAY + timedelta(days=8))  # Tuesday: two working days later
    assert not actions.announce(head, said, by=answering).was_announced_in_time


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"agenda": {"kk": "Бар"}}, refusals.AgendaMissing),
        ({"title": {"kk": " ", "ru": "Есть"}}, refusals.AgendaMissing),
        ({"starts_at": MONDAY - timedelta(hours=1)}, refusals.InThePast),
        ({"ends_at": MONDAY + timedelta(days=1)}, refusals.InThePast),
        ({"stream": "https://youtube.com.evil.example/x"}, refusals.StreamNotAllowed),
        ({"stream": "http://youtube.com/x"}, refusals.StreamNotAllowed),
        ({"stream": "https://me:key@youtube.com/x"}, refusals.StreamNotAllowed),
        ({"stream": "https://youtube.com:x/"}, refusals.StreamNotAllowed),
    ],
)
def test_unfit_invitation_is_refused(head, answering, changed, refusal):
    with pytest.raises(refusal):
        actions.announce(head, invitation(**changed), by=answering)
    assert not Conference.objects.exists()


def test_only_the_body_itself_announces(head, officer_of_another):
    with pytest.raises(PermissionDenied):
        actions.announce(head, invitation(), by=officer_of_another)


def test_questions_are_taken_until_their_hour(head, answering, asker, on_monday):
    until = MONDAY + timedelta(days=3)
    conference = actions.announce(head, invitation(questions_until=until), by=answering)
    asked(conference, asker)
    on_monday.move_to(until)
    with pytest.raises(below.Closed):
        asked(conference, asker, "Кеш қалдым ба?")


def test_most_supported_question_comes_first(head, answering, asker, stranger):
    conference = actions.announce(head, invitation(), by=answering)
    first = asked(conference, asker)
    second = asked(conference, UserFactory(), "Баға өсе ме?")
    contributions.support(second.contribution, stranger, 1)
    assert list(lists.most_supported(conference)) == [second, first]


def test_conference_called_off_takes_no_questions_and_askers_hear_of_it(head, answering, asker):
    conference = actions.announce(head, invitation(), by=answering)
    asked(conference, asker)
    with pytest.raises(refusals.WhyMissing):
        actions.call_off(conference, by=answering, why={"kk": " "})
    actions.call_off(conference, by=answering, why={"kk": "Әкім іссапарда."})
    with pytest.raises(below.Closed):
        asked(conference, asker, "Қашан өтеді?")
    told = Delivery.objects.filter(reader__user=asker, message__code="conference.called_off")
    assert told.count() == 1


def test_conference_that_has_begun_is_not_called_off(head, answering, on_monday):
    conference = actions.announce(head, invitation(), by=answering)
    on_monday.move_to(conference.starts_at)
    with pytest.raises(refusals.BegunAlready):
        actions.call_off(conference, by=answering, why={"kk": "Кеш."})


def test_results_are_due_after_the_end_and_told_to_askers(head, answering, asker, on_monday):
    conference = actions.announce(head, invitation(), by=answering)
    question = asked(conference, asker)
    said = {"transcript": {"kk": "Толық мәтін"}, "results": {"kk": "Жылу 1-інде беріледі."}}
    with pytest.raises(refusals.NotOver):
        actions.publish_results(conference, by=answering, **said)
    on_monday.move_to(conference.ends_at)
    with pytest.raises(refusals.TranscriptMissing):
        actions.publish_results(conference, by=answering, **{**said, "results": {"kk": ""}})
    answered(question, answering)
    actions.publish_results(conference, by=answering, **said)
    conference.refresh_from_db()
    [clock] = clocks.of([conference.key])[conference.key]
    assert (clock.term, clock.is_open) == ("conference_results", False)
    assert conference.results_due_on == clock.due_on
    told = Delivery.objects.filter(reader__user=asker, message__code="conference.results")
    assert told.count() == 1


def test_worker_starts_the_clock_of_results_once_a_conference_is_over(head, answering, on_monday):
    held = actions.announce(head, invitation(), by=answering)
    title = {"kk": "Көктем", "ru": "Весна"}
    off = actions.announce(head, invitation(title=title), by=answering)
    actions.call_off(off, by=answering, why={"kk": "Әкім іссапарда."})
    tasks.tick(MONDAY)
    assert clocks.of([held.key])[held.key] == []
    on_monday.move_to(held.ends_at)
    for _ in range(2):
        tasks.tick(held.ends_at)
    [clock] = clocks.of([held.key])[held.key]
    held.refresh_from_db()
    assert held.results_due_on == clock.due_on
    assert clocks.of([off.key])[off.key] == []


def test_results_corrected_later_keep_their_day_and_are_told_once(
    head, answering, asker, on_monday
):
    conference = actions.announce(head, invitation(), by=answering)
    asked(conference, asker)
    on_monday.move_to(conference.ends_at)
    said = {"transcript": {"kk": "Мәтін"}, "results": {"kk": "Нәтиже"}}
    actions.publish_results(conference, by=answering, **said)
    on_monday.shift(timedelta(days=2))
    actions.publish_results(conference, by=answering, **{**said, "results": {"kk": "Түзетілді"}})
    conference.refresh_from_db()
    assert conference.results == {"kk": "Түзетілді"}
    assert conference.results_at == conference.ends_at
    assert Delivery.objects.filter(message__code="conference.results").count() == 1
