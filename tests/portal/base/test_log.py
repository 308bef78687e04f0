"""The log of the portal tells what happened, and nothing that people type to be let in."""

import logging
from typing import Any

import pytest
from allauth.account.forms import LoginForm
from django.test import Client

from aiqyn_portal.accounts import tokens
from aiqyn_portal.accounts.models import User

PASSWORD, EMAIL = "qupiya-soz-7741", "q.jeke.hat@mail.kz"
ACCOUNTS = ("login", "signup", "password/reset")


def test_no_password_address_or_key_stands_in_the_log(
    citizen: User, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO)
    key = tokens.make(citizen, "Кілт", at=citizen.date_joined)
    client = Client(raise_request_exception=False)
    typed = {"login": EMAIL, "email": EMAIL, "password": PASSWORD, "password1": PASSWORD}

    def broken(form: LoginForm) -> Any:
        raise RuntimeError

    sent = [client.post(f"/kk/accounts/{page}/", typed).status_code for page in ACCOUNTS]
    keyed = {"headers": {"authorization": key}, "content_type": "application/json"}
    refused = client.post("/api/3/action/package_create", "{}", **keyed).status_code
    monkeypatch.setattr(LoginForm, "clean", broken)
    sent += [client.post("/kk/accounts/login/", typed).status_code]

    assert (sent[0], sent[-1], refused) == (200, 500, 409)
    assert "RuntimeError" in caplog.text
    assert [word for word in (PASSWORD, EMAIL, key) if word in caplog.text] == []
