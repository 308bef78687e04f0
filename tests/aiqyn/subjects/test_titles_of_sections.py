"""Titles of sections nobody tuned the names to, and titles that only look like them."""

from pathlib import Path

import pytest
import yaml

from aiqyn.subjects.sections import sections_named

TITLES = yaml.safe_load(Path(__file__).with_name("titles_of_sections.yaml").read_text("utf-8"))
# Sites hold these on one page, or call one by the other's name.
TOGETHER = (
    {"appointments", "vacancies"},
    {"plans", "effectiveness"},
    {"appeals", "feedback", "faq"},
    {"structure", "units"},
    {"subordinate", "units"},
    {"programmes", "plans"},
    {"reception", "appeals"},
    {"messages", "faq"},
)


def told_of(kind):
    return [(code, title) for code, titles in TITLES[kind].items() for title in titles]


def known_with(code):
    return {code}.union(*(each for each in TOGETHER if code in each))


def test_nine_in_ten_titles_of_sites_are_known():
    told = told_of("right")
    unknown = [(code, title) for code, title in told if code not in sections_named(title)]

    assert len(told) >= 100
    assert len(unknown) <= len(told) / 10, unknown


def test_no_title_is_taken_for_that_of_another_section():
    taken = {
        title: sections_named(title) - known_with(code)
        for code, title in told_of("right")
        if sections_named(title) - known_with(code)
    }

    assert taken == {}


@pytest.mark.parametrize("code", TITLES["wrong"])
def test_title_that_resembles_a_section_is_not_its_name(code):
    taken = [title for title in TITLES["wrong"][code] if code in sections_named(title)]

    assert taken == []


def test_titles_that_resemble_are_many():
    assert len(told_of("wrong")) >= 60
