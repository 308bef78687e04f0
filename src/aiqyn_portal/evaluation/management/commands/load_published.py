from typing import Any

from django.core.management.base import BaseCommand, CommandError

from aiqyn_portal.base.refusals import ActionRefused
from aiqyn_portal.evaluation.loading import load_all_published


class Command(BaseCommand):
    help = "Load the published ratings that come with the library; repeating it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rounds = load_all_published()
        except ActionRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        for round_ in rounds:
            self.stdout.write(f"{round_.code}: {round_.entries.count()}")
