"""What officers fill in while a draft is discussed, and afterwards; and what readers report."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.asking import line, long_text, moment, phrase
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.bodies.forms import DayField
from aiqyn_portal.sections.drafts.actions import Adoption, File, Invitation
from aiqyn_portal.sections.drafts.forms.fields import ReasonForm, said
from aiqyn_portal.sections.drafts.models import Attachment, Meeting
from aiqyn_portal.sections.drafts.vocabulary import categories, channels


class ExtendForm(ReasonForm):
    """A later last day."""

    closes_on = DayField(label=_("Last day comments are taken"))
    field_order = ("closes_on", "reason_kk", "reason_ru")


class AdoptForm(forms.Form):
    """The act a draft has become."""

    number = line(_("Number and date of the act"), longest=100, required=True)
    link = forms.URLField(
        label=_("Address of the act"), required=False, max_length=500, assume_scheme="https"
    )

    def adoption(self) -> Adoption:
        return Adoption(number=self.cleaned_data["number"], link=self.cleaned_data["link"])


class MeetingForm(forms.Form):
    """An invitation."""

    kind = forms.ChoiceField(
        label=_("What it is"), choices=Meeting.Kind.choices, widget=forms.RadioSelect
    )
    day = DayField(label=_("Day"))
    begins = forms.TimeField(label=_("Begins at"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label=_("Ends at"), widget=forms.TimeInput(attrs={"type": "time"}))
    place_kk = line(_("Place in Kazakh"))
    place_ru = line(_("Place in Russian"))
    stream = forms.URLField(
        label=_("Address of the live stream"),
        required=False,
        max_length=500,
        assume_scheme="https",
    )

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or {}
        begins, ends = given.get("begins"), given.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("The meeting must end after it begins."))
        if not self.errors and not (given.get("place_kk") or given.get("stream")):
            self.add_error("place_kk", _("Say where people meet, or give the stream."))
        return given

    def invitation(self) -> Invitation:
        given = self.cleaned_data
        return Invitation(
            kind=given["kind"],
            starts_at=moment(self, "day", "begins"),
            ends_at=moment(self, "day", "ends"),
            place=phrase(self, "place"),
            stream=given["stream"],
        )


class CallOffForm(forms.Form):
    reason = line(_("Why the meeting is called off"), longest=500, required=True)


class MinutesForm(forms.Form):
    """What was said at a meeting."""

    file = forms.FileField(label=_("Minutes"), help_text=_("PDF, DOCX or ODT, up to 10 MB."))

    def attached(self) -> File:
        file = self.cleaned_data["file"]
        kind = Attachment.Kind.MINUTES
        return File(kind=kind, title="", name=file.name or "", content=file.read())


class AnnouncementForm(forms.Form):
    """Where a body has told of the discussion."""

    channel = forms.ChoiceField(label=_("Where"))
    link = forms.URLField(label=_("Address of the post"), max_length=500, assume_scheme="https")
    told_on = DayField(label=_("Day"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["channel"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = said({code: each.title for code, each in channels().items()})
        self.fields["told_on"].initial = today


class CategoryForm(forms.Form):
    """A category somebody holds to be the right one."""

    meant = forms.ChoiceField(label=_("Right category"))
    text = line(_("Why, if it is not obvious"), _("The body alone reads it."), longest=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["meant"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = said(dict(categories()))


class ParagraphForm(forms.Form):
    """The paragraph of the newest version in which a comment is reflected."""

    paragraph = line(
        _("Number of the paragraph"),
        _("The number stands at the end of the paragraph's address: …/p/12/."),
        longest=9,
        required=True,
    )
    words_kk = long_text(_("What has changed, in Kazakh"), required=False)
    words_ru = long_text(_("What has changed, in Russian"), required=False)

    def words(self) -> Phrase:
        return phrase(self, "words")
