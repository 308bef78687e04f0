from django.apps import AppConfig
from django.db.models.signals import post_save


class Grouping(AppConfig):
    name = "aiqyn_portal.contributions.grouping"
    label = "grouping"

    def ready(self) -> None:
        """What is received is put beside its copies, once it is safely kept."""
        from aiqyn_portal.base import working  # noqa: PLC0415  models load first
        from aiqyn_portal.contributions.grouping import receiving, tasks  # noqa: PLC0415
        from aiqyn_portal.contributions.models import Contribution  # noqa: PLC0415

        post_save.connect(receiving.contribution_saved, sender=Contribution)
        working.lane("copies", poll=tasks.place_new)
        working.every("grouping.place", seconds=60, run=f"{self.name}.tasks.place_left")
