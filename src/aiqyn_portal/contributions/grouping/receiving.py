"""The ledger does not wait for grouping: a contribution is placed after it was committed."""

from functools import partial
from typing import Any

from django.db import transaction

from aiqyn_portal.contributions.grouping import actions
from aiqyn_portal.contributions.models import Contribution


def contribution_saved(instance: Contribution, created: bool, raw: bool, **_: Any) -> None:
    """Place a new contribution; if that fails, it is alone until a worker tries again."""
    if created and not raw:
        transaction.on_commit(partial(actions.place, instance), robust=True)
