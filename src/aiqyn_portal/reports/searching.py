"""Published ratings in the one search of the platform."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.evaluation.models import Round
from aiqyn_portal.evaluation.queries import published_rounds
from aiqyn_portal.search import index
from aiqyn_portal.search.kinds import Draft, Kind

RATING = "rating"
EXAMPLE = "example"  # says of itself what an example body says


def draft(round_: Round) -> Draft:
    published = round_.published_at
    return Draft(
        kind=RATING,
        key=round_.code,
        title=round_.title,
        view="reports:league",
        arguments={"round_code": round_.code},
        summary=round_.source,
        text={"": round_.code},
        status=EXAMPLE if round_.is_example else "",
        day=timezone.localdate(published) if published else round_.until,
    )


def drafts() -> Iterator[Draft]:
    return (draft(round_) for round_ in published_rounds().order_by("pk"))


def round_saved(instance: Round, *, raw: bool = False, **_told: Any) -> None:
    """Evaluation lies below and cannot call us: its rows tell, in their own transaction."""
    if not raw and instance.state == Round.State.FINAL:
        index.put(draft(instance))


KIND = Kind(RATING, _("Ratings"), drafts)
