"""A whole approved list, entered at once."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.open_data.approved_list import Line
from aiqyn_portal.sections.open_data.models import Approved
from aiqyn_portal.sections.open_data.permissions import may_moderate
from aiqyn_portal.trail.actions import record


@transaction.atomic
def add_list(
    body: Body, lines: Sequence[Line], act: tuple[str, str], *, by: User, at: datetime
) -> int:
    """Add the lines of a list that are not there yet; return how many were added.

    `act` is the title and the address of the act that approved the list. A line is there when
    the body has one of this act with the same number and Kazakh title, so the same table sent
    twice adds nothing. Raises PermissionDenied.
    """
    if not may_moderate(by):
        raise PermissionDenied
    source, source_link = act
    known = {
        (line.number, line.title.get("kk"))
        for line in Approved.objects.filter(body=body, source=source)
    }
    fresh: dict[tuple[str, str | None], Line] = {}
    for line in lines:
        key = (line.number, line.title.get("kk"))
        if key not in known:
            fresh.setdefault(key, line)
    Approved.objects.bulk_create(
        Approved(
            body=body,
            number=line.number,
            title=line.title,
            frequency=line.frequency,
            source=source,
            source_link=source_link,
            due=line.due,
            added_at=at,
            added_by=by,
        )
        for line in fresh.values()
    )
    details = {"source": source, "lines": len(lines), "added": len(fresh)}
    record(by, "data.list_approved", f"body:{body.code}", details)
    return len(fresh)
