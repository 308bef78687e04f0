"""What people propose to make of data, turned into what actions take."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.asking import long_text
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions.forms import SpokenForm
from aiqyn_portal.sections.open_data.actions.ideas import Proposal
from aiqyn_portal.sections.open_data.forms_of_people import sets_named
from aiqyn_portal.sections.open_data.models import Dataset, Idea
from aiqyn_portal.sections.open_data.models.ideas import LONGEST_TITLE


class IdeaForm(SpokenForm):
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
    field_order = ("title", "form", "body", "text", "sets")

    def clean_sets(self) -> list[Dataset]:
        return sets_named(self.cleaned_data["sets"], at_least=0)

    def proposal(self) -> Proposal:
        given = self.cleaned_data
        return Proposal(
            body=given["body"],
            form=Idea.Form(given["form"]),
            title=given["title"],
            datasets=given["sets"],
        )
