"""Fields that several forms of drafts share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.asking import long_text, phrase
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.base.formats import say_phrase

LONGEST_TITLE = 1000
Choices = list[tuple[str, Any]]


def said(table: dict[str, Any]) -> Choices:
    """Codes and words in the reader's language, with an empty first line."""
    return [("", _("Choose")), *((code, say_phrase(words)) for code, words in table.items())]


class ReasonForm(forms.Form):
    """A reason everybody will read, in both languages."""

    reason_kk = long_text(_("Reason in Kazakh"))
    reason_ru = long_text(_("Reason in Russian"))

    def reason(self) -> Phrase:
        return phrase(self, "reason")
