"""Answers that are the same for everybody who is not signed in, given again for a moment.

A view says so of itself, `@same_for_all`; who has a session, or asks with a key, is never given
one. What changes is seen by everybody else when the moment is over; who has changed it is signed in
and sees it at once. Whoever comes back and says what he has is told that it is still so.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from hashlib import blake2b
from threading import Lock
from time import monotonic
from typing import Any, NamedTuple
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from aiqyn_portal.base import ahead

MARK = "aiqyn.same_for_all"  # in the environment of a request, where no header can put it
WAITS_S = 2.0  # for somebody who draws the same; a slow page must not hold up all threads
KEPT = 256  # answers, by each process; some 20 to 100 KB each
ROOM = KEPT * 100_000  # bytes: of larger answers fewer are kept
# what an answer may rest on: the address, by which scheme and name it was asked
ADDRESS = ("wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO", "HTTP_HOST", "PATH_INFO", "QUERY_STRING")
OF_A_BODY = {"content-length", "content-type"}
Headers = list[tuple[str, str]]


class Answer(NamedTuple):
    """All of it."""

    at: float  # when it began to be drawn, by `monotonic`
    headers: Headers
    body: bytes
    tag: str


class Held:
    """The answer to one address; of many who ask at once one draws it."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.turn = Lock()


def same_for_all(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark what a view answers to people without a session as resting on its address alone."""

    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.META[MARK] = True
        return view(request, *args, **kwargs)

    return respond


class Shared:
    """The portal, which gives marked answers again for so many seconds."""

    def __init__(self, application: WSGIApplication, seconds: float) -> None:
        self._application = application
        self._seconds = seconds
        self._held: OrderedDict[tuple[str, ...], Held] = OrderedDict()
        self._lock = Lock()
        self._addresses = ahead.Addresses()  # processes forked off after this share it

    def ask_ahead(self, leave: Callable[[], object]) -> None:
        """Draw what the other processes have drawn of late (`ahead.ask`)."""
        found = self._addresses.lately(monotonic())
        environments = [ahead.environment(ADDRESS, each) for each in found]
        ahead.ask(lambda one: _whole(self(one, _Told())), environments, leave=leave)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not self._seconds or not _may_be_shared(environ):
            return self._application(environ, start_response)
        key = tuple(environ.get(name, "") for name in ADDRESS)
        arrived = monotonic()
        answer = self._fresh(key, arrived)
        if answer is None:
            with self._turn(key):
                made = self._fresh(key, arrived) or self._drawn(key, environ, start_response)
            if not isinstance(made, Answer):
                return made
            answer = made
        return _given(answer, environ, start_response)

    @contextmanager
    def _turn(self, key: tuple[str, ...]) -> Iterator[None]:
        """Wait for whoever draws the same, but not for ever."""
        held = self._held.get(key)
        turn = held.turn if held else Lock()  # of a new address nobody knows yet
        is_ours = turn.acquire(timeout=WAITS_S)
        try:
            yield
        finally:
            if is_ours:
                turn.release()

    def _fresh(self, key: tuple[str, ...], arrived: float) -> Answer | None:
        """The answer kept, where it is young, or was begun after the reader had asked."""
        held = self._held.get(key)
        if held is None:
            return None
        answer = held.answer
        is_young = monotonic() - answer.at < self._seconds
        return answer if is_young or answer.at >= arrived else None

    def _drawn(
        self, key: tuple[str, ...], environ: WSGIEnvironment, start_response: StartResponse
    ) -> Answer | Iterable[bytes]:
        """Let the portal answer; what may not be shared is passed on as it comes."""
        began, told = monotonic(), _Told()
        response = self._application(environ, told)
        if not (environ.get(MARK) and told.may_be_shared):
            self._forget(key)
            start_response(told.status, told.headers)
            return response
        body = _whole(response)
        tag = f'W/"{blake2b(body, digest_size=16).hexdigest()}"'
        # every time it is used again one asks whether it is still so
        headers = [*told.headers, ("Cache-Control", "no-cache"), ("ETag", tag)]
        answer = Answer(began, headers, body, tag)
        self._keep(key, answer)
        return answer

    def _keep(self, key: tuple[str, ...], answer: Answer) -> None:
        with self._lock:
            held = self._held.get(key)
            if held is None:
                self._held[key] = Held(answer)
            else:
                held.answer = answer
            self._held.move_to_end(key)
            self._addresses.note(key, answer.at)
            size = sum(len(each.answer.body) for each in self._held.values())
            while len(self._held) > KEPT or size > ROOM:
                _key, gone = self._held.popitem(last=False)
                size -= len(gone.answer.body)

    def _forget(self, key: tuple[str, ...]) -> None:
        with self._lock:
            self._held.pop(key, None)


class _Told:
    """Takes what an application says before its answer."""

    def __init__(self) -> None:
        self.status, self.headers = "", Headers()

    def __call__(
        self, status: str, headers: Headers, _problem: object = None, /
    ) -> Callable[[bytes], object]:
        self.status, self.headers = status, headers
        return _nothing

    @property
    def may_be_shared(self) -> bool:
        """Whether it is a whole page that leaves nothing with its reader and varies by no more
        than whether one is signed in.
        """
        said = {name.lower(): value for name, value in self.headers}
        varies = {each.strip().lower() for each in said.get("vary", "").split(",")}
        is_plain = said.keys().isdisjoint({"set-cookie", "cache-control", "etag"})
        return self.status.startswith("200 ") and is_plain and varies <= {"", "cookie"}


def _may_be_shared(environ: WSGIEnvironment) -> bool:
    if environ["REQUEST_METHOD"] != "GET" or "HTTP_AUTHORIZATION" in environ:
        return False
    if "HTTP_RANGE" in environ or "HTTP_HOST" not in environ:
        return False
    # a page whose form carries the mark of its reader sets a cookie, each time, and so is not kept
    return settings.SESSION_COOKIE_NAME not in environ.get("HTTP_COOKIE", "")


def _given(
    answer: Answer, environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    known = environ.get("HTTP_IF_NONE_MATCH", "")
    if answer.tag in (each.strip() for each in known.split(",")):
        headers = [pair for pair in answer.headers if pair[0].lower() not in OF_A_BODY]
        start_response("304 Not Modified", headers)
        return []
    start_response("200 OK", answer.headers)
    return [answer.body]


def _whole(response: Iterable[bytes]) -> bytes:
    try:
        return b"".join(response)
    finally:
        getattr(response, "close", _nothing)()


def _nothing(*_given: object) -> None:
    pass
