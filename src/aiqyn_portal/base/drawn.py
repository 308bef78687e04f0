"""Parts of pages drawn once for equal facts and kept, with places open for what is not shared.

A view asks the database, on every request, for the facts a page rests on; a function of these
facts draws it and is kept by `lru_cache`. What belongs to one reader (the token of a form, a mark
of one's own) or counts is never kept: the template leaves a place open for it,
`{% open_place "follow" %}`, and the view fills it on each request.
"""

import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connection
from django.http import QueryDict
from django.utils.safestring import SafeString

_SECRET = secrets.token_hex(16)  # of this process: nobody can write a place into a text
_PLACE = re.compile(rf"{_SECRET}_([\w:-]+?)_{_SECRET}")
_T = TypeVar("_T")


def open_place(name: str) -> SafeString:
    """A place called `name` (letters, digits, ":", "-"), to be filled for each reader.

    Escaping leaves it as it is, so it may stand in the value of a field too.
    """
    return SafeString(f"{_SECRET}_{name}_{_SECRET}")


class Drawn:
    """Markup that is shared, with its open places."""

    def __init__(self, html: str) -> None:
        self._pieces = _PLACE.split(html)  # markup, name, markup, name, …, markup

    @property
    def places(self) -> list[str]:
        """Names of the places, in their order."""
        return self._pieces[1::2]

    def filled(self, fill: Callable[[str], str]) -> SafeString:
        """The markup with `fill(name)`, itself markup, in every place."""
        pieces = self._pieces.copy()
        pieces[1::2] = map(fill, pieces[1::2])
        return SafeString("".join(pieces))  # templates have escaped it


class Kept(Generic[_T]):
    """As `lru_cache`, for what is drawn of rows at hand: the key alone says whether it is equal."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, _T] = OrderedDict()
        self._lock = Lock()

    def __contains__(self, key: Hashable) -> bool:
        return key in self._held

    def get(self, key: Hashable, draw: Callable[[], _T]) -> _T:
        """What was drawn for an equal key, else what `draw` draws now."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        made = draw()
        with self._lock:
            self._held[key] = made
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return made

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._held.clear()


class Asked(NamedTuple):
    """The address a kept page is asked at: all that its templates may know of the request."""

    path: str
    query: str = ""

    @property
    def GET(self) -> QueryDict:  # noqa: N802  named as in a request
        return QueryDict(self.query)

    def get_full_path(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path


def facts(
    statement: str, given: dict[str, Any], *, is_planned_once: bool = True
) -> tuple[tuple[Any, ...], ...]:
    """Rows as the database has them, to be compared: raw, because putting the same query together
    again for every request costs more than running it. Where the database can, it plans them once;
    not so (`is_planned_once`) where it depends on the values how many rows are walked.
    """
    cursor_of = getattr(connection, "prepared_cursor", connection.cursor)
    with (cursor_of if is_planned_once else connection.cursor)() as cursor:
        cursor.execute(statement, given)
        return tuple(map(tuple, cursor.fetchall()))
