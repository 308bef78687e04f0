from django.apps import AppConfig


class Deadlines(AppConfig):
    name = "aiqyn_portal.deadlines"
    label = "deadlines"

    def ready(self) -> None:
        """Workers look every hour whether somebody has to be reminded."""
        from aiqyn_portal.base import working  # noqa: PLC0415  models load first

        working.every("deadlines.watch", hours=1, run=f"{self.name}.tasks.watch")
