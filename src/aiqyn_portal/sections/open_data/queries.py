"""Reading sets."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.promises import StrOrPromise
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


def missing_in_passport(row: Dataset) -> list[StrOrPromise]:
    """What a passport lacks before it may be handed in, as words of its form."""
    needed: list[tuple[StrOrPromise, object]] = [
        (_("Title in Kazakh"), row.title.get("kk")),
        (_("Title in Russian"), row.title.get("ru")),
        (_("Description in Kazakh"), row.description.get("kk")),
        (_("Description in Russian"), row.description.get("ru")),
        (_("Category"), row.category),
        (_("Licence"), row.licence),
        (_("How often it is updated"), row.frequency != "unknown"),
        (_("Who answers for the set"), row.responsible.get("kk") or row.responsible.get("ru")),
        (_("E-mail"), row.email),
    ]
    return [words for words, said in needed if not said]
