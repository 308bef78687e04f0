from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aiqyn.chain import Finding
from aiqyn_portal.base.formats import say_date
from aiqyn_portal.base.sections import Section, Summary


class SiteAudit(Section):
    name = "aiqyn_portal.sections.site_audit"
    label = "site_audit"
    title = _("Site audit")
    order = 90

    def ready(self) -> None:
        """Workers see to audits that are due, left behind or lost, and to promised repairs."""
        from aiqyn_portal.base import working  # noqa: PLC0415  models load first

        working.every("site_audit.tick", seconds=30, run=f"{self.name}.tasks.tick")
        working.every("site_audit.remind", hours=1, run=f"{self.name}.tasks.remind")

    def findings(self, body: Any, *, since: date, until: date) -> Iterable[Finding]:
        """Findings of the newest audit that judged the site on a day of the period."""
        from aiqyn_portal.sections.site_audit import queries  # noqa: PLC0415  apps load first

        audit = queries.audit_within(body, since=since, until=until)
        return queries.findings_of(audit) if audit else ()

    def summary(self, body: Any) -> Summary | None:
        """How the newest audit of the body's site ended."""
        from aiqyn_portal.sections.site_audit import queries  # noqa: PLC0415  apps load first

        audit = body.audits.counting().first()
        if audit is None:
            return None
        ended = queries.rules_by_outcome(audit)
        lines = [
            gettext("Judged on %(day)s, %(pages)d pages read.")
            % {"day": say_date(audit.as_of), "pages": audit.pages},
            gettext("Passed: %(passed)d. Failed: %(failed)d. Cannot tell: %(open)d.")
            % {
                "passed": len(ended.get("passed", ())),
                "failed": len(ended.get("failed", ())),
                "open": len(ended.get("cannot_tell", ())),
            },
        ]
        return Summary(str(self.title), lines, reverse("site_audit:audit", args=[audit.pk]))

    def room(self, body: Any) -> str:
        """The audits of the body's site: to ask for one, to answer its findings."""
        return reverse("site_audit:body", args=[body.code])
