"""PostgreSQL as the portal asks it: kept connections, prepared statements.

Not collected where the tests run on SQLite (see conftest.py).
"""

import os
import socket
from collections.abc import Iterator
from threading import Thread

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.drawn import facts
from aiqyn_portal.project.postgresql import base

pytestmark = pytest.mark.usefixtures("connection_of_its_own")
HERE = "SELECT pg_backend_pid()"
PREPARED = "SELECT COUNT(*) FROM pg_prepared_statements WHERE statement LIKE %(is)s"


@pytest.fixture
def connection_of_its_own(transactional_db: None) -> Iterator[None]:
    """Whatever a test does to it, the next one has another."""
    connection.close()
    yield
    connection.close()


def here() -> int:
    return int(facts(HERE, {})[0][0])


def next_request() -> None:
    """What Django does between two requests."""
    connection.close_if_unusable_or_obsolete()


def ended_by_the_server(pid: int) -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    finally:
        other.close()


def unused_for(seconds: float) -> None:
    connection.used_at -= seconds


def lost_without_a_word() -> None:
    """Nothing says that the path is gone until something is sent: only then it is refused."""
    mine, other = socket.socketpair()
    with mine:
        os.dup2(mine.fileno(), connection.connection.fileno())

    def refuse() -> None:
        with other:
            other.recv(1)

    Thread(target=refuse, daemon=True).start()


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """What Django's own question whether the connection is alive was answered."""
    answers: list[bool] = []
    ask = connection.is_usable
    monkeypatch.setattr(connection, "is_usable", lambda: answers.append(ask()) or answers[-1])
    return answers


def test_a_connection_in_use_is_kept_without_a_question(questions):
    first = here()
    next_request()

    assert [here(), here()] == [first, first]
    assert questions == []


def test_a_connection_unused_for_a_while_is_asked_once_a_request(questions):
    first = here()
    next_request()
    unused_for(base.IN_USE_S)

    assert [here(), here()] == [first, first]
    assert questions == [True]


def test_a_connection_lost_without_a_word_is_made_anew(questions):
    first = here()
    next_request()
    lost_without_a_word()
    unused_for(base.IN_USE_S)

    assert here() != first
    assert questions == [False]


def test_a_connection_opened_anew_is_not_asked(questions):
    unused_for(base.IN_USE_S)

    assert here() == here()
    assert questions == []


def test_a_connection_the_server_has_ended_is_made_anew():
    first = here()
    next_request()
    ended_by_the_server(first)

    assert here() != first


def test_what_only_reads_is_asked_again_where_the_path_is_lost(questions):
    for read in (lambda: facts("SELECT 7", {})[0][0], User.objects.count):
        first = here()
        lost_without_a_word()

        assert read() in {7, 0}
        assert here() != first
    assert questions == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_user SET email = ''",
        "WITH gone AS (DELETE FROM accounts_user RETURNING id) SELECT id FROM gone",
        "SELECT nextval('accounts_user_id_seq')",
    ],
)
def test_what_changes_anything_is_never_asked_again(statement):
    here()
    lost_without_a_word()

    with pytest.raises(OperationalError), connection.cursor() as cursor:
        cursor.execute(statement)


def test_within_a_transaction_nothing_is_asked_again():
    @transaction.atomic
    def ask() -> None:
        ended_by_the_server(here())
        facts("SELECT 7", {})

    with pytest.raises(OperationalError):
        ask()


def test_a_question_that_is_wrong_is_not_asked_again():
    first = here()
    with pytest.raises(DatabaseError):
        facts("SELECT 7 / %(zero)s", {"zero": 0})

    assert here() == first


def test_a_connection_closed_on_our_side_is_made_anew():
    first = here()
    next_request()
    connection.connection.close()

    assert here() != first


def test_what_is_asked_often_is_prepared_once():
    statement = "SELECT %(word)s || 'ъ', CAST(%(number)s AS INTEGER) + 1"
    found = {facts(statement, {"word": "сұрақ", "number": n}) for n in range(9)}

    prepared = facts(
        "SELECT COUNT(*) FROM pg_prepared_statements WHERE statement LIKE %(is)s", {"is": "%ъ%"}
    )
    assert found == {(("сұрақъ", n + 1),) for n in range(9)}
    assert prepared[0][0] == 1


def test_what_depends_on_its_values_is_planned_for_them_each_time():
    for number in range(9):
        facts("SELECT %(number)s + 1 AS щ", {"number": number}, is_planned_once=False)

    assert facts(PREPARED, {"is": "%щ%"})[0][0] == 0


def test_nothing_is_compiled_for_a_statement():
    assert facts("SHOW jit", {}) == (("off",),)


def test_a_connection_that_a_thread_leaves_is_taken_over_by_another():
    first, found = here(), []
    connection.leave()

    def go_on() -> None:
        found.append(here())
        connection.close()

    thread = Thread(target=go_on)
    thread.start()
    thread.join()

    assert found == [first]
    assert here() != first
    connection.close()
    connection.leave()  # nothing to leave
    assert base.LEFT == []


def test_a_connection_left_that_the_server_has_ended_is_not_taken_over():
    pid = here()
    ended_by_the_server(pid)
    connection.leave()
    assert here() != pid
    assert base.LEFT == []
