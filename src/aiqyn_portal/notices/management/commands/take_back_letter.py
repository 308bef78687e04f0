"""`manage.py take_back_letter < message`: a mail server pipes messages that came back into it."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from aiqyn_portal.notices import actions
from aiqyn_portal.notices.actions.bounces import LARGEST


class Command(BaseCommand):
    help = "Read a message about a letter that could not be delivered from standard input."

    def handle(self, *args: Any, **options: Any) -> None:
        letter = actions.take_back(sys.stdin.buffer.read(LARGEST))
        if letter is None:
            self.stdout.write("it speaks of no letter of ours")
        else:
            self.stdout.write(f"letter {letter.message_id}: {letter.state} {letter.failure}")
