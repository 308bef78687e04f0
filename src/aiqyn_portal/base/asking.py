"""Pieces of forms that several apps share: texts, phrases in both languages, moments."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.fields import Phrase

LONGEST = 4000  # characters of a reason, a summary, a description
LANGUAGES = ("kk", "ru")


def long_text(
    label: Any, help_text: Any = "", *, required: bool = True, rows: int = 4, longest: int = LONGEST
) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def line(
    label: Any, help_text: Any = "", *, required: bool = False, longest: int = 300
) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=longest)


NARROW = "govuk-input--width-4"  # a field as wide as what is written in it


def whole_number(label: Any, help_text: Any = "", *, least: int, most: int) -> forms.IntegerField:
    """A number of these; whatever else is written, one sentence says which."""
    said = format_lazy(_("Write a whole number from {least} to {most}."), least=least, most=most)
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=least,
        max_value=most,
        widget=forms.NumberInput(attrs={"class": NARROW if most < 10_000 else ""}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value", "required"), said),
    )


def hour(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}))


def phrase(form: forms.Form, name: str) -> Phrase:
    """The languages of one phrase, from the fields name_kk, …; empty ones are not in it."""
    every = (*LANGUAGES, "en")
    given = {code: str(form.cleaned_data.get(f"{name}_{code}", "")).strip() for code in every}
    return Phrase({code: words for code, words in given.items() if words})


def moment(form: forms.Form, day: str, time: str) -> datetime:
    """A day and an hour of two fields, local time."""
    given = form.cleaned_data
    return timezone.make_aware(datetime.combine(given[day], given[time]))
