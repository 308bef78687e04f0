"""What officers fill in before a discussion."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.asking import LANGUAGES, line, long_text, phrase
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.base.formats import say_phrase
from aiqyn_portal.bodies.forms import DayField
from aiqyn_portal.sections.drafts import terms
from aiqyn_portal.sections.drafts.actions import File, Opening, Passport, Upload
from aiqyn_portal.sections.drafts.forms.fields import LONGEST_TITLE, ReasonForm, said
from aiqyn_portal.sections.drafts.models import Attachment, Draft
from aiqyn_portal.sections.drafts.vocabulary import categories, types

FILES = _("DOCX, ODT, HTML, TXT or Akoma Ntoso (XML), up to 10 MB.")


class TextsForm(forms.Form):
    """The texts of a version."""

    kk = forms.FileField(label=_("Text in Kazakh"), required=False, help_text=FILES)
    ru = forms.FileField(label=_("Text in Russian"), required=False, help_text=FILES)
    sure = forms.BooleanField(
        label=_("The language of the file is right, whatever it seems"), required=False
    )

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or {}
        if not self.errors and not (given.get("kk") or given.get("ru")):
            raise forms.ValidationError(_("Choose a file."))
        return given

    def uploads(self) -> list[Upload]:
        given = self.cleaned_data
        return [
            Upload(
                language=code,
                name=given[code].name or "",
                content=given[code].read(),
                sure=given["sure"],
            )
            for code in LANGUAGES
            if given.get(code)
        ]


class PassportForm(forms.Form):
    """The passport of a draft. `edition` tells which one the officer has read."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    title_kk = line(_("Title in Kazakh"), longest=LONGEST_TITLE, required=True)
    title_ru = line(_("Title in Russian"), longest=LONGEST_TITLE, required=True)
    type = forms.ChoiceField(label=_("Type of the act"))
    category = forms.ChoiceField(label=_("Category"))
    summary_kk = long_text(
        _("What changes, in Kazakh"),
        _("Two or three sentences for somebody who never reads acts: what changes, for whom."),
        required=False,
    )
    summary_ru = long_text(_("What changes, in Russian"), required=False)
    responsible_kk = line(_("Who prepares the draft, in Kazakh"))
    responsible_ru = line(_("Who prepares the draft, in Russian"))
    phone = line(_("Telephone"), longest=60)
    email = forms.EmailField(label=_("E-mail"), required=False)

    def __init__(self, *args: Any, hint: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, table in (("type", types()), ("category", categories())):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
            field.choices = said(dict(table))
        self.fields["category"].help_text = hint

    def passport(self) -> Passport:
        given = self.cleaned_data
        return Passport(
            title=phrase(self, "title"),
            summary=phrase(self, "summary"),
            responsible=phrase(self, "responsible"),
            **{name: given[name] for name in ("type", "category", "phone", "email")},
        )


def initial_of(draft: Draft) -> dict[str, Any]:
    """The passport as the form shows it."""
    shown: dict[str, Any] = {
        name: getattr(draft, name) for name in ("edition", "type", "category", "phone", "email")
    }
    for name in ("title", "summary", "responsible"):
        for code in LANGUAGES:
            shown[f"{name}_{code}"] = getattr(draft, name).get(code, "")
    return shown


class AttachmentForm(forms.Form):
    """A file beside the text."""

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[each for each in Attachment.Kind.choices if each[0] != Attachment.Kind.MINUTES],
    )
    language = forms.ChoiceField(
        label=_("Language of the file"),
        choices=[("kk", "Қазақша"), ("ru", "Русский"), ("", _("Several"))],
        required=False,
    )
    title = line(_("Title"), _("Left empty, it is the name of the file."))
    file = forms.FileField(
        label=_("File"), help_text=_("PDF, DOCX, ODT, XLSX, ODS, TXT, PNG or JPEG, up to 10 MB.")
    )

    def attached(self) -> File:
        given = self.cleaned_data
        return File(
            kind=given["kind"],
            language=given["language"],
            title=given["title"].strip(),
            name=given["file"].name or "",
            content=given["file"].read(),
        )


class OpeningForm(forms.Form):
    """When the discussion runs."""

    term = forms.ChoiceField(label=_("Term of the discussion"), widget=forms.RadioSelect)
    opens_on = DayField(label=_("First day comments are taken"))
    closes_on = DayField(
        label=_("Last day comments are taken"),
        required=False,
        help_text=_("Left empty, it is the last day of the term. It may be later, not earlier."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["term"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = [(code, _term(code)) for code in terms.DISCUSSIONS]
        field.initial = terms.ORDINARY

    def opening(self, reason: Phrase | None = None) -> Opening:
        given = self.cleaned_data
        return Opening(
            opens_on=given["opens_on"],
            closes_on=given["closes_on"],
            term=given["term"],
            reason=reason or Phrase(),
        )


def _term(code: str) -> str:
    known = terms.known(code)
    return f"{say_phrase(known.title)}: {terms.said(known)}"


class RepeatForm(OpeningForm, ReasonForm):
    """The same for a repeated discussion, and why it is repeated."""

    def again(self) -> Opening:
        return self.opening(self.reason())


class NoteForm(forms.Form):
    """What is new in a version."""

    note_kk = long_text(_("What is new, in Kazakh"), required=False)
    note_ru = long_text(_("What is new, in Russian"), required=False)

    def note(self) -> Phrase:
        return phrase(self, "note")
