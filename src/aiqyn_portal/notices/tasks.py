"""What workers do about notices."""

from datetime import datetime

from django.utils import timezone

from aiqyn_portal.notices import actions

MOST = 20  # letters of one poll: a worker asked to stop is quick
_postman = actions.Postman()


def see_to_letters() -> None:
    """Make the letters that are due, and hand them to the mail server."""
    actions.gather(timezone.now())
    _postman.post(MOST)


def forget_old(at: datetime) -> None:
    actions.forget_old(at)
