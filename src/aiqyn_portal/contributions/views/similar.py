"""What is like a text being written, for the page that asks while somebody types."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from aiqyn_portal.contributions import kinds, queries

LONGEST = 600
LONGEST_KEY = 120


@require_safe
def similar(request: HttpRequest) -> JsonResponse:
    """`?text=…&kind=…&kind=…&about=…:…`: titles, addresses and kinds of similar things.

    `about`: kind and key of what the text speaks of, which is not told.
    """
    text = request.GET.get("text", "").replace("\0", "")[:LONGEST]
    kind, _, key = request.GET.get("about", "").replace("\0", "").partition(":")
    found = queries.similar(
        text, request.GET.getlist("kind")[:10], about=kinds.about(kind, key[:LONGEST_KEY])
    )
    return JsonResponse(
        {
            "similar": [
                {
                    "title": "".join(piece.text for piece in line.title),
                    "href": line.href,
                    "kind": str(line.kind),
                    "status": str(line.status),
                }
                for line in found
            ]
        }
    )
