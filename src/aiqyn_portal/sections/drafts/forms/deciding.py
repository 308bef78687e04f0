"""Decisions on comments: one form for one comment or for many."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.asking import long_text, phrase
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.base.formats import say_phrase
from aiqyn_portal.bodies.forms import BodyChoice
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions.reasons import fitting
from aiqyn_portal.sections.drafts.queries.commenting import KIND
from aiqyn_portal.sections.drafts.queries.reporting import OUTCOMES
from aiqyn_portal.sections.drafts.wording import outcome_said

DECIDED = tuple(outcome for outcome in OUTCOMES if outcome)


class DecisionForm(forms.Form):
    """A decision with its reason, and words in both languages."""

    decision = forms.ChoiceField(
        label=_("Decision and its reason"),
        help_text=_("The list is the same for all bodies; explain in words below."),
    )
    words_kk = long_text(
        _("Explanation in Kazakh"),
        _("To the point of the comment: what exactly is taken up, or why not."),
    )
    words_ru = long_text(_("Explanation in Russian"))
    passed_to = BodyChoice(
        label=_("Body it is passed on to"),
        queryset=Body.objects.none(),
        required=False,
        empty_label=_("None"),
    )
    sure = forms.BooleanField(label=_("Send it as it is"), required=False)

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decision, receiver = self.fields["decision"], self.fields["passed_to"]
        assert isinstance(decision, forms.ChoiceField)  # noqa: S101  declared above
        assert isinstance(receiver, forms.ModelChoiceField)  # noqa: S101
        decision.choices = [("", _("Choose")), *_decisions()]
        receiver.queryset = Body.objects.exclude(pk=body.pk).filter(valid_to__isnull=True)

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or {}
        if str(given.get("decision", "")).startswith("passed_on:") and not given.get("passed_to"):
            self.add_error("passed_to", _("Say which other body it is passed on to."))
        return given

    @property
    def outcome(self) -> str:
        return str(self.cleaned_data["decision"]).partition(":")[0]

    @property
    def reason(self) -> str:
        return str(self.cleaned_data["decision"]).partition(":")[2]

    def words(self) -> Phrase:
        return phrase(self, "words")


def _decisions() -> list[tuple[Any, list[tuple[str, str]]]]:
    """Reasons under the decisions they fit."""
    return [
        (
            outcome_said(outcome),
            [
                (f"{outcome}:{code}", say_phrase(reason.title))
                for code, reason in fitting(outcome, KIND).items()
            ],
        )
        for outcome in DECIDED
    ]
