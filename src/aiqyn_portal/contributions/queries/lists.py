"""Lists of contributions and their counts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from aiqyn_portal.contributions.models import Contribution, Count, Participant, Vote

COLUMNS = ("total", "waiting", "accepted", "partly", "declined", "passed_on", "hidden", "people")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many contributions about one thing, and what became of them."""

    total: int = 0  # published
    waiting: int = 0  # of these without a decision
    accepted: int = 0
    partly: int = 0
    declined: int = 0
    passed_on: int = 0
    hidden: int = 0  # removed, withdrawn, erased
    people: int = 0  # authors

    @property
    def decided(self) -> int:
        return self.total - self.waiting


NO_COUNTS = Counts()


def about(kind: str, key: str, *, order: str = "new") -> QuerySet[Contribution]:
    """Everything about one thing, removed ones as placeholders; "new" or "supported" first."""
    first = ["-votes_for", "-pk"] if order == "supported" else ["-pk"]
    found = Contribution.objects.filter(kind=kind, about_key=key)
    return found.select_related("body", "group").order_by(*first)


def counts(kind: str, keys: Collection[str]) -> dict[str, Counts]:
    """Return the counts of each of `keys`: one query, whatever is counted."""
    rows = Count.objects.filter(kind=kind, about_key__in=keys).values("about_key", *COLUMNS)
    known = {row.pop("about_key"): Counts(**row) for row in rows}
    return {key: known.get(key, NO_COUNTS) for key in keys}


def undecided(kind: str, key: str) -> QuerySet[Contribution]:
    """Those about one thing that wait for a decision, oldest first."""
    found = Contribution.objects.undecided().filter(kind=kind, about_key=key)
    return found.select_related("body", "group").order_by("pk")


def of_author(user: Any) -> QuerySet[Contribution]:
    """Everything a person has said, newest first."""
    return Contribution.objects.filter(author=user).select_related("body", "group").order_by("-pk")


def participants(kind: str, key: str) -> QuerySet[Participant]:
    """Everybody who has contributed to one thing and is still here."""
    return Participant.objects.filter(kind=kind, about_key=key).select_related("user")


def votes_of(user: Any, contributions: Iterable[Contribution | int]) -> dict[int, int]:
    """Return how `user` voted: {contribution's id: 1 or -1}; given rows, or their ids."""
    if not user.is_authenticated:
        return {}
    keys = [each if isinstance(each, int) else each.pk for each in contributions]
    rows = Vote.objects.filter(user=user, contribution__in=keys)
    return dict(rows.values_list("contribution_id", "value"))
