"""What people fill in about terms, dates and the calendar."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from aiqyn.text import LANGUAGES
from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.forms import BodyChoice, DayField
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.deadlines import queries
from aiqyn_portal.deadlines.models import EnteredDay, TermChange

NARROW = forms.NumberInput(attrs={"class": "govuk-input--width-4"})
MOST = 2600
WHEN_OFF = [
    ("next", _("It moves to the next working day")),
    ("stay", _("It stays where it is")),
    ("before", _("It moves to the working day before")),
]
WEEKS = [("5", _("Five days: Monday to Friday")), ("6", _("Six days: Monday to Saturday"))]


class CalculatorForm(forms.Form):
    """A term of somebody's own, reckoned on the page."""

    start = DayField(label=_("Day it begins"), help_text=_("Counting starts the next day."))
    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST, widget=NARROW)
    unit = forms.ChoiceField(label=_("Of what"), choices=TermChange.Unit.choices)
    when_off = forms.ChoiceField(
        label=_("When the last day is a day off"), choices=WHEN_OFF, required=False
    )
    week = forms.ChoiceField(label=_("Working week"), choices=WEEKS, required=False)


class ReasonForm(forms.Form):
    """Why; shown beside the date to everybody who may see it."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It is shown beside the date."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ExtendForm(ReasonForm):
    days = forms.IntegerField(label=_("Extend by"), min_value=1, max_value=MOST, widget=NARROW)
    field_order = ("days", "reason")

    def __init__(self, *args: Any, unit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].help_text = unit


class HandOverForm(ReasonForm):
    to_body = BodyChoice(label=_("To which body"), queryset=Body.objects.none())
    field_order = ("to_body", "reason")

    def __init__(self, *args: Any, language: str, but: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Body.objects.in_force_on(queries.today()).exclude(pk=but.pk)
        self.fields["to_body"].queryset = others.in_alphabet(language)  # type: ignore[attr-defined]


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.get_full_name() or obj.get_username())


class AssignForm(forms.Form):
    officer = PersonChoice(label=_("Who answers for it"), queryset=User.objects.none())

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = [user.pk for user in queries.officers_of(body)]
        self.fields["officer"].queryset = User.objects.filter(pk__in=ids).order_by("username")  # type: ignore[attr-defined]


class HeadForm(AssignForm):
    field_order = ("officer",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].label = _("Head of the body")


class DayForm(forms.Form):
    """A holiday, a moved day off, or that a day is no holiday after all."""

    kind = forms.ChoiceField(label=_("What it is"), choices=EnteredDay.Kind.choices)
    day = DayField(label=_("Day"))
    worked = DayField(
        label=_("Worked instead"),
        required=False,
        help_text=_("For a moved day off: the day off that is worked for it."),
    )
    name_kk = forms.CharField(label=_("Name in Kazakh"), max_length=200, required=False)
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=200, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("The act, its number and date.")
    )
    address = forms.URLField(
        label=_("Address of the source"), required=False, assume_scheme="https"
    )
    is_verified = forms.BooleanField(
        label=_("I have read it in the text of the act"), required=False
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind, named = given.get("kind"), {EnteredDay.Kind.HOLIDAY, EnteredDay.Kind.RELIGIOUS}
        if kind in named and not given.get("name_kk"):
            self.add_error("name_kk", ValidationError(_("Name it in Kazakh at least.")))
        if given.get("worked") and kind != EnteredDay.Kind.MOVED:
            self.add_error("worked", ValidationError(_("Only a moved day off has such a day.")))
        if given.get("worked") and given["worked"] == given.get("day"):
            self.add_error("worked", ValidationError(_("It cannot be the same day.")))
        return given

    def row(self) -> dict[str, Any]:
        """The fields of EnteredDay."""
        plain = ("kind", "day", "worked", "source", "address", "is_verified")
        said = {code: self.cleaned_data[f"name_{code}"] for code in LANGUAGES}
        name = {code: words for code, words in said.items() if words}
        return {field: self.cleaned_data[field] for field in plain} | {"name": name}


class TermForm(forms.Form):
    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST, widget=NARROW)
    unit = forms.ChoiceField(label=_("Of what"), choices=TermChange.Unit.choices)
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("The act, its number and date.")
    )
    address = forms.URLField(
        label=_("Address of the source"), required=False, assume_scheme="https"
    )
    is_verified = forms.BooleanField(
        label=_("I have read it in the text of the act"), required=False
    )
