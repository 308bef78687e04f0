from typing import Any

from django.core.management.base import BaseCommand, CommandError

from aiqyn_portal.contributions import receipts, sealing
from aiqyn_portal.contributions.models import Root


class Command(BaseCommand):
    help = "Recompute the ledger of contributions: every link, root, and text that is still kept."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = receipts.first_broken()
        if broken:
            raise CommandError(broken)
        newest = Root.objects.first()
        root = f"the last root is {newest.root} of {newest.day}" if newest else "no root yet"
        self.stdout.write(f"{sealing.newest_position()} steps hold; {root}")
