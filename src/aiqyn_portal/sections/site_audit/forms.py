"""What people type, turned into what actions take."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aiqyn.chain import Outcome
from aiqyn_portal.base.asking import LONGEST, long_text, whole_number
from aiqyn_portal.base.formats import say_date, say_phrase
from aiqyn_portal.base.templatetags.aiqyn import OUTCOMES
from aiqyn_portal.bodies.forms import DayField
from aiqyn_portal.evidence.models import Audit
from aiqyn_portal.sections.site_audit.actions.replies import Verdict, Words
from aiqyn_portal.sections.site_audit.actions.reviews import Opinion
from aiqyn_portal.sections.site_audit.actions.schedules import Rhythm
from aiqyn_portal.sections.site_audit.aspects import Aspect
from aiqyn_portal.sections.site_audit.models import Ruling

MARKS = (
    ("good", pgettext_lazy("mark", "+ good")),
    ("bad", pgettext_lazy("mark", "− bad")),
    ("both", pgettext_lazy("mark", "+− both")),
    ("", pgettext_lazy("mark", "no opinion")),
)
INSTEAD = (Outcome.PASSED, Outcome.INAPPLICABLE, Outcome.CANNOT_TELL)


class ScheduleForm(forms.Form):
    every_days = whole_number(_("How often, in days"), least=1, most=366)
    hour = whole_number(
        _("At what hour"),
        _("0 to 23. At night the site has few readers to disturb."),
        least=0,
        most=23,
    )
    is_paused = forms.BooleanField(label=_("Paused: no audit by itself"), required=False)

    def rhythm(self) -> Rhythm:
        return Rhythm(**self.cleaned_data)


class AgreeForm(forms.Form):
    fix_by = DayField(label=_("Repaired by"), help_text=_("The last day of the repair."))
    text = forms.CharField(
        label=_("What will be done (you may leave it empty)"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def words(self) -> Words:
        given = self.cleaned_data
        return Words(text=given["text"], fix_by=given["fix_by"])


class DisputeForm(forms.Form):
    text = long_text(
        _("Why the finding is wrong"),
        _("Everybody will read it together with the evaluator’s decision."),
    )
    link = forms.URLField(
        label=_("Address that shows it (you may leave it empty)"),
        required=False,
        max_length=2000,
        assume_scheme="https",
    )

    def words(self) -> Words:
        given = self.cleaned_data
        return Words(text=given["text"], link=given["link"])


class RulingForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Decision"), choices=Ruling.Decision.choices, widget=forms.RadioSelect
    )
    outcome = forms.ChoiceField(
        label=_("If the body is right, the finding counts as"),
        choices=[(each.value, OUTCOMES[each.value][0]) for each in INSTEAD],
        initial=Outcome.PASSED.value,
    )
    reason = long_text(_("Reason"), _("The body and everybody else will read it."))

    def verdict(self) -> Verdict:
        given = self.cleaned_data
        return Verdict(
            decision=Ruling.Decision(given["decision"]),
            reason=given["reason"],
            outcome=Outcome(given["outcome"]),
        )


class PairForm(forms.Form):
    """Two audits of one body to be compared."""

    older = forms.TypedChoiceField(label=_("Earlier audit"), coerce=int)
    newer = forms.TypedChoiceField(label=_("Later audit"), coerce=int)

    def __init__(self, *args: Any, audits: Sequence[Audit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(audit.pk, f"{say_date(audit.as_of)} (№ {audit.pk})") for audit in audits]
        for name in ("older", "newer"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
            field.choices = choices


class ReviewForm(forms.Form):
    """One mark and one remark for every aspect.

    Beside every field the form carries what it has shown there: the same person may have it open
    in another window.
    """

    def __init__(
        self,
        *args: Any,
        aspects: Mapping[str, Aspect],
        marks: Mapping[str, Mapping[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.aspects = aspects
        for code, aspect in aspects.items():
            said = marks.get(code, {})
            self.fields[f"{code}_mark"] = forms.ChoiceField(
                label=say_phrase(aspect.title),
                help_text=say_phrase(aspect.ask),
                choices=MARKS,
                required=False,
                initial=said.get("mark", ""),
                show_hidden_initial=True,
                widget=forms.RadioSelect,
            )
            self.fields[f"{code}_remark"] = forms.CharField(
                label=_("Remark"),
                required=False,
                max_length=LONGEST,
                initial=said.get("remark", ""),
                show_hidden_initial=True,
            )

    def opinions(self) -> dict[str, Opinion]:
        """What was changed since the form was drawn."""
        given = {name: self.cleaned_data[name] for name in self.changed_data}
        return {
            code: Opinion(given.get(f"{code}_mark"), given.get(f"{code}_remark"))
            for code in self.aspects
        }
