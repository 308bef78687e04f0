"""People hear of every change to the keys of their account."""

import re

import pytest
from django.core import mail
from django.test import Client

from aiqyn_portal.accounts.models import User
from tests.portal.accounts.test_sign_in import PASSWORD, code_for, confirm_access, sign_in

NEW = "жаңа-ұзын-құпиясөз-27"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def signed_in(citizen: User) -> Client:
    client = Client(headers={"User-Agent": FIREFOX})
    sign_in(client, "citizen")
    confirm_access(client)
    return client


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("kk", "Құпиясөз өзгертілді", "citizen тіркелгісінде өзгеріс болды:"),
        ("ru", "Пароль изменён", "В учётной записи citizen есть изменение:"),
        ("en", "Password Changed", "The account citizen was changed:"),
    ],
)
def test_changed_password_is_told_in_the_language_of_the_page(
    signed_in: Client, language: str, subject: str, words: str
) -> None:
    signed_in.post(
        f"/{language}/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    )

    [letter] = mail.outbox
    assert letter.to == ["citizen@example.kz"]
    assert letter.subject == subject
    assert words in letter.body
    assert "127.0.0.1" in letter.body
    assert "Firefox, Linux" in letter.body
    assert f"http://testserver/{language}/accounts/password/reset/" in letter.body
    assert NEW not in letter.body


def test_second_factor_is_told_when_it_begins_and_when_it_ends(
    transactional_db: None, signed_in: Client
) -> None:
    page = signed_in.get("/kk/accounts/2fa/totp/activate/").content.decode()
    secret = re.findall(r'id="authenticator_secret">([A-Z2-7]+)<', page)[0]
    signed_in.post("/kk/accounts/2fa/totp/activate/", {"code": code_for(secret)})
    signed_in.post("/kk/accounts/2fa/totp/deactivate/")

    assert [letter.subject for letter in mail.outbox] == [
        "Аутентификатор қолданбасы қосылды",
        "Аутентификатор қолданбасы өшірілді",
    ]


def test_a_refused_change_sends_nothing(signed_in: Client) -> None:
    signed_in.post(
        "/kk/accounts/password/change/",
        {"oldpassword": "дұрыс-емес", "password1": NEW, "password2": NEW},
    )

    assert mail.outbox == []
