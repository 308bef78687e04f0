from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import actions, sealing
from aiqyn_portal.contributions.models import Complaint, Contribution
from tests import factories
from tests.portal.conftest import signed_in
from tests.portal.contributions.voices import CLOSED, KIND, QUESTION, decided, said


def page(name: str, *arguments: Any) -> str:
    return reverse(f"contributions:{name}", args=arguments)


WRITE = ("write", KIND, "one")


def posted(client: Client, text: str, **more: str) -> Any:
    given = {"voice-text": text, "voice-form_key": "k1"}
    given |= {f"voice-{name}": value for name, value in more.items() if name not in BUTTONS}
    given |= {name: value for name, value in more.items() if name in BUTTONS}
    return client.post(page(*WRITE), given)


BUTTONS = ("seen", "consent", "edit")


def test_a_text_that_is_sent_stands_on_its_own_page(
    body: Body, citizen_client: Client, citizen: User
) -> None:
    answer = posted(citizen_client, "Мектеп алдына жаяу жол керек.", display_name="Айгүл")

    row = Contribution.objects.get()
    assert answer.headers["Location"] == page("one", row.number)
    shown = citizen_client.get(page("one", row.number)).content.decode()
    assert "Мектеп алдына жаяу жол керек." in shown
    assert "Айгүл" in shown
    assert citizen.username not in Client().get(page("one", row.number)).content.decode()
    assert citizen.email not in shown


def test_a_form_sent_twice_leads_to_the_same_page(body: Body, citizen_client: Client) -> None:
    places = {posted(citizen_client, "Бір рет.").headers["Location"] for _ in range(3)}

    assert len(places) == 1
    assert Contribution.objects.count() == 1


def test_the_text_of_an_expired_session_is_there_again_after_signing_in(
    body: Body, citizen: User
) -> None:
    client = Client()
    text = "Ұзақ жазылған мәтін. <b>қалың</b>"

    away = posted(client, text, display_name="Ерлан")
    assert away.headers["Location"].startswith(reverse("account_login"))
    citizen.set_password("жұлдыз-1234-қар")
    citizen.save()
    client.force_login(citizen, backend="django.contrib.auth.backends.ModelBackend")
    form = client.get(page(*WRITE)).context["form"]

    assert (form["text"].value(), form["display_name"].value()) == (text, "Ерлан")
    posted(client, form["text"].value(), form_key=form["form_key"].value())
    assert Contribution.objects.get().text == text
    assert client.get(page(*WRITE)).context["form"]["text"].value() is None


def test_personal_data_are_shown_masked_before_they_are_published(
    body: Body, citizen_client: Client
) -> None:
    text = "Маған хабарласыңыз: 8 (701) 123-45-67."

    asked = posted(citizen_client, text)
    assert asked.templates[0].name == "contributions/check.html"
    assert asked.context["masked"] == ["Маған хабарласыңыз: +7 *** *** ** **.", ""]
    assert Contribution.objects.count() == 0
    back = posted(citizen_client, text, edit="1", seen="1", consent="1")
    assert back.context["form"]["text"].value() == text
    posted(citizen_client, text, seen="1", consent="1")

    row = Contribution.objects.get()
    assert row.text == "Маған хабарласыңыз: +7 *** *** ** **."
    assert row.original_text == text


def test_hidden_parts_are_for_the_author_and_the_body_alone(
    body: Body, citizen: User, officer_client: Client, evaluator_client: Client
) -> None:
    row = said(citizen, "Менің нөмірім 8 (701) 123-45-67", consent_to_mask=True)
    clients = {
        "author": signed_in(citizen),
        "officer": officer_client,
        "evaluator": evaluator_client,
        "anybody": Client(),
    }

    seen = {
        who: "123-45-67" in client.get(page("one", row.number)).content.decode()
        for who, client in clients.items()
    }

    assert seen == {"author": True, "officer": True, "evaluator": False, "anybody": False}


def test_what_is_like_the_text_is_shown_first(
    body: Body, citizen: User, citizen_client: Client
) -> None:
    other = said(citizen, "Орталық алаңдағы субұрқақты жөндеу қажет.")
    sealing.seal_all()

    asked = posted(citizen_client, "Алаңдағы субұрқақ қашан жөнделеді?")

    assert [line.href for line in asked.context["similar"]] == [page("one", other.number)]
    posted(citizen_client, "Алаңдағы субұрқақ қашан жөнделеді?", seen="1")
    assert Contribution.objects.count() == 2


@pytest.mark.parametrize("text", ["", "   \n\t ", "\u200b\u202e\u2066", "🙂🙂", "...!?"])
def test_a_text_without_words_is_refused_and_stays_in_the_form(
    body: Body, citizen_client: Client, text: str
) -> None:
    answer = posted(citizen_client, text)

    assert answer.templates[0].name == "contributions/write.html"
    assert answer.context["form"].errors
    assert answer.context["form"]["text"].value() == text


def test_a_text_of_a_megabyte_is_refused_and_stays_in_the_form(
    body: Body, citizen_client: Client
) -> None:
    text = "Өте ұзақ мәтін. " * 40_000

    answer = posted(citizen_client, text)

    assert answer.context["form"].errors["text"]
    assert answer.context["form"]["text"].value() == text


def test_what_is_closed_says_why_and_keeps_the_text(body: Body, citizen_client: Client) -> None:
    given = {"voice-text": "Кешіктім", "voice-form_key": "k"}
    answer = citizen_client.post(page("write", KIND, CLOSED), given)

    assert "Талқылау аяқталды." in answer.content.decode()
    assert answer.context["form"]["text"].value() == "Кешіктім"


def test_what_is_not_there_is_not_found(body: Body, citizen_client: Client) -> None:
    asked = [page("write", KIND, "nothing"), page("write", "unknown", "one")]

    assert [citizen_client.get(address).status_code for address in asked] == [404, 404]


def test_scripts_are_shown_as_text(body: Body, citizen_client: Client) -> None:
    posted(citizen_client, "<script>alert(1)</script> мәтін")

    shown = citizen_client.get(page("one", Contribution.objects.get().number)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<script>alert" not in shown


def test_nobody_is_sent_to_another_site(body: Body, citizen_client: Client) -> None:
    answer = posted(citizen_client, "Мәтін бар.", next="https://evil.example/")

    assert answer.headers["Location"] == page("one", Contribution.objects.get().number)


def test_a_removed_text_leaves_a_note_with_its_reason(
    body: Body, citizen: User, evaluator_client: Client
) -> None:
    row = said(citizen, "Балағат сөз")
    moved = evaluator_client.post(
        page("moderate", row.number), {"rule": "insult", "words": "Былапыт сөз бар."}
    )

    assert moved.headers["Location"] == page("moderation")
    shown = Client().get(page("one", row.number)).content.decode()
    assert "Балағат сөз" not in shown
    assert "Былапыт сөз бар." in shown
    told = Client().get(reverse("contribution_json", args=[row.number])).json()
    assert (told["text"], told["shown"]) == ("", "removed")


def test_reports_wait_for_moderators_and_are_closed(
    body: Body, citizen: User, neighbour: User, evaluator_client: Client
) -> None:
    row = said(citizen)
    signed_in(neighbour).post(page("report", row.number), {"rule": "off_topic", "words": "?"})
    assert [each.number for each in evaluator_client.get(page("moderation")).context["page"]] == [
        row.number
    ]

    evaluator_client.post(page("moderate", row.number), {"keep": "1"})

    assert list(evaluator_client.get(page("moderation")).context["page"]) == []
    assert Complaint.objects.get().upheld is False


def test_an_appeal_is_decided_by_another_moderator(
    body: Body, citizen: User, evaluator: User, administrator_client: Client
) -> None:
    row = said(citizen)
    actions.moderate(row, by=evaluator, rule="off_topic", words="Тақырыптан тыс")
    own, way = page("one", row.number), page("appeal", row.number)
    assert way in signed_in(citizen).get(own).content.decode()
    signed_in(citizen).post(way, {"words": "Тақырып бойынша."})
    assert way not in signed_in(citizen).get(own).content.decode()
    address = page("decide_appeal", row.appeals.get().pk)
    given = {"decision": "restore", "words": "Автор дұрыс айтады."}

    refused = signed_in(evaluator).post(address, given)
    assert refused.context["form"].non_field_errors()
    administrator_client.post(address, given)

    row.refresh_from_db()
    assert row.shown == "public"
    assert [step.what for step in row.steps.all()][-3:] == ["moderated", "appealed", "restored"]


def test_votes_are_counted_once_and_can_be_taken_back(
    body: Body, citizen: User, neighbour: User
) -> None:
    row = said(citizen)
    client = signed_in(neighbour)
    seen = []

    for value in ("for", "for", "against", "back"):
        client.post(page("support", row.number), {"value": value})
        row.refresh_from_db()
        seen.append((row.votes_for, row.votes_against))

    assert seen == [(1, 0), (1, 0), (0, 1), (0, 0)]


def test_the_queue_leads_to_one_decision_for_all_chosen(
    body: Body, citizen: User, neighbour: User, officer_client: Client
) -> None:
    rows = [said(citizen), said(neighbour), said(citizen, "Басқа пікір")]
    actions.group(rows[:2])

    waiting = officer_client.get(page("queue"))
    assert [row.number for row in waiting.context["page"]] == [row.number for row in rows]
    asked = officer_client.get(page("decide"), {"number": rows[0].number})
    assert asked.context["count"] == 2
    answer = officer_client.post(
        page("decide"),
        {
            "number": rows[0].number,
            "outcome": "declined",
            "reason": "no_money",
            "words_kk": "Қаражат жоқ.",
            "words_ru": "Нет средств.",
        },
    )

    assert answer.headers["Location"] == page("queue")
    outcomes = Contribution.objects.order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == ["declined", "declined", ""]
    assert "Нет средств." in Client().get(f"/ru/contributions/{rows[1].number}/").content.decode()


def test_the_queue_begins_with_what_is_due_first(
    body: Body, citizen: User, officer_client: Client
) -> None:
    comment, question = said(citizen), said(citizen, "Қашан?", kind=QUESTION)

    page_ = officer_client.get(page("queue")).context["page"]

    assert [row.number for row in page_] == [question.number, comment.number]
    assert page_[0].due_on is not None


def test_an_officer_of_another_body_decides_nothing(
    body: Body, citizen: User, officer_client: Client, clients: dict[str, Client]
) -> None:
    row = said(citizen)
    stranger = signed_in(factories.officer(factories.BodyFactory(code="kz-akm-other")))

    assert stranger.get(page("decide"), {"number": row.number}).status_code == 403
    assert list(stranger.get(page("queue")).context["page"]) == []
    assert clients["citizen"].get(page("decide")).status_code == 403


def test_where_it_is_reflected_stands_in_its_life(
    body: Body, citizen: User, officer: User, officer_client: Client
) -> None:
    row = decided(said(citizen), officer)

    officer_client.post(page("reflect", row.number), {"version": "2", "article": "5-бап"})

    shown = Client().get(page("one", row.number)).content.decode()
    assert "5-бап" in shown
    assert Contribution.objects.get().state == "reflected"
