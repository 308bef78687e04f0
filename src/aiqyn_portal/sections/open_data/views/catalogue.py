"""What everybody reads: the catalogue, one set, one version, one body's sets."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from aiqyn_portal.sections.open_data import queries
from aiqyn_portal.sections.open_data.models import Dataset


def home(request: HttpRequest) -> HttpResponse:
    """The catalogue."""
    sets = Dataset.objects.published().select_related("body", "newest")
    return render(request, "open_data/catalogue.html", {"sets": sets})


def dataset(request: HttpRequest, name: str) -> HttpResponse:
    """One set."""
    found = queries.public_set_or_404(name)
    return render(request, "open_data/set.html", {"set": found, "version": found.newest})


def version(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One version of a set."""
    found = queries.released_or_404(name, number)
    return render(request, "open_data/set.html", {"set": found.dataset, "version": found})
