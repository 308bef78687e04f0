"""Due dates move (a new holiday, an extension): the queue follows them."""

from typing import Any

from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.deadlines.models import Deadline

PREFIX = "contribution:"


def deadline_saved(instance: Deadline, **_rest: Any) -> None:
    """Keep the date of the running clock beside the contribution; a closed one leaves its date."""
    if instance.subject.startswith(PREFIX) and instance.is_open:
        number = instance.subject.removeprefix(PREFIX)
        Contribution.objects.filter(number=number).update(due_on=instance.due_on)
