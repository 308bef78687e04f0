"""Whether a document is the one that was signed, and by whom."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from aiqyn.signatures import Outcome, Signature
from aiqyn.signatures.algorithms import named
from aiqyn.text import without_controls
from aiqyn_portal.base.acting import sent
from aiqyn_portal.base.formats import language
from aiqyn_portal.contributions.signatures import SignatureForm, trusted

COLOURS = {Outcome.GOOD: "green", Outcome.BAD: "red", Outcome.CANNOT_TELL: "yellow"}


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """A form for a signature and its document; below it what was found out."""
    form = SignatureForm(**sent(request))
    result = form.judged(timezone.now()) if form.is_valid() else None
    context = {
        "form": form,
        "outcome": result.outcome.value if result else "",
        "signatures": [_shown(each) for each in result.signatures] if result else [],
        "has_roots": bool(trusted().roots),
    }
    return render(request, "contributions/signature.html", context)


def _shown(given: Signature) -> dict[str, object]:
    """One signer, in the reader's language; what certificates say is cleaned of control signs."""
    return {
        "outcome": given.outcome.value,
        "signer": without_controls(given.signer),
        "issuer": without_controls(given.issuer),
        "serial": given.serial,
        "algorithm": named(given.algorithm),
        "claimed_at": given.claimed_at,
        "remarks": [
            {
                "outcome": each.outcome.value,
                "colour": COLOURS.get(each.outcome, "grey"),
                "said": without_controls(each.said(language())),
            }
            for each in given.remarks
        ],
    }
