"""Django's PostgreSQL: a connection in use is looked at instead of asked, and what is asked on
every request may be prepared by the server once. What only reads is asked once more where the path
is found lost.
"""

import re
import select
from time import monotonic
from typing import Any

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

    def close_if_health_check_failed(self) -> None:
        """As Django does before whatever is asked, but without a question where the connection was
        used a moment ago and nothing has come from the server since.

        A server that ends a connection says so, and then something lies there to be read.
        """
        now = monotonic()
        if self.connection is not None and not self.health_check_done:
            self.health_check_done = now - self.used_at < IN_USE_S and self._is_quiet()
        super().close_if_health_check_failed()
        self.used_at = now

    def _is_quiet(self) -> bool:
        try:
            number = self.connection.fileno()
        except self.Database.Error:  # closed on our side
            return False
        waiting = select.poll()
        waiting.register(number, select.POLLIN)
        return not waiting.poll(0)

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
