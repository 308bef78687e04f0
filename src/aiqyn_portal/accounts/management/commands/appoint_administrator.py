from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from aiqyn_portal.accounts.actions import appoint_first_administrator
from aiqyn_portal.accounts.models import User
from aiqyn_portal.accounts.refusals import RoleIsHeld


class Command(BaseCommand):
    help = "Make a registered person an administrator, for a portal that has none yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"there is no person with the username {username}")
        try:
            appoint_first_administrator(user, at=timezone.now())
        except RoleIsHeld:
            raise CommandError(f"{username} is an administrator already") from None
        self.stdout.write(f"{username} is an administrator now")
