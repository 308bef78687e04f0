"""Pages of due dates: what they say, who may open them, what their forms do."""

from datetime import UTC, date, datetime
from typing import Any

import icalendar
import pytest
from django.template import Context, Template
from django.test import Client
from django.utils.translation import override

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.deadlines import actions, queries
from aiqyn_portal.deadlines.models import Deadline, EnteredDay, Feed
from aiqyn_portal.deadlines.standing import standing
from tests import factories
from tests.portal.deadlines.clocks import started

DAYS = queries.Calendar.load()
ASKED = {"start": "2026-03-05", "count": "15", "unit": "working", "when_off": "next", "week": "5"}


@pytest.mark.django_db
def test_calculator_answers_and_says_how() -> None:
    page = Client().get("/ru/deadlines/", ASKED).content.decode()

    assert "1\u00a0апреля 2026\u00a0г." in page
    assert "выпал на выходной" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"count": "0"}, "count"),
        ({"start": "yesterday"}, "start"),
        ({"count": "2000", "unit": "years"}, "count"),
        ({"unit": "moons"}, "unit"),
    ],
)
def test_calculator_says_what_it_cannot_reckon(asked: dict[str, str], said: str) -> None:
    answer = Client().get("/en/deadlines/", {**ASKED, **asked})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [said]


@pytest.mark.django_db
def test_year_shows_what_is_free_and_what_is_not_checked() -> None:
    page = Client().get("/en/deadlines/calendar/2026/").content.decode()

    assert "247 working days" in page
    assert "no longer a holiday" in page
    assert "Not checked" in page


@pytest.mark.django_db
@pytest.mark.parametrize("year", ["2019", "3000"])
def test_year_out_of_reach_is_not_there(year: str) -> None:
    assert Client().get(f"/en/deadlines/calendar/{year}/").status_code == 404


def test_page_of_a_date_says_how_and_what_happened(body: Body, officer: User) -> None:
    deadline = started(body, href="/kk/")
    actions.extend(deadline, days=5, reason="<b>Сарапшы</b>", by=officer, on=date(2025, 10, 1))

    page = Client().get(f"/en/deadlines/{deadline.pk}/").content.decode()

    assert "Due on 13\u00a0October 2025" in page
    assert "&lt;b&gt;Сарапшы&lt;/b&gt;" in page
    assert "has not been checked with the text of the act" in page
    assert 'class="govuk-back-link" href="/en/"' in page


def test_page_of_a_closed_date_says_when_the_calendar_changed_later(
    body: Body, administrator: User
) -> None:
    deadline = started(body)
    actions.meet(deadline.subject, datetime(2025, 9, 20, tzinfo=UTC))
    day = {"kind": "moved", "day": date(2025, 9, 22), "source": "Б"}
    actions.enter_day(day, by=administrator)

    page = Client().get(f"/en/deadlines/{deadline.pk}/").content.decode()

    assert "the date stays as it was then" in page


def test_date_that_is_not_public_is_seen_by_those_who_answer(
    body: Body, officer_client: Client, citizen_client: Client, evaluator_client: Client
) -> None:
    deadline = started(body, is_public=False)
    address = f"/en/deadlines/{deadline.pk}/"

    seen = [
        client.get(address).status_code
        for client in (Client(), citizen_client, officer_client, evaluator_client)
    ]

    assert seen == [404, 404, 200, 200]
    assert "A question" not in Client().get(f"/en/deadlines/body/{body.code}/").content.decode()


def test_officer_of_another_body_changes_nothing(
    body: Body, client: Client, officer_client: Client
) -> None:
    other = factories.officer(factories.BodyFactory())
    client.force_login(other, backend="django.contrib.auth.backends.ModelBackend")
    open_one, hidden = started(body), started(body, subject="q:2", is_public=False)

    asked = [client.get(f"/en/office/deadlines/{row.pk}/extend/") for row in (open_one, hidden)]

    assert [answer.status_code for answer in asked] == [403, 404]


def test_head_may_act_though_no_officer_is_named(
    body: Body, officer: User, officer_client: Client, administrator: User
) -> None:
    actions.name_head(body, officer, by=administrator)
    deadline = started(body)

    answer = officer_client.get(f"/en/deadlines/{deadline.pk}/")

    assert answer.context["may_act"]


def test_forms_of_an_officer_change_the_date(
    body: Body, officer: User, officer_client: Client
) -> None:
    deadline = started(body, on=queries.today())
    other = factories.BodyFactory()
    base = f"/en/office/deadlines/{deadline.pk}"
    sent = [
        ("extend", {"days": "5", "reason": "Р"}),
        ("suspend", {"reason": "Р"}),
        ("resume", {"reason": "Р"}),
        ("assign", {"officer": str(officer.pk)}),
        ("hand-over", {"to_body": str(other.pk), "reason": "Р"}),
    ]

    answers = [officer_client.post(f"{base}/{act}/", form) for act, form in sent]

    assert [answer.status_code for answer in answers] == [302] * 5
    assert [event.what for event in deadline.events.all()] == [
        "started",
        "extended",
        "suspended",
        "resumed",
        "assigned",
        "handed_over",
    ]


def test_form_without_a_reason_is_shown_again(body: Body, officer_client: Client) -> None:
    deadline = started(body)

    answer = officer_client.post(f"/en/office/deadlines/{deadline.pk}/extend/", {"days": "5"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["reason"]


def test_administrator_enters_a_day_and_takes_it_back(administrator_client: Client) -> None:
    day = {"kind": "moved", "day": "2026-12-15", "worked": "2026-12-12", "source": "№ 1"}

    first = administrator_client.post("/en/manage/days/", day)
    again = administrator_client.post("/en/manage/days/", day)
    row = EnteredDay.objects.get()
    taken = administrator_client.post(f"/en/manage/days/{row.pk}/withdraw/")

    assert [answer.status_code for answer in (first, again, taken)] == [302, 422, 302]
    row.refresh_from_db()
    assert row.withdrawn_at is not None


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "holiday"}, "name_kk"),
        ({"kind": "ordinary", "worked": "2026-12-12"}, "worked"),
        ({"kind": "moved", "worked": "2026-12-15"}, "worked"),
        ({"kind": "moved", "source": ""}, "source"),
    ],
)
def test_day_that_makes_no_sense_is_refused(
    administrator_client: Client, given: dict[str, str], field: str
) -> None:
    form = {"day": "2026-12-15", "source": "№ 1", **given}

    answer = administrator_client.post("/en/manage/days/", form)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_administrator_sets_a_term_and_a_head(
    body: Body, officer: User, administrator_client: Client
) -> None:
    term = {"count": "10", "unit": "working", "source": "№ 7", "is_verified": "on"}

    set_term = administrator_client.post("/en/manage/terms/question_answer/", term)
    head = administrator_client.post(f"/en/manage/heads/{body.code}/", {"officer": officer.pk})

    assert [answer.status_code for answer in (set_term, head)] == [302, 302]
    assert (queries.terms()["question_answer"].count, queries.head_of(body)) == (10, officer)
    assert administrator_client.get("/en/manage/terms/nothing/").status_code == 404


def test_queue_of_an_officer_asks_the_same_number_of_questions(
    body: Body, officer_client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        started(body, subject=f"question:{number}", on=date(2025, 9, 15 + number))

    with django_assert_max_num_queries(12):
        page = officer_client.get("/en/office/deadlines/").content.decode()

    assert page.count("A question about the road</a></th>") + page.count("how computed") >= 8


@pytest.mark.parametrize(
    ("today", "words", "colour"),
    [
        (date(2025, 9, 15), "15 working days left", "blue"),
        (date(2025, 10, 3), "1 working day left", "yellow"),
        (date(2025, 10, 6), "Due today", "orange"),
        (date(2025, 10, 8), "Late by 2 working days", "red"),
    ],
)
def test_standing_says_how_many_days(body: Body, today: date, words: str, colour: str) -> None:
    with override("en"):
        found = standing(started(body), today, DAYS)

    assert found[:2] == (words, colour)


def test_standing_of_what_is_over_or_stands(body: Body, officer: User) -> None:
    def said(deadline: Deadline) -> str:
        deadline.refresh_from_db()
        return standing(deadline, date(2025, 10, 4), DAYS).words

    rows = [started(body, subject=f"q:{n}") for n in range(4)]
    weekend = started(body, subject="q:5", term="information_request", on=date(2025, 9, 21))
    actions.meet("q:0", datetime(2025, 9, 20, tzinfo=UTC))
    actions.meet("q:1", datetime(2025, 10, 20, tzinfo=UTC))
    actions.withdraw("q:2", datetime(2025, 9, 20, tzinfo=UTC))
    actions.suspend(rows[3], reason="Р", by=officer, on=date(2025, 9, 20))
    Deadline.objects.filter(pk=weekend.pk).update(due_on=date(2025, 10, 5))  # it did not move

    with override("en"):
        assert [said(row) for row in [*rows, weekend]] == [
            "Done in time",
            "Done late",
            "No longer needed",
            "The clock stands",
            "Due now",
        ]


def test_tags_show_the_date_and_lead_to_how_it_was_computed(
    body: Body, django_assert_num_queries: Any
) -> None:
    row = started(body)
    page = Template(
        "{% load deadlines %}"
        "{% deadline 'question:2025-1' %}|{% deadline_of row %}|{% deadline_of none %}"
    )

    with override("kk"), django_assert_num_queries(2):  # the dates; the calendar once
        drawn = page.render(Context({"row": row, "none": None}))

    first, second, third = (" ".join(part.split()) for part in drawn.split("|"))
    assert first == second.replace(">2025", ">мерзімі: 2025")  # no heading says it
    assert f'href="/kk/deadlines/{row.pk}/"' in first
    assert "2025 жылғы 6 қазан" in first
    assert third == ""


def events(answer: Any) -> list[tuple[str, int, date]]:
    found = icalendar.Calendar.from_ical(answer.content.decode()).walk("VEVENT")
    return [(str(event["UID"]), int(event["SEQUENCE"]), event.DTSTART) for event in found]


def test_feed_of_a_body_keeps_names_and_counts_changes(body: Body, officer: User) -> None:
    deadline = started(body)
    started(body, subject="q:2", is_public=False)
    actions.suspend(started(body, subject="q:3"), reason="Р", by=officer, on=date(2025, 9, 20))
    before = Client().get(f"/deadlines/ru/body/{body.code}.ics")
    actions.extend(deadline, days=5, reason="Р", by=officer, on=date(2025, 10, 1))

    after = Client().get(f"/deadlines/ru/body/{body.code}.ics")

    uid = f"deadline-{deadline.pk}@aiqyn.example"
    assert events(before) == [(uid, 0, date(2025, 10, 6))]
    assert events(after) == [(uid, 1, date(2025, 10, 13))]
    assert after["Content-Type"] == "text/calendar; charset=utf-8"
    assert after["Cache-Control"] == "public, max-age=900"


def test_feed_of_an_officer_answers_to_its_newest_address_only(
    body: Body, officer: User, officer_client: Client
) -> None:
    hidden = started(body, is_public=False)
    officer_client.post("/en/office/deadlines/feed/")
    old = Feed.objects.get().key
    officer_client.post("/en/office/deadlines/feed/")
    new = Feed.objects.get().key

    answers = [Client().get(f"/deadlines/kk/mine/{key}.ics") for key in (old, new)]

    assert answers[0].status_code == 404
    assert events(answers[1]) == [(f"deadline-{hidden.pk}@aiqyn.example", 0, date(2025, 10, 6))]
    assert answers[1]["Cache-Control"] == "private, no-store"
    assert new in officer_client.get("/en/office/deadlines/").content.decode()


def test_feed_in_an_unknown_language_is_not_there(body: Body) -> None:
    assert Client().get(f"/deadlines/xx/body/{body.code}.ics").status_code == 404
