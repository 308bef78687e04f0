"""Sets in preparation as packages, for those who prepare or review them."""

from typing import Any

from aiqyn_portal.sections.open_data.api import described
from aiqyn_portal.sections.open_data.api.caller import Caller
from aiqyn_portal.sections.open_data.models import Dataset, Version
from aiqyn_portal.sections.open_data.permissions import may_see_drafts


def shown(row: Dataset, caller: Caller) -> dict[str, Any]:
    """The set with its version in preparation; its `state` is how far it has come."""
    told = described.package(
        row, origin=caller.origin, language=caller.language, version=version_of(row)
    )
    return told | {"state": "active" if row.state == row.State.PUBLISHED else row.state}


def version_of(row: Dataset) -> Version | None:
    """The version in preparation."""
    return row.versions.exclude(state=Version.State.RELEASED).first()


def called(name: str, caller: Caller) -> dict[str, Any] | None:
    """The set of this name as those may see it who may see drafts; None for everybody else."""
    if caller.user is None:
        return None
    row = Dataset.objects.select_related("body", "newest").filter(name=name).first()
    return shown(row, caller) if row and may_see_drafts(caller.user, row.body) else None
