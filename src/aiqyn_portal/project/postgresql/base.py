"""Django's PostgreSQL: a connection in use is looked at instead of asked, and what is asked on
every request may be prepared by the server once. What only reads is asked once more where the path
is found lost.
"""

import re
import select
from time import monotonic
from typing import Any

import psycopg
from django.db import OperationalError
from django.db.backends.postgresql import base
from django.db.backends.utils import CursorWrapper

PREPARED = "prepared"  # in place of the name of a cursor
# A path may be lost without a word (an address that moves, a firewall that forgets), but not within
# moments of an answer unnoticed: moving takes longer. So a thread asks once in this time at most.
IN_USE_S = 2.0
READS = re.compile(r"\s*(SELECT|WITH)\b", re.IGNORECASE)
# in a statement that begins so, and yet must not be asked twice
CHANGES = re.compile(r"\b(INSERT|UPDATE|DELETE|MERGE|nextval|setval|pg_\w+)\b", re.IGNORECASE)


# PostgreSQL guesses that statements over a hundred thousand comments are dear, and compiles them
# each time anew, which takes longer than they do
NOT_COMPILED = "SET jit = off"
# connections that threads of this process have left, each with its level of isolation
LEFT: list[tuple[Any, Any]] = []


class Cursor(CursorWrapper):
    """Asks once more, on a new connection, where the one it had turns out to be lost."""

    cursor: Any
    db: "DatabaseWrapper"

    def _execute(self, sql: str, params: Any, *ignored: Any) -> Any:
        try:
            return super()._execute(sql, params, *ignored)  # type: ignore[misc]  # its stub
        except OperationalError:
            if not self.db.may_ask_again(sql):
                raise
        self.cursor = self.db.again(self.cursor)
        return super()._execute(sql, params, *ignored)  # type: ignore[misc]


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection of one thread."""

    health_check_done: bool
    used_at = 0.0  # when something was asked of it last, by `monotonic`

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """One that another thread has left where there is one, else a new one."""
        while LEFT:
            connection, self.isolation_level = LEFT.pop()
            if _is_quiet(connection):
                return connection
            connection.close()
        return super().get_new_connection(conn_params)

    def _configure_connection(self, connection: Any) -> bool:
        """As Django does; and nothing is compiled for a statement that takes a moment."""
        with connection.cursor() as cursor:
            cursor.execute(NOT_COMPILED)
        super()._configure_connection(connection)  # type: ignore[misc]  # its stub leaves it out
        return True

    def leave(self) -> None:
        """Leave the connection, with what it has prepared, to whichever thread wants one next."""
        if self.connection is not None:
            LEFT.append((self.connection, self.isolation_level))
            self.connection = None

    def close_if_health_check_failed(self) -> None:
        """As Django does before whatever is asked, but without a question where the connection was
        used a moment ago and nothing has come from the server since.

        A server that ends a connection says so, and then something lies there to be read.
        """
        now = monotonic()
        if self.connection is not None and not self.health_check_done:
            self.health_check_done = now - self.used_at < IN_USE_S and _is_quiet(self.connection)
        super().close_if_health_check_failed()
        self.used_at = now

    def may_ask_again(self, statement: str) -> bool:
        """Whether the connection is lost, nothing hung on it, and the statement changes nothing."""
        return (
            self.connection is not None
            and self.connection.closed
            and not self.in_atomic_block
            and READS.match(statement) is not None
            and CHANGES.search(statement) is None
        )

    def again(self, cursor: Any) -> Any:
        """The same kind of cursor on a new connection."""
        is_prepared = isinstance(cursor, base.ServerBindingCursor)
        self.close()
        self.ensure_connection()
        return self.create_cursor(PREPARED if is_prepared else None)

    def make_cursor(self, cursor: Any) -> CursorWrapper:
        return Cursor(cursor, self)

    def prepared_cursor(self) -> Any:
        """A cursor whose statements the server plans once; values are bound by the server."""
        return self._cursor(PREPARED)  # type: ignore[attr-defined]  # its stub leaves it out

    def create_cursor(self, name: str | None = None) -> Any:
        if name == PREPARED:
            return base.ServerBindingCursor(self.connection)  # type: ignore[call-arg]  # its stub
        return super().create_cursor(name)


def _is_quiet(connection: Any) -> bool:
    """Whether nothing has come from the server that nobody asked for: that it ends, mostly."""
    try:
        number = connection.fileno()
    except psycopg.Error:  # closed on our side
        return False
    waiting = select.poll()
    waiting.register(number, select.POLLIN)
    return not waiting.poll(0)
