"""Settings in another environment than that of the tests: a process of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ASK = """
import json, sys
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""


def settings_with(folder: Path, environment: dict[str, str], *names: str) -> dict[str, Any]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("AIQYN_")}
    answer = subprocess.run(
        [sys.executable, "-c", ASK, *names],
        env={
            **kept,
            "AIQYN_VAR": str(folder / "new"),
            "DJANGO_SETTINGS_MODULE": "aiqyn_portal.project.settings",
            "PYTHONPATH": "src",
            **environment,
        },
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def test_folder_of_data_and_its_secret_are_made(tmp_path: Path) -> None:
    found = settings_with(tmp_path, {}, "SECRET_KEY", "DEBUG", "SESSION_COOKIE_SECURE")

    assert found == {
        "SECRET_KEY": (tmp_path / "new" / "secret.key").read_text(),
        "DEBUG": False,
        "SESSION_COOKIE_SECURE": False,
    }


def test_https_behind_a_proxy_is_three_words(tmp_path: Path) -> None:
    environment = {
        "AIQYN_HTTPS": "yes",
        "AIQYN_BEHIND_PROXY": "yes",
        "AIQYN_HOSTS": "aiqyn.example.kz",
        "AIQYN_ORIGINS": "https://aiqyn.example.kz",
    }

    found = settings_with(
        tmp_path,
        environment,
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_PROXY_SSL_HEADER",
        "ALLAUTH_TRUSTED_PROXY_COUNT",
        "ALLOWED_HOSTS",
        "CSRF_TRUSTED_ORIGINS",
    )

    assert found == {
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
        "ALLOWED_HOSTS": ["aiqyn.example.kz"],
        "CSRF_TRUSTED_ORIGINS": ["https://aiqyn.example.kz"],
    }


def test_provider_of_sign_in_and_mail_are_taken_from_the_environment(tmp_path: Path) -> None:
    environment = {
        "AIQYN_OIDC_SERVER": "https://id.example.kz",
        "AIQYN_OIDC_CLIENT": "aiqyn",
        "AIQYN_OIDC_SECRET": "s",
        "AIQYN_MAIL_HOST": "mail.example.kz",
    }

    found = settings_with(
        tmp_path, environment, "SOCIALACCOUNT_PROVIDERS", "CONTENT_SECURITY_POLICY", "EMAIL_HOST"
    )

    app = found["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"][0]
    assert (app["client_id"], app["settings"]["server_url"]) == ("aiqyn", "https://id.example.kz")
    directives = found["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert directives["form-action"] == ["'self'", "https://id.example.kz"]
    assert found["EMAIL_HOST"] == "mail.example.kz"
