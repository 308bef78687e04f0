from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from aiqyn.chain import Finding
from aiqyn_portal.base.sections import Section


class SiteAudit(Section):
    name = "aiqyn_portal.sections.site_audit"
    label = "site_audit"
    title = _("Site audit")
    order = 90

    def findings(self, body: Any, *, since: date, until: date) -> Iterable[Finding]:
        return ()
