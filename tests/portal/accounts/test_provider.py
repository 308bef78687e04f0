"""Signing in through an OpenID Connect provider, against a real one on this machine."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from aiqyn_portal.accounts.models import User
from tests.portal.kazakh import kk

PEOPLE = [
    {"sub": "aigul", "email": "aigul@example.kz", "email_verified": True},
    {"sub": "impostor", "email": "citizen@example.kz", "email_verified": True},
]


class StayHere(HTTPRedirectHandler):
    """Give the redirect back instead of following it."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A provider in a process of its own; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    for person in PEOPLE:
        command += ["--user-claims", json.dumps(person)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(port, process)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Return once the server takes connections; raise when it has ended instead."""
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"the provider ended with {process.returncode}")


@pytest.fixture
def provider(server: str, settings: Any) -> str:
    settings.SOCIALACCOUNT_PROVIDERS = told_of(server)
    return server


def told_of(server: str) -> dict[str, Any]:
    """The portal's settings for one provider."""
    app = {
        "provider_id": "trial",
        "name": "Сынақ провайдері",
        "client_id": "aiqyn",
        "secret": "secret",
        "settings": {"server_url": server},
    }
    return {"openid_connect": {"APPS": [app]}}


def agree(address: str, sub: str = "", **fields: str) -> str:
    """Press the provider's button as a person would; where the browser is sent next."""
    body = urlencode({"sub": sub, **fields}).encode()
    request = Request(address, data=body, method="POST")
    try:
        build_opener(StayHere).open(request)
    except OSError as answer:
        return str(answer.headers["Location"])  # type: ignore[attr-defined]
    raise AssertionError("the provider did not send the browser back")


def come_back(client: Client, sub: str, **fields: str) -> Any:
    start = client.post("/accounts/oidc/trial/login/?next=/ru/bodies/")
    back = urlsplit(agree(start["Location"], sub, **fields))
    assert (back.scheme, back.netloc, back.path) == (
        "http",
        "testserver",
        "/accounts/oidc/trial/login/callback/",
    )
    return client.get(f"{back.path}?{back.query}")


def test_sign_in_page_offers_the_provider(provider: str, db: None) -> None:
    page = Client().get("/kk/accounts/login/").content.decode()

    assert "Сынақ провайдері" in page
    assert "/accounts/oidc/trial/login/" in page


def test_newcomer_signs_in_through_the_provider_as_a_citizen(provider: str, db: None) -> None:
    client = Client()
    answer = come_back(client, "aigul")

    user = User.objects.get(email="aigul@example.kz")
    assert (answer.status_code, answer["Location"]) == (302, "/ru/bodies/")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert not user.has_usable_password()
    assert user.memberships.count() == 0
    assert user.vouched.get().provider == "trial"


def test_second_sign_in_finds_the_same_person(provider: str, db: None) -> None:
    come_back(Client(), "aigul")
    come_back(Client(), "aigul")

    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 1)


def test_provider_s_word_does_not_take_over_an_account_with_the_same_email(
    provider: str, citizen: User
) -> None:
    client = Client()
    come_back(client, "impostor")

    assert "_auth_user_id" not in client.session
    assert SocialAccount.objects.count() == 0


def test_refusal_at_the_provider_is_said_politely(provider: str, db: None) -> None:
    client = Client()
    answer = come_back(client, "", action="deny")

    assert answer.status_code == 401
    assert kk("Third-Party Login Failure") in answer.content.decode()
    assert User.objects.count() == 0


def test_answer_that_was_never_asked_for_is_refused(provider: str, db: None) -> None:
    client = Client()
    answer = client.get("/accounts/oidc/trial/login/callback/?code=stolen&state=forged")

    assert answer.status_code == 401
    assert "_auth_user_id" not in client.session


def test_provider_that_does_not_answer_breaks_nothing(settings: Any, db: None) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = told_of("http://127.0.0.1:9")

    assert Client().get("/kk/accounts/login/").status_code == 200
    answer = Client().post("/accounts/oidc/trial/login/")
    assert answer.status_code == 502
    assert kk("Third-Party Login Failure") in answer.content.decode()


def test_provider_is_set_by_the_environment(tmp_path: Any) -> None:
    given = {
        "AIQYN_VAR": str(tmp_path),
        "AIQYN_OIDC_SERVER": "https://idp.example.kz",
        "AIQYN_OIDC_ID": "egov",
        "AIQYN_OIDC_NAME": "eGov",
        "AIQYN_OIDC_CLIENT": "aiqyn",
        "AIQYN_OIDC_SECRET": "secret",
    }
    program = (
        "import json; from aiqyn_portal.project import settings as s;"
        "print(json.dumps([s.SOCIALACCOUNT_PROVIDERS,"
        " s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action']]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **given, "PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        check=True,
    )

    providers, form_action = json.loads(done.stdout)
    assert providers["openid_connect"]["APPS"] == [
        {
            "provider_id": "egov",
            "name": "eGov",
            "client_id": "aiqyn",
            "secret": "secret",
            "settings": {"server_url": "https://idp.example.kz"},
        }
    ]
    assert form_action == ["'self'", "https://idp.example.kz"]
