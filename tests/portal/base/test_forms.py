"""Django's forms come out as govuk-frontend's markup."""

import re
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override


class Everything(forms.Form):
    name = forms.CharField(label="Name", help_text="In full")
    text = forms.CharField(label="Text", widget=forms.Textarea)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")])
    outcome = forms.ChoiceField(label="Outcome", choices=[("p", "P")], widget=forms.RadioSelect)
    roles = forms.MultipleChoiceField(
        label="Roles", choices=[("x", "X")], widget=forms.CheckboxSelectMultiple
    )
    agreed = forms.BooleanField(label="Agreed")
    file = forms.FileField(label="File")
    hidden = forms.CharField(widget=forms.HiddenInput, initial="h")

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError("Not together")


def drawn(form: forms.Form) -> str:
    with override("en"):
        return str(form)


def test_every_input_has_the_class_of_its_pattern() -> None:
    html = drawn(Everything())

    inputs = re.findall(r'<(?:input|select|textarea) class="([^" ]*)[^>]* name="(\w+)"', html)
    assert inputs == [
        ("govuk-input", "name"),
        ("govuk-textarea", "text"),
        ("govuk-select", "kind"),
        ("govuk-radios__input", "outcome"),
        ("govuk-checkboxes__input", "roles"),
        ("govuk-checkboxes__input", "agreed"),
        ("govuk-file-upload", "file"),
    ]
    assert '<input type="hidden" name="hidden" value="h" id="id_hidden">' in html


def test_every_input_has_a_label_and_a_group_of_them_a_legend() -> None:
    html = drawn(Everything())

    labelled = re.findall(r'<label class="[^"]*" for="(\w+)">', html)
    assert labelled == [
        "id_name", "id_text", "id_kind", "id_outcome_0", "id_roles_0", "id_agreed", "id_file",
    ]  # fmt: skip
    legends = re.findall(r"<legend[^>]*>(\w+)</legend>", html)
    assert legends == ["Outcome", "Roles"]


def test_input_points_to_its_hint_and_its_error() -> None:
    html = drawn(Everything({}))

    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert re.findall(r'id="(id_name_(?:helptext|error))"', html) == [
        "id_name_helptext",
        "id_name_error",
    ]
    assert html.count("govuk-form-group--error") == 7


def test_summary_of_errors_leads_to_the_inputs() -> None:
    html = drawn(Everything({"name": "x", "text": "x", "kind": "c", "roles": ["y"]}))

    summary = html[: html.index("govuk-form-group")]
    assert "<li>Not together</li>" in summary
    assert re.findall(r'href="#([^"]*)"', summary) == [
        "id_kind", "id_outcome", "id_roles", "id_agreed", "id_file", "id_hidden",
    ]  # fmt: skip


def test_form_without_errors_has_no_summary() -> None:
    assert "govuk-error-summary" not in drawn(Everything())


def test_pagination_keeps_the_query_and_names_the_current_page() -> None:
    page = Paginator(range(100), 10).get_page(5)
    request = RequestFactory().get("/en/", {"q": "ә", "page": "5"})

    with override("en"):
        html = render_to_string("base/components/pagination.html", {"page": page}, request)

    assert re.findall(r'href="([^"]*)"', html) == [
        f"?q=%D3%99&amp;page={number}" for number in (4, 1, 4, 5, 6, 10, 6)
    ]
    assert re.findall(r'aria-current="page" aria-label="([^"]*)"', html) == ["Page 5"]


def test_one_page_needs_no_pagination() -> None:
    page = Paginator(range(3), 10).get_page(1)

    html = render_to_string("base/components/pagination.html", {"page": page})

    assert html.strip() == ""


def test_cells_of_a_table_repeat_their_column_for_a_phone() -> None:
    html = render_to_string(
        "base/components/table.html",
        {
            "id": "t",
            "caption": "Points",
            "columns": [("Body", False), ("Points", True)],
            "rows": [["<Ақмола>", "89,34"]],
        },
    )

    assert (
        '<th scope="row" class="govuk-table__header">&lt;Ақмола&gt;</th>'
        '<td class="govuk-table__cell govuk-table__cell--numeric" data-label="Points">89,34</td>'
    ) in html


class Exact(forms.Form):
    day = forms.DateField()
    count = forms.IntegerField(min_value=1)
    many = forms.IntegerField()
    site = forms.URLField(assume_scheme="https")
    kind = forms.ChoiceField(choices=[("a", "A")])


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "kk",
            [
                "Күнді 2026-03-05 түрінде енгізіңіз: жыл, ай, күн.",
                "Ең кіші рұқсат етілген мән: 1.",
                "Бүтін сан енгізіңіз, мысалы 15.",
                "Мекенжайды толық жазыңыз, мысалы https://www.gov.kz.",
                "Тізімде бар мәнді таңдаңыз. Бұл мән тізімде жоқ: б.",
            ],
        ),
        (
            "ru",
            [
                "Введите дату в виде 2026-03-05: год, месяц, день.",
                "Наименьшее допустимое значение: 1.",
                "Введите целое число, например 15.",
                "Введите адрес полностью, например https://www.gov.kz.",
                "Выберите значение из списка. Этого значения в нём нет: б.",
            ],
        ),
        (
            "en",
            [
                "Write the day as 2026-03-05: year, month, day.",
                "Ensure this value is greater than or equal to 1.",
                "Write a whole number, for example 15.",
                "Write the whole address, for example https://www.gov.kz.",
                "Select a valid choice. б is not one of the available choices.",
            ],
        ),
    ],
)
def test_errors_say_how_to_write_it(language: str, said: list[str]) -> None:
    form = Exact({"day": "5 наурыз", "count": "0", "many": "көп", "site": "сайт", "kind": "б"})

    with override(language):
        errors = [words for each in form.errors.values() for words in each]

    assert errors == said
