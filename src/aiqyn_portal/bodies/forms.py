"""What an administrator fills in. Checks are the registry's own."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aiqyn.registry import checks
from aiqyn.text import LANGUAGES
from aiqyn_portal.bodies import queries
from aiqyn_portal.bodies.models import Account, Body

EARLIEST, LATEST = date(1700, 1, 1), date(2999, 12, 31)
LARGEST_FILE = 2 * 1024 * 1024  # bytes; some ten thousand bodies
NETWORKS = [
    (network.lower(), network)
    for network in ("Facebook", "Instagram", "Telegram", "TikTok", "VK", "X", "YouTube")
]


def holds(claim: Callable[[str], bool], message: Any) -> Callable[[str], None]:
    """A validator: `claim` must hold of the value, else `message` is shown."""

    def validate(value: str) -> None:
        if not claim(value):
            raise ValidationError(message)

    return validate


class DayField(forms.DateField):
    """A day, written 2022-06-08 or chosen in the browser's calendar."""

    widget = forms.DateInput(
        attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"
    )

    def __init__(self, **options: Any) -> None:
        # the day before and the day after are reckoned with: the ends of the calendar have none
        bounds = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
        super().__init__(input_formats=["%Y-%m-%d", "%d.%m.%Y"], validators=bounds, **options)


if TYPE_CHECKING:
    ChoiceOfBody = forms.ModelChoiceField[Body]
else:
    ChoiceOfBody = forms.ModelChoiceField


class BodyChoice(ChoiceOfBody):
    """A body by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class PhraseForm(forms.Form):
    """A form with one phrase, asked for in every language of the portal."""

    def phrase(self, stem: str) -> dict[str, str]:
        """The cleaned phrase; languages left empty are left out."""
        said = {code: self.cleaned_data[f"{stem}_{code}"] for code in LANGUAGES}
        return {code: words for code, words in said.items() if words}


class BodyForm(PhraseForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=Body.Kind)
    parent = BodyChoice(
        label=_("Stands under"), queryset=Body.objects.none(), required=False, empty_label="–"
    )
    bin = forms.CharField(
        label=_("BIN"),
        required=False,
        help_text=_("12 digits"),
        validators=[holds(checks.is_bin, _("The digits of this BIN do not add up."))],
    )
    kato = forms.CharField(
        label=_("KATO code"),
        required=False,
        help_text=_("9 digits"),
        validators=[holds(checks.is_kato, _("A KATO code has 9 digits."))],
    )
    site = forms.CharField(
        label=_("Official site"),
        required=False,
        validators=[holds(checks.is_address, _("Write the whole address, with https://."))],
    )
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=60)
    email = forms.EmailField(label=_("E-mail"), required=False)
    address_kk = forms.CharField(label=_("Address in Kazakh"), required=False, max_length=300)
    address_ru = forms.CharField(label=_("Address in Russian"), required=False, max_length=300)
    address_en = forms.CharField(label=_("Address in English"), required=False, max_length=300)
    valid_from = DayField(label=_("Exists since"), required=False)

    def __init__(self, *args: Any, body: Body | None = None, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body = body
        others = Body.objects.in_alphabet(language)
        parent = self.fields["parent"]
        if isinstance(parent, BodyChoice):
            parent.queryset = others.exclude(pk=body.pk) if body else others

    def clean_bin(self) -> str:
        number: str = self.cleaned_data["bin"]
        others = Body.objects.exclude(pk=self.body.pk) if self.body else Body.objects.all()
        if number and others.filter(bin=number).exists():
            raise ValidationError(_("This BIN belongs to another body."))
        return number

    def clean_parent(self) -> Body | None:
        parent: Body | None = self.cleaned_data["parent"]
        if parent and self.body and queries.is_above(self.body, parent):
            raise ValidationError(_("A body cannot stand under itself."))
        return parent

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("kind") == Body.Kind.SUBORDINATE and not self.cleaned_data.get(
            "parent"
        ):
            self.add_error("parent", _("Say which body this organisation stands under."))
        return self.cleaned_data

    def body_fields(self) -> dict[str, Any]:
        """What `actions` wants of the cleaned form."""
        said = self.cleaned_data
        contacts = {
            "phone": said["phone"],
            "email": said["email"],
            "address": self.phrase("address"),
        }
        plain = ("kind", "parent", "bin", "kato", "site", "valid_from")
        return {name: said[name] for name in plain} | {
            "contacts": {name: value for name, value in contacts.items() if value}
        }


class NameForm(PhraseForm):
    name_kk = forms.CharField(label=_("Name in Kazakh"), max_length=300)
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=300)
    name_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)


class NewBodyForm(NameForm, BodyForm):
    code = forms.CharField(
        label=_("Code"),
        help_text=_("Latin letters, digits and hyphens. It stands in addresses and never changes."),
        validators=[holds(checks.is_code, _("Only small Latin letters, digits and hyphens."))],
    )
    field_order = ("code", "name_kk", "name_ru", "name_en", "kind", "parent")

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if Body.objects.filter(code=code).exists():
            raise ValidationError(_("Another body has this code."))
        return code


class RenameForm(NameForm):
    since = DayField(label=_("Bears this name since"))
    source = forms.CharField(
        label=_("On what ground"), help_text=_("The act, its date and number"), max_length=300
    )

    def clean_since(self) -> date:
        since: date = self.cleaned_data["since"]
        if since > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return since


class CloseForm(forms.Form):
    last_day = DayField(label=_("Last day"))

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body = body

    def clean_last_day(self) -> date:
        last_day: date = self.cleaned_data["last_day"]
        if self.body.valid_from and last_day < self.body.valid_from:
            raise ValidationError(_("The body did not exist yet on this day."))
        return last_day


class AccountForm(forms.Form):
    network = forms.ChoiceField(label=_("Network"), choices=NETWORKS)
    address = forms.CharField(
        label=_("Address"),
        validators=[holds(checks.is_address, _("Write the whole address, with https://."))],
    )

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body = body

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if Account.objects.filter(body=self.body, address=address).exists():
            raise ValidationError(_("This account is listed already."))
        return address


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("UTF-8, commas or semicolons, the columns of the template; up to 2 MB"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is None or file.size > LARGEST_FILE:
            raise ValidationError(_("The file is larger than 2 MB."))
        return file
