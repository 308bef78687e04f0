from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Notices(AppConfig):
    name = "aiqyn_portal.notices"
    label = "notices"

    def ready(self) -> None:
        """Workers make letters and send them; bodies, which lie below, are followed by codes."""
        from aiqyn_portal.base import working  # noqa: PLC0415  models load first
        from aiqyn_portal.notices import tasks, topics  # noqa: PLC0415

        topics.register(topics.Topic("body", _("State body"), named=topics.body))
        working.lane("letters", poll=tasks.see_to_letters, is_finished_first=True)
        working.every("notices.forget_old", hours=24, run=tasks.forget_old)
