"""What people choose about being told."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.notices.models import Reader


class SettingsForm(forms.Form):
    often = forms.ChoiceField(
        label=_("How often letters come"), choices=Reader.Often.choices, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(
        label=_("Language of letters"),
        choices=Reader.Language.choices,
        required=False,
        widget=forms.RadioSelect,
    )


class ByEmailForm(forms.Form):
    topic = forms.CharField(max_length=120, widget=forms.HiddenInput)
    email = forms.EmailField(
        label=_("Email"),
        max_length=254,
        help_text=_("A letter will ask you to confirm. No account is needed."),
    )
