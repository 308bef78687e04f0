"""What people type, turned into what actions take."""

import secrets
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.accounts.permissions import officer_body_ids
from aiqyn_portal.base.formats import say_phrase
from aiqyn_portal.bodies.forms import DayField
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import kinds, reasons
from aiqyn_portal.contributions.kinds import Kind
from aiqyn_portal.contributions.models import Contribution

SHORT = 2_000  # characters of a reason


def new_form_key() -> str:
    """A form posted twice is known by it."""
    return secrets.token_urlsafe(24)


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _short(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, max_length=SHORT, widget=_area(4))


class _LongText(forms.CharField):
    """A text as long as the setting allows, asked when the form is made."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, max_length=settings.CONTRIBUTIONS_LONGEST, **kwargs)


class SpokenForm(forms.Form):
    """What a section's own form of something said has, too."""

    text: forms.CharField  # declared by each
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


class WriteForm(SpokenForm):
    """A contribution. What it speaks of stands in hidden fields."""

    prefix = "voice"  # several forms stand on one page of a section
    text = _LongText(
        label=_("Your text"),
        help_text=_("Everybody will read it. Do not write personal data of others."),
        widget=_area(6),
    )
    stance = forms.ChoiceField(
        label=_("Your stance"),
        choices=Contribution.Stance.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    wording = _LongText(
        label=_("How you would write it"),
        help_text=_("You may leave it empty, or propose the words of the paragraph."),
        required=False,
        widget=_area(4),
    )
    anchor = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    parent = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    next = forms.CharField(max_length=500, required=False, widget=forms.HiddenInput)
    field_order = ("text", "stance", "wording", "display_name")

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not kind.stances:
            del self.fields["stance"]
        if not kind.wordings:
            del self.fields["wording"]
        else:
            self.fields["text"].required = False  # words proposed say enough

    def clean_parent(self) -> Contribution | None:
        number = self.cleaned_data["parent"]
        return Contribution.objects.filter(number=number).first() if number else None


class DecideForm(forms.Form):
    """One decision for all that were chosen."""

    outcome = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=_("Reason"))
    words_kk = forms.CharField(
        label=_("Explanation in Kazakh"), max_length=SHORT, required=False, widget=_area(4)
    )
    words_ru = forms.CharField(
        label=_("Explanation in Russian"), max_length=SHORT, required=False, widget=_area(4)
    )
    passed_to = forms.ModelChoiceField(
        label=_("Body it is passed on to"),
        queryset=Body.objects.order_by("code"),
        to_field_name="code",
        required=False,
        empty_label=_("None"),
    )

    def __init__(self, *args: Any, kind: Kind | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcomes = kind.outcomes if kind else kinds.OUTCOMES
        named = {
            code: (kind and kind.said.get(code)) or words
            for code, words in Contribution.Outcome.choices
        }
        self._choices("outcome", [(code, named[code]) for code in outcomes])
        groups = [
            (
                named[code],
                [
                    (each, say_phrase(reason.title))
                    for each, reason in reasons.fitting(code, kind.code if kind else "").items()
                ],
            )
            for code in outcomes
        ]
        self._choices("reason", [("", _("Choose")), *groups])
        if "passed_on" not in outcomes:
            del self.fields["passed_to"]

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = choices

    def words(self) -> dict[str, str]:
        """The explanation, by language."""
        return {code: self.cleaned_data.get(f"words_{code}", "") for code in ("kk", "ru")}


class ReflectForm(forms.Form):
    """Where a contribution is reflected."""

    version = forms.CharField(label=_("Version of the text"), max_length=60, required=False)
    article = forms.CharField(label=_("Article or paragraph"), max_length=200, required=False)
    budget_line = forms.CharField(label=_("Line of the budget"), max_length=200, required=False)
    words = forms.CharField(label=_("In words"), max_length=SHORT, required=False, widget=_area(3))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not any(given.values()):
            raise forms.ValidationError(_("Say where it is reflected."))
        return given

    def where(self) -> dict[str, str]:
        names = ("version", "article", "budget_line")
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data[name]}


class _RuleForm(forms.Form):
    rule = forms.ChoiceField(label=_("Which rule"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["rule"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = [(code, say_phrase(rule.title)) for code, rule in reasons.rules().items()]


class ReportForm(_RuleForm):
    words = forms.CharField(
        label=_("What breaks it"), max_length=1000, required=False, widget=_area(3)
    )


class ModerateForm(_RuleForm):
    words = _short(_("Explanation"), _("The author and everybody who opens the page will read it."))


class MaskForm(ModerateForm):
    text = _LongText(label=_("The text as it is to be published"), required=False, widget=_area(8))
    wording = _LongText(
        label=_("The proposed words as they are to be published"), required=False, widget=_area(4)
    )

    def __init__(self, *args: Any, has_wording: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_wording:
            del self.fields["wording"]


class AppealForm(forms.Form):
    words = _short(_("Why you do not agree"), _("Another moderator will read it and decide."))


class AppealDecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("restore", _("Publish again")), ("keep", _("Keep removed"))],
        widget=forms.RadioSelect,
    )
    words = _short(_("Explanation"))


class LeaveForm(forms.Form):
    """Leaving the platform for good."""

    sure = forms.BooleanField(label=_("I understand that this cannot be undone"))


class FilterForm(forms.Form):
    """What lists are narrowed to; what does not fit is passed over."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    body = forms.ModelChoiceField(
        label=_("State body"),
        queryset=Body.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("All"),
    )
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To"), required=False)

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("All"))]
        self._choices("kind", everything + [(k.code, k.title) for k in kinds.kinds()])
        states = [*Contribution.State.choices, *Contribution.Outcome.choices]
        self._choices("state", everything + states)
        field = self.fields["body"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  declared above
        field.queryset = bodies

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = choices

    def chosen(self) -> dict[str, Any]:
        """What was chosen and fits."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}


def speaks_for(user: Any) -> Any:
    """The bodies an officer decides for."""
    return Body.objects.filter(pk__in=officer_body_ids(user)).order_by("code")
