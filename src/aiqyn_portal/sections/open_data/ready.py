"""Rows of a model by a statement that is put together once, not for every question anew.

Putting a query together costs Django several times what running it by a key does.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Model

from aiqyn_portal.base.drawn import facts

_M = TypeVar("_M", bound=Model)
_NONE: Mapping[str, type[Model]] = {}


class _Part(NamedTuple):
    """Where the columns of one model stand in a row of the answer."""

    model: type[Model]
    names: list[str]
    first: int
    converters: list[tuple[int, Callable[[Any], Any]]]


class Ready(Generic[_M]):
    """What stands in `model`, called `t` in `rest`, the end of a statement: "WHERE t.id = %(set)s".

    Fields in `but` are not read until somebody asks for them. `beside`: models that `rest` joins,
    by the name of the field that leads to them, which is what they are called there. `said`: one
    more value, by the name of the attribute that is to have it.
    """

    def __init__(
        self,
        model: type[_M],
        rest: str,
        *,
        but: Sequence[str] = (),
        beside: Mapping[str, type[Model]] = _NONE,
        said: tuple[str, str] = ("", ""),
    ) -> None:
        self._models: dict[str, type[Model]] = {"t": model, **beside}
        self._rest = rest
        self._but = but
        self._said = said

    def rows(self, **given: Any) -> list[_M]:
        """The rows for these values."""
        parts, statement = self._ready
        return [self._row(parts, list(values)) for values in facts(statement, given)]

    def _row(self, parts: Mapping[str, _Part], values: list[Any]) -> _M:
        row: Any = None
        for name, part in parts.items():
            for place, convert in part.converters:
                values[place] = convert(values[place])
            last = part.first + len(part.names)
            made = part.model.from_db(connection.alias, part.names, values[part.first : last])
            if row is None:
                row = made
            else:
                setattr(row, name, made)
        if self._said[0]:
            setattr(row, self._said[0], values[-1])
        return row  # type: ignore[no-any-return]  # of the first model

    @cached_property
    def _ready(self) -> tuple[dict[str, _Part], str]:
        """What makes rows of what the database gives, and the statement."""
        parts, columns = {}, list[str]()
        for called, model in self._models.items():
            fields = [each for each in model._meta.concrete_fields if each.name not in self._but]  # noqa: SLF001  documented: the Model _meta API
            converters = [
                (place, _with(convert, expression))
                for place, expression in enumerate(
                    (f.get_col(called) for f in fields), len(columns)
                )
                for convert in (
                    *connection.ops.get_db_converters(expression),
                    *expression.get_db_converters(connection),
                )
            ]
            parts[called] = _Part(model, [f.attname for f in fields], len(columns), converters)
            columns += [f'{called}."{each.column}"' for each in fields]
        table = self._models["t"]._meta.db_table  # noqa: SLF001  as above
        more = [self._said[1]] if self._said[0] else []
        statement = f'SELECT {", ".join(columns + more)} FROM "{table}" t {self._rest}'  # noqa: S608  ours
        return parts, statement


def _with(convert: Any, expression: Any) -> Callable[[Any], Any]:
    return lambda value: convert(value, expression, connection)
