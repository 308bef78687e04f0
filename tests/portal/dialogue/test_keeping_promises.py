"""Commitments: promised with a day, moved with a reason, kept with a proof."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from aiqyn_portal.deadlines import actions as deadlines
from aiqyn_portal.deadlines import queries as clocks
from aiqyn_portal.notices.models import Delivery
from aiqyn_portal.sections.dialogue import actions, refusals
from aiqyn_portal.sections.dialogue.models import Commitment, Question
from aiqyn_portal.sections.dialogue.models.commitments import StepsAreKept
from aiqyn_portal.sections.dialogue.queries import lists, periods
from aiqyn_portal.trail.models import Event
from tests.portal.dialogue.asking import answered, asked

MONDAY = datetime(2026, 11, 16, 10, tzinfo=ZoneInfo("Asia/Almaty"))
DUE = date(2026, 12, 20)  # a Sunday: a day named by the head himself does not move
TEXT = {"kk": "Көше жарығы жөнделеді.", "ru": "Освещение улицы починят."}


@pytest.fixture(autouse=True)
def on_monday() -> Any:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def question(head, asker, answering) -> Question:
    made = asked(head, asker)
    answered(made, answering)
    return made


@pytest.fixture
def commitment(question, answering) -> Commitment:
    return actions.promise(question, text=TEXT, due_on=DUE, by=answering)


def clock(commitment: Commitment) -> Any:
    return clocks.of([commitment.subject])[commitment.subject][0]


def test_promise_has_the_day_it_names_and_the_asker_hears_of_it(commitment, asker):
    assert clock(commitment).due_on == commitment.due_on == DUE
    told = Delivery.objects.filter(reader__user=asker, message__code="commitment.open")
    assert told.count() == 1


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"text": {"kk": " "}}, refusals.PromiseMissing),
        ({"due_on": MONDAY.date()}, refusals.DayNotAhead),
    ],
    ids=["no_words", "today"],
)
def test_unfit_promise_is_refused(question, answering, changed, refusal):
    with pytest.raises(refusal):
        actions.promise(question, **{"text": TEXT, "due_on": DUE, **changed}, by=answering)
    assert not Commitment.objects.exists()


def test_new_day_needs_a_reason_and_the_first_one_stays(commitment, answering):
    later = date(2027, 1, 15)
    with pytest.raises(refusals.WhyMissing):
        actions.move(commitment, due_on=later, why={}, by=answering)
    with pytest.raises(refusals.DayNotAhead):
        actions.move(commitment, due_on=DUE, why={"kk": "Жабдық кешікті."}, by=answering)
    actions.move(commitment, due_on=later, why={"kk": "Жабдық кешікті."}, by=answering)
    commitment.refresh_from_db()
    assert (commitment.due_on, commitment.first_due_on) == (later, DUE)
    assert clock(commitment).due_on == later


def test_kept_promise_says_how_one_sees_it(commitment, answering, asker):
    with pytest.raises(refusals.ProofMissing):
        actions.keep(commitment, words={"kk": ""}, by=answering)
    link = "https://shymkent.gov.example/news/1"
    actions.keep(commitment, words={"kk": "Жөнделді."}, link=link, by=answering)
    assert commitment.state == Commitment.State.KEPT
    assert not clock(commitment).is_open
    assert [step.what for step in commitment.steps.all()] == ["made", "kept"]
    told = Delivery.objects.filter(reader__user=asker, message__code="commitment.kept")
    assert told.count() == 1


def test_promise_given_up_says_why_and_ends(commitment, answering):
    with pytest.raises(refusals.WhyMissing):
        actions.drop(commitment, why={"ru": " "}, by=answering)
    actions.drop(commitment, why={"kk": "Қаражат бөлінбеді."}, by=answering)
    for act in (
        lambda: actions.keep(commitment, words={"kk": "Жөнделді."}, by=answering),
        lambda: actions.tell_news(commitment, words={"kk": "Басталды."}, by=answering),
        lambda: actions.drop(commitment, why={"kk": "Жоқ."}, by=answering),
    ):
        with pytest.raises(refusals.Ended):
            act()


def test_news_are_steps_that_nobody_changes(commitment, answering):
    with pytest.raises(refusals.ProofMissing):
        actions.tell_news(commitment, words={}, by=answering)
    actions.tell_news(commitment, words={"kk": "Басталды."}, by=answering)
    step = commitment.steps.last()
    assert (step.what, step.words) == ("told", {"kk": "Басталды."})
    with pytest.raises(StepsAreKept):
        step.save()
    with pytest.raises(StepsAreKept):
        step.delete()


def test_the_same_news_are_one_step_within_minutes_and_another_one_later(
    commitment, answering, on_monday
):
    for minutes in (0, 9, 20, 29):
        on_monday.move_to(MONDAY + timedelta(minutes=minutes))
        actions.tell_news(commitment, words={"kk": "Жұмыс жүріп жатыр."}, by=answering)
    told = commitment.steps.filter(what="told").values_list("at", flat=True)
    assert [at - MONDAY for at in told] == [timedelta(0), timedelta(minutes=20)]


def test_only_the_body_itself_promises_and_keeps(question, commitment, officer_of_another):
    with pytest.raises(PermissionDenied):
        actions.promise(question, text=TEXT, due_on=DUE, by=officer_of_another)
    with pytest.raises(PermissionDenied):
        actions.keep(commitment, words={"kk": "Жөнделді."}, by=officer_of_another)


def test_promise_not_kept_by_its_day_is_late(commitment, answering):
    assert list(lists.commitments(DUE, "late")) == []
    after = date(2026, 12, 21)
    assert list(lists.commitments(after, "late")) == [commitment]
    assert list(lists.commitments(after, "open")) == []
    actions.keep(commitment, words={"kk": "Жөнделді."}, by=answering)
    assert list(lists.commitments(after, "late")) == []
    assert list(lists.commitments(after, "kept")) == [commitment]


def test_every_act_is_in_the_trail(commitment, answering):
    actions.keep(commitment, words={"kk": "Жөнделді."}, by=answering)
    acts = Event.objects.filter(action__startswith="commitment.").values_list("action", "actor")
    assert list(acts) == [("commitment.made", "keneken"), ("commitment.kept", "keneken")]


def test_body_that_holds_the_question_now_promises(head, asker, answering, officer_of_another):
    asked_here = asked(head, asker)
    other = officer_of_another.memberships.get().body
    actions.pass_on(asked_here, to=other, by=answering, words={"kk": "Басқа орган"})
    asked_here.contribution.refresh_from_db()
    answered(asked_here, officer_of_another)

    with pytest.raises(PermissionDenied):
        actions.promise(asked_here, text=TEXT, due_on=DUE, by=answering)
    made = actions.promise(asked_here, text=TEXT, due_on=DUE, by=officer_of_another)

    assert (made.body, made.head, clock(made).body) == (other, None, other)
    actions.keep(made, words={"kk": "Жөнделді"}, by=officer_of_another)


def test_promise_of_another_body_is_entered_and_kept_on_the_pages(
    client, head, asker, answering, officer_of_another
):
    asked_here = asked(head, asker)
    other = officer_of_another.memberships.get().body
    actions.pass_on(asked_here, to=other, by=answering, words={"kk": "Басқа орган"})
    asked_here.contribution.refresh_from_db()
    answered(asked_here, officer_of_another)
    address = f"/kk/dialogue/questions/{asked_here.contribution.number}/promise/"
    said = {"text_kk": "Жарық жөнделеді", "due_on": "2026-12-20"}

    client.force_login(answering)
    assert client.post(address, said).status_code == 403
    client.force_login(officer_of_another)
    assert client.get(address).status_code == 200
    assert client.post(address, said).status_code == 302

    made = Commitment.objects.get()
    page = client.get(f"/kk/dialogue/commitments/{made.pk}/").content.decode()
    assert str(other) in page
    assert f"/kk/dialogue/commitments/{made.pk}/news/" in page


def test_promise_follows_its_clock_and_says_so(commitment, answering):
    deadlines.extend(clock(commitment), days=5, reason="Қыс ерте түсті", by=answering)

    commitment.refresh_from_db()
    assert (commitment.due_on, commitment.first_due_on) == (date(2026, 12, 25), DUE)
    moved = commitment.steps.last()
    assert (moved.what, moved.words["kk"], moved.by) == ("moved", "Қыс ерте түсті", answering)


def test_promise_whose_clock_stands_keeps_its_day(commitment, answering):
    deadlines.suspend(clock(commitment), reason="Сот", by=answering)
    commitment.refresh_from_db()
    assert commitment.due_on == DUE


def test_promise_moved_many_times_is_moved_once_each(commitment, answering):
    for day in range(21, 26):
        why = {"kk": "Жеткізілім кешікті"}
        actions.move(commitment, due_on=date(2026, 12, day), why=why, by=answering)

    commitment.refresh_from_db()
    assert commitment.due_on == clock(commitment).due_on == date(2026, 12, 25)
    assert [step.what for step in commitment.steps.all()] == ["made", *["moved"] * 5]


def test_promise_and_news_sent_twice_are_one_each(commitment, question, answering):
    assert actions.promise(question, text=TEXT, due_on=DUE, by=answering) == commitment
    for _ in range(2):
        actions.tell_news(commitment, words={"kk": "Шамдар келді"}, by=answering)
    actions.tell_news(commitment, words={"kk": "Шамдар орнатылды"}, by=answering)

    assert [step.what for step in commitment.steps.all()] == ["made", "told", "told"]


def test_promise_moved_after_a_period_is_told_as_before(commitment, answering, body, on_monday):
    on_monday.move_to(datetime(2027, 1, 5, 10, tzinfo=MONDAY.tzinfo))
    why = {"kk": "Жеткізілім кешікті"}
    actions.move(commitment, due_on=date(2027, 2, 1), why=why, by=answering)

    december = periods.of_body(body, since=date(2026, 12, 1), until=date(2026, 12, 31))
    january = periods.of_body(body, since=date(2027, 1, 1), until=date(2027, 1, 31))

    assert [(each.due, each.is_kept) for each in december.promised] == [(DUE, False)]
    assert january.promised == ()
