from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone
from django.utils.translation import override

from aiqyn.chain import Outcome
from aiqyn_portal.base import alphabet, formats

SPACE = "\u00a0"
THIN = "\u202f"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("kk", f"2026{SPACE}жылғы 19{SPACE}қараша"),
        ("ru", f"19{SPACE}ноября 2026{SPACE}г."),
        ("en", f"19{SPACE}November 2026"),
    ],
)
def test_date_is_said_in_words(language: str, expected: str) -> None:
    with override(language):
        assert formats.say_date(date(2026, 11, 19)) == expected


def test_moment_is_said_in_local_time() -> None:
    moment = datetime(2026, 11, 19, 20, 30, tzinfo=UTC)  # already the 20th in Almaty

    with override("ru"):
        assert formats.say_date(moment) == f"20{SPACE}ноября 2026{SPACE}г."
        assert formats.say_moment(moment) == f"20{SPACE}ноября 2026{SPACE}г., 01:30"
        assert formats.say_moment(timezone.localtime(moment)) == formats.say_moment(moment)


def test_moment_past_the_end_of_the_calendar_is_said_in_its_own_zone() -> None:
    last = datetime(9999, 12, 31, 20, 30, tzinfo=UTC)  # Almaty would be in the year 10000

    with override("en"):
        assert formats.say_date(last) == f"31{SPACE}December 9999"
        assert formats.say_moment(last) == f"31{SPACE}December 9999, 20:30 UTC"
        assert formats.say_moment(last.replace(tzinfo=None)) == f"31{SPACE}December 9999, 20:30"


@pytest.mark.parametrize(
    ("value", "kk", "en"),
    [
        (Decimal("55.66"), "55,66", "55.66"),
        (Decimal("95.80"), "95,8", "95.8"),
        (Decimal("20.0000"), "20", "20"),
        (Decimal("0E-4"), "0", "0"),
        (Decimal("-5.3"), "−5,3", "−5.3"),
        (1234567, f"1{THIN}234{THIN}567", "1,234,567"),
        (1234.5, f"1{THIN}234,5", "1,234.5"),
        (Decimal("NaN"), "NaN", "NaN"),
        (True, "True", "True"),
        ("text", "text", "text"),
    ],
)
def test_number_is_said_as_the_language_writes_it(value: Any, kk: str, en: str) -> None:
    with override("kk"):
        assert formats.say_number(value) == kk
    with override("en"):
        assert formats.say_number(value) == en


def test_number_keeps_its_places_when_they_are_asked_for() -> None:
    with override("kk"):
        assert formats.say_number(Decimal(20), 2) == "20,00"


def test_language_that_is_not_ours_reads_kazakh() -> None:
    with override("de"):
        assert formats.language() == "kk"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ day|local_date }}", f"19{SPACE}November 2026"),
        ("{% period day day %}", f"19{SPACE}November 2026 – 19{SPACE}November 2026"),
        ("{% period day nothing %}", f"since 19{SPACE}November 2026"),
        ("{% period nothing day %}", f"until 19{SPACE}November 2026"),
        ("{% period nothing nothing %}", "–"),
        ("{{ nothing|local_date }}", "–"),
        ("{{ nothing|local_moment }}", "–"),
        ("{{ points|number:2 }}", "55.66"),
        ("{{ nothing|number }}", "–"),
        ("{{ words|phrase }}", "hello"),
        ('{{ "page 2"|said_place }}', "page 2"),
        ("{% points points 100 %}", "55.66 / 100"),
        ("{% points nothing 20 %}", "no figure / 20"),
        ("{% points points %}", "55.66"),
        (
            "{% outcome_tag outcome %}",
            '<strong class="govuk-tag govuk-tag--red">Failed</strong>',
        ),
        (
            '{% outcome_tag "cannot_tell" %}',
            '<strong class="govuk-tag govuk-tag--blue">Cannot tell</strong>',
        ),
        ('{% address_with page=2 q="" %}', "?a=1&amp;page=2"),
    ],
)
def test_tag_says_what_it_should(source: str, expected: str) -> None:
    context = Context(
        {
            "day": date(2026, 11, 19),
            "nothing": None,
            "points": Decimal("55.66"),
            "words": {"kk": "сәлем", "en": "hello"},
            "outcome": Outcome.FAILED,
            "request": RequestFactory().get("/en/", {"a": "1", "q": "x", "page": "1"}),
        }
    )

    with override("en"):
        assert Template(source).render(context) == expected


def test_every_outcome_has_a_tag() -> None:
    drawn = {str(Template(f'{{% outcome_tag "{o}" %}}').render(Context())) for o in Outcome}

    assert len(drawn) == len(Outcome)


@pytest.mark.parametrize(
    ("text", "expected"), [("ӘКІМДІК  Ұлытау", "әкімдік ұлытау"), ("Учёт", "учет")]
)
def test_fold_takes_case_and_spaces_away(text: str, expected: str) -> None:
    assert alphabet.fold(text) == expected


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://www.almaty.gov.kz/", "www.almaty.gov.kz"),
        ("http://әкімдік.қаз/kk/", "әкімдік.қаз/kk"),
        ("almaty.gov.kz", "almaty.gov.kz"),
    ],
)
def test_address_is_said_without_its_scheme(address: str, said: str) -> None:
    shown = Template("{% load aiqyn %}{{ address|host }}").render(Context({"address": address}))

    assert shown == said
