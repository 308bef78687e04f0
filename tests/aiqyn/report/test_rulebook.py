from pathlib import Path

import pytest
from msgspec.json import encode

from aiqyn.regulations import editions
from aiqyn.regulations.works import works, works_named_in
from aiqyn.report.rulebook import pages, rule_text, rules_text
from aiqyn.report.words import word
from aiqyn.rules import load
from aiqyn.text import LANGUAGES, say

DOCS = Path(__file__).parents[3] / "docs" / "rules"


def test_documentation_is_what_the_catalogue_says():
    written = {path.name: path.read_text("utf-8") for path in DOCS.glob("*.md")}

    assert written == pages(), "run: aiqyn rules --docs docs/rules"


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_names_every_rule(language):
    listed = [line.split()[0] for line in rules_text(language).splitlines() if line[:2] == "  "]

    assert sorted(listed) == list(load())


def test_rule_is_explained_with_its_clause_parameters_and_examples():
    rule = load()["P005"]
    asked = [
        (edition, each)
        for edition in editions("sites")
        for each in edition.requires
        if each.rule == "P005"
    ]
    said = [
        f"sites {edition.in_force}: {each.clause['en']} {encode(each.params).decode()}"
        for edition, each in asked
    ]

    keys = {key for _, each in asked for key in works_named_in(each.clause)}
    named = [work for key, work in works().items() if key in keys]

    lines = " ".join(rule_text(rule, "en").split())

    assert lines == " ".join(
        [
            f"P005 {rule.text.title['en']}",
            f"{word('why', 'en')}. {rule.text.why['en']}",
            f"{word('fix', 'en')}. {rule.text.fix['en']}",
            f"{word('clause', 'en')}. {' '.join(said)}",
            *(f"{work.title['en']}. {say(work.address, 'en')} {work.note['en']}" for work in named),
            f"{word('params', 'en')}. max_bytes: {rule.text.params['max_bytes']['en']}",
            f"{word('cases', 'en')}. {word('passed', 'en')}: a short page",
            f"{word('failed', 'en')}: longer than the edition allows",
        ]
    )


@pytest.mark.parametrize(("rule", "key"), [("P004", "st_rk_2191"), ("S036", "law_401")])
def test_work_without_an_address_or_a_note_is_named_all_the_same(rule, key):
    work = works()[key]
    said = [f"{work.title['en']}. {say(work.address, 'en')}".rstrip(), work.note.get("en", "")]

    assert " ".join(said).rstrip() in " ".join(rule_text(load()[rule], "en").split())


def test_question_is_explained_by_asking_it():
    rule = load()["H108"]

    assert rule.text.notes["question"]["en"] in " ".join(rule_text(rule, "en").split())
