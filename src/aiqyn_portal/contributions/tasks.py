"""What workers do for the ledger, besides what every request does by itself."""

from datetime import datetime

from django.utils import timezone

from aiqyn_portal.contributions import actions, sealing


def seal() -> None:
    """Seal what writers have left to workers, and what a killed process has left."""
    sealing.seal_if_free()


def seal_votes(at: datetime) -> None:
    """Enter the votes of the day that has ended."""
    actions.seal_votes(at)


def publish_roots(at: datetime) -> None:
    """Publish the roots of the days that have ended, once everything is sealed."""
    sealing.seal_all()
    sealing.publish_roots(timezone.localdate(at))
