"""What readers ask and tell, and what bodies answer them."""

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aiqyn_portal.base.asking import line, long_text
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions.forms import DecideForm, SpokenForm
from aiqyn_portal.sections.open_data import pictures
from aiqyn_portal.sections.open_data.actions.asking import Reply
from aiqyn_portal.sections.open_data.actions.reuses import Made
from aiqyn_portal.sections.open_data.models import Dataset, Idea, Reuse
from aiqyn_portal.sections.open_data.models.asking import LONGEST_TITLE

MOST_SETS = 10  # one thing is made of
SET_IN_ADDRESS = re.compile(r"/(?:open-data/sets|data)/([-\w]+)/?")


class RequestForm(SpokenForm):
    body = forms.ModelChoiceField(
        label=_("State body"),
        queryset=Body.objects.order_by("code"),
        to_field_name="code",
        empty_label=_("Choose"),
    )
    title = forms.CharField(label=_("Which data"), max_length=LONGEST_TITLE)
    text = long_text(
        _("What you need them for"),
        _("Everybody will read it. Do not write anything personal about yourself or others."),
    )
    field_order = ("body", "title", "text")


class ReplyForm(DecideForm):
    """What a body answers to requests; the set, where there is one, ends them."""

    dataset = forms.ModelChoiceField(
        label=_("The set, where the data are published"),
        queryset=Dataset.objects.none(),
        required=False,
        empty_label=_("None"),
    )
    field_order = ("outcome", "dataset", "reason")

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["dataset"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  declared above
        field.queryset = Dataset.objects.published().filter(body=body).order_by("name")

    def reply(self) -> Reply:
        given = self.cleaned_data
        return Reply(
            outcome=given["outcome"],
            reason=given["reason"],
            words=self.words(),
            dataset=given["dataset"],
            passed_to=given["passed_to"],
        )


class ProblemForm(SpokenForm):
    row = line(
        _("Which row (you may leave it empty)"),
        _("Its number, or what stands in its first cell."),
        longest=100,
    )
    text = long_text(_("What is wrong"), _("Everybody will read it together with the answer."))
    field_order = ("row", "text")


class ReuseForm(forms.Form):
    """What somebody has made of data."""

    title = forms.CharField(label=_("What it is called"), max_length=150)
    kind = forms.ChoiceField(label=_("Kind of work"), choices=Reuse.Kind.choices)
    link = forms.URLField(label=_("Where it can be seen"), max_length=2000, assume_scheme="https")
    text = long_text(_("What it shows or does, and what the data were needed for"))
    sets = forms.CharField(
        label=_("Addresses of the sets it uses"),
        help_text=_("One a line, as they stand in your browser on the page of a set."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("PNG or JPEG, up to 2 MB. Place and camera are taken out of it."),
    )
    display_name = forms.CharField(
        label=_("How you want to be named"),
        help_text=_("Everybody will see this name, and nothing else about you."),
        max_length=100,
    )

    idea = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)

    def clean_idea(self) -> Idea | None:
        """The idea it was made of; one nobody knows is passed over."""
        number = self.cleaned_data["idea"]
        return Idea.objects.filter(contribution__number=number).first() if number else None

    def clean_sets(self) -> list[Dataset]:
        return sets_named(self.cleaned_data["sets"], at_least=1)

    def made(self) -> Made:
        given = self.cleaned_data
        picture = given["picture"]
        return Made(
            kind=Reuse.Kind(given["kind"]),
            title=given["title"],
            text=given["text"],
            link=given["link"],
            display_name=given["display_name"],
            datasets=given["sets"],
            idea=given["idea"],
            picture=picture.read(pictures.LARGEST + 1) if picture else b"",
        )


def sets_named(said: str, *, at_least: int) -> list[Dataset]:
    """The published sets whose addresses, or names, were typed; raises ValidationError."""
    names = list(dict.fromkeys(filter(None, map(_name_of_set, said.split()))))
    found = {row.name: row for row in Dataset.objects.published().filter(name__in=names)}
    if len(found) < len(names) or not at_least <= len(names) <= MOST_SETS:
        raise forms.ValidationError(
            _("Name one to ten published sets by their addresses; not found: %(names)s"),
            params={"names": ", ".join(each for each in names if each not in found) or "–"},
        )
    return [found[name] for name in names]


def _name_of_set(said: str) -> str:
    """The name in "https://…/kk/open-data/sets/schools/v2/" or "/data/schools/", or the name."""
    if found := SET_IN_ADDRESS.search(urlsplit(said).path):
        return found[1]
    return said


class ReuseDecisionForm(forms.Form):
    state = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            (Reuse.State.SHOWN.value, pgettext_lazy("reuse", "Show it")),
            (Reuse.State.REFUSED.value, pgettext_lazy("reuse", "Do not show it")),
        ],
        widget=forms.RadioSelect,
    )
    reason = long_text(_("Why it is not shown"), _("The author reads it."), required=False)
