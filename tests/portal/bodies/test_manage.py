"""The administrator's pages."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from aiqyn.registry.bodies import BODY_COLUMNS
from aiqyn_portal.bodies.models import Account, Body
from aiqyn_portal.trail.models import Event
from tests.factories import AccountFactory, BodyFactory

PAGES = [
    ("bodies:manage", []),
    ("bodies:create", []),
    ("bodies:import", []),
    ("bodies:template", []),
    ("bodies:body", ["kz-akm-shymkent"]),
    ("bodies:edit", ["kz-akm-shymkent"]),
    ("bodies:rename", ["kz-akm-shymkent"]),
    ("bodies:close", ["kz-akm-shymkent"]),
    ("bodies:add_account", ["kz-akm-shymkent"]),
    ("trail:events", []),
]


def address(view: str, *arguments: Any) -> str:
    with override("en"):
        return reverse(view, args=arguments)


@pytest.mark.parametrize(("view", "arguments"), PAGES)
def test_only_an_administrator_opens_the_page(
    clients: dict[str, Client], body: Body, view: str, arguments: list[str]
) -> None:
    statuses = {
        role: client.get(address(view, *arguments)).status_code for role, client in clients.items()
    }

    assert statuses == {
        "anonymous": 302,
        "citizen": 403,
        "officer": 403,
        "evaluator": 403,
        "administrator": 200,
    }


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_database_as_often_for_many_bodies_as_for_one(
    administrator_client: Client, django_assert_num_queries: Any, count: int
) -> None:
    parent = BodyFactory(code="kz-parent")
    for number in range(count):
        BodyFactory(code=f"kz-{number}", parent=parent)

    with django_assert_num_queries(6):  # session, person, roles, count, bodies, unread notices
        administrator_client.get(address("bodies:manage"))


def test_list_finds_by_a_word_and_says_when_there_is_nothing(
    administrator_client: Client, body: Body
) -> None:
    found = administrator_client.get(address("bodies:manage"), {"q": "ШЫМКЕНТ"})
    nothing = administrator_client.get(address("bodies:manage"), {"q": "жоқ"})

    assert [b.code for b in found.context["page"]] == ["kz-akm-shymkent"]
    assert "Nothing was found" in nothing.content.decode()


NEW = {
    "code": "kz-min-new",
    "name_kk": "Жаңа министрлік",
    "name_ru": "Новое министерство",
    "kind": "ministry",
    "bin": "980540000397",
    "kato": "710000000",
    "site": "https://new.example.kz",
    "phone": "1",
    "address_ru": "Астана",
    "valid_from": "2020-01-02",
}


def test_body_is_created(administrator_client: Client) -> None:
    answer = administrator_client.post(address("bodies:create"), NEW)

    made = Body.objects.get()
    assert answer.headers["Location"] == address("bodies:body", "kz-min-new")
    assert (dict(made.name), made.contacts, made.valid_from) == (
        {"kk": "Жаңа министрлік", "ru": "Новое министерство"},
        {"phone": "1", "address": {"ru": "Астана"}},
        date(2020, 1, 2),
    )
    assert Event.objects.get().action == "body.created"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": "KZ"}, "code"),
        ({"code": "kz-akm-shymkent"}, "code"),
        ({"name_kk": ""}, "name_kk"),
        ({"bin": "980540000390"}, "bin"),
        ({"bin": "000000000000"}, "bin"),
        ({"kato": "1"}, "kato"),
        ({"site": "gov.kz"}, "site"),
        ({"email": "a"}, "email"),
        ({"valid_from": "2020-13-01"}, "valid_from"),
        ({"kind": "subordinate"}, "parent"),
        ({"kind": "king"}, "kind"),
    ],
)
def test_form_with_a_bad_cell_says_which_and_changes_nothing(
    administrator_client: Client, body: Body, change: dict[str, str], field: str
) -> None:
    Body.objects.filter(pk=body.pk).update(bin="000000000000")

    answer = administrator_client.post(address("bodies:create"), NEW | change)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert (Body.objects.count(), Event.objects.count()) == (1, 0)


def test_body_is_edited_and_shows_what_it_holds(administrator_client: Client, body: Body) -> None:
    page = administrator_client.get(address("bodies:edit", body.code))
    sent = {k: v for k, v in page.context["form"].initial.items() if v is not None}

    administrator_client.post(address("bodies:edit", body.code), sent | {"phone": "+7 725"})
    administrator_client.post(address("bodies:edit", body.code), sent | {"phone": "+7 725"})

    body.refresh_from_db()
    assert body.contacts == {"phone": "+7 725"}
    assert Event.objects.count() == 1
    assert "+7 725" in administrator_client.get(address("bodies:body", body.code)).content.decode()


def test_body_cannot_stand_under_what_stands_under_it(
    administrator_client: Client, body: Body
) -> None:
    child = BodyFactory(code="kz-child", parent=body)

    answer = administrator_client.post(
        address("bodies:edit", body.code), {"kind": body.kind, "parent": child.pk}
    )

    assert list(answer.context["form"].errors) == ["parent"]


def test_body_is_renamed_once_per_day(administrator_client: Client, body: Body) -> None:
    sent = {"name_kk": "Жаңа", "name_ru": "Новый", "since": "2024-05-01", "source": "decree"}

    first = administrator_client.post(address("bodies:rename", body.code), sent)
    again = administrator_client.post(address("bodies:rename", body.code), sent)
    ahead = administrator_client.post(
        address("bodies:rename", body.code), sent | {"since": "2999-01-01"}
    )

    assert (first.status_code, again.status_code, ahead.status_code) == (302, 422, 422)
    assert again.context["form"].errors == {
        "since": ["The earliest possible day is 2\u00a0May 2024."]
    }
    assert ahead.context["form"].errors == {"since": ["This day has not come yet."]}
    assert body.names.count() == 1


def test_body_is_closed_when_nothing_lives_under_it(
    administrator_client: Client, body: Body
) -> None:
    child = BodyFactory(code="kz-child", parent=body, valid_from=date(2020, 1, 1))
    close = address("bodies:close", body.code)

    refused = administrator_client.post(close, {"last_day": "2024-01-01"})
    early = administrator_client.post(
        address("bodies:close", child.code), {"last_day": "2019-01-01"}
    )
    administrator_client.post(address("bodies:close", child.code), {"last_day": "2024-01-01"})
    done = administrator_client.post(close, {"last_day": "2024-01-01"})

    assert [a.status_code for a in (refused, early, done)] == [422, 422, 302]
    assert list(refused.context["form"].errors) == ["last_day"]


def test_accounts_are_listed_and_removed(administrator_client: Client, body: Body) -> None:
    sent = {"network": "facebook", "address": "https://www.facebook.com/shymkent"}

    administrator_client.post(address("bodies:add_account", body.code), sent)
    twice = administrator_client.post(address("bodies:add_account", body.code), sent)
    account = Account.objects.get()
    removed = administrator_client.post(address("bodies:remove_account", body.code, account.pk))

    assert (twice.status_code, removed.status_code, Account.objects.count()) == (422, 302, 0)
    assert [e.action for e in Event.objects.all()] == ["body.account_added", "body.account_removed"]


def test_account_is_removed_only_by_sending_the_form(
    administrator_client: Client, body: Body
) -> None:
    account = AccountFactory(body=body)

    answer = administrator_client.get(address("bodies:remove_account", body.code, account.pk))

    assert (answer.status_code, Account.objects.count()) == (405, 1)


def upload(client: Client, *rows: str) -> Any:
    content = "\n".join([",".join(BODY_COLUMNS), *rows]).encode()
    return client.post(
        address("bodies:import"), {"file": SimpleUploadedFile("bodies.csv", content)}
    )


def test_file_is_imported_whole(administrator_client: Client) -> None:
    answer = upload(administrator_client, "kz-a,ministry,,А,А" + "," * 13)

    page = administrator_client.get(answer.headers["Location"])
    assert "1 body added, 0 changed, 0 as they were." in page.content.decode()
    assert Event.objects.get().subject == "file:bodies.csv"


def test_file_with_bad_rows_is_refused_and_every_one_is_shown(administrator_client: Client) -> None:
    answer = upload(
        administrator_client,
        "kz-a,ministry,,А,А" + "," * 13,
        "kz-b,king,kz-none,А,А,,12" + "," * 11,
    )

    shown = [(p.line, p.column, p.value) for p in answer.context["problems"]]
    assert (answer.status_code, Body.objects.count()) == (422, 0)
    assert shown == [(3, "kind", "king"), (3, "bin", "12"), (3, "parent", "kz-none")]


def test_file_that_would_rename_a_body_is_refused(administrator_client: Client, body: Body) -> None:
    answer = upload(administrator_client, f"{body.code},akimat_city,,Басқа,Другое" + "," * 13)

    assert [(p.line, p.code) for p in answer.context["problems"]] == [(2, "other_name")]


def test_file_that_is_missing_or_too_large_is_refused(administrator_client: Client) -> None:
    nothing = administrator_client.post(address("bodies:import"))
    large = SimpleUploadedFile("bodies.csv", b"," * (2 * 1024 * 1024 + 1))
    too_large = administrator_client.post(address("bodies:import"), {"file": large})

    assert nothing.context["form"].errors == {"file": ["This field is required."]}
    assert too_large.context["form"].errors == {"file": ["The file is larger than 2 MB."]}
