"""The frame of every page: languages, headers, errors, health."""

import re
from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.utils.translation import override

from aiqyn_portal.project import urls


def break_down(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault of ours")


def suspect(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("strange")


def lose(request: HttpRequest) -> HttpResponse:
    raise Http404("gone")


urlpatterns = [
    path("broken/", break_down),
    path("strange/", suspect),
    path("ru/lost/", lose),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


def test_first_address_leads_to_kazakh_whatever_the_browser_prefers(db: None) -> None:
    answer = Client().get("/", headers={"accept-language": "en"})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/kk/")


def test_health_asks_the_database(db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        answer = Client().get("/health/")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer.headers["Cache-Control"]


def test_language_links_keep_the_page_and_its_query(administrator_client: Client) -> None:
    page = administrator_client.get("/ru/manage/bodies/", {"q": "Ақмола", "page": "1"})

    kept = "manage/bodies/?q=%D0%90%D2%9B%D0%BC%D0%BE%D0%BB%D0%B0&page=1"
    assert [(link.href, link.is_current) for link in page.context["language_links"]] == [
        (f"/kk/{kept}", False),
        (f"/ru/{kept}", True),
        (f"/en/{kept}", False),
    ]


def test_page_without_a_language_leads_to_first_pages(db: None) -> None:
    page = Client().get("/nowhere/")

    links = re.findall(
        r'<link rel="alternate" hreflang="(..)" href="([^"]*)"', page.content.decode()
    )
    assert links == [(code, f"http://testserver/{code}/") for code in ("kk", "ru", "en")]


def test_host_that_is_not_ours_is_refused_in_words(db: None) -> None:
    page = Client(headers={"host": "evil.example"}).get("/kk/")

    assert page.status_code == 400
    assert "evil.example" not in page.content.decode()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@override_settings(ROOT_URLCONF=__name__)
def test_lost_page_is_explained_in_the_readers_language(db: None, language: str) -> None:
    answer = Client().get(f"/{language}/no-such-page/")

    with override(language):
        heading = str(re.search(r"<h1[^>]*>([^<]*)</h1>", answer.content.decode()).group(1))  # type: ignore[union-attr]
    expected = {"kk": "Бет табылмады", "ru": "Страница не найдена", "en": "Page not found"}
    assert (answer.status_code, heading) == (404, expected[language])
    assert f'<html lang="{language}"' in answer.content.decode()


@override_settings(ROOT_URLCONF=__name__)
def test_fault_of_ours_is_answered_without_the_database(client: Client) -> None:
    client.raise_request_exception = False

    answer = client.get("/broken/")

    assert answer.status_code == 500
    assert "<h1" in answer.content.decode()


@override_settings(ROOT_URLCONF=__name__)
def test_strange_request_is_refused(db: None) -> None:
    assert Client().get("/strange/").status_code == 400


def test_form_without_its_token_is_refused_politely(administrator: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")

    answer = client.post("/en/manage/bodies/import/")

    assert answer.status_code == 403
    assert "The form was not accepted" in answer.content.decode()


def test_texts_of_a_form_without_its_token_are_shown_to_be_copied(administrator: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    said = "Ұзақ жазған <b>пікірім</b>\nекінші жолы"
    sent = {"voice-text": said, "again": said, "password1": "менің құпия сөзім", "key": "x" * 40}

    ours = {"Origin": "http://testserver"}
    html = client.post("/en/manage/bodies/import/", sent, headers=ours).content.decode()

    assert html.count("<textarea") == 1
    assert "Ұзақ жазған &lt;b&gt;пікірім&lt;/b&gt;\nекінші жолы</textarea>" in html
    assert "құпия" not in html
    assert "x" * 40 not in html


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "null"}, {"Origin": "https://evil.example"}, {"Referer": "https://e.x/"}],
)
def test_words_of_another_site_are_not_shown_as_the_readers(
    administrator: Any, headers: dict[str, str]
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    sent = {"text": "Шоттан ақша аударыңыз"}

    html = client.post("/kk/manage/bodies/import/", sent, headers=headers).content.decode()

    assert "аударыңыз" not in html


def test_browser_is_told_to_trust_nothing_but_us(db: None) -> None:
    headers = Client().get("/kk/accounts/login/").headers

    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Permissions-Policy"].startswith("accelerometer=(), camera=(), geolocation=()")


def test_static_file_opened_by_itself_runs_nothing(db: None) -> None:
    answer = Client().get("/static/base/mark.svg")
    answer.close()
    headers = answer.headers

    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    )
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_api_answers_head_with_the_headers_of_get(db: None) -> None:
    got, head = (getattr(Client(), how)("/api/v1/bodies") for how in ("get", "head"))

    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == got["ETag"]
    assert head["Content-Length"] == str(len(got.content))


@pytest.mark.parametrize("address", ["/kk/accounts/login/", "/kk/nowhere/"])
def test_page_has_nothing_inline(db: None, address: str) -> None:
    html = Client().get(address).content.decode()

    assert re.findall(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", html) == []


def test_mark_is_found_under_its_old_name(db: None) -> None:
    answer = Client().get("/favicon.ico")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/static/base/mark.svg")


def test_stranger_opens_a_page_without_asking_the_database(
    db: None, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        Client().get("/kk/nowhere/")


def test_menu_offers_a_person_what_the_role_may_open(clients: dict[str, Client]) -> None:
    offered = {
        role: [address for address, _ in client.get("/en/nowhere/").context["account_links"]]
        for role, client in clients.items()
    }

    assert offered["anonymous"] == []
    assert offered["citizen"] == ["/en/account/notices/", "/en/account/voice/"]
    assert {"/en/manage/bodies/", "/en/manage/trail/"} <= set(offered["administrator"])
    assert not [a for a in offered["officer"] + offered["evaluator"] if "/manage/" in a]
