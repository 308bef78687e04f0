from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models.signals import post_save
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aiqyn.chain import Finding
from aiqyn_portal.base.sections import Section, Summary


class Drafts(Section):
    name = "aiqyn_portal.sections.drafts"
    label = "drafts"
    title = _("Draft acts")
    order = 30

    def ready(self) -> None:
        """Drafts are found, followed and commented on by the floors below."""
        from aiqyn_portal.contributions import kinds as contributions  # noqa: PLC0415
        from aiqyn_portal.deadlines.models import Deadline  # noqa: PLC0415
        from aiqyn_portal.deadlines.signals import calendar_changed  # noqa: PLC0415
        from aiqyn_portal.notices import topics as followed  # noqa: PLC0415
        from aiqyn_portal.search import kinds as search  # noqa: PLC0415
        from aiqyn_portal.sections.drafts import (  # noqa: PLC0415
            clocks,
            contributing,
            searching,
            topics,
        )
        from aiqyn_portal.sections.drafts.actions import calendar  # noqa: PLC0415

        search.register(searching.KIND)
        contributions.register(contributing.DRAFT_COMMENT)
        contributions.register(contributing.DRAFT_CATEGORY)
        followed.register(followed.Topic("draft", _("Draft act"), topics.draft))
        followed.register(followed.Topic("category", _("Category"), topics.category))
        calendar_changed.connect(calendar.calendar_changed)
        post_save.connect(clocks.deadline_saved, sender=Deadline)

    def findings(self, body: Any, *, since: date, until: date) -> Iterable[Finding]:
        """How the body's discussions of the period went."""
        from aiqyn_portal.sections.drafts import counts  # noqa: PLC0415  apps load first

        return counts.findings(body, since=since, until=until)

    def summary(self, body: Any) -> Summary | None:
        """The body's drafts in numbers; nothing where it has none."""
        from aiqyn_portal.sections.drafts import charting  # noqa: PLC0415  apps load first
        from aiqyn_portal.sections.drafts.queries import figures  # noqa: PLC0415

        found = figures.of_body(body, timezone.localdate())
        if not found.drafts:
            return None
        drafts = {"drafts": found.drafts, "open": found.open}
        lines = [gettext("Drafts: %(drafts)s, in discussion now: %(open)s.") % drafts]
        if found.comments:
            said = {"comments": found.comments, "taken": found.taken, "decided": found.decided}
            words = (
                gettext(
                    "Comments: %(comments)s; accepted or partly accepted: %(taken)s of %(decided)s."
                )
                if found.decided
                else gettext("Comments: %(comments)s; none is decided yet.")
            )
            lines.append(words % said)
        if found.late_reports:
            lines.append(gettext("Reports that are late: %(late)s.") % {"late": found.late_reports})
        return Summary(str(self.title), lines, self.room(body), charting.figure(found))

    def room(self, body: Any) -> str:
        """The body's drafts, how it answers, and for its officers what to do next."""
        return reverse("drafts:body", args=[body.code])
