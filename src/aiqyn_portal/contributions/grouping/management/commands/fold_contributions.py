"""Place contributions that are in no fold: older than grouping, or placed while it failed."""

from typing import Any

from django.core.management.base import BaseCommand

from aiqyn_portal.contributions.grouping.actions import place_left_out


class Command(BaseCommand):
    help = "Put contributions that are in no fold beside their near copies."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Placed: {place_left_out()}")
