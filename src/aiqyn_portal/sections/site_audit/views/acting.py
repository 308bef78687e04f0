"""What pages with a form begin with: the person and the row."""

from django.shortcuts import get_object_or_404

from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evidence.models import Audit, FindingRow
from aiqyn_portal.sections.site_audit import queries

BODIES_PER_PAGE = 50
REFRESH_S = 5  # seconds between two looks of a page that watches


def body_or_404(code: str) -> Body:
    return get_object_or_404(Body, code=code)


def audit_or_404(pk: int) -> Audit:
    return get_object_or_404(Audit.objects.select_related("body"), pk=pk)


def finding_or_404(pk: int) -> FindingRow:
    """A finding as the machine made it, with its audit and body."""
    return get_object_or_404(queries.finding_rows(), pk=pk)
