"""Fields that several forms of the dialogue share."""

from typing import Any

from django import forms

from aiqyn_portal.base.asking import long_text

LONGEST = 20_000  # characters of an answer or a transcript


def area(label: Any, help_text: Any = "", *, rows: int = 6) -> forms.CharField:
    """A long text; which of the languages is owed the action says."""
    return long_text(label, help_text, required=False, rows=rows, longest=LONGEST)


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; cleaned to a list."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(each, initial) for each in sent]
