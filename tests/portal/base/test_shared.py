"""Answers given again to people without a session: by whom, how long, and what is never shared."""

import io
from threading import Lock
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.test import RequestFactory

from aiqyn_portal.base import shared
from aiqyn_portal.base.shared import MARK, Shared, same_for_all

PAGE = ("200 OK", [("Content-Type", "text/html"), ("Vary", "Cookie"), ("Content-Length", "1")])


class Portal:
    """An application that counts how often it is asked; its clock stands still."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times, self.now, self.is_marked, self.closed = 0, 100.0, True, 0
        self.takes = 0.0  # seconds for one answer
        self.status, self.headers = PAGE
        monkeypatch.setattr(shared, "monotonic", lambda: self.now)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> "Portal":
        self.times, self.now = self.times + 1, self.now + self.takes
        if self.is_marked:
            environ[MARK] = True
        start_response(self.status, list(self.headers))
        return self

    def __iter__(self) -> Any:
        yield str(self.times).encode()

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def portal(monkeypatch):
    return Portal(monkeypatch)


@pytest.fixture
def served(portal):
    return Shared(portal, 1.0)


def ask(application: Any, path: str = "/kk/", **given: str) -> tuple[str, dict[str, str], bytes]:
    told: list[Any] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "HTTP_HOST": "aiqyn.example",
        "wsgi.url_scheme": "https",
        "wsgi.input": io.BytesIO(),
        **given,
    }
    body = b"".join(application(environ, lambda *said: told.extend(said)))
    return told[0], dict(told[1]), body


def test_it_is_given_again_for_a_moment_and_drawn_anew_after_it(portal, served):
    assert ask(served)[2] == ask(served)[2] == b"1"
    portal.now += 0.99
    assert ask(served)[2] == b"1"
    portal.now += 0.01
    assert ask(served)[2] == ask(served)[2] == b"2"
    assert portal.closed == 2


def test_a_moment_is_counted_from_before_it_was_drawn(portal, served):
    portal.takes = 0.9
    ask(served)
    portal.now += 0.1
    assert ask(served)[2] == b"2"


class Marking:
    """A view behind what gives forms their marks, as the portal serves it."""

    def __init__(self, view: Any) -> None:
        self.times, self._view = 0, CsrfViewMiddleware(view)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> HttpResponse:
        self.times += 1
        response = self._view(WSGIRequest(environ))
        cookies = [("Set-Cookie", said.OutputString()) for said in response.cookies.values()]
        start_response("200 OK", [*response.items(), *cookies])
        return response


class Turn:
    """The lock of one address: somebody else has it, and draws before we are let in."""

    def __init__(self, portal, served, is_given):
        self.portal, self.served, self.is_given = portal, served, is_given
        (self.held,) = served._held.values()
        self.held.turn = self

    def acquire(self, timeout):
        assert 0 < timeout <= 5
        self.held.turn = Lock()
        if self.is_given:
            ask(self.served)
        return self.is_given

    def release(self):
        assert self.is_given


@pytest.mark.parametrize("is_given", [True, False])
def test_a_page_slower_than_the_moment_is_drawn_once_for_all_who_wait(portal, served, is_given):
    ask(served)
    portal.now += 5
    portal.takes = 1.2
    Turn(portal, served, is_given)

    # who has waited in vain draws for himself
    assert (ask(served)[2], portal.times) == (b"2", 2)
    assert ask(served)[2] == b"3"  # who comes later is given nothing older than his request


@pytest.mark.parametrize(
    "given",
    [
        {"HTTP_COOKIE": "a=b; sessionid=b"},
        {"HTTP_AUTHORIZATION": "Bearer b"},
        {"HTTP_RANGE": "bytes=0-1"},
        {"REQUEST_METHOD": "HEAD"},
        {"REQUEST_METHOD": "POST"},
    ],
)
def test_whoever_has_a_session_or_does_not_just_read_is_given_his_own(portal, served, given):
    ask(served)
    assert ask(served, **given)[2] == b"2"
    assert ask(served)[2] == b"1"  # and leaves nothing for others


@pytest.mark.parametrize(
    "given",
    [
        {"QUERY_STRING": "page=2"},
        {"HTTP_HOST": "other.example"},
        {"wsgi.url_scheme": "http"},
        {"HTTP_X_FORWARDED_PROTO": "http"},
        {"path": "/ru/"},
    ],
)
def test_another_address_has_another_answer(portal, served, given):
    ask(served)
    assert ask(served, **given)[2] == b"2"


@pytest.mark.parametrize(
    "change",
    [
        {"is_marked": False},
        {"status": "404 Not Found"},
        {"headers": [("Set-Cookie", "csrftoken=a")]},
        {"headers": [("Cache-Control", "private, no-store")]},
        {"headers": [("Vary", "Cookie, Accept-Language")]},
    ],
)
def test_what_is_not_the_same_for_all_is_passed_on_as_it_is(portal, served, change):
    ask(served)
    portal.now += 1
    for name, value in change.items():
        setattr(portal, name, value)
    status, headers, body = ask(served)
    assert (status, headers, body) == (portal.status, dict(portal.headers), b"2")
    assert ask(served)[2] == b"3"


def test_whoever_comes_back_with_the_same_is_told_so(portal, served):
    _status, headers, _body = ask(served)
    assert headers["Cache-Control"] == "no-cache"
    status, told, body = ask(served, HTTP_IF_NONE_MATCH=f'"other", {headers["ETag"]}')
    assert (status, body, told["ETag"]) == ("304 Not Modified", b"", headers["ETag"])
    assert "Content-Length" not in told
    portal.now += 1
    assert ask(served, HTTP_IF_NONE_MATCH=headers["ETag"])[2] == b"2"


@pytest.mark.parametrize("cookie", ["", f"csrftoken={'a' * 32}"])
def test_a_form_with_the_mark_of_one_reader_is_given_to_nobody_else(cookie):
    def form(request):
        return HttpResponse(get_token(request))

    answers = Marking(same_for_all(form))
    served = Shared(answers, 1.0)
    answers_told = [ask(served, HTTP_COOKIE=cookie) for _ in range(2)]
    assert answers.times == 2
    assert all("csrftoken" in headers["Set-Cookie"] for _status, headers, _body in answers_told)


@pytest.mark.parametrize("cookie", ["", f"csrftoken={'a' * 32}"])
def test_who_was_given_a_mark_reads_what_all_read(portal, served, cookie):
    ask(served, HTTP_COOKIE=cookie)
    assert ask(served, HTTP_COOKIE=f"csrftoken={'b' * 32}")[2] == b"1"


@pytest.mark.parametrize("limit", ["KEPT", "ROOM"])  # answers; bytes of them, here one each
def test_no_more_are_kept_than_there_is_room_for(portal, served, monkeypatch, limit):
    monkeypatch.setattr(shared, limit, 2)
    for path in ("/a/", "/b/", "/c/"):
        ask(served, path)
    assert ask(served, "/b/")[2] == b"2"
    assert ask(served, "/a/")[2] == b"4"


def test_it_can_be_switched_off(portal):
    switched_off = Shared(portal, 0)
    assert [ask(switched_off)[2] for _ in range(2)] == [b"1", b"2"]


def test_a_view_says_so_where_no_header_could():
    request = RequestFactory().get("/")
    assert MARK not in request.META
    same_for_all(lambda _request: HttpResponse())(request)
    assert request.META[MARK]
    assert MARK not in RequestFactory().get("/", headers={MARK: "1"}).META
