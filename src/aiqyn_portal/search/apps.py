from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class Search(AppConfig):
    name = "aiqyn_portal.search"
    label = "search"

    def ready(self) -> None:
        """Bodies lie below and cannot call us: their rows tell, in their own transaction."""
        from aiqyn_portal.bodies.models import Body, BodyName  # noqa: PLC0415 — models load first
        from aiqyn_portal.search import kinds, own_kinds  # noqa: PLC0415

        for kind in own_kinds.KINDS:
            kinds.register(kind)
        post_save.connect(own_kinds.body_saved, sender=Body)
        post_delete.connect(own_kinds.body_deleted, sender=Body)
        post_save.connect(own_kinds.name_changed, sender=BodyName)
        post_delete.connect(own_kinds.name_changed, sender=BodyName)
