"""What workers see to: the results of a conference are due once it is over."""

from datetime import datetime

from aiqyn_portal.sections.dialogue.actions.conferences import start_clock
from aiqyn_portal.sections.dialogue.queries import lists


def tick(at: datetime) -> None:
    """Start the clock of every conference that has ended and has none yet."""
    ended = lists.conferences().filter(called_off={}, ends_at__lte=at, results_due_on=None)
    for conference in ended:
        start_clock(conference)
