"""Words and addresses of templates: what Django's own tags say, each time it is asked."""

from typing import Any

import pytest
from django.template import engines
from django.template.exceptions import TemplateSyntaxError
from django.urls import NoReverseMatch, set_script_prefix
from django.utils.safestring import mark_safe
from django.utils.text import format_lazy
from django.utils.translation import override

OWN = "{% load i18n %}"  # Django's own `{% translate %}` in place of ours


def drawn(source: str, **given: Any) -> list[str]:
    """What a template says, in each language, asked twice."""
    template = engines["django"].from_string(source)
    said = []
    for language in ("kk", "ru", "en", "kk"):
        with override(language):
            said.append(template.render(given))
    return said


@pytest.mark.parametrize(
    "source",
    [
        '{% translate "Open data" %}',
        '{% trans "Search" context "menu" %}',
        '{% translate "Open data" as words %}<p title="{{ words }}">',
        '{% translate "A <b> nobody has translated & 100 %%" %}',
        '{% autoescape off %}{% translate "A <b>" %}{% endautoescape %}{% translate "A <b>" %}',
        '{% translate "Open data" noop %}',
        "{% translate words %}",
        '{% translate "Open data"|upper %}',
    ],
)
def test_words_are_those_django_says(source: str) -> None:
    assert drawn(source, words="Open data") == drawn(OWN + source, words="Open data")


def test_words_are_said_in_each_language() -> None:
    assert drawn('{% translate "Open data" %}') == [
        "Ашық деректер",
        "Открытые данные",
        "Open data",
        "Ашық деректер",
    ]


def test_address_is_that_of_the_language_and_of_what_stands_in_it() -> None:
    source = "{% url 'open_data:set' name %} {% url 'open_data:home' as home %}{{ home }}"

    assert drawn(source, name="a") == [
        "/kk/open-data/sets/a/ /kk/open-data/",
        "/ru/open-data/sets/a/ /ru/open-data/",
        "/en/open-data/sets/a/ /en/open-data/",
        "/kk/open-data/sets/a/ /kk/open-data/",
    ]
    assert drawn(source, name="b")[0] == "/kk/open-data/sets/b/ /kk/open-data/"


def test_address_stands_below_where_the_portal_is_served() -> None:
    assert drawn("{% url 'open_data:home' %}")[0] == "/kk/open-data/"
    set_script_prefix("/below/")
    try:
        assert drawn("{% url 'open_data:home' %}")[0] == "/below/kk/open-data/"
    finally:
        set_script_prefix("/")


def test_address_is_escaped_where_text_is() -> None:
    source = "{% url 'open_data:file' 'a' 1 name %}"
    plain = "{% autoescape off %}" + source + "{% endautoescape %}"

    assert drawn(source, name="a&b'")[0] == "/kk/open-data/sets/a/v1/a&amp;b&#x27;/"
    assert drawn(plain, name="a&b'")[0] == "/kk/open-data/sets/a/v1/a&b'/"


def test_address_by_names_is_found_too() -> None:
    assert drawn("{% url 'open_data:set' name=name %}", name="a")[0] == "/kk/open-data/sets/a/"


def test_address_that_is_none_is_told_unless_one_asks_whether_there_is_one() -> None:
    with pytest.raises(NoReverseMatch):
        drawn("{% url 'open_data:set' 'no/slug' %}")
    assert drawn("{% url 'open_data:set' 'no/slug' as found %}[{{ found }}]")[0] == "[]"


def test_address_may_hold_what_is_neither_a_number_nor_words() -> None:
    name = format_lazy("{}", "a")

    assert drawn("{% url 'open_data:set' name %}", name=name)[0] == "/kk/open-data/sets/a/"


class Word(str):
    """Equals its letters and is written otherwise."""

    __slots__ = ()

    def __str__(self) -> str:
        return f"word-{self[:]}"


@pytest.mark.parametrize(
    ("plain", "other", "written"),
    [(1, True, "True"), ("a", Word("a"), "word-a"), ("a", mark_safe("a"), "a")],
)
def test_what_is_equal_and_written_otherwise_has_its_own_address(
    plain: object, other: object, written: str
) -> None:
    source = "{% url 'open_data:set' name %}"

    for name, said in ((plain, str(plain)), (other, written), (plain, str(plain))):
        assert drawn(source, name=name)[0] == f"/kk/open-data/sets/{said}/"


def test_tag_that_says_nothing_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError):
        engines["django"].from_string("{% url %}")
