"""python manage.py verify_trail: exit 1 and the first broken row when the chain does not hold."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from aiqyn_portal.trail import queries


class Command(BaseCommand):
    help = "Recompute the chain of the trail from its first event to its last."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = queries.first_broken()
        if broken is not None:
            raise CommandError(f"event {broken} does not follow from the one before it")
        last = queries.last_event()
        if last is None:
            self.stdout.write("The trail is empty.")
            return
        # kept elsewhere, this line later proves that the end was not cut off
        self.stdout.write(f"{last.number} events hold; the last link is {last.link}")
