"""What people type, turned into what actions take."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from aiqyn.chain import Outcome
from aiqyn.scoring.methodology import methodology, methodology_ids
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.base.formats import language, say_phrase
from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.base.refusals import ActionRefused
from aiqyn_portal.base.templatetags.aiqyn import OUTCOMES
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evaluation.actions import Attachment, Complaint, Judgement, RoundPlan, Verdict
from aiqyn_portal.evaluation.models import Objection
from aiqyn_portal.evaluation.uploads import LARGEST, media_type_of

Choices = Sequence[tuple[str, Any]]


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class EvidenceFile(forms.FileField):
    """A file whose bytes say what it is; its cleaned value is an Attachment or None."""

    def __init__(self, help_text: StrOrPromise) -> None:
        super().__init__(label=_("File"), required=False, help_text=help_text)

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if not isinstance(upload, UploadedFile):
            return None
        content = upload.read(LARGEST + 1)
        try:
            media_type_of(content)
        except ActionRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return Attachment(upload.name or "", content)


class SeveralBodies(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # no subscript in Django
    """Bodies by number; one beyond the database's integers is as wrong as any other."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError as problem:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], "invalid_choice", {"value": value}
            ) from problem


class RoundForm(forms.Form):
    methodology = forms.ChoiceField(label=_("Methodology"))
    code = forms.SlugField(
        label=_("Code"),
        max_length=50,
        help_text=_("Latin letters, digits and hyphens; it becomes part of the address."),
    )
    title_kk = forms.CharField(label=_("Title in Kazakh"), max_length=200)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200)
    since = forms.DateField(label=_("First day of the period"), widget=Day())
    until = forms.DateField(label=_("Last day of the period"), widget=Day())
    kinds = forms.MultipleChoiceField(
        label=_("All bodies of a kind"),
        choices=Body.Kind,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Those that existed in the period, without invented ones."),
    )
    bodies = SeveralBodies(
        label=_("Single bodies"),
        queryset=Body.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["methodology"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 — declared above
        chosen.choices = [
            (name, say_phrase(methodology(name).title))
            for name in methodology_ids()
            if methodology(name).kind != "index" and not methodology(name).relative
        ]
        single = self.fields["bodies"]
        assert isinstance(single, SeveralBodies)  # noqa: S101 — declared above
        single.queryset = Body.objects.in_alphabet(language())

    def plan(self) -> RoundPlan:
        given = self.cleaned_data
        return RoundPlan(
            code=given["code"],
            title=Phrase(kk=given["title_kk"], ru=given["title_ru"], en=given["title_en"]),
            methodology=given["methodology"],
            since=given["since"],
            until=given["until"],
            bodies=self._bodies(),
        )

    def _bodies(self) -> list[Body]:
        """The bodies chosen one by one, and those of the kinds."""
        given = self.cleaned_data
        of_kinds = Body.objects.filter(kind__in=given["kinds"], is_example=False)
        of_kinds = of_kinds.in_force_between(given["since"], given["until"])
        return sorted({*given["bodies"], *of_kinds}, key=lambda body: body.code)


class DespiteForm(forms.Form):
    """Bodies whose total would stay unknown are shown only on purpose."""

    despite_open_questions = forms.BooleanField(
        label=_("Some bodies have open questions. Show them as “not enough data”."),
        required=False,
    )

    def __init__(self, *args: Any, unknown: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not unknown:
            del self.fields["despite_open_questions"]

    @property
    def deliberately(self) -> bool:
        return bool(self.cleaned_data.get("despite_open_questions"))


class SendForm(DespiteForm):
    objections_until = forms.DateField(
        label=_("Last day for objections"),
        widget=Day(),
        help_text=_("Objections are accepted until the end of this day."),
    )
    field_order = ["objections_until"]


def suggested_deadline(today: date) -> date:
    """Today and `settings.OBJECTION_WORKING_DAYS`; the law's own term is not known for sure.

    Only Saturdays and Sundays are left out; the evaluator sees the day and may change it.
    """
    left = settings.OBJECTION_WORKING_DAYS
    day = today
    while left > 0:
        day += timedelta(days=1)
        left -= day.isoweekday() <= 5
    return day


class JudgementForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Your decision"),
        choices=[(o.value, OUTCOMES[o.value][0]) for o in Outcome],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Everybody will be able to read this together with the rating."),
    )
    link = forms.URLField(
        label=_("Link to the evidence"), required=False, max_length=2000, assume_scheme="https"
    )
    file = EvidenceFile(
        _(
            "PDF, PNG, JPEG, DOCX, XLSX, ODT, ODS or plain text, up to 10 MB. "
            "It is published together with the rating."
        )
    )
    good = forms.IntegerField(
        label=_("Count: fulfilled"),
        required=False,
        min_value=0,
        max_value=10**12,
        help_text=_("Only where cases are counted, for example answers given in time."),
    )
    of = forms.IntegerField(label=_("Count: of all"), required=False, min_value=0, max_value=10**12)
    value = forms.DecimalField(
        label=_("Figure"),
        required=False,
        min_value=Decimal(0),
        max_digits=18,
        decimal_places=6,
        help_text=_("Only where a measured or published figure is asked for."),
    )

    def judgement(self, rule: str = "") -> Judgement:
        given = self.cleaned_data
        return Judgement(
            rule=rule or given["rule"],
            outcome=Outcome(given["outcome"]),
            reason=given["reason"],
            good=given["good"],
            of=given["of"],
            value=given["value"],
            link=given["link"],
            attachment=given["file"],
        )


class ChangeForm(JudgementForm):
    """A changed answer inside another form: nothing chosen means nothing changes."""

    rule = forms.ChoiceField(label=_("Changed answer"), required=False)
    field_order = ["rule"]

    def __init__(self, *args: Any, rules: Choices, is_required: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["rule"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 — declared above
        chosen.choices = [("", _("Nothing changes") if not is_required else "—"), *rules]
        chosen.required = is_required
        self.is_required = is_required
        for name in ("outcome", "reason"):
            self.fields[name].required = is_required

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("rule") and not self.is_required:
            for name in ("outcome", "reason"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
        return given

    def changes(self) -> list[Judgement]:
        return [self.judgement()] if self.cleaned_data["rule"] else []


class CorrectionForm(ChangeForm):
    reason_kk = forms.CharField(
        label=_("Why the rating is corrected, in Kazakh"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason_ru = forms.CharField(
        label=_("Why the rating is corrected, in Russian"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason_en = forms.CharField(
        label=_("Why the rating is corrected, in English"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def spoken_reason(self) -> Phrase:
        given = self.cleaned_data
        spoken = {code: given[f"reason_{code}"] for code in ("kk", "ru", "en")}
        return Phrase({code: text for code, text in spoken.items() if text})


class ObjectionForm(forms.Form):
    item = forms.ChoiceField(label=_("What you object to"))
    text = forms.CharField(
        label=_("Your objection"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Everybody will be able to read this once the rating is published."),
    )
    link = forms.URLField(
        label=_("Link to the evidence"), required=False, max_length=2000, assume_scheme="https"
    )
    file = EvidenceFile(
        _(
            "PDF, PNG, JPEG, DOCX, XLSX, ODT, ODS or plain text, up to 10 MB. "
            "Only evaluators and your organisation can open it."
        )
    )

    def __init__(self, *args: Any, items: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["item"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 — declared above
        chosen.choices = list(items)

    def complaint(self) -> Complaint:
        given = self.cleaned_data
        return Complaint(
            item=given["item"], text=given["text"], link=given["link"], attachment=given["file"]
        )


class VerdictForm(ChangeForm):
    decision = forms.ChoiceField(
        label=_("Decision"), choices=Objection.Decision.choices, widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label=_("Answer to the body"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )
    field_order = ["decision", "answer", "rule"]

    def verdict(self) -> Verdict:
        given = self.cleaned_data
        return Verdict(
            decision=Objection.Decision(given["decision"]),
            answer=given["answer"],
            changes=self.changes(),
        )
