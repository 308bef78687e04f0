"""Saved searches: people follow a question and are told once a day what is new for it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext, override

from aiqyn.text import LANGUAGES, Text, say
from aiqyn_portal.accounts.models import User
from aiqyn_portal.notices import queries as notices
from aiqyn_portal.notices.actions import Notice, follow, tell
from aiqyn_portal.notices.topics import Named
from aiqyn_portal.search.asking import read
from aiqyn_portal.search.models import Entry, SavedSearch
from aiqyn_portal.search.narrowing import FILTERS, filters_of
from aiqyn_portal.search.queries import Found, find

MOST_TOLD = 10  # titles in one notice; it says how many there are


@transaction.atomic
def save(typed: str, given: Mapping[str, str], *, by: User) -> SavedSearch:
    """Have a person told of what is new for a question. Raises FollowsTooMuch."""
    conditions = {name: given[name] for name in FILTERS if given.get(name)}
    said = json.dumps([typed, conditions], ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    row, _ = SavedSearch.objects.get_or_create(
        digest=digest, defaults={"typed": typed, "conditions": conditions, "seen": _newest()}
    )
    follow(by, topic_of(row))
    return row


def topic_of(row: SavedSearch) -> str:
    return f"search:{row.digest}"


def named(digest: str) -> Named | None:
    """Return what the topic of a saved search is called."""
    row = SavedSearch.objects.filter(digest=digest).first()
    if row is None:
        return None
    return Named(dict.fromkeys(LANGUAGES, row.typed), "search:saved", {"digest": digest})


def address(typed: str, conditions: Mapping[str, str]) -> str:
    """Return the page of answers, in the language that is active."""
    asked = {"q": typed} | {name: value for name, value in conditions.items() if value}
    return f"{reverse('search:results')}?{urlencode(asked)}"


def tell_of_new(at: datetime) -> None:
    """Tell the followers of every saved search what was entered since it was looked at last.

    Coming twice it tells nothing twice: what was looked at is written with what was told.
    """
    for row in SavedSearch.objects.iterator():
        if notices.followers(topic_of(row)):
            _tell(row, at)
        else:
            row.delete()


@transaction.atomic
def _tell(row: SavedSearch, at: datetime) -> None:
    newest = _newest()
    found = find(read(row.typed), filters_of(row.conditions, after=row.seen), limit=MOST_TOLD)
    if found.total:
        tell(_notice(row, found), at=at)
    row.seen = newest
    row.save(update_fields=["seen"])


def _notice(row: SavedSearch, found: Found) -> Notice:
    title, text = {}, {}
    for language in LANGUAGES:
        with override(language):
            told = {"asked": row.typed, "count": found.total}
            said = (
                gettext("New for the search “%(asked)s”: at least %(count)s")
                if found.is_more
                else gettext("New for the search “%(asked)s”: %(count)s")
            )
            title[language] = said % told
        text[language] = "\n".join(say(Text(shown.title), language) for shown in found.shown)
    return Notice(
        code="search.new",
        key=f"search.new:{row.digest}:{row.seen}",
        topics=[topic_of(row)],
        title=title,
        text=text,
        view="search:saved",
        arguments={"digest": row.digest},
    )


def _newest() -> int:
    return Entry.objects.aggregate(newest=Max("pk"))["newest"] or 0
