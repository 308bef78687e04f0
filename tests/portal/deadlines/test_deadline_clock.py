from datetime import date
from typing import Any

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.deadlines import actions
from aiqyn_portal.deadlines.models import Deadline

TITLE = {"kk": "Жол туралы сұрақ", "ru": "Вопрос о дороге", "en": "A question about the road"}


def started(body: Body, **others: Any) -> Deadline:
    given = {"term": "question_answer", "on": date(2025, 9, 15), **others}
    return actions.start("question:2025-1", body=body, title=TITLE, **given)


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


def test_matter_may_name_its_own_number_of_days(body: Body) -> None:
    assert started(body, count=20).due_on == date(2025, 10, 13)


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


def test_clock_that_stands_has_no_date_until_it_goes_on(body: Body, officer: User) -> None:
    deadline = started(body)

    stands = actions.suspend(deadline, reason="Құжат күтілуде", by=officer, on=date(2025, 9, 18))
    goes_on = actions.resume(stands, by=officer, on=date(2025, 9, 25))

    assert (stands.state, stands.due_on) == ("suspended", None)
    assert (goes_on.state, goes_on.due_on) == ("running", date(2025, 10, 13))
