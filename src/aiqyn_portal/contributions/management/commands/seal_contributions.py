from typing import Any

from django.core.management.base import BaseCommand

from aiqyn_portal.contributions import sealing


class Command(BaseCommand):
    help = "Seal steps that wait, and publish the roots of the days that have ended."

    def handle(self, *args: Any, **options: Any) -> None:
        sealed = sealing.seal_all()
        made = sealing.publish_roots()
        self.stdout.write(f"{sealed} steps sealed, {len(made)} roots published")
