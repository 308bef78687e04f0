"""Make the search index anew out of what is stored: after an import, or an upgrade."""

from typing import Any

from django.core.management.base import BaseCommand

from aiqyn_portal.search.rebuilding import rebuild


class Command(BaseCommand):
    help = "Bring the search index up to date with everything that can be found."

    def handle(self, *_args: Any, verbosity: int = 1, **_options: Any) -> None:
        for kind, report in rebuild():
            if not verbosity:
                continue
            self.stdout.write(f"{kind}: {report.written} written, {report.removed} removed")
