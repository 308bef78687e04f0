"""What people type, turned into what actions take."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from aiqyn.registry.checks import is_kato
from aiqyn.text import LANGUAGES
from aiqyn_portal.base.asking import line, long_text
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.base.formats import say_phrase
from aiqyn_portal.bodies.forms import DayField
from aiqyn_portal.sections.open_data.actions import Passport
from aiqyn_portal.sections.open_data.actions.demand import Promise
from aiqyn_portal.sections.open_data.actions.files import Words
from aiqyn_portal.sections.open_data.models import Approved, Column, Dataset, Hold
from aiqyn_portal.sections.open_data.models.sets import FREQUENCIES
from aiqyn_portal.sections.open_data.vocabulary import categories, licences

LONGEST_TITLE = 300
TITLES = {
    "kk": _("Title in Kazakh"),
    "ru": _("Title in Russian"),
    "en": _("Title in English"),
}
DESCRIPTIONS = {
    "kk": _("Description in Kazakh"),
    "ru": _("Description in Russian"),
    "en": _("Description in English"),
}
KEYWORDS = {
    "kk": _("Keywords in Kazakh"),
    "ru": _("Keywords in Russian"),
    "en": _("Keywords in English"),
}
RESPONSIBLE = {
    "kk": _("Who answers for the set, in Kazakh"),
    "ru": _("Who answers for the set, in Russian"),
    "en": _("Who answers for the set, in English"),
}
NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}


class SourceForm(forms.Form):
    """A file, or the address of one."""

    upload = forms.FileField(label=_("File"), required=False)
    link = forms.URLField(
        label=_("Or the address of a file on the web"),
        required=False,
        max_length=2000,
        assume_scheme="https",
        help_text=_("We fetch the file from there once and keep what we saw."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].help_text = _(
            "CSV, XLSX, XLS, ODS, JSON, GeoJSON, XML, KML, RDF, Parquet or an archive of them, "
            "up to %(size)s MB."
        ) % {"size": settings.OPEN_DATA_MEGABYTES}

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or {}
        if not self.errors and bool(given.get("upload")) == bool(given.get("link")):
            raise forms.ValidationError(_("Choose a file or give an address: one of the two."))
        return given


class PassportForm(forms.Form):
    """The passport in three languages. `edition` tells which one the officer has read."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.SlugField(
        label=_("Name in the address of the set"),
        max_length=80,
        help_text=_("Latin letters, digits and hyphens. After publication it no longer changes."),
    )
    category = forms.ChoiceField(label=_("Category"))
    licence = forms.ChoiceField(label=_("Licence"))
    frequency = forms.ChoiceField(label=_("How often it is updated"), choices=FREQUENCIES)
    phone = line(_("Telephone"), longest=60)
    email = forms.EmailField(label=_("E-mail"), required=False)
    since = DayField(label=_("The data speak of the time from"), required=False)
    until = DayField(label=_("The data speak of the time until"), required=False)
    places = line(_("KATO codes of the places"), _("Nine digits each, with spaces between them."))
    languages = forms.MultipleChoiceField(
        label=_("Languages of the data"),
        choices=list(NAMES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("category", {code: each.title for code, each in categories().items()})
        self._offer("licence", {code: each.title for code, each in licences().items()})
        for code in LANGUAGES:
            self.fields[f"title_{code}"] = line(TITLES[code])
            self.fields[f"description_{code}"] = long_text(DESCRIPTIONS[code], required=False)
            self.fields[f"keywords_{code}"] = line(KEYWORDS[code], _("With commas between them."))
            self.fields[f"responsible_{code}"] = line(RESPONSIBLE[code])
        self.fields["title_kk"].required = self.fields["title_ru"].required = True
        self.order_fields(["edition", *(f"{name}_{code}" for name in FOLDED for code in LANGUAGES)])

    def _offer(self, name: str, said: dict[str, Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        choices = [(code, say_phrase(words)) for code, words in said.items()]
        field.choices = [("", _("Choose")), *choices]

    def clean_places(self) -> list[str]:
        codes = str(self.cleaned_data["places"]).replace(",", " ").split()
        if wrong := [code for code in codes if not is_kato(code)]:
            message = _("This is not a KATO code: %(code)s")
            raise forms.ValidationError(message, params={"code": wrong[0]})
        return list(dict.fromkeys(codes))

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", _("The period must end after it begins."))
        return given

    def passport(self) -> Passport:
        given = self.cleaned_data
        plain = ("name", "category", "licence", "frequency", "phone", "email", "since", "until")
        return Passport(
            **{name: given[name] for name in plain},
            title=self._phrase("title"),
            description=self._phrase("description"),
            responsible=self._phrase("responsible"),
            keywords={code: _words(given[f"keywords_{code}"]) for code in LANGUAGES},
            places=given["places"],
            languages=given["languages"],
        )

    def _phrase(self, name: str) -> Phrase:
        given = {code: self.cleaned_data[f"{name}_{code}"].strip() for code in LANGUAGES}
        return Phrase({code: said for code, said in given.items() if said})


FOLDED = ("title", "description", "keywords", "responsible")  # in every language


def _words(said: str) -> list[str]:
    return [word.strip() for word in said.split(",") if word.strip()]


def initial_of(row: Dataset) -> dict[str, Any]:
    """The passport as the form shows it."""
    plain = ("edition", "name", "category", "licence", "frequency", "phone", "email")
    shown: dict[str, Any] = {name: getattr(row, name) for name in plain}
    shown |= {"since": row.since, "until": row.until}
    shown |= {"places": " ".join(row.places), "languages": row.languages}
    for code in LANGUAGES:
        shown[f"title_{code}"] = row.title.get(code, "")
        shown[f"description_{code}"] = row.description.get(code, "")
        shown[f"responsible_{code}"] = row.responsible.get(code, "")
        shown[f"keywords_{code}"] = ", ".join(row.keywords.get(code, ()))
    return shown


class NoteForm(forms.Form):
    """What is new in a version."""

    kk = long_text(_("What is new, in Kazakh"), required=False)
    ru = long_text(_("What is new, in Russian"), required=False)
    en = long_text(_("What is new, in English"), required=False)

    def note(self) -> Phrase:
        return Phrase({code: said for code, said in self.cleaned_data.items() if said})


class ReasonForm(forms.Form):
    """A reason everybody concerned will read."""

    reason = long_text(_("Reason"))


class WithdrawForm(forms.Form):
    reason = long_text(
        _("Why the set is withdrawn"), _("The page of the set stays and shows this reason.")
    )


class HoldForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[each for each in Hold.Decision.choices if each[0]],
        widget=forms.RadioSelect,
    )
    reason = long_text(_("Reason"), _("It is kept in the journal together with your name."))


class ColumnsForm(forms.Form):
    """Titles, explanations and units of columns of one file: a page of them at a time.

    Beside every field the form carries what it has shown there: another officer may write, too.
    """

    def __init__(self, *args: Any, columns: Iterable[Column], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = list(columns)
        for column in self.columns:
            for code in LANGUAGES:
                self._add(column, f"title_{code}", TITLES[code], column.title.get(code, ""))
            for code in LANGUAGES:
                said = column.description.get(code, "")
                self._add(column, f"description_{code}", DESCRIPTIONS[code], said)
            self._add(column, "unit", _("Unit"), column.unit)

    def _add(self, column: Column, name: str, label: Any, initial: str) -> None:
        longest = 60 if name == "unit" else LONGEST_TITLE
        field = line(label, longest=longest)
        field.initial, field.show_hidden_initial = initial, True
        self.fields[f"{column.number}_{name}"] = field

    def groups(self) -> list[tuple[Column, list[Any]]]:
        """Every column with its fields, as a template draws them."""
        return [
            (column, [self[name] for name in self.fields if name.startswith(f"{column.number}_")])
            for column in self.columns
        ]

    def words(self) -> dict[int, Words]:
        """What is said of the columns by number."""
        return self._words(lambda name: str(self.cleaned_data[name]).strip())

    def seen(self) -> dict[int, Words]:
        """What the form had shown of them when it was opened."""
        return self._words(lambda name: str(self.data.get(self[name].html_initial_name, "")))

    def _words(self, said: Callable[[str], str]) -> dict[int, Words]:
        parts = Words().parts()
        return {
            column.number: Words.of({part: said(f"{column.number}_{part}") for part in parts})
            for column in self.columns
        }

    def show_theirs(self, theirs: Mapping[tuple[int, str], str]) -> None:
        """Say beside a field what stands there now; the next attempt knows of it."""
        again = {name: self.data[name] for name in self.data}
        for (number, part), words in theirs.items():
            name = f"{number}_{part}"
            again[self[name].html_initial_name] = words
            message = _("Another officer has written here meanwhile: %(words)s")
            shown = forms.ValidationError(message, params={"words": words or "–"})
            self.add_error(name, shown)
        self.data = again


class ApprovedForm(forms.Form):
    """One line of the approved list."""

    title_kk = forms.CharField(label=TITLES["kk"], max_length=LONGEST_TITLE)
    title_ru = forms.CharField(label=TITLES["ru"], max_length=LONGEST_TITLE)
    title_en = line(TITLES["en"], longest=LONGEST_TITLE)
    source = forms.CharField(
        label=_("Act that approved the list"),
        max_length=300,
        help_text=_("Its title, number and date."),
    )
    source_link = forms.URLField(
        label=_("Address of the act"), required=False, max_length=2000, assume_scheme="https"
    )
    number = line(_("Number in the list"), longest=20)
    due = DayField(label=_("To be published by"), required=False)

    def promise(self) -> Promise:
        given = self.cleaned_data
        titles = {code: given[f"title_{code}"].strip() for code in LANGUAGES}
        title = Phrase({code: said for code, said in titles.items() if said})
        plain = {name: given[name] for name in ("source", "source_link", "number", "due")}
        return Promise(title=title, **plain)


class ApprovedListForm(forms.Form):
    """A whole list as a table."""

    upload = forms.FileField(
        label=_("Table (CSV)"),
        help_text=_(
            "A row a set, with columns title_kk, title_ru and, where the list says so, number, "
            "title_en, frequency, due. Days as 2026-12-31 or 31.12.2026."
        ),
    )
    source = forms.CharField(
        label=_("Act that approved the list"),
        max_length=300,
        help_text=_("Its title, number and date."),
    )
    source_link = forms.URLField(
        label=_("Address of the act"), required=False, max_length=2000, assume_scheme="https"
    )


class FulfilForm(forms.Form):
    """The set that fulfils a line of the approved list."""

    dataset = forms.ModelChoiceField(
        label=_("Set"), queryset=Dataset.objects.none(), required=False, empty_label=_("None")
    )

    def __init__(self, *args: Any, line: Approved, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["dataset"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  declared above
        field.queryset = Dataset.objects.filter(body=line.body).order_by("name")
        field.initial = line.dataset_id
