"""An address that asks for something impossible gets a page that says what, not a bare error."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def refuse(request: HttpRequest, said: str) -> HttpResponse:
    """400, with what is wrong with the address in the reader's language."""
    return render(request, "reports/refused.html", {"said": said}, status=400)
