"""What readers ask and tell, and what bodies answer them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.open_data.actions.asking import Reply
from aiqyn_portal.sections.open_data.forms import line, long_text
from aiqyn_portal.sections.open_data.models import Dataset, Problem, Request


class RequestForm(forms.Form):
    body = forms.ModelChoiceField(
        label=_("State body"),
        queryset=Body.objects.order_by("code"),
        to_field_name="code",
        empty_label=_("Choose"),
    )
    title = forms.CharField(label=_("Which data"), max_length=200)
    text = long_text(
        _("What you need them for"),
        _("Everybody will read it. Do not write anything personal about yourself or others."),
    )


class ReplyForm(forms.Form):
    state = forms.ChoiceField(
        label=_("Decision"),
        choices=[each for each in Request.State.choices if each[0] != Request.State.OPEN],
        widget=forms.RadioSelect,
    )
    dataset = forms.ModelChoiceField(
        label=_("The set, where the data are published"),
        queryset=Dataset.objects.none(),
        required=False,
        empty_label=_("None"),
    )
    answer = long_text(
        _("Answer"), _("By when it will be published, or why it cannot be."), required=False
    )

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["dataset"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  declared above
        field.queryset = Dataset.objects.published().filter(body=body).order_by("name")

    def reply(self) -> Reply:
        given = self.cleaned_data
        return Reply(
            state=Request.State(given["state"]), answer=given["answer"], dataset=given["dataset"]
        )


class ProblemForm(forms.Form):
    row = line(
        _("Which row (you may leave it empty)"),
        _("Its number, or what stands in its first cell."),
        longest=100,
    )
    text = long_text(_("What is wrong"), _("Everybody will read it together with the answer."))


class ProblemAnswerForm(forms.Form):
    state = forms.ChoiceField(
        label=_("Decision"),
        choices=[each for each in Problem.State.choices if each[0] != Problem.State.OPEN],
        widget=forms.RadioSelect,
    )
    answer = long_text(_("Answer"))
