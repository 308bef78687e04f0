"""What the asker says about an answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.sections.dialogue.models import Question


class MarkForm(forms.Form):
    said = forms.ChoiceField(
        label=_("Was your question answered?"),
        choices=[each for each in Question.Said.choices if each[0]],
        widget=forms.RadioSelect,
    )
    satisfaction = forms.TypedChoiceField(
        label=_("How satisfied are you with the answer?"),
        choices=[
            (5, _("5: very satisfied")),
            (4, _("4: satisfied")),
            (3, _("3: neither")),
            (2, _("2: dissatisfied")),
            (1, _("1: very dissatisfied")),
        ],
        coerce=int,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("What the answer lacks"),
        help_text=_("Needed where the question was not answered. Everybody will read it."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
