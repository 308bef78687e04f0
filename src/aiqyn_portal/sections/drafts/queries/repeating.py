"""Answers that repeat one another or say nothing of the comment: shown before they are sent."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from aiqyn.likeness import examine
from aiqyn.likeness.answers import Reason
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.contributions.models import Contribution, Step
from aiqyn_portal.sections.drafts.models import Draft
from aiqyn_portal.sections.drafts.queries.commenting import comments

MOST_COMPARED = 200  # earlier answers about the same draft
WHY: dict[Reason, StrOrPromise] = {
    Reason.EMPTY: _("It has no words."),
    Reason.COPY: _("The same was answered to another comment:"),
    Reason.OFF_TOPIC: _("It mentions nothing of what was said."),
    Reason.SET_PHRASES: _("It is hardly anything but set phrases."),
}


@dataclass(frozen=True)
class Alike:
    """Why an answer looks like a template."""

    words: StrOrPromise
    earlier: str = ""  # the answer it repeats


def alike(draft: Draft, chosen: list[Contribution], words: Phrase) -> Alike | None:
    """Judge an answer beside the comment it is for, and beside answers given before."""
    comment = chosen[0]
    language = comment.language if comment.language in words else "kk"
    earlier = _earlier(draft, chosen, language)
    verdict = examine(f"{comment.text} {comment.wording}", words.get(language, ""), earlier)
    if not verdict.is_template:
        return None
    fault = verdict.faults[0]
    copied = earlier[fault.copy_of][1] if fault.copy_of is not None else ""
    return Alike(WHY[fault.reason], copied)


def _earlier(draft: Draft, chosen: list[Contribution], language: str) -> list[tuple[str, str]]:
    """Comments with the answers they got, the newest first."""
    steps = (
        Step.objects.filter(contribution__in=comments(draft).values("pk"), what=Step.What.DECIDED)
        .exclude(contribution__in=[each.pk for each in chosen])
        .select_related("contribution", "erasable")
        .order_by("-pk")[:MOST_COMPARED]
    )
    return [(step.contribution.text, dict(step.words).get(language, "")) for step in steps]
