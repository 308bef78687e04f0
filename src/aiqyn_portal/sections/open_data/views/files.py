"""The bytes, and the addresses that stay: they have no language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from aiqyn_portal.evidence.store import store
from aiqyn_portal.sections.open_data import counting, queries
from aiqyn_portal.sections.open_data.models import Use


def data_set(request: HttpRequest, name: str) -> HttpResponse:
    """Lead to the set's page in the reader's language."""
    found = queries.public_set_or_404(name)
    return redirect("open_data:set", name=found.name)


def data_version(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """Lead to the version's page in the reader's language."""
    version = queries.released_or_404(name, number)
    return redirect("open_data:version", name=name, number=version.number)


def data_file(request: HttpRequest, name: str, number: int, filename: str) -> HttpResponse:
    """The bytes as they were released, as a download no browser will run."""
    file = queries.released_file_or_404(name, number, filename)
    counting.note(request, file.version.dataset_id, Use.Kind.DOWNLOAD)
    answer = HttpResponse(store().get(file.sha256), content_type=file.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, file.name)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["ETag"] = f'"{file.sha256}"'
    answer["Cache-Control"] = "public, max-age=300"
    return answer
