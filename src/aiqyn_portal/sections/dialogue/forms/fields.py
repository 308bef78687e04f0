"""Pieces that several forms share: texts in both languages, moments."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

LONGEST = 20_000  # characters of an answer or a transcript
LANGUAGES = ("kk", "ru")


def area(label: Any, help_text: Any = "", *, rows: int = 6) -> forms.CharField:
    """A long text; which of the languages is owed the action says."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def line(label: Any, help_text: Any = "", *, longest: int = 200) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=longest)


def phrase(form: forms.Form, name: str) -> dict[str, str]:
    """The languages of one phrase; those left empty are not in it."""
    given = {code: str(form.cleaned_data.get(f"{name}_{code}", "")).strip() for code in LANGUAGES}
    return {code: words for code, words in given.items() if words}


def moment(form: forms.Form, day: str, hour: str) -> datetime:
    """A day and an hour, local time."""
    given = form.cleaned_data
    return timezone.make_aware(datetime.combine(given[day], given[hour]))


def hour(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}))


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; cleaned to a list."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(each, initial) for each in sent]
