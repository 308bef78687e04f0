"""What a new process draws before it takes requests: what the others' readers were answered."""

import multiprocessing
from threading import Event, get_ident
from typing import Any
from urllib.parse import urlsplit

import pytest

from aiqyn_portal.base import ahead
from aiqyn_portal.base.ahead import Addresses
from aiqyn_portal.base.shared import ADDRESS, MARK, Shared
from aiqyn_portal.project import wsgi

AT = ("https", "", "aiqyn.example", "/kk/drafts/су/", "order=new")


def portal(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """Marks every answer, and says what it was asked for."""
    environ[MARK] = True
    start_response("200 OK", [("Content-Type", "text/html")])
    return [environ["PATH_INFO"].encode()]


def ask(application: Any, address: str) -> None:
    parts = urlsplit(address)
    environ = {
        "REQUEST_METHOD": "GET",
        "wsgi.url_scheme": parts.scheme,
        "HTTP_HOST": parts.netloc,
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
    }
    assert list(application(environ, lambda *_told: None))


def test_what_was_drawn_of_late_is_told_the_most_often_drawn_first():
    known = Addresses()
    other = (*AT[:3], "/ru/", "")

    for at in (1.0, 2.0, 3.0):
        known.note(AT, at)
    known.note(other, 50.0)

    assert known.lately(51.0) == [AT, other]
    assert known.lately(63.0) == [other]
    assert known.lately(111.0) == []


def test_a_place_taken_by_another_address_forgets_the_first(monkeypatch):
    monkeypatch.setattr(ahead, "PLACES", 1)
    known = Addresses()
    known.note(AT, 1.0)
    known.note((*AT[:3], "/ru/", ""), 1.0)

    assert known.lately(2.0) == [(*AT[:3], "/ru/", "")]


def test_an_address_too_long_is_not_remembered_and_what_is_torn_is_not_read():
    known = Addresses()
    known.note((*AT[:4], "q=" + "a" * 2000), 1.0)
    assert known.lately(2.0) == []
    known.note(AT, 1.0)
    memory = known._memory
    place = memory.find(b"order=new")

    memory[place : place + 1] = b"x"

    assert known.lately(2.0) == []


def test_a_forked_process_knows_what_the_first_was_asked():
    known = Addresses()
    fork = multiprocessing.get_context("fork")

    process = fork.Process(target=known.note, args=(AT, 1.0))
    process.start()
    process.join(30)

    assert known.lately(2.0) == [AT]


def test_what_others_drew_is_drawn_before_anybody_asks(monkeypatch):
    served = Shared(portal, 1.0)
    for page in ("/kk/", "/ru/", "/kk/"):
        ask(served, f"https://aiqyn.example{page}?a=1")
    drawn, left = [], []

    def noted(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        drawn.append(tuple(environ.get(name, "") for name in ADDRESS))
        return portal(environ, start_response)

    new = Shared(noted, 1.0)
    monkeypatch.setattr(new, "_addresses", served._addresses)
    new.ask_ahead(lambda: left.append(get_ident()))

    asked = [("https", "", "aiqyn.example", page, "a=1") for page in ("/kk/", "/ru/")]
    assert sorted(drawn) == asked
    assert len(left) == ahead.THREADS  # each its own
    ask(new, "https://aiqyn.example/kk/?a=1")
    assert sorted(drawn) == asked


def test_what_goes_wrong_or_takes_long_keeps_no_process_from_its_readers(monkeypatch, caplog):
    monkeypatch.setattr(ahead, "LONGEST_S", 0.05)
    monkeypatch.setattr(ahead, "monotonic", lambda: 0.0)  # both begin, however slow the machine
    is_over, left = Event(), []
    has_left = Event()

    def leave() -> None:
        left.append(1)
        has_left.set()

    def slow_or_broken(environ: dict[str, Any]) -> None:
        if environ["PATH_INFO"] == "/broken/":
            raise RuntimeError
        is_over.wait(60)

    pages = [{"PATH_INFO": page} for page in ("/broken/", "/slow/", "/never/")]
    ahead.ask(slow_or_broken, pages, leave=leave)

    assert has_left.wait(60)
    assert left == [1]
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    is_over.set()


@pytest.mark.django_db(transaction=True)
def test_the_portal_begins_and_leaves_its_connections():
    assert wsgi.begun() is wsgi.application
