"""What people say and make outside contributions: a section offers it, and it is theirs here too.

A section says in its AppConfig.ready:

    belongings.register(Belongings("data_reuses", title=…, of=…, told=…, erase=…))

and its rows stand in the cabinet, in "all my data", and are left nameless by who leaves.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet

from aiqyn_portal.base.promises import StrOrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One row as the cabinet shows it."""

    title: str
    state: StrOrPromise
    colour: str  # of the tag that says the state: "green", "grey" …
    at: datetime
    href: str
    body: StrOrPromise = ""
    answer: str = ""


@dataclass(frozen=True, kw_only=True)
class Belongings:
    """One kind of rows that belong to people."""

    code: str  # name of their file in the archive: "data_reuses"
    title: StrOrPromise  # "What I have made of data"
    of: Callable[[Any], QuerySet[Any]]  # rows of a person, newest first
    told: Callable[[Any], Mapping[str, Any]]  # a row for the archive
    shown: Callable[[Any], Shown] | None = None  # a row for the cabinet; None: the archive alone
    # what is done with the rows of who leaves, in the same transaction: nobody is named by them
    erase: Callable[[QuerySet[Any]], object] | None = None


_ALL: dict[str, Belongings] = {}


def register(kind: Belongings) -> None:
    _ALL[kind.code] = kind


def kinds() -> list[Belongings]:
    return list(_ALL.values())


@dataclass(frozen=True, slots=True)
class Listed:
    """The newest rows of one kind in the cabinet, and how many more there are."""

    kind: Belongings
    rows: list[Shown]
    more: int


def listed(user: Any, most: int) -> list[Listed]:
    """What a person has, kind by kind; kinds without rows are not there."""
    found = []
    for kind in kinds():
        rows = kind.of(user)
        newest = [kind.shown(row) for row in rows[:most]] if kind.shown else []
        if newest:
            more = rows.count() - most if len(newest) == most else 0
            found.append(Listed(kind, newest, more))
    return found


def count(user: Any) -> int:
    """How many rows of the cabinet are a person's."""
    return sum(kind.of(user).count() for kind in kinds() if kind.shown)


def archived(user: Any) -> Iterable[tuple[str, list[Mapping[str, Any]]]]:
    """Every kind with all its rows as the archive has them."""
    for kind in kinds():
        yield kind.code, [kind.told(row) for row in kind.of(user)]


def erase(user: Model) -> int:
    """Take the person out of all rows; returns how many stay without a name."""
    total = count(user)
    for kind in kinds():
        if kind.erase:
            kind.erase(kind.of(user))
    return total
