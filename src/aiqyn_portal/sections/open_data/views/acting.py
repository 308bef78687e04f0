"""Rows a page speaks of, found or refused."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from aiqyn_portal.accounts.acting import person
from aiqyn_portal.base.acting import refuse_unless
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.open_data import permissions
from aiqyn_portal.sections.open_data.models import Dataset, File, Version


def body_or_404(code: str) -> Body:
    return get_object_or_404(Body, code=code)


def own_set(request: HttpRequest, name: str) -> Dataset:
    """A set the person may prepare; 403 for anybody else's."""
    row = get_object_or_404(Dataset.objects.select_related("body", "newest"), name=name)
    refuse_unless(permissions.may_prepare(person(request), row.body))
    return row


def open_version(row: Dataset) -> Version:
    """The version in preparation; 404 where there is none."""
    version = row.versions.exclude(state=Version.State.RELEASED).first()
    if version is None:
        raise Http404(row.name)
    version.dataset = row
    return version


def seen_file(request: HttpRequest, pk: int) -> File:
    """A file of a set that is not published yet, for those who may see it."""
    file = get_object_or_404(File.objects.select_related("version__dataset__body"), pk=pk)
    refuse_unless(permissions.may_see_drafts(person(request), file.version.dataset.body))
    return file
