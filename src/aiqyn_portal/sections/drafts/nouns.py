"""A draft as programs are told of it: plain values, addresses in full, nothing of citizens."""

from dataclasses import asdict
from typing import Any

from django.urls import reverse

from aiqyn_portal.sections.drafts.downloads import FORMATS
from aiqyn_portal.sections.drafts.models import Discussion, Draft, Version
from aiqyn_portal.sections.drafts.queries import commenting


def as_noun(draft: Draft, origin: str) -> dict[str, Any]:
    """A draft in a list."""
    return {
        "id": draft.slug,
        "address": origin + reverse("draft_permanent", args=[draft.slug]),
        "title": dict(draft.title),
        "summary": dict(draft.summary),
        "body": draft.body.code,
        "type": draft.type,
        "category": draft.category,
        "state": draft.state,
        "discussion": _discussion(draft, draft.discussion, origin) if draft.discussion else None,
        "changed_at": draft.changed_at.isoformat(),
    }


def with_texts(draft: Draft, origin: str) -> dict[str, Any]:
    """A draft with all that hangs on it."""
    versions = draft.versions.filter(published_at__isnull=False).prefetch_related("texts")
    return {
        **as_noun(draft, origin),
        "responsible": dict(draft.responsible),
        "phone": draft.phone,
        "email": draft.email,
        "comments": asdict(commenting.counts(draft)),
        "discussions": [_discussion(draft, each, origin) for each in draft.discussions.all()],
        "versions": [_version(draft, each, origin) for each in versions],
        "attachments": [
            {
                "kind": each.kind,
                "title": each.title,
                "language": each.language,
                "size": each.size,
                "sha256": each.sha256,
                "address": origin + reverse("draft_attachment", args=[draft.slug, each.pk]),
            }
            for each in draft.attachments.all()
        ],
        "ended_at": draft.ended_at.isoformat() if draft.ended_at else None,
        "act": {"number": draft.ended_number, "address": draft.ended_link},
    }


def _discussion(draft: Draft, each: Discussion, origin: str) -> dict[str, Any]:
    report = reverse("draft_report_csv", args=[draft.slug, each.number])
    return {
        "number": each.number,
        "noticed_at": each.noticed_at.isoformat(),
        "opens_on": each.opens_on.isoformat(),
        "due_on": each.due_on.isoformat(),
        "closes_on": each.closes_on.isoformat(),
        "closed_at": each.closed_at.isoformat() if each.closed_at else None,
        "report": origin + report if each.closed_at else None,
    }


def _version(draft: Draft, version: Version, origin: str) -> dict[str, Any]:
    return {
        "number": version.number,
        "published_at": version.published_at.isoformat() if version.published_at else None,
        "note": dict(version.note),
        "texts": {
            text.language: {
                "paragraphs": text.units,
                "sha256": text.sha256,
                **{
                    form: origin
                    + reverse("draft_text", args=[draft.slug, version.number, text.language, form])
                    for form in FORMATS
                },
            }
            for text in version.texts.all()
        },
    }
