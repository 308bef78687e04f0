"""PostgreSQL as the portal asks it: kept connections, prepared statements.

Not collected where the tests run on SQLite (see conftest.py).
"""

from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection

from aiqyn_portal.base.drawn import facts

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


def test_a_quiet_connection_is_kept_without_a_question(django_assert_num_queries):
    first = here()
    next_request()
    with django_assert_num_queries(1):
        assert here() == first


def test_a_connection_the_server_has_ended_is_made_anew():
    first = here()
    next_request()
    ended_by_the_server(first)

    assert here() != first


def test_within_one_request_an_ended_connection_is_an_error():
    ended_by_the_server(here())

    with pytest.raises(OperationalError):
        here()


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
