from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Notices(AppConfig):
    name = "aiqyn_portal.notices"
    label = "notices"

    def ready(self) -> None:
        """Bodies lie below and cannot call us: they are followed by their codes."""
        from aiqyn_portal.notices import topics  # noqa: PLC0415  models load first

        topics.register(topics.Topic("body", _("State body"), named=topics.body))
