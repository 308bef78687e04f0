"""Rows of a model by a statement that is put together once, not for every question anew.

Putting a query together costs Django several times what running it by a key does.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model

from aiqyn_portal.base.drawn import facts

_M = TypeVar("_M", bound=Model)


class Ready(Generic[_M]):
    """What stands in `model`, called `t` in `rest`, the end of a statement: "WHERE t.id = %(set)s".

    Fields in `but` are not read until somebody asks for them.
    """

    def __init__(self, model: type[_M], rest: str, *, but: Sequence[str] = ()) -> None:
        self._model = model
        self._rest = rest
        self._but = but

    def rows(self, **given: Any) -> list[_M]:
        """The rows for these values."""
        names, statement, converters = self._ready
        found = []
        for row in facts(statement, given):
            values = list(row)
            for place, convert in converters:
                values[place] = convert(values[place])
            found.append(self._model.from_db(connection.alias, names, values))
        return found

    @cached_property
    def _ready(self) -> tuple[list[str], str, list[tuple[int, Callable[[Any], Any]]]]:
        """Names of the fields, the statement, and what makes values of what the database gives."""
        model = self._model._meta  # noqa: SLF001  documented: the Model _meta API
        fields = [each for each in model.concrete_fields if each.name not in self._but]
        columns = ", ".join(f't."{each.column}"' for each in fields)
        statement = f'SELECT {columns} FROM "{model.db_table}" t {self._rest}'  # noqa: S608  ours
        converters = [
            (place, _with(convert, expression))
            for place, expression in enumerate(each.get_col("t") for each in fields)
            for convert in (
                *connection.ops.get_db_converters(expression),
                *expression.get_db_converters(connection),
            )
        ]
        return [each.attname for each in fields], statement, converters


def _with(convert: Any, expression: Any) -> Callable[[Any], Any]:
    return lambda value: convert(value, expression, connection)
