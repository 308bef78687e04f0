"""`manage.py start`: prepare what is missing, then serve the portal."""

import os
import socket
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from aiqyn_portal.demo import prepare
from aiqyn_portal.demo.people import people

WORKERS = "2"


class Command(BaseCommand):
    help = "Prepare the demonstration (once) and serve the portal."
    requires_system_checks = ()  # they double the wait; migrate and the tests make them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", default=os.environ.get("PORT", "8000"))
        parser.add_argument("--prepare-only", action="store_true", help="do not serve")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["prepare_only"]:
            _expect_free(options["host"], options["port"])
        prepare.everything(Path(settings.VAR), say=self.stdout.write)
        address = f"http://{options['host']}:{options['port']}/"
        self._welcome(address)
        if not options["prepare_only"]:
            self.stdout.flush()
            _serve(options["host"], options["port"])

    def _welcome(self, address: str) -> None:
        lines = [
            "",
            f"Aiqyn: {address}  (Ctrl+C stops it)",
            "",
            "Demo accounts (this machine only):",
            *(
                f"  {person.username:<10} {person.password:<14} {person.role or 'citizen'}"
                for person in people(Path(settings.VAR))
            ),
            "",
            "Try:",
            f"  {address}kk/ratings/kz-openness-2020/   17 akimats, with the notes on the figures",
            f"  {address}kk/ratings/example-2025/       two example sites, down to the evidence",
            f"  {address}kk/work/                       sign in as evaluator: answer, publish",
            f"  {address}kk/office/                     sign in as officer: result, objections",
            f"  {address}api/docs                       the same as data",
            "",
        ]
        self.stdout.write("\n".join(lines))


def _expect_free(host: str, port: str) -> None:
    """Raise CommandError when the port is taken: two servers would share it in silence."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except (OSError, OverflowError, ValueError) as problem:
            advice = "Take another: PORT=8010 make run"
            raise CommandError(f"{host}:{port}: {problem}. {advice}") from None


def _serve(host: str, port: str) -> None:
    granian = Path(sys.executable).with_name("granian")
    os.execv(  # noqa: S606  our own program with our own arguments
        granian,
        [
            str(granian),
            *("--interface", "wsgi", "--host", host, "--port", port),
            *("--workers", WORKERS, "--blocking-threads", "2", "--log-level", "warning"),
            "aiqyn_portal.project.wsgi:application",
        ],
    )
