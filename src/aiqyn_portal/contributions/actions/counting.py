"""Counts about one thing and its parts, moved by what an action changes."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F

from aiqyn_portal.contributions.models import TOGETHER, Contribution, Count, Part

Key = tuple[str, ...]  # (kind, about_key) of a Count, (kind, about_key, anchor) of a Part
Moves = Counter[tuple[Key, str]]  # (key, column) → how many more


def standing(contributions: Iterable[Contribution]) -> Moves:
    """Return what these contributions add to the counts, as they stand."""
    rows = list(contributions)
    found: Moves = Counter({(part, "total"): 0 for part in _together(rows)})
    for each in rows:
        key = (each.kind, each.about_key)
        found[part_of(each), "total"] += int(each.is_public)
        if not each.is_public:
            found[key, "hidden"] += 1
            continue
        found[key, "total"] += 1
        found[key, each.outcome or "waiting"] += 1
    return found


def part_of(each: Contribution) -> Key:
    return each.kind, each.about_key, each.anchor


def _together(rows: Sequence[Contribution]) -> Iterable[Key]:
    """Groups and replies are shown in whatever part another one of them stands in. Which parts
    these are may change while this is asked, so all of them rest on one part more.
    """
    shown = (each for each in rows if each.group_id or each.parent_id)
    return {(each.kind, each.about_key, TOGETHER) for each in shown}


def move(before: Moves, after: Moves) -> None:
    """Bring the counts from `before` to `after`; parts get a new edition, whatever has changed.

    Always in one order, things before their parts, so no two wait in a ring.
    """
    moves = Counter(after)
    moves.subtract(before)
    keys = {key for key, _column in moves}
    for key in sorted(keys, key=lambda key: (len(key), key)):
        changed = {column: by for (held, column), by in moves.items() if held == key and by}
        if len(key) == 2 and changed:
            _add(Count, {"kind": key[0], "about_key": key[1]}, changed)
        elif len(key) == 3:
            _add(Part, dict(zip(("kind", "about_key", "anchor"), key, strict=True)), changed)


def renew(contributions: Iterable[Contribution]) -> None:
    """Give the parts these stand in a new edition: something else is shown of them."""
    found = standing(contributions)
    move(found, found)


def _add(model: Any, key: Mapping[str, str], changed: Mapping[str, int]) -> None:
    row = model.objects.filter(**key)
    moved: dict[str, Any] = {column: F(column) + by for column, by in changed.items()}
    if model is Part:
        moved["edition"] = F("edition") + 1
    if not row.update(**moved):
        model.objects.bulk_create([model(**key)], ignore_conflicts=True)
        row.update(**moved)
