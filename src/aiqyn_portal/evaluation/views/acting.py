"""What every page here begins with: the person and the row."""

from django.shortcuts import get_object_or_404

from aiqyn_portal.evaluation.models import Entry


def entry_or_404(round_code: str, body_code: str) -> Entry:
    entries = Entry.objects.select_related("round", "body")
    return get_object_or_404(entries, round__code=round_code, body__code=body_code)
