"""Requests for data and mistakes in data: asked, voted for, answered; contributions like others."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions import queries as voices
from aiqyn_portal.contributions import receipts, refusals, sealing
from aiqyn_portal.contributions.grouping import actions as grouping
from aiqyn_portal.contributions.models import Contribution, Vote
from aiqyn_portal.deadlines.models import Deadline
from aiqyn_portal.notices.models import Message
from aiqyn_portal.sections.open_data import actions, queries
from aiqyn_portal.sections.open_data.comments import COMMENT
from aiqyn_portal.sections.open_data.models import Dataset, Problem, Request
from aiqyn_portal.sections.open_data.refusals import (
    AlreadyDecided,
    NotPublished,
    NotThisBody,
    SetMissing,
)
from aiqyn_portal.trail.models import Event
from tests import factories
from tests.portal.contributions.voices import said
from tests.portal.open_data.pressing import post, text_of
from tests.portal.open_data.sets import (
    AT,
    PLANNED,
    REFUSED,
    asked,
    mistake,
    opened,
    published,
)


@pytest.fixture
def wish(body, citizen):
    return asked(body, citizen)


@pytest.fixture
def row(body, officer):
    return published(body, officer)


@pytest.fixture
def problem(row, citizen):
    return mistake(row, citizen)


def page_of(wish):
    return f"/en/open-data/requests/{wish.contribution.number}/"


def press(client, wish, value="for"):
    address = f"/en/contributions/{wish.contribution.number}/support/"
    return client.post(address, {"value": value, "next": page_of(wish)})


def life_of(row):
    return list(row.steps.order_by("number").values_list("what", "outcome"))


def test_citizen_asks_others_need_it_too_and_the_body_answers_with_a_set(
    citizen_client, evaluator_client, officer_client, body, row
):
    given = {"body": body.code, "title": "Жолдар", "text": "Зерттеу үшін", "form_key": "k"}
    made = post(citizen_client, "requests/new/", **given)
    again = post(citizen_client, "requests/new/", **given)
    wish = Request.objects.get()
    assert made["Location"] == again["Location"] == page_of(wish)
    press(evaluator_client, wish)
    press(evaluator_client, wish)
    assert b"2 people need these data" in Client().get("/en/open-data/requests/").content
    assert wish in queries.desk(body, AT.date()).asked

    said = {"outcome": "accepted", "reason": "opens_data", "dataset": row.pk}
    post(officer_client, "requests/answer/", number=wish.contribution.number, **said)

    wish.refresh_from_db()
    assert (wish.dataset, wish.is_open) == (row, False)
    assert life_of(wish.contribution)[2:] == [("decided", "accepted"), ("reflected", "")]
    page = Client().get(made["Location"]).content.decode()
    assert 'href="/en/open-data/sets/mektepter/"' in page
    assert "The data are published: “" in page
    press(evaluator_client, wish, "back")
    assert Vote.objects.count() == 0
    actions_ = Event.objects.order_by("number").values_list("action", flat=True)
    assert list(actions_) == ["contribution.decided", "contribution.reflected"]


def test_request_has_a_number_a_clock_a_receipt_and_stands_in_the_cabinet(
    wish, officer, citizen_client
):
    actions.answer_requests([wish], PLANNED, by=officer)
    sealing.seal_all()

    row = wish.contribution
    shown = text_of(citizen_client.get("/en/account/voice/?kind=data_request"))
    assert f"Will be published № {row.number} Request for data" in shown
    assert Deadline.objects.get(subject=row.subject).term == "data_request"
    assert receipts.receipt(row, is_own=True).steps[0].opened["text"].value == row.text
    assert receipts.first_broken() == ""


def test_requests_are_listed_by_need_and_state(wish, body, evaluator, officer, row):
    contributions.support(wish.contribution, evaluator, 1)
    planned, given, refused = (asked(body, evaluator, name) for name in ("Ауа", "Су", "Орман"))
    for each, reply in ((planned, PLANNED), (given, opened(row)), (refused, REFUSED)):
        actions.answer_requests([each], reply, by=officer)

    listed = {
        state: [
            each.title
            for each, _ in Client().get(f"/kk/open-data/requests/?state={state}").context["page"]
        ]
        for state in ("", "open", "planned", "published", "refused", "nonsense")
    }

    every = ["Жолдарды жөндеу", "Орман", "Су", "Ауа"]
    assert listed == {
        "": every,
        "open": every[:1],
        "planned": ["Ауа"],
        "published": ["Су"],
        "refused": ["Орман"],
        "nonsense": every,
    }


def test_planned_request_may_be_answered_again_and_a_refused_one_not(wish, officer):
    actions.answer_requests([wish], PLANNED, by=officer)
    actions.answer_requests([wish], PLANNED, by=officer)
    actions.answer_requests([wish], REFUSED, by=officer)

    assert life_of(wish.contribution)[2:] == [
        ("decided", "accepted"),
        ("reopened", ""),
        ("decided", "accepted"),
        ("reopened", ""),
        ("decided", "declined"),
    ]
    with pytest.raises(AlreadyDecided):
        actions.answer_requests([wish], PLANNED, by=officer)


def test_planned_request_ends_in_its_set_without_being_decided_twice(wish, officer, row):
    actions.answer_requests([wish], PLANNED, by=officer)
    decided = Contribution.objects.get().decided_at

    actions.answer_requests([wish], opened(row), by=officer)

    assert life_of(wish.contribution)[2:] == [("decided", "accepted"), ("reflected", "")]
    assert Contribution.objects.get().decided_at == decided
    assert "Published" in text_of(Client().get(page_of(wish)))


def test_answer_names_a_set_of_the_body_or_gives_words(wish, officer, row, officer_client):
    other = published(factories.BodyFactory(), officer, name="basqa")
    hidden = Dataset(pk=row.pk, body=row.body, state="withdrawn")
    wordless = actions.Reply(outcome="declined", reason="not_collected", words=" ")
    unfit = (
        (wordless, refusals.WordsMissing),
        (opened(hidden), SetMissing),
        (opened(other), NotThisBody),
        (actions.Reply(outcome="declined", reason="no_money", dataset=row), SetMissing),
    )

    for reply, refusal in unfit:
        with pytest.raises(refusal):
            actions.answer_requests([wish], reply, by=officer)
    said = {"number": wish.contribution.number, "outcome": "declined", "reason": "no_money"}
    assert post(officer_client, "requests/answer/", **said).status_code == 200
    assert life_of(wish.contribution) == [("received", ""), ("registered", "")]


def test_request_goes_over_with_its_comments_to_the_body_that_has_the_data(
    wish, officer, body, citizen
):
    other = factories.BodyFactory()
    said(citizen, "Аудан бойынша да керек.", kind=COMMENT, key=str(wish.pk))
    words = {"kk": "Басқа органда", "ru": "В другом органе"}
    reply = actions.Reply(outcome="passed_on", reason="other_body", words=words, passed_to=other)

    actions.answer_requests([wish], reply, by=officer)

    assert Request.objects.get().body == other
    assert list(queries.desk(other, AT.date()).asked) == [wish]
    assert not queries.desk(body, AT.date()).asked
    actions.answer_requests([wish], REFUSED, by=factories.officer(other))
    assert set(Contribution.objects.values_list("outcome", "body")) == {("declined", other.pk)}


def test_only_the_body_answers(wish, evaluator, officer_client):
    with pytest.raises(PermissionDenied):
        actions.answer_requests([wish], REFUSED, by=evaluator)
    foreign = asked(factories.BodyFactory(), evaluator)
    address = f"/kk/open-data/requests/answer/?number={foreign.contribution.number}"
    assert officer_client.get(address).status_code == 403


def test_requests_put_together_get_one_answer(body, officer, officer_client, evaluator, wish):
    copy = asked(body, evaluator)
    for each in (wish, copy):
        grouping.place(each.contribution)
    grouping.confirm(wish.contribution.folded.fold, by=officer)
    form = officer_client.get(
        f"/en/office/voices/decide/?number={wish.contribution.number}", follow=True
    )

    said = {"outcome": "declined", "reason": "not_collected", "words_kk": "Жиналмайды"}
    post(officer_client, "requests/answer/", number=copy.contribution.number, **said)

    assert "One decision for 2 contributions" in text_of(form)
    assert set(Contribution.objects.values_list("outcome")) == {("declined",)}


def test_what_was_asked_already_is_shown_before_it_is_asked_again(
    wish, body, evaluator_client, officer
):
    sealing.seal_all()
    again = {
        "body": body.code,
        "title": "Жолдарды жөндеу",
        "text": "Зерттеу үшін керек",
        "form_key": "k",
    }

    shown = post(evaluator_client, "requests/new/", **again)
    sent = post(evaluator_client, "requests/new/", **again, seen="1")

    assert "Perhaps this has been said or answered already" in text_of(shown)
    assert (Request.objects.count(), sent.status_code) == (2, 302)


def test_what_was_written_before_signing_in_is_in_the_form_afterwards(body, row, citizen_client):
    given = {"title": "Ұзақ жазылған", "text": "Зерттеу", "row": "2"}
    for address, names in (
        ("requests/new/", ("title", "text")),
        ("sets/mektepter/problem/", ("row",)),
    ):
        client = Client()
        away = post(client, address, **given)
        client.cookies["sessionid"] = client.cookies["sessionid"]
        client.force_login(factories.citizen())

        form = client.get(f"/en/open-data/{address}").context["form"]

        assert away["Location"].endswith(f"?next=/en/open-data/{address}")
        assert {name: form.initial[name] for name in names} == {name: given[name] for name in names}


def test_personal_data_of_a_request_are_masked_with_consent(body, citizen_client):
    given = {"body": body.code, "title": "Жолдар", "text": "Телефоным 8 701 234 56 78"}

    asked_first = post(citizen_client, "requests/new/", **given, form_key="k")
    post(citizen_client, "requests/new/", **given, form_key="k", seen="1", consent="1")

    assert "Personal data will be hidden" in text_of(asked_first)
    assert "234 56 78" not in Request.objects.get().text


def test_removed_request_is_not_listed_and_says_why(wish, evaluator):
    words = {"kk": "Тақырыптан тыс"}
    contributions.moderate(wish.contribution, by=evaluator, rule="off_topic", words=words)

    shown = text_of(Client().get(page_of(wish)))
    assert "Removed by a moderator" in shown
    assert "Жолдарды жөндеу" not in shown
    assert list(queries.requests()) == []
    assert Request.objects.get().title == ""


def test_old_address_of_a_request_leads_to_the_new_one(wish):
    answer = Client().get(f"/kk/open-data/requests/{wish.pk}/")

    assert (answer.status_code, answer["Location"]) == (
        301,
        f"/kk/open-data/requests/{wish.contribution.number}/",
    )


def test_mistake_is_told_and_answered_on_the_page_of_the_set(
    citizen_client, officer_client, row, body
):
    post(citizen_client, "sets/mektepter/problem/", row="2", text="Код қате", form_key="k")
    problem = Problem.objects.get()
    assert queries.desk(body, AT.date()).problems == [problem]
    assert problem.contribution.text == "Row: 2\n\nКод қате"
    said = {"outcome": "accepted", "reason": "corrects_mistake", "words_kk": "Түзетілді"}

    address = f"/en/office/voices/decide/?number={problem.contribution.number}"
    officer_client.post(address, {"number": problem.contribution.number, **said})

    page = text_of(Client().get("/en/open-data/sets/mektepter/"))
    assert "Mended" in page
    assert "Код қате" in page
    assert "Түзетілді" in page
    assert not queries.desk(body, AT.date()).problems


def test_mistakes_of_other_rows_are_no_copies(row, citizen, evaluator):
    first, other = (mistake(row, each, row=n) for each, n in ((citizen, "2"), (evaluator, "3")))

    folds = {grouping.place(each.contribution).fold_id for each in (first, other)}

    assert len(folds) == 2


def test_mistake_without_a_row_is_its_text_alone(row, citizen):
    assert mistake(row, citizen, row=" ").contribution.text == "Код қате"


def test_withdrawn_set_takes_no_reports(row, citizen, problem, officer):
    actions.withdraw(row, "Қате", by=officer, at=AT)

    with pytest.raises(NotPublished):
        mistake(row, citizen)
    waits = Message.objects.get(code="data_set.withdrawn")
    assert [each.reader.user for each in waits.deliveries.all()] == [citizen]
    assert voices.counts("data_problem", [row.name])[row.name].waiting == 1


def test_nothing_is_told_of_a_set_that_is_not_there(citizen_client):
    assert citizen_client.get("/kk/contributions/write/data_problem/joq/").status_code == 404


def test_common_pages_lead_to_where_it_stands(wish, problem):
    for row, where in (
        (wish.contribution, f"/kk/open-data/requests/{wish.contribution.number}/"),
        (problem.contribution, "/kk/open-data/sets/mektepter/#problems"),
    ):
        assert where in Client().get(f"/kk/contributions/{row.number}/").content.decode()


def test_stranger_is_led_to_sign_in_and_back(client, wish, row):
    shown = client.get(page_of(wish)).content.decode()
    told = client.get("/kk/open-data/sets/mektepter/problem/?row=2")

    assert f"?next={page_of(wish)}" in shown
    assert (
        'href="/kk/open-data/sets/mektepter/problem/"'
        in client.get("/kk/open-data/sets/mektepter/").content.decode()
    )
    assert told["Location"].endswith("?next=/kk/open-data/sets/mektepter/problem/%3Frow%3D2")


def test_number_of_a_row_leads_to_the_form_with_the_row_in_it(public, citizen_client):
    page = f"/en/open-data/sets/{public.name}/v1/mektepter.csv/"
    form = f"/en/open-data/sets/{public.name}/problem/?row=1%20(mektepter.csv)"

    shown = citizen_client.get(page, {"sort": "-3"}).content.decode()

    assert f'href="{form}"' in shown
    assert 'value="1 (mektepter.csv)"' in citizen_client.get(form).content.decode()


def test_who_asked_who_needs_it_and_who_told_hear_the_answer(
    wish, problem, evaluator, citizen, officer
):
    contributions.support(wish.contribution, evaluator, 1)

    actions.answer_requests([wish], REFUSED, by=officer)
    mended = {"outcome": "accepted", "reason": "corrects_mistake", "words": {"kk": "Түзетілді"}}
    contributions.decide([problem.contribution], by=officer, **mended)

    told = Message.objects.filter(code="contribution.decided").order_by("pk")
    heard = [
        sorted(each.deliveries.values_list("reader__user__username", flat=True)) for each in told
    ]
    assert heard == [sorted([citizen.username, evaluator.username]), [citizen.username]]
    assert [each.title["en"].partition(" No ")[0] for each in told] == [
        "Answer to request for data",
        "Mistake in data,",
    ]
