from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from aiqyn.errors import EvidenceError
from aiqyn_portal.evidence import queries
from aiqyn_portal.evidence.store import store


def snapshot(request: HttpRequest, sha256: str) -> HttpResponse:
    """What the bytes are, where and when they were seen, and the bytes as harmless text."""
    seen = list(queries.snapshots_for(request.user, sha256)[:50])
    if not seen:
        raise Http404(sha256)
    content, problem = _content(sha256)
    media_type = seen[0].media_type
    place = request.GET.get("place", "")[:200]
    finding = queries.finding_of(request.user, request.GET.get("finding", ""), sha256)
    context: dict[str, object] = {
        "sha256": sha256,
        "seen": seen,
        "newest": seen[0],
        "problem": problem,
        "place": place,
        "finding": finding,
    }
    if media_type == "text/csv" and queries.is_table(content):
        context["table"] = queries.table_cells(content, place)
    elif queries.is_text(media_type):
        lines, context["is_cut"] = queries.shown_lines(content)
        places = queries.places_in(finding, sha256) if finding else []
        marked = queries.marked(lines, places)
        context |= {"lines": marked, "has_marks": any(is_marked for _line, is_marked in marked)}
    return render(request, "evidence/snapshot.html", context)


def raw(request: HttpRequest, sha256: str) -> HttpResponse:
    """The exact bytes, as a download no browser will run."""
    if not queries.snapshots_for(request.user, sha256).exists():
        raise Http404(sha256)
    content, problem = _content(sha256)
    if problem:
        raise Http404(problem)
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{sha256}.bin"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def picture(request: HttpRequest, sha256: str) -> HttpResponse:
    """A picture of a place as it was rendered; nothing but PNG and JPEG is ever shown so."""
    seen = queries.snapshots_for(request.user, sha256)
    if not seen.exists():
        raise Http404(sha256)
    content, _problem = _content(sha256)
    media_type = queries.picture_type(content)
    if not media_type:
        raise Http404(sha256)
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    whose = "public" if seen.public().exists() else "private"
    answer["Cache-Control"] = f"{whose}, max-age=31536000, immutable"
    return answer


def _content(sha256: str) -> tuple[bytes, str]:
    try:
        return store().get(sha256), ""
    except EvidenceError as problem:
        return b"", str(problem)
