"""What workers do for grouping, besides what every request does by itself."""

from datetime import datetime, timedelta

from aiqyn_portal.contributions.grouping import actions
from aiqyn_portal.contributions.models import Contribution

LOOKED_AT = 5_000  # the newest; `fold_contributions` looks at all
MOST = 200  # at once
LEFT_AFTER = timedelta(seconds=30)  # so long a request may take over it


def place_left(at: datetime) -> None:
    """Place what a process left that died, or failed, after the contribution was committed."""
    newest = Contribution.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    left = Contribution.objects.public().filter(
        pk__gt=newest - LOOKED_AT, folded__isnull=True, made_at__lt=at - LEFT_AFTER
    )
    for row in left.order_by("pk")[:MOST]:
        actions.place(row)
