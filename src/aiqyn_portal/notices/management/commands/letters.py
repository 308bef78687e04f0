"""`manage.py letters`: how many letters are in which state, and what may be done about some."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Count, Min
from django.utils import timezone

from aiqyn_portal.notices.models import Letter


class Command(BaseCommand):
    help = "Say how letters stand. With --send-unsure, those perhaps sent are sent once more."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--send-unsure", action="store_true", help="some may arrive twice")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["send_unsure"]:
            unsure = Letter.objects.filter(state=Letter.State.UNSURE)
            waiting = {"state": Letter.State.WAITING, "next_at": timezone.now()}
            self.stdout.write(f"put back: {unsure.update(**waiting)}")
        rows = Letter.objects.order_by().values_list("state")
        for state, count, since in rows.annotate(Count("pk"), Min("made_at")).order_by("state"):
            self.stdout.write(f"{state}: {count}, the oldest of {since.isoformat()}")
