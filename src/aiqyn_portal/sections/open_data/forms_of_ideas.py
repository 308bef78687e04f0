"""What people propose to make of data, turned into what actions take."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.asking import long_text
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions.forms import new_form_key
from aiqyn_portal.sections.open_data.actions.ideas import Proposal
from aiqyn_portal.sections.open_data.forms_of_people import sets_named
from aiqyn_portal.sections.open_data.models import Dataset, Idea
from aiqyn_portal.sections.open_data.models.ideas import LONGEST_TITLE


class IdeaForm(forms.Form):
    """An idea; the body it names answers it."""

    title = forms.CharField(label=_("Your idea in one line"), max_length=LONGEST_TITLE)
    form = forms.ChoiceField(label=_("What it would be"), choices=Idea.Form.choices)
    body = forms.ModelChoiceField(
        label=_("State body"),
        help_text=_("Whose data or service it is about; the body answers the idea."),
        queryset=Body.objects.order_by("code"),
        to_field_name="code",
        empty_label=_("Choose"),
    )
    text = long_text(
        _("For whom it would be useful, and how it would work"),
        _("Everybody will read it. Do not write personal data of others."),
        rows=6,
    )
    sets = forms.CharField(
        label=_("Addresses of the sets it needs (you may leave it empty)"),
        help_text=_("One a line, as they stand in your browser on the page of a set."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    display_name = forms.CharField(
        label=_("Name shown to others"),
        help_text=_("You may leave it empty. Others see only this name."),
        max_length=80,
        required=False,
    )
    form_key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": new_form_key(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def clean_sets(self) -> list[Dataset]:
        return sets_named(self.cleaned_data["sets"], at_least=0)

    def proposal(self, language: str, *, consent_to_mask: bool) -> Proposal:
        given = self.cleaned_data
        return Proposal(
            body=given["body"],
            form=Idea.Form(given["form"]),
            title=given["title"],
            text=given["text"],
            language=language,
            display_name=given["display_name"],
            datasets=given["sets"],
            consent_to_mask=consent_to_mask,
        )
