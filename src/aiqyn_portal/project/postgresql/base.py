"""Django's PostgreSQL: a connection in use is looked at instead of asked, and what is asked on
every request may be prepared by the server once.
"""

import select
from time import monotonic
from typing import Any

from django.db.backends.postgresql import base

PREPARED = "prepared"  # in place of the name of a cursor
# A path may be lost without a word (an address that moves, a firewall that forgets), but not within
# moments of an answer unnoticed: moving takes longer. So a thread asks once in this time at most.
IN_USE_S = 2.0


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

    def prepared_cursor(self) -> Any:
        """A cursor whose statements the server plans once; values are bound by the server."""
        return self._cursor(PREPARED)  # type: ignore[attr-defined]  # its stub leaves it out

    def create_cursor(self, name: str | None = None) -> Any:
        if name == PREPARED:
            return base.ServerBindingCursor(self.connection)  # type: ignore[call-arg]  # its stub
        return super().create_cursor(name)
