"""The life of a due date: begun, changed, handed over, done, missed."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.deadlines import actions, protection, queries
from aiqyn_portal.deadlines.models import Deadline, Event, HistoryIsAppendOnly
from aiqyn_portal.deadlines.refusals import (
    AlreadyOfThisBody,
    ClockRuns,
    ClockStands,
    DayIsBefore,
    DeadlineIsClosed,
    NotAnOfficerOfTheBody,
    ReasonIsMissing,
    TermIsOver,
    TooLong,
)
from aiqyn_portal.notices.models import Delivery
from aiqyn_portal.trail.models import Event as Act
from tests import factories
from tests.portal.deadlines.clocks import started


def told(deadline: Deadline) -> list[tuple[str, date | None, date | None]]:
    rows = deadline.events.order_by("number")
    return [(row.what, row.due_before, row.due_after) for row in rows]


def test_clock_starts_with_the_term_of_that_day(body: Body) -> None:
    deadline = started(body)

    assert deadline.due_on == date(2025, 10, 6)
    assert told(deadline) == [("started", None, date(2025, 10, 6))]


def test_started_again_the_running_clock_is_given_back(body: Body) -> None:
    first = started(body)

    again = started(body, on=date(2025, 9, 20))

    assert (again.pk, again.due_on) == (first.pk, first.due_on)
    assert Deadline.objects.count() == 1


def test_clock_started_by_another_process_a_moment_ago_is_given_back(
    body: Body, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, first = queries.terms(), []

    def meanwhile() -> Any:
        monkeypatch.setattr(queries, "terms", lambda: known)
        first.append(started(body))
        return known

    monkeypatch.setattr(queries, "terms", meanwhile)

    assert started(body) == first[0]
    assert first[0].events.count() == 1


def test_clock_of_a_matter_that_was_done_starts_anew(body: Body) -> None:
    first = started(body)
    actions.meet(first.subject, datetime(2025, 9, 20, tzinfo=UTC))

    assert started(body, on=date(2025, 9, 22)).pk != first.pk


def test_matter_may_have_a_number_and_an_officer_of_its_own(body: Body, officer: User) -> None:
    deadline = started(body, count=20, officer=officer, is_public=False)

    assert (deadline.due_on, deadline.officer, deadline.is_public) == (
        date(2025, 10, 13),
        officer,
        False,
    )


def test_extension_counts_on_and_keeps_its_reason(body: Body, officer: User) -> None:
    deadline = actions.extend(
        started(body), days=5, reason=" Сарапшы пікірі  керек ", by=officer, on=date(2025, 10, 1)
    )

    assert deadline.due_on == date(2025, 10, 13)
    event = deadline.events.get(what="extended")
    assert (event.reason, event.by, event.details) == (
        "Сарапшы пікірі керек",
        officer.get_username(),
        {"count": 5, "unit": "working"},
    )
    assert Act.objects.get().action == "deadline.extended"


def test_clock_that_stands_has_no_date_until_it_goes_on(body: Body, officer: User) -> None:
    stands = actions.suspend(
        started(body), reason="Құжат күтілуде", by=officer, on=date(2025, 9, 18)
    )
    assert (stands.state, stands.due_on) == ("suspended", None)

    goes_on = actions.resume(stands, by=officer, on=date(2025, 9, 25))

    assert (goes_on.state, goes_on.due_on) == ("running", date(2025, 10, 13))


def test_body_it_is_handed_to_has_the_whole_term_and_is_told(body: Body, officer: User) -> None:
    other = factories.BodyFactory(name={"kk": "Жол комитеті", "ru": "Комитет", "en": "Roads"})
    receiver = factories.officer(other)

    deadline = actions.hand_over(
        started(body, officer=officer), other, by=officer, reason="Құзыреті", on=date(2025, 9, 17)
    )

    assert (deadline.body, deadline.officer) == (other, None)
    assert deadline.due_on == date(2025, 10, 8)  # fifteen working days after the 17th
    heard = Delivery.objects.get()
    assert (heard.reader.user, heard.message.code) == (receiver, "deadline.handed_over")
    assert heard.message.text["ru"] == "Теперь отвечает Комитет. Последний день — 8 октября 2025 г."


def test_officer_named_is_told_and_nobody_else_may_be_named(body: Body, officer: User) -> None:
    deadline = actions.assign(started(body), officer, by=officer)

    assert deadline.officer == officer
    assert Delivery.objects.get().reader.user == officer
    with pytest.raises(NotAnOfficerOfTheBody):
        actions.assign(deadline, factories.citizen(), by=officer)


def test_done_in_time_and_done_late_are_told_apart(body: Body) -> None:
    early, late = started(body, subject="q:1"), started(body, subject="q:2")

    actions.meet("q:1", datetime(2025, 10, 6, 18, 59, tzinfo=UTC))  # still the 6th in Almaty
    actions.meet("q:2", datetime(2025, 10, 6, 19, 0, tzinfo=UTC))  # already the 7th

    for deadline in (early, late):
        deadline.refresh_from_db()
    assert (early.state, early.lapsed_on) == ("met", None)
    assert (late.state, late.lapsed_on) == ("met", date(2025, 10, 7))
    assert queries.promptness(body) == queries.Promptness(in_time=1, late=1)


def test_only_the_term_named_is_met(body: Body) -> None:
    started(body)
    other = started(body, term="hand_over")

    met = actions.meet(other.subject, datetime(2025, 9, 16, tzinfo=UTC), term="hand_over")

    assert met == [other]
    assert [row.term for row in queries.open_of(body)] == ["question_answer"]


def test_matter_taken_back_is_late_for_nobody(body: Body) -> None:
    deadline = started(body)

    actions.withdraw(deadline.subject, datetime(2026, 1, 1, tzinfo=UTC))

    deadline.refresh_from_db()
    assert (deadline.state, deadline.met_at) == ("withdrawn", None)
    assert queries.promptness(body) == queries.Promptness(in_time=0, late=0)


def test_lapse_is_marked_once_and_forgotten_when_extended(body: Body, officer: User) -> None:
    deadline = started(body)

    assert [actions.lapse(date(2025, 10, day)) for day in (6, 7, 8)] == [0, 1, 0]

    extended = actions.extend(deadline, days=10, reason="Р", by=officer, on=date(2025, 10, 8))
    assert (extended.lapsed_on, extended.due_on) == (None, date(2025, 10, 20))


def test_what_cannot_be_done_is_refused(body: Body, officer: User) -> None:
    deadline = started(body)
    early = {"by": officer, "on": date(2025, 9, 1)}

    with pytest.raises(ReasonIsMissing):
        actions.extend(deadline, days=5, reason=" \0", by=officer)
    with pytest.raises(AlreadyOfThisBody):
        actions.hand_over(deadline, body, by=officer)
    with pytest.raises(ClockRuns):
        actions.resume(deadline, by=officer)
    with pytest.raises(DayIsBefore, match="2025-09-15"):
        actions.suspend(deadline, reason="Р", **early)
    with pytest.raises(TooLong):
        actions.extend(deadline, days=4000, unit="calendar", reason="Р", by=officer)
    with pytest.raises(TermIsOver):
        actions.suspend(deadline, reason="Р", by=officer, on=date(2025, 10, 7))
    stands = actions.suspend(deadline, reason="Р", by=officer, on=date(2025, 9, 20))
    with pytest.raises(ClockStands):
        actions.extend(stands, days=5, reason="Р", by=officer)
    actions.meet(deadline.subject, datetime(2026, 11, 1, tzinfo=UTC))
    with pytest.raises(DeadlineIsClosed):
        actions.extend(deadline, days=5, reason="Р", by=officer)
    assert [what for what, *_dates in told(deadline)] == ["started", "suspended", "met"]


def test_dates_of_subjects_come_in_one_query_open_ones_first(
    body: Body, django_assert_num_queries: Any
) -> None:
    done = started(body)
    actions.meet(done.subject, datetime(2025, 9, 20, tzinfo=UTC))
    again = started(body, on=date(2025, 12, 1))

    with django_assert_num_queries(1):
        found = queries.of([done.subject, "nothing:1"])
        assert [row.body.code for row in found[done.subject]] == [body.code, body.code]

    assert found == {done.subject: [again, done], "nothing:1": []}


def test_history_cannot_be_rewritten_by_the_program(body: Body) -> None:
    event = started(body).events.get()

    with pytest.raises(HistoryIsAppendOnly):
        event.save()
    with pytest.raises(HistoryIsAppendOnly):
        event.delete()


@pytest.mark.parametrize("what", ["update", "delete"])
def test_history_cannot_be_rewritten_in_the_database(body: Body, what: str) -> None:
    event = started(body).events.get()
    rows = Event.objects.filter(pk=event.pk)
    protection.install(connection)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(reason="x") if what == "update" else rows._raw_delete(rows.db)
    protection.remove(connection)


def test_term_changed_by_an_administrator_is_for_new_clocks_only(
    body: Body, administrator: User
) -> None:
    old = started(body)
    fields = {"count": 10, "unit": "working", "source": "Бұйрық № 7", "is_verified": True}

    actions.change_term("question_answer", by=administrator, address="", **fields)

    assert actions.recompute() == []
    new = started(body, subject="question:new")
    assert (old.due_on, new.due_on) == (date(2025, 10, 6), date(2025, 9, 29))
    assert queries.rule_of(new).verified
    assert Act.objects.get().details == {
        "was": "15 working",
        "now": "10 working",
        "source": "Бұйрық № 7",
        "verified": True,
    }
