"""People hear of every change to the keys of their account."""

import re

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from aiqyn_portal.accounts.models import User
from tests.portal.accounts.test_sign_in import (
    NEWCOMER,
    PASSWORD,
    code_for,
    confirm_access,
    sign_in,
)

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


def down(*_: object) -> None:
    raise ConnectionRefusedError("mail")


def test_a_change_stays_made_when_its_letter_cannot_be_sent(
    signed_in: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EmailMessage, "send", down)
    answer = signed_in.post(
        "/kk/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    )

    assert answer.status_code == 302
    assert User.objects.get(username="citizen").check_password(NEW)


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("signup", NEWCOMER),
        ("password/reset", {"email": "citizen@example.kz"}),
    ],
)
def test_mail_that_is_down_is_said_and_a_later_try_is_answered(
    citizen: User, monkeypatch: pytest.MonkeyPatch, address: str, sent: dict[str, str]
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", down)
        refused = Client().post(f"/ru/accounts/{address}/", sent)
    Client().post("/ru/accounts/password/reset/", {"email": sent["email"]})

    assert refused.status_code == 503
    assert "Письмо не отправлено" in refused.content.decode()
    assert [letter.to for letter in mail.outbox] == [[sent["email"]]]


def test_who_signs_in_after_mail_was_down_gets_the_letter_of_confirmation(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", down)
        assert Client().post("/ru/accounts/signup/", NEWCOMER).status_code == 503
    sign_in(Client(), NEWCOMER["username"])

    assert [letter.to for letter in mail.outbox] == [[NEWCOMER["email"]]]


def test_a_refused_change_sends_nothing(signed_in: Client) -> None:
    signed_in.post(
        "/kk/accounts/password/change/",
        {"oldpassword": "дұрыс-емес", "password1": NEW, "password2": NEW},
    )

    assert mail.outbox == []
