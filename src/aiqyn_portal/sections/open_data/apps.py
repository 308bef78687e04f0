from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aiqyn.chain import Finding
from aiqyn_portal.base.formats import say_number
from aiqyn_portal.base.sections import Section, Summary


class OpenData(Section):
    name = "aiqyn_portal.sections.open_data"
    label = "open_data"
    title = _("Open data")
    order = 50

    def ready(self) -> None:
        """Sets are found and followed; workers see to files left behind or lost."""
        from aiqyn_portal.base import working  # noqa: PLC0415  models load first
        from aiqyn_portal.contributions import belongings as owned  # noqa: PLC0415
        from aiqyn_portal.contributions import kinds as voices  # noqa: PLC0415
        from aiqyn_portal.notices import topics  # noqa: PLC0415
        from aiqyn_portal.search import kinds  # noqa: PLC0415  models load first
        from aiqyn_portal.sections.open_data import (  # noqa: PLC0415
            asked,
            belongings,
            comments,
            ideas,
            searching,
            searching_people,
        )

        for kind in (
            ideas.KIND,
            asked.KIND_OF_REQUESTS,
            comments.KIND,
            asked.KIND_OF_PROBLEMS,
        ):
            voices.register(kind)
        owned.register(belongings.REUSES)
        kinds.register(searching_people.KIND)
        kinds.register(searching.KIND)
        kinds.register(searching.HARVESTED_KIND)
        topics.register(topics.Topic("data_set", _("Data set"), named=searching.named))
        working.every("open_data.tick", seconds=30, run=f"{self.name}.tasks.tick")
        working.every("open_data.forget", hours=24, run=f"{self.name}.tasks.forget_removed")
        working.every("open_data.forget_harvested", hours=24, run=f"{self.name}.harvesting.forget")
        working.lane("catalogues", poll=_harvest)

    def findings(self, body: Any, *, since: date, until: date) -> Iterable[Finding]:
        """How the body's sets stood on the last day of the period, and whom it asked in it."""
        from aiqyn_portal.sections.open_data import counts  # noqa: PLC0415  apps load first

        return counts.findings(body, since=since, until=until)

    def summary(self, body: Any) -> Summary | None:
        """The body's sets in numbers; nothing where it has none and has promised none."""
        from aiqyn_portal.sections.open_data import queries  # noqa: PLC0415  apps load first

        found = queries.figures(body, timezone.localdate())
        if not (found.published or found.promised):
            return None
        sets = {"sets": found.published, "fresh": found.fresh, "due": found.due}
        uses = {
            "views": say_number(found.used.view),
            "downloads": say_number(found.used.download),
        }
        lines = [
            gettext("Published sets: %(sets)s, up to date: %(fresh)s of %(due)s.") % sets,
            gettext("Views: %(views)s, downloads: %(downloads)s.") % uses,
        ]
        if found.promised:
            promised = {"kept": found.kept, "promised": found.promised}
            lines.insert(1, gettext("Of the approved list: %(kept)s of %(promised)s.") % promised)
        return Summary(str(self.title), lines, self.room(body))

    def room(self, body: Any) -> str:
        """The body's sets, its approved list and, for its officers, what to do next."""
        return reverse("open_data:body", args=[body.code])


def _harvest() -> None:
    """Harvest a catalogue that is due."""
    from aiqyn_portal.sections.open_data import harvesting  # noqa: PLC0415  models load first

    harvesting.poll()
