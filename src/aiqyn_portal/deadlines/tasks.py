"""What workers do about due dates."""

from datetime import datetime

from aiqyn.calendar import local_date
from aiqyn_portal.deadlines import actions


def watch(at: datetime) -> None:
    """Remind, and mark what was missed; called every hour, it tells nothing twice."""
    actions.watch(local_date(at))
