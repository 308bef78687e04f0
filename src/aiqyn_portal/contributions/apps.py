from django.apps import AppConfig
from django.db.models.signals import post_save


class Contributions(AppConfig):
    name = "aiqyn_portal.contributions"
    label = "contributions"

    def ready(self) -> None:
        """Contributions can be found and followed; their due dates follow the clock."""
        from aiqyn_portal.base import working  # noqa: PLC0415
        from aiqyn_portal.contributions import (  # noqa: PLC0415  models load first
            clocks,
            searching,
            tasks,
        )
        from aiqyn_portal.deadlines import saying  # noqa: PLC0415
        from aiqyn_portal.deadlines.models import Deadline  # noqa: PLC0415
        from aiqyn_portal.notices import topics  # noqa: PLC0415
        from aiqyn_portal.search import kinds  # noqa: PLC0415

        kinds.register(searching.KIND)
        topics.register(searching.TOPIC)
        saying.asks(clocks.first_words)
        working.lane("ledger", poll=tasks.seal)
        working.every("contributions.votes", hours=24, run=f"{self.name}.tasks.seal_votes")
        working.every("contributions.roots", hours=1, run=f"{self.name}.tasks.publish_roots")
        post_save.connect(clocks.deadline_saved, sender=Deadline)
