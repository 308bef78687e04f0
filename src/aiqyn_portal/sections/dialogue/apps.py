from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.sections import Section


class Dialogue(Section):
    name = "aiqyn_portal.sections.dialogue"
    label = "dialogue"
    title = _("Open dialogue")
    order = 40

    def ready(self) -> None:
        """Questions are received, decided and followed by the floors below."""
        from aiqyn_portal.base import working  # noqa: PLC0415  models load first
        from aiqyn_portal.contributions import kinds  # noqa: PLC0415
        from aiqyn_portal.notices import topics as followed  # noqa: PLC0415
        from aiqyn_portal.sections.dialogue import contributing, topics  # noqa: PLC0415

        kinds.register(contributing.TO_HEAD)
        kinds.register(contributing.TO_CONFERENCE)
        followed.register(followed.Topic("conference", _("Conference"), topics.conference))
        followed.register(followed.Topic("commitment", _("Commitment"), topics.commitment))
        working.every("dialogue.tick", seconds=300, run=f"{self.name}.tasks.tick")
