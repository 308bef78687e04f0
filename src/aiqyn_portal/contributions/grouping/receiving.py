"""The ledger does not wait for grouping: a contribution is placed after it was committed."""

from functools import partial
from typing import Any

from django.db import transaction

from aiqyn_portal.contributions import pace
from aiqyn_portal.contributions.grouping import actions
from aiqyn_portal.contributions.models import Contribution


def contribution_saved(instance: Contribution, created: bool, raw: bool, **_: Any) -> None:
    """Place a new contribution; what fails, or comes too fast, is placed by a worker."""
    if created and not raw:
        transaction.on_commit(partial(_place, instance), robust=True)


def _place(row: Contribution) -> None:
    if pace.is_due("place"):
        actions.place(row)
