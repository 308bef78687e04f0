"""What is like a text being written, for the page that asks while somebody types."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from aiqyn_portal.contributions import queries

LONGEST = 600


@require_safe
def similar(request: HttpRequest) -> JsonResponse:
    """`?text=…&kind=…&kind=…`: titles, addresses and kinds of similar things."""
    text = request.GET.get("text", "").replace("\0", "")[:LONGEST]
    found = queries.similar(text, request.GET.getlist("kind")[:10])
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
