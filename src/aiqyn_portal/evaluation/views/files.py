"""Files people handed in, for those who take part; never as something a browser runs."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from aiqyn.errors import EvidenceError
from aiqyn_portal.accounts.permissions import is_evaluator, is_officer_of, signed_in_only
from aiqyn_portal.evaluation.models import Answer, Entry, Objection, Round
from aiqyn_portal.evidence.store import store


@signed_in_only
def answer_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of an answer: for evaluators, and the body's officers once it was shown a result."""
    answer = get_object_or_404(Answer.objects.select_related("entry__round", "entry__body"), pk=pk)
    refuse_outsiders(request, answer.entry)
    return download(answer.file_sha256, answer.file_name)


@signed_in_only
def objection_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of an objection: for evaluators and the body's own officers."""
    filed = Objection.objects.select_related("entry__round", "entry__body")
    objection = get_object_or_404(filed, pk=pk)
    refuse_outsiders(request, objection.entry)
    return download(objection.file_sha256, objection.file_name)


def refuse_outsiders(request: HttpRequest, entry: Entry) -> None:
    was_shown = entry.round.state != Round.State.OPEN
    if is_evaluator(request.user) or (was_shown and is_officer_of(request.user, entry.body)):
        return
    raise PermissionDenied


def download(sha256: str, name: str) -> HttpResponse:
    """Bytes as a download: the type says nothing a browser could act on."""
    if not sha256:
        raise Http404
    try:
        content = store().get(sha256)
    except EvidenceError as problem:
        raise Http404(str(problem)) from problem
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
