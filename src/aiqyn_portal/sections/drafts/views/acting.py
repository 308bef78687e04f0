"""Rows a page speaks of, found or refused."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from aiqyn_portal.accounts.acting import person
from aiqyn_portal.base.acting import refuse_unless
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.drafts import permissions
from aiqyn_portal.sections.drafts.models import Draft, Version
from aiqyn_portal.sections.drafts.queries.readiness import open_version

WITH_ALL = ("body", "discussion", "newest")


def body_or_404(code: str) -> Body:
    return get_object_or_404(Body, code=code)


def public_draft(slug: str) -> Draft:
    """A draft everybody may read."""
    return get_object_or_404(Draft.objects.public().select_related(*WITH_ALL), slug=slug)


def own_draft(request: HttpRequest, slug: str) -> Draft:
    """A draft the person may prepare; 403 for officers of other bodies."""
    draft = get_object_or_404(Draft.objects.select_related(*WITH_ALL), slug=slug)
    refuse_unless(permissions.may_prepare(person(request), draft.body))
    return draft


def published_version(draft: Draft, number: int) -> Version:
    """A version everybody may read."""
    version = get_object_or_404(draft.versions, number=number, published_at__isnull=False)
    version.draft = draft
    return version


def version_in_preparation(draft: Draft) -> Version:
    """The version in preparation; 404 where there is none."""
    version = open_version(draft)
    if version is None:
        raise Http404(draft.slug)
    version.draft = draft
    return version
