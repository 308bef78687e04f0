"""Several actions of one form: all of them, or none."""

from collections.abc import Callable

from django.db import transaction


def all_or_nothing(act: Callable[[], object]) -> Callable[[], object]:
    """Run `act` in one transaction."""

    def run() -> object:
        with transaction.atomic():
            return act()

    return run
