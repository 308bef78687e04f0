"""Rows a page speaks of, found or refused."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from aiqyn_portal.base.acting import refuse_unless
from aiqyn_portal.sections.dialogue.models import Commitment, Conference, Head
from aiqyn_portal.sections.dialogue.permissions import may_answer
from aiqyn_portal.sections.dialogue.queries import lists


def own_head(request: HttpRequest, slug: str) -> Head:
    """A head of a body the officer speaks for."""
    found = get_object_or_404(Head.objects.select_related("body"), slug=slug)
    refuse_unless(may_answer(request.user, found.body))
    return found


def own_conference(request: HttpRequest, slug: str) -> Conference:
    found = get_object_or_404(lists.conferences(), slug=slug)
    refuse_unless(may_answer(request.user, found.head.body))
    return found


def own_commitment(request: HttpRequest, pk: int) -> Commitment:
    rows = Commitment.objects.select_related("body", "question__contribution", "conference")
    found = get_object_or_404(rows, pk=pk)
    refuse_unless(may_answer(request.user, found.body))
    return found
