"""Which methodology is held against a body: officers see by it what their due dates are worth."""

from collections.abc import Collection

from aiqyn_portal.evaluation.models import Entry, Round

SHOWN = (Round.State.PRELIMINARY, Round.State.FINAL)  # rounds their bodies know of


def methodologies_of(bodies: Collection[int]) -> dict[int, str]:
    """Body id → methodology of the newest round that was shown to it; one query."""
    rows = Entry.objects.filter(body__in=bodies, round__state__in=SHOWN)
    told = rows.order_by("round__until", "round").values_list("body", "round__methodology")
    return dict(told)
