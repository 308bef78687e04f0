"""Kinds of things that can be found, and how an app offers its own.

An app says in its AppConfig.ready:

    kinds.register(Kind("data_set", _("Data sets"), drafts=searching.drafts))

keeps the index by `index.put(draft)` and `index.remove(kind, key)` in the transaction that
changes the thing itself, and has `drafts` for `manage.py rebuild_search`. Only what everybody
may read belongs here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from aiqyn_portal.base.promises import StrOrPromise

Phrase = Mapping[str, str]  # {"kk": …, "ru": …, "en": …}


@dataclass(frozen=True)
class Draft:
    """A thing as it is to be found."""

    kind: str
    key: str
    title: Phrase
    view: str  # name of its page: "reports:body"
    arguments: Mapping[str, Any] = field(default_factory=dict)
    summary: Phrase = field(default_factory=dict)  # shown under the title, and searched
    text: Phrase = field(default_factory=dict)  # searched only; "" as a language: nobody knows
    body_id: int | None = None
    status: str = ""
    day: date | None = None
    # whether the words of its title complete what people type: not of what may be removed
    is_taught: bool = True
    # explains how things are judged: what bodies and people publish stands before it
    is_reference: bool = False


@dataclass(frozen=True)
class Kind:
    code: str
    title: StrOrPromise
    drafts: Callable[[], Iterable[Draft]]  # everything of this kind, one by one
    statuses: Mapping[str, StrOrPromise] = field(default_factory=dict)


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _KINDS[kind.code] = kind


def kinds() -> list[Kind]:
    return list(_KINDS.values())


def title_of(code: str) -> StrOrPromise:
    return _KINDS[code].title if code in _KINDS else code


def status_said(status: str) -> StrOrPromise:
    """Return what a status is called, by whichever kind has it."""
    for kind in _KINDS.values():
        if status in kind.statuses:
            return kind.statuses[status]
    return status
