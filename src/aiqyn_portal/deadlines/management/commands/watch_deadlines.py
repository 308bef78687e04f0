from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from aiqyn_portal.deadlines import actions, queries


class Command(BaseCommand):
    help = "Remind of due dates and mark those that were missed; again tells nothing twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", default="", help="The day to act for: 2026-03-05. Today.")

    def handle(self, *args: Any, on: str, **options: Any) -> None:
        try:
            day = date.fromisoformat(on) if on else queries.today()
        except ValueError:
            raise CommandError(f"{on!r} is not like 2026-03-05") from None
        self.stdout.write(f"{day}: {actions.watch(day)} notices")
