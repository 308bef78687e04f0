"""Answers that repeat one another or say nothing of the comment: shown before they are sent."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from aiqyn.likeness import compare, read
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.contributions.models import Contribution, Step
from aiqyn_portal.sections.drafts.models import Draft
from aiqyn_portal.sections.drafts.queries.commenting import comments

MOST_COMPARED = 300  # earlier answers about the same draft
FEW_WORDS = 6  # of an answer: fewer say nothing


@dataclass(frozen=True)
class Alike:
    """Why an answer looks like a template."""

    words: StrOrPromise
    earlier: str = ""  # the answer it repeats


def alike(draft: Draft, chosen: list[Contribution], words: Phrase) -> Alike | None:
    """Whether an answer is too short to say anything, or repeats one given to other comments."""
    if any(len(said.split()) < FEW_WORDS for said in words.values()):
        return Alike(_("It is too short to speak of what was said."))
    earlier = (
        Step.objects.filter(contribution__in=comments(draft).values("pk"), what=Step.What.DECIDED)
        .exclude(contribution__in=[each.pk for each in chosen])
        .select_related("erasable")
        .order_by("-pk")[:MOST_COMPARED]
    )
    readings = {language: read(said) for language, said in words.items()}
    for step in earlier:
        for language, said in dict(step.words).items():
            if language in readings and compare(readings[language], read(said)).are_copies:
                return Alike(_("The same was answered to another comment:"), said)
    return None
