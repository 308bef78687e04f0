"""Topics people follow, and how an app names its own.

A topic is "<kind>:<key>". An app says in its AppConfig.ready:

    topics.register(Topic("draft", _("Draft"), named=naming.draft))

A kind that nobody has registered can be followed by code, not from the pages.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.bodies.models import Body


@dataclass(frozen=True)
class Named:
    """What a topic is called, and its page."""

    title: Mapping[str, str]  # {"kk": …, "ru": …, "en": …}
    view: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Topic:
    code: str
    title: StrOrPromise  # "State body": what kind of thing this is
    named: Callable[[str], Named | None]  # by its key; None: no such thing, or not for everybody


_TOPICS: dict[str, Topic] = {}


def register(topic: Topic) -> None:
    _TOPICS[topic.code] = topic


def kind_of(topic: str) -> Topic | None:
    return _TOPICS.get(topic.partition(":")[0])


def named(topic: str) -> Named | None:
    """Return what "draft:su-kodeksi" is called; None where nobody knows such a thing."""
    kind, _, key = topic.partition(":")
    known = _TOPICS.get(kind)
    return known.named(key) if known and key else None


def path(named: Named) -> str:
    return reverse(named.view, kwargs=dict(named.arguments))


def body(code: str) -> Named | None:
    found = Body.objects.filter(code=code).first()
    return Named(found.name, "reports:body", {"code": code}) if found else None
