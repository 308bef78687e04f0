"""Counts about one thing, moved by what an action changes."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import F

from aiqyn_portal.contributions.models import Contribution, Count

Key = tuple[str, str]  # kind, about_key
Moves = Counter[tuple[Key, str]]  # ((kind, about_key), column of Count) → how many more


def standing(contributions: Iterable[Contribution]) -> Moves:
    """Return what these contributions add to the counts, as they stand."""
    found: Moves = Counter()
    for each in contributions:
        key = (each.kind, each.about_key)
        if not each.is_public:
            found[key, "hidden"] += 1
            continue
        found[key, "total"] += 1
        found[key, each.outcome or "waiting"] += 1
    return found


def move(before: Moves, after: Moves) -> None:
    """Bring the counts from `before` to `after`; always in one order, so no two wait in a ring."""
    moves = Counter(after)
    moves.subtract(before)
    for key in sorted({key for key, _column in moves}):
        changed = {column: by for (held, column), by in moves.items() if held == key and by}
        if changed:
            _add(key, changed)


def _add(key: Key, changed: dict[str, int]) -> None:
    kind, about_key = key
    row = Count.objects.filter(kind=kind, about_key=about_key)
    moved = {column: F(column) + by for column, by in changed.items()}
    if not row.update(**moved):
        Count.objects.bulk_create([Count(kind=kind, about_key=about_key)], ignore_conflicts=True)
        row.update(**moved)
