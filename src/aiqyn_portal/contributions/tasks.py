"""What workers do for the ledger, besides what every request does by itself."""

from datetime import datetime

from django.utils import timezone

from aiqyn_portal.contributions import sealing


def seal(_at: datetime) -> None:
    """Seal what was left by a process that died between commit and seal."""
    sealing.seal_all()


def publish_roots(at: datetime) -> None:
    """Publish the roots of the days that have ended, once everything is sealed."""
    sealing.seal_all()
    sealing.publish_roots(timezone.localdate(at))
