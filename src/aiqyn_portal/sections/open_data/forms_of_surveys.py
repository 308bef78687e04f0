"""Surveys of the demand for data, as officers write them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.asking import line, long_text, phrase
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.bodies.forms import DayField
from aiqyn_portal.sections.open_data.actions.surveys import Question
from aiqyn_portal.sections.open_data.forms import LONGEST_TITLE, TITLES


class SurveyForm(forms.Form):
    title_kk = forms.CharField(label=TITLES["kk"], max_length=LONGEST_TITLE)
    title_ru = forms.CharField(label=TITLES["ru"], max_length=LONGEST_TITLE)
    title_en = line(TITLES["en"], longest=LONGEST_TITLE)
    text_kk = long_text(_("What you want to know, in Kazakh"))
    text_ru = long_text(_("What you want to know, in Russian"))
    text_en = long_text(_("What you want to know, in English"), required=False)
    opens_on = DayField(label=_("First day"))
    closes_on = DayField(label=_("Last day"))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and given["closes_on"] < given["opens_on"]:
            self.add_error("closes_on", _("The last day is before the first."))
        return given

    def question(self) -> Question:
        given = self.cleaned_data
        return Question(
            title=phrase(self, "title"),
            text=phrase(self, "text"),
            opens_on=given["opens_on"],
            closes_on=given["closes_on"],
        )


class ResultsForm(forms.Form):
    results_kk = long_text(_("What follows from it, in Kazakh"))
    results_ru = long_text(_("What follows from it, in Russian"))
    results_en = long_text(_("What follows from it, in English"), required=False)

    def results(self) -> Phrase:
        return phrase(self, "results")
