"""Fields and phrases that several forms share."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.base.formats import say_phrase
from aiqyn_portal.bodies.forms import DayField

LONGEST = 4000  # characters of a reason or a summary
LONGEST_TITLE = 1000
LANGUAGES = ("kk", "ru")
Choices = list[tuple[str, Any]]


def long_text(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def line(
    label: Any, help_text: Any = "", *, longest: int = 300, required: bool = False
) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=longest)


def said(table: dict[str, Any]) -> Choices:
    """Codes and words in the reader's language, with an empty first line."""
    return [("", _("Choose")), *((code, say_phrase(words)) for code, words in table.items())]


def phrase(form: forms.Form, name: str) -> Phrase:
    """The languages of one phrase; those left empty are not in it."""
    given = {code: str(form.cleaned_data.get(f"{name}_{code}", "")).strip() for code in LANGUAGES}
    return Phrase({code: words for code, words in given.items() if words})


def moment(form: forms.Form, day: str, hour: str) -> datetime:
    """A day and an hour, local time."""
    given = form.cleaned_data
    return timezone.make_aware(datetime.combine(given[day], given[hour]))


class ReasonForm(forms.Form):
    """A reason everybody will read, in both languages."""

    reason_kk = long_text(_("Reason in Kazakh"))
    reason_ru = long_text(_("Reason in Russian"))

    def reason(self) -> Phrase:
        return phrase(self, "reason")


__all__ = ["DayField", "ReasonForm", "line", "long_text", "moment", "phrase", "said"]
