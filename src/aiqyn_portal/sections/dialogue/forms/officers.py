"""What officers fill in: answers, conferences, commitments."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.asking import hour, line, moment, phrase
from aiqyn_portal.bodies.forms import BodyChoice, DayField
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.sections.dialogue.actions import File, Invitation, Presented, Reply
from aiqyn_portal.sections.dialogue.forms.fields import FilesField, area
from aiqyn_portal.sections.dialogue.models import Head

Outcome = Contribution.Outcome


class AnswerForm(forms.Form):
    """One answer."""

    text_kk = area(_("Answer in Kazakh"), rows=8)
    text_ru = area(_("Answer in Russian"), rows=8)
    outcome = forms.ChoiceField(
        label=_("What kind of answer it is"),
        choices=[
            (Outcome.ACCEPTED, _("It answers the question")),
            (Outcome.PARTLY, _("It answers a part of it; the text says what remains and why")),
            (Outcome.DECLINED, _("It may not be told: the text names the law")),
        ],
        initial=Outcome.ACCEPTED,
        widget=forms.RadioSelect,
    )
    responsible_kk = line(_("Who prepared it: name and post, in Kazakh"))
    responsible_ru = line(_("Who prepared it: name and post, in Russian"))
    attached = FilesField(
        label=_("Files"), help_text=_("Up to five files of 10 MB each."), required=False
    )

    def texts(self) -> dict[str, str]:
        return phrase(self, "text")

    def reply(self, *, is_template: bool) -> Reply:
        given = self.cleaned_data
        return Reply(
            text=self.texts(),
            responsible=phrase(self, "responsible"),
            outcome=given["outcome"],
            files=[File(each.name or "", each.read()) for each in given["attached"]],
            is_template=is_template,
        )


class HeadForm(forms.Form):
    """A head, as the body presents him or her."""

    name_kk = line(_("Name in Kazakh"))
    name_ru = line(_("Name in Russian"))
    post_kk = line(_("Post in Kazakh"))
    post_ru = line(_("Post in Russian"))
    hours_kk = line(_("When citizens are received, in Kazakh"))
    hours_ru = line(_("When citizens are received, in Russian"))
    place = forms.IntegerField(
        label=_("Place among the heads"),
        help_text=_("0 is the first head, 1 the first deputy, and so on."),
        min_value=0,
        max_value=99,
        initial=0,
    )
    takes_questions = forms.BooleanField(
        label=_("Takes questions here"), required=False, initial=True
    )
    since = DayField(label=_("In office since"))
    until = DayField(label=_("Last day in office"), required=False)

    @staticmethod
    def of(head: Head) -> dict[str, Any]:
        """What is said of the head now."""
        told = {
            f"{name}_{code}": words
            for name in ("name", "post", "hours")
            for code, words in getattr(head, name).items()
        }
        plain = ("place", "takes_questions", "since", "until")
        return {**told, **{name: getattr(head, name) for name in plain}}

    def presented(self) -> Presented:
        given = self.cleaned_data
        return Presented(
            name=phrase(self, "name"),
            post=phrase(self, "post"),
            hours=phrase(self, "hours"),
            place=given["place"],
            takes_questions=given["takes_questions"],
            since=given["since"],
            until=given["until"],
        )


class PassOnForm(forms.Form):
    """Another body answers."""

    body = BodyChoice(
        label=_("Body it is passed on to"),
        queryset=Body.objects.order_by("code"),
        to_field_name="code",
    )
    words_kk = area(_("Explanation in Kazakh"), rows=3)
    words_ru = area(_("Explanation in Russian"), rows=3)


class ConferenceForm(forms.Form):
    """An announcement."""

    title_kk = line(_("Title in Kazakh"))
    title_ru = line(_("Title in Russian"))
    agenda_kk = area(_("Agenda in Kazakh"))
    agenda_ru = area(_("Agenda in Russian"))
    day = DayField(label=_("Day"))
    begins = hour(_("Begins at"))
    ends = hour(_("Ends at"))
    place_kk = line(_("Place in Kazakh"))
    place_ru = line(_("Place in Russian"))
    stream = forms.URLField(
        label=_("Address of the live stream"),
        required=False,
        max_length=500,
        assume_scheme="https",
    )

    def invitation(self) -> Invitation:
        ends: datetime = moment(self, "day", "ends")
        return Invitation(
            title=phrase(self, "title"),
            agenda=phrase(self, "agenda"),
            starts_at=moment(self, "day", "begins"),
            ends_at=ends,
            place=phrase(self, "place"),
            stream=self.cleaned_data["stream"],
        )


class WhyForm(forms.Form):
    """A reason everybody will read."""

    why_kk = area(_("Reason in Kazakh"), rows=3)
    why_ru = area(_("Reason in Russian"), rows=3)


class ResultsForm(forms.Form):
    """What was said and decided."""

    results_kk = area(_("Results in Kazakh"), _("What was decided, in short."))
    results_ru = area(_("Results in Russian"))
    transcript_kk = area(_("Transcript in Kazakh"), rows=12)
    transcript_ru = area(_("Transcript in Russian"), rows=12)

    @staticmethod
    def of(conference: Any) -> dict[str, str]:
        """What stands there now, to be corrected."""
        found = {}
        for name in ("results", "transcript"):
            for code, words in getattr(conference, name).items():
                found[f"{name}_{code}"] = words
        return found


class PromiseForm(forms.Form):
    """What is promised, and by when."""

    text_kk = area(_("What is promised, in Kazakh"), rows=3)
    text_ru = area(_("What is promised, in Russian"), rows=3)
    due_on = DayField(label=_("By which day"))


class MoveForm(WhyForm):
    due_on = DayField(label=_("New day"))
    field_order = ("due_on", "why_kk", "why_ru")


class NewsForm(forms.Form):
    """How far it has come, or that it is done."""

    words_kk = area(_("In words, in Kazakh"), rows=3)
    words_ru = area(_("In words, in Russian"), rows=3)
    link = forms.URLField(
        label=_("Where it can be seen"), required=False, max_length=500, assume_scheme="https"
    )
