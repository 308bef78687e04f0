from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import pgettext_lazy


class Search(AppConfig):
    name = "aiqyn_portal.search"
    label = "search"

    def ready(self) -> None:
        """Bodies lie below and cannot call us: their rows tell. Saved searches look daily."""
        from aiqyn_portal.base import working  # noqa: PLC0415 — models load first
        from aiqyn_portal.bodies.models import Body, BodyName  # noqa: PLC0415 — models load first
        from aiqyn_portal.notices import topics  # noqa: PLC0415
        from aiqyn_portal.search import among, kinds, own_kinds, saving  # noqa: PLC0415

        among.register()
        topics.register(topics.Topic("search", pgettext_lazy("menu", "Search"), named=saving.named))
        working.every("search.saved", hours=24, run=saving.tell_of_new)
        for kind in own_kinds.KINDS:
            kinds.register(kind)
        post_save.connect(own_kinds.body_saved, sender=Body)
        post_delete.connect(own_kinds.body_deleted, sender=Body)
        post_save.connect(own_kinds.name_changed, sender=BodyName)
        post_delete.connect(own_kinds.name_changed, sender=BodyName)
