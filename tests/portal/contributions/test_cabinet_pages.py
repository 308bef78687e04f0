"""Pages of what one has said: the cabinet, the export, leaving; lists for programs."""

import io
import json
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from aiqyn.ledger import receipts as papers
from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import actions, sealing
from aiqyn_portal.contributions.models import Contribution
from tests.factories import PASSWORD
from tests.portal.conftest import signed_in
from tests.portal.contributions.voices import KIND, QUESTION, decided, said


def page(name: str, *arguments: Any) -> str:
    return reverse(f"contributions:{name}", args=arguments)


WRITE = ("write", KIND, "one")


def posted(client: Client, text: str, **more: str) -> Any:
    given = {"voice-text": text, "voice-form_key": "k1"}
    given |= {f"voice-{name}": value for name, value in more.items() if name not in BUTTONS}
    given |= {name: value for name, value in more.items() if name in BUTTONS}
    return client.post(page(*WRITE), given)


BUTTONS = ("seen", "consent", "edit")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 3),
        ({"kind": QUESTION}, 1),
        ({"state": "accepted"}, 1),
        ({"state": "registered"}, 2),
        ({"body": "kz-akm-shymkent"}, 3),
        ({"since": "2100-01-01"}, 0),
        ({"until": "2100-01-01"}, 3),
        ({"kind": "nonsense", "since": "yesterday"}, 3),
    ],
)
def test_the_cabinet_is_narrowed(
    body: Body, citizen: User, officer: User, asked: dict[str, str], found: int
) -> None:
    decided(said(citizen), officer)
    said(citizen, "Екінші")
    said(citizen, "Сұрақ", kind=QUESTION)

    shown = signed_in(citizen).get(page("cabinet"), asked)

    assert shown.context["page"].paginator.count == found


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_the_database_as_often_for_one_as_for_many(
    body: Body,
    citizen: User,
    officer: User,
    rows: int,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(rows):
        said(citizen, f"Пікір {number}")

    mine, office = signed_in(citizen), signed_in(officer)

    with django_assert_max_num_queries(11):
        mine.get(page("cabinet"))
    with django_assert_max_num_queries(11):
        office.get(page("queue"))


def test_all_my_data_are_in_one_file(body: Body, citizen: User, officer: User) -> None:
    row = decided(said(citizen, "=1+1 мәтін", display_name="Айгүл"), officer)
    sealing.seal_all()

    answer = signed_in(citizen).get(page("export"))

    held = zipfile.ZipFile(io.BytesIO(answer.content))
    [told] = json.loads(held.read("contributions.json"))
    assert (told["number"], told["text"], told["answer"]) == (
        row.number,
        "=1+1 мәтін",
        {"kk": "Дұрыс айтылған."},
    )
    assert "'=1+1 мәтін" in held.read("contributions.csv").decode("utf-8-sig")
    paper = papers.read_receipt(held.read(f"receipts/{row.number}.json"), "r")
    assert len(paper.steps) == 3
    assert json.loads(held.read("account.json"))["username"] == citizen.username
    [notice, *_] = json.loads(held.read("notices.json"))["notices"]  # that it was decided
    assert row.number in notice["title"]["kk"]


def test_leaving_asks_for_the_password_and_signs_out(body: Body, citizen: User) -> None:
    said(citizen)
    client = signed_in(citizen)
    assert client.get(page("leave")).status_code == 200

    asked = client.post(page("leave"), {"sure": "on"})["Location"]
    assert asked.startswith("/kk/accounts/reauthenticate/")
    client.post(asked, {"password": "басқа құпиясөз"})
    assert Contribution.objects.get().author == citizen
    client.post(asked, {"password": PASSWORD})  # and what was sent before is done

    assert client.get(page("cabinet")).status_code == 302
    assert Contribution.objects.get().author is None


def test_leaving_asks_to_be_sure(citizen: User) -> None:
    client = signed_in(citizen)
    asked = client.post(page("leave"), {})["Location"]

    assert client.post(asked, {"password": PASSWORD}).context["form"].errors
    assert User.objects.get().is_active


def test_public_contributions_are_listed_for_programs(
    body: Body, citizen: User, evaluator: User
) -> None:
    first, second = said(citizen), said(citizen, "Екінші", key="two")
    hidden = said(citizen, "Үшінші")
    actions.moderate(hidden, by=evaluator, rule="insult", words="Болмайды")
    address = reverse("contributions_json")

    def numbers(**asked: str) -> list[str]:
        told = Client().get(address, asked).json()
        return [each["number"] for each in told["contributions"]]

    assert numbers() == [second.number, first.number]
    assert numbers(about="one", kind=KIND) == [first.number]
    assert numbers(before=str(second.pk)) == [first.number]
    assert numbers(before="x" * 50) == [second.number, first.number]


def test_similar_things_are_told_to_the_page_that_asks(body: Body, citizen: User) -> None:
    row = said(citizen, "Орталық алаңдағы субұрқақты жөндеу қажет.")
    sealing.seal_all()
    address = reverse("contributions_similar_json")

    told = Client().get(address, {"text": "алаңдағы субұрқақ"}, headers={"accept-language": "kk"})

    [only] = told.json()["similar"]
    assert only["href"] == page("one", row.number)
    assert Client().get(address, {"text": "\0"}).json() == {"similar": []}


def test_roots_are_a_page_and_a_file(body: Body, citizen: User) -> None:
    said(citizen)
    sealing.seal_all()

    assert Client().get(page("roots")).status_code == 200
    told = Client().get(reverse("contribution_roots_json")).content
    assert papers.read_roots(told, "roots").roots == ()
