from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models.signals import post_save
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aiqyn.chain import Finding
from aiqyn_portal.base import measuring
from aiqyn_portal.base.formats import say_phrase
from aiqyn_portal.base.sections import Section, Summary


class Dialogue(Section):
    name = "aiqyn_portal.sections.dialogue"
    label = "dialogue"
    title = _("Open dialogue")
    order = 40

    def ready(self) -> None:
        """Questions are received, decided and followed by the floors below."""
        from aiqyn_portal.base import working  # noqa: PLC0415  models load first
        from aiqyn_portal.contributions import kinds  # noqa: PLC0415
        from aiqyn_portal.deadlines.models import Deadline, Event  # noqa: PLC0415
        from aiqyn_portal.notices import topics as followed  # noqa: PLC0415
        from aiqyn_portal.search import kinds as search  # noqa: PLC0415
        from aiqyn_portal.sections.dialogue import (  # noqa: PLC0415
            clocks,
            contributing,
            searching,
            topics,
        )
        from aiqyn_portal.sections.dialogue.models import (  # noqa: PLC0415
            CommitmentStep,
            Conference,
            Head,
        )

        kinds.register(contributing.TO_HEAD)
        kinds.register(contributing.TO_CONFERENCE)
        for kind in searching.KINDS:
            search.register(kind)
        followed.register(followed.Topic("conference", _("Conference"), topics.conference))
        followed.register(followed.Topic("commitment", _("Commitment"), topics.commitment))
        post_save.connect(clocks.deadline_saved, sender=Deadline)
        post_save.connect(clocks.event_saved, sender=Event)
        post_save.connect(searching.head_saved, sender=Head)
        post_save.connect(searching.conference_saved, sender=Conference)
        post_save.connect(searching.step_saved, sender=CommitmentStep)
        working.every("dialogue.tick", seconds=300, run=f"{self.name}.tasks.tick")

    def findings(self, body: Any, *, since: date, until: date) -> Iterable[Finding]:
        """How the body's dialogue of the period went."""
        from aiqyn_portal.sections.dialogue import counts  # noqa: PLC0415  apps load first

        return counts.findings(body, since=since, until=until)

    def summary(self, body: Any) -> Summary | None:
        """How the body answered in the last year; nothing where nobody asked."""
        from aiqyn_portal.sections.dialogue import charting, counts  # noqa: PLC0415  apps load first

        span = measuring.span("", timezone.localdate())
        found = counts.measures(body, since=span.since, until=span.until)
        if not found:
            return None
        lines = [
            gettext("%(title)s: %(good)s of %(of)s.")
            % {"title": say_phrase(each.title), "good": each.good, "of": each.of}
            for each in found[:2]  # answered at all, and in time
        ]
        lines.append(
            gettext(
                "Counted are questions of one year that were due or were answered; below are all, "
                "with those to conferences."
            )
        )
        return Summary(str(self.title), lines, self.room(body), charting.figure(body))

    def room(self, body: Any) -> str:
        """The body's heads, what it was asked and how it answers."""
        return reverse("dialogue:body", args=[body.code])
