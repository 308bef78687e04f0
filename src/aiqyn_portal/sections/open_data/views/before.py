"""Addresses of before what people ask was a contribution: letters and bookmarks hold them."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from aiqyn_portal.sections.open_data.models import Problem, Request


@require_safe
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Where one pressed that one needs the data, too: now the page of the request."""
    found = get_object_or_404(Request.objects.select_related("contribution"), pk=pk)
    return redirect("open_data:request", number=found.contribution.number)


@require_safe
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Where officers answered; what takes no answer any more is shown instead."""
    found = get_object_or_404(Request.objects.select_related("contribution"), pk=pk)
    number = found.contribution.number
    if not found.is_open:
        return redirect("open_data:request", number=number)
    return redirect(f"{reverse('open_data:answer')}?{urlencode({'number': number})}")


@require_safe
def problem(request: HttpRequest, pk: int) -> HttpResponse:
    """Where officers answered what was told of a set: its page, which leads on."""
    found = get_object_or_404(Problem.objects.select_related("contribution"), pk=pk)
    return redirect("contributions:one", number=found.contribution.number)
