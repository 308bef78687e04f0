"""The stable addresses of a set: without a language, the same for people and programs."""

from django.conf import settings
from django.urls import reverse

from aiqyn_portal.sections.open_data.models import Dataset, File, Version


def of_set(dataset: Dataset) -> str:
    """Leads a reader to the set's page in a language the reader knows."""
    return reverse("data_set", args=[dataset.name])


def of_version(dataset: Dataset, version: Version) -> str:
    return reverse("data_version", args=[dataset.name, version.number])


def of_file(dataset: Dataset, version: Version, file: File) -> str:
    """The bytes themselves."""
    return reverse("data_file", args=[dataset.name, version.number, file.name])


def judged(dataset: Dataset, version: Version, file: File) -> str:
    """The address of the bytes that stars are counted for, in full."""
    return f"{settings.OPEN_DATA_ADDRESS}{of_file(dataset, version, file)}"
