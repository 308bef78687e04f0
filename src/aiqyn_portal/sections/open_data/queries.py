"""Reading sets."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from aiqyn_portal.sections.open_data.models import Dataset, File, Hold, Version


def public_set_or_404(name: str) -> Dataset:
    """A set with a page of its own, published or withdrawn."""
    rows = Dataset.objects.public().select_related("body", "newest")
    return get_object_or_404(rows, name=name)


def released_or_404(name: str, number: int) -> Version:
    """A version everybody may read."""
    rows = Version.objects.filter(
        state=Version.State.RELEASED, dataset__state__in=Dataset.PUBLIC
    ).select_related("dataset__body")
    return get_object_or_404(rows, dataset__name=name, number=number)


def released_file_or_404(name: str, number: int, filename: str) -> File:
    """A file everybody may download: of a released version of a set that is not withdrawn."""
    version = released_or_404(name, number)
    if version.dataset.state == Dataset.State.WITHDRAWN:
        raise Http404(filename)
    free = version.files.filter(state=File.State.READ).exclude(
        hold__decision__in=[Hold.Decision.OPEN, Hold.Decision.KEEP]
    )
    file = get_object_or_404(free, name=filename)
    file.version = version
    return file
