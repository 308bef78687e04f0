"""Place contributions that are in no fold: older than grouping, or placed while it failed."""

from typing import Any

from django.core.management.base import BaseCommand

from aiqyn_portal.contributions.grouping.actions import place
from aiqyn_portal.contributions.models import Contribution


class Command(BaseCommand):
    help = "Put contributions that are in no fold beside their near copies."

    def handle(self, *args: Any, **options: Any) -> None:
        rows = Contribution.objects.public().filter(folded__isnull=True).order_by("pk")
        count = 0
        for row in rows.iterator():
            place(row)
            count += 1
        self.stdout.write(f"Placed: {count}")
