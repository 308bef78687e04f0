"""What every change of contributions has in common: locked rows, a step, counts, the section."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from aiqyn_portal.contributions import kinds, refusals
from aiqyn_portal.contributions.actions import counting, telling, timing
from aiqyn_portal.contributions.actions.steps import Act, write
from aiqyn_portal.contributions.models import Contribution, Step

# columns that actions change
CHANGING = (
    *("state", "outcome", "reason", "decided_at", "shown"),
    *("body_id", "group_id", "steps_made", "text", "original_text", "wording"),
)


def locked(contributions: Iterable[Contribution]) -> list[Contribution]:
    """Return the rows as they stand now, nobody else changing them; always in one order.

    They are locked without what hangs on them: PostgreSQL drops a row whose body has become
    another one while it waited. Their keys are not: a reply that refers to one does so when it
    ends, with counts in hand that we may wait for. Raises NothingChosen for none.
    """
    keys = {each.pk for each in contributions}
    held = Contribution.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    found = list(held.values_list("pk", flat=True))
    if not found:
        raise refusals.NothingChosen
    rows = Contribution.objects.select_related("body", "author").filter(pk__in=found)
    return list(rows.order_by("pk"))


def change(
    rows: Sequence[Contribution], act: Act, fields: Mapping[str, Any] | None = None
) -> list[Step]:
    """Write `act` for all `rows` and set `fields` on them; counts and sections follow."""
    before = counting.standing(rows)
    steps = write(rows, act)
    for row in rows:
        for name, value in (fields or {}).items():
            setattr(row, name, value)
    Contribution.objects.bulk_update(rows, ["steps_made", *(fields or {})], batch_size=500)
    counting.move(before, counting.standing(rows))
    follow(rows, act)
    return steps


def follow(rows: Sequence[Contribution], act: Act) -> None:
    """Let clocks, sections and people know what has happened."""
    for row in rows:
        timing.keep_time(row, act)
        kind = kinds.get(row.kind)
        if kind and kind.then:
            kind.then(row, act.what)
    telling.tell_of(rows, act)


def brought_up_to_date(given: Iterable[Contribution], rows: Sequence[Contribution]) -> None:
    """Let the objects an action was given show what has changed."""
    fresh = {row.pk: row for row in rows}
    for each in given:
        for name in CHANGING:
            setattr(each, name, getattr(fresh[each.pk], name))
