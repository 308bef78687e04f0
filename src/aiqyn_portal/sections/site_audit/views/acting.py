"""What pages with a form begin with: the person and the row."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evidence.models import Audit, FindingRow
from aiqyn_portal.evidence.permissions import may_read
from aiqyn_portal.sections.site_audit import queries

BODIES_PER_PAGE = 50
REFRESH_S = 5  # seconds between two looks of a page that watches


def body_or_404(code: str) -> Body:
    return get_object_or_404(Body, code=code)


def audit_or_404(request: HttpRequest, pk: int) -> Audit:
    """An audit the reader may read; of any other one is not told that it is there."""
    audit = get_object_or_404(Audit.objects.select_related("body"), pk=pk)
    return _readable(request, audit)


def finding_or_404(request: HttpRequest, pk: int) -> FindingRow:
    """A finding as the machine made it, with its audit and body, of an audit one may read."""
    row = get_object_or_404(queries.finding_rows(), pk=pk)
    assert row.audit is not None  # noqa: S101  the query has seen to it
    _readable(request, row.audit)
    return row


def _readable(request: HttpRequest, audit: Audit) -> Audit:
    if not may_read(request.user, audit):
        raise Http404(audit.pk)
    return audit
