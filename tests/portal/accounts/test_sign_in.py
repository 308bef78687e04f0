"""Registration, confirmation, passwords, the second factor, limits."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client

from aiqyn_portal.accounts.models import User
from tests import factories
from tests.portal.kazakh import kk

PASSWORD = factories.PASSWORD
NEWCOMER = {
    "email": "aigul@example.kz",
    "username": "aigul",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


def link_in(letter: Any) -> str:
    found = re.search(r"http://testserver(/\S+)", letter.body)
    assert found is not None
    return found[1]


def sign_in(client: Client, name: str, password: str = PASSWORD) -> Any:
    return client.post("/kk/accounts/login/", {"login": name, "password": password})


def confirm_access(client: Client) -> None:
    """Give the password once more, as the pages on security ask."""
    client.post("/kk/accounts/reauthenticate/", {"password": PASSWORD})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def confirmed(citizen: User) -> User:
    return citizen  # as the factory makes people


def code_for(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def test_officers_land_at_what_waits_for_them_and_others_where_they_wanted(
    officer: User, citizen: User
) -> None:
    assert sign_in(Client(), officer.username).url == "/kk/office/"
    assert sign_in(Client(), citizen.username).url == "/kk/"
    wanted = {"login": officer.username, "password": PASSWORD, "next": "/kk/search/"}
    assert Client().post("/kk/accounts/login/", wanted).url == "/kk/search/"


def test_nobody_registers_under_the_name_of_the_portal(db: None) -> None:
    Client().post("/kk/accounts/signup/", {**NEWCOMER, "username": "System"})

    assert not User.objects.exists()


def test_endless_name_is_an_error_of_the_form(db: None) -> None:
    """SQLite refuses to look for a text of more than 50 000 bytes."""
    answer = sign_in(Client(), "a" * 100_000)

    assert answer.status_code == 200
    assert "254" in answer.content.decode()


def test_citizen_registers_confirms_the_email_and_signs_in(db: None) -> None:
    client = Client()
    client.post("/kk/accounts/signup/", NEWCOMER)
    assert not is_signed_in(client)

    page = client.get(link_in(mail.outbox[0]))
    assert "aigul@example.kz" in page.content.decode()
    client.post(link_in(mail.outbox[0]))
    sign_in(client, "aigul@example.kz")

    assert is_signed_in(client)
    assert EmailAddress.objects.get().verified


def test_unconfirmed_email_does_not_sign_in(db: None) -> None:
    Client().post("/kk/accounts/signup/", NEWCOMER)
    client = Client()
    answer = sign_in(client, "aigul")

    assert answer["Location"] == "/kk/accounts/confirm-email/"
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("kk", "растаңыз", "Сәлеметсіз бе!"),
        ("ru", "подтвердите Ваш адрес", "Здравствуйте!"),
        ("en", "Please Confirm Your Email Address", "Good day!"),
    ],
)
def test_letter_speaks_the_language_of_the_page(
    language: str, subject: str, words: str, db: None
) -> None:
    Client().post(f"/{language}/accounts/signup/", NEWCOMER)

    [letter] = mail.outbox
    assert subject in letter.subject
    assert words in letter.body


def test_password_is_kept_as_argon2(settings: Any, db: None) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    Client().post("/kk/accounts/signup/", NEWCOMER)

    assert User.objects.get().password.startswith("argon2$argon2id$")


@pytest.mark.parametrize("password", ["қысқа", "123456789012", "password1234", "aigul@example"])
def test_weak_password_is_refused_in_kazakh(password: str, db: None) -> None:
    weak = {**NEWCOMER, "password1": password, "password2": password}
    page = Client().post("/kk/accounts/signup/", weak).content.decode()

    assert User.objects.count() == 0
    assert "Құпиясөз" in page
    assert "govuk-error-summary" in page


def test_registration_does_not_tell_whether_an_email_is_known(confirmed: User) -> None:
    known = Client().post("/kk/accounts/signup/", {**NEWCOMER, "email": confirmed.email})
    unknown = Client().post("/kk/accounts/signup/", {**NEWCOMER, "username": "bolat"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [letter.to for letter in mail.outbox] == [[confirmed.email], ["aigul@example.kz"]]
    assert kk("Account Already Exists") in mail.outbox[0].subject


def test_reset_does_not_tell_whether_an_email_is_known(confirmed: User) -> None:
    address = "/kk/accounts/password/reset/"
    known = Client().post(address, {"email": confirmed.email})
    unknown = Client().post(address, {"email": "nobody@example.kz"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_wrong_name_and_wrong_password_are_answered_alike(confirmed: User) -> None:
    def words(name: str) -> list[str]:
        page = sign_in(Client(), name, "дұрыс-емес-құпиясөз").content.decode()
        return re.findall(r"error-summary.*?</ul>", page, re.DOTALL)[0].split()

    assert words("citizen") == words("nobody")


def test_forgotten_password_is_set_anew_through_the_letter(confirmed: User) -> None:
    client = Client()
    client.post("/kk/accounts/password/reset/", {"email": confirmed.email})
    form = client.get(link_in(mail.outbox[0]), follow=True).redirect_chain[-1][0]
    fresh = "жаңа-құпиясөз-2026"
    client.post(form, {"password1": fresh, "password2": fresh})

    other = Client()
    sign_in(other, "citizen", fresh)
    assert is_signed_in(other)
    used = Client().get(link_in(mail.outbox[0]), follow=True).content.decode()
    assert kk("Bad Token") in used


def test_too_many_wrong_passwords_are_stopped(confirmed: User) -> None:
    for _ in range(5):
        sign_in(Client(), "citizen", "дұрыс-емес-құпиясөз")
    client = Client()
    page = sign_in(client, "citizen").content.decode()

    assert not is_signed_in(client)
    assert kk("Too many failed login attempts. Try again later.") in page


def test_people_behind_a_proxy_are_limited_one_by_one(confirmed: User, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    stranger = Client(headers={"X-Forwarded-For": "10.9.9.9, 203.0.113.7"})
    for _ in range(31):
        sign_in(stranger, "nobody", "дұрыс-емес-құпиясөз")
    refused = sign_in(stranger, "citizen")
    person = Client(headers={"X-Forwarded-For": "203.0.113.8"})
    sign_in(person, "citizen")

    assert refused.status_code == 429
    assert is_signed_in(person)


def test_second_factor_is_asked_for_and_a_code_works_once(confirmed: User) -> None:
    client = Client()
    sign_in(client, "citizen")
    confirm_access(client)
    page = client.get("/kk/accounts/2fa/totp/activate/").content.decode()
    assert "data:image/svg+xml" in page
    secret = re.findall(r'id="authenticator_secret">([A-Z2-7]+)<', page)[0]
    client.post("/kk/accounts/2fa/totp/activate/", {"code": code_for(secret)})

    other = Client()
    assert sign_in(other, "citizen")["Location"].startswith("/kk/accounts/2fa/authenticate/")
    assert not is_signed_in(other)
    refused = other.post("/kk/accounts/2fa/authenticate/", {"code": "000000"})
    assert kk("Incorrect code.") in refused.content.decode()
    assert not is_signed_in(other)


def test_a_role_that_needs_a_second_factor_opens_nothing_without_one(
    administrator: User, citizen: User, settings: Any
) -> None:
    settings.SECOND_FACTOR_ROLES = ["administrator"]
    client, other = Client(), Client()
    sign_in(client, "administrator")
    sign_in(other, "citizen")
    setting_up = "/kk/accounts/2fa/totp/activate/"

    assert client.get("/kk/manage/people/")["Location"] == setting_up
    assert client.get("/kk/")["Location"] == setting_up
    pressed = client.post(f"/kk/manage/people/{citizen.pk}/switch/", {"reason": "x"})
    assert pressed["Location"] == setting_up
    citizen.refresh_from_db()
    assert citizen.is_active
    assert other.get("/kk/").status_code == 200

    confirm_access(client)
    page = client.get(setting_up).content.decode()
    assert kk("Your role needs two-factor authentication. Set it up to go on.") in page
    secret = re.findall(r'id="authenticator_secret">([A-Z2-7]+)<', page)[0]
    client.post(setting_up, {"code": code_for(secret)})
    assert client.get("/kk/manage/people/").status_code == 200


def test_recovery_code_replaces_a_lost_phone(confirmed: User) -> None:
    client = Client()
    sign_in(client, "citizen")
    confirm_access(client)
    page = client.get("/kk/accounts/2fa/totp/activate/").content.decode()
    secret = re.findall(r'id="authenticator_secret">([A-Z2-7]+)<', page)[0]
    client.post("/kk/accounts/2fa/totp/activate/", {"code": code_for(secret)})
    codes = client.get("/kk/accounts/2fa/recovery-codes/").content.decode()
    listed = re.findall(r"<li><code>(\d+)</code></li>", codes)
    assert len(listed) == 10

    other = Client()
    sign_in(other, "citizen")
    other.post("/kk/accounts/2fa/authenticate/", {"code": listed[0]})
    assert is_signed_in(other)
    third = Client()
    sign_in(third, "citizen")
    third.post("/kk/accounts/2fa/authenticate/", {"code": listed[0]})
    assert not is_signed_in(third)


def test_key_of_the_app_is_a_link_for_those_who_are_on_the_phone(confirmed: User) -> None:
    client = Client()
    sign_in(client, "citizen")
    confirm_access(client)
    page = client.get("/kk/accounts/2fa/totp/activate/").content.decode()

    secret = re.findall(r'id="authenticator_secret">([A-Z2-7]+)<', page)[0]
    [link] = re.findall(r'href="(otpauth://totp/[^"]+)"', page)
    assert f"secret={secret}" in link


def test_only_address_offers_nothing_to_choose_and_two_do(confirmed: User) -> None:
    client = Client()
    sign_in(client, "citizen")
    confirm_access(client)
    alone = client.get("/kk/accounts/email/").content.decode()
    client.post("/kk/accounts/email/", {"action_add": "", "email": "second@example.kz"})
    both = client.get("/kk/accounts/email/").content.decode()

    assert "action_remove" not in alone
    assert both.count('type="radio"') == 2
    client.post("/kk/accounts/email/", {"action_remove": "", "email": "second@example.kz"})
    assert "action_remove" not in client.get("/kk/accounts/email/").content.decode()


def test_unconfirmed_only_address_is_sent_another_letter(citizen: User) -> None:
    EmailAddress.objects.filter(user=citizen).update(verified=False)
    client = Client()
    client.force_login(citizen)
    page = client.get("/kk/accounts/email/").content.decode()

    client.post("/kk/accounts/email/", {"action_send": "", "email": citizen.email})

    assert f'name="email" value="{citizen.email}"' in page
    assert [letter.to for letter in mail.outbox] == [[citizen.email]]


def test_other_sessions_can_be_ended(confirmed: User) -> None:
    here, elsewhere = Client(), Client()
    sign_in(here, "citizen")
    sign_in(elsewhere, "citizen")
    assert here.get("/kk/accounts/sessions/").content.decode().count("<tr") == 3

    here.post("/kk/accounts/sessions/")

    assert here.get("/kk/accounts/email/").status_code == 200
    assert elsewhere.get("/kk/accounts/email/").status_code == 302


def test_sign_in_does_not_lead_to_a_foreign_address(confirmed: User) -> None:
    answer = Client().post(
        "/kk/accounts/login/?next=https://evil.example/",
        {"login": "citizen", "password": PASSWORD, "next": "https://evil.example/"},
    )

    assert answer["Location"] == "/kk/"
