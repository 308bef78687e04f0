"""Django's PostgreSQL: a kept connection is looked at instead of asked, and what is asked on every
request may be prepared by the server once.
"""

import select
from typing import Any

from django.db.backends.postgresql import base

PREPARED = "prepared"  # in place of the name of a cursor


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection of one thread."""

    health_check_done: bool

    def close_if_health_check_failed(self) -> None:
        """As Django does, but without a question where nothing has come from the server.

        A server that ends a connection says so, and then something lies there to be read.
        """
        if self.connection is not None and not self.health_check_done and self._is_quiet():
            self.health_check_done = True
        super().close_if_health_check_failed()

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
