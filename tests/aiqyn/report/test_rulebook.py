from pathlib import Path

import pytest

from aiqyn.report.rulebook import pages, rule_text, rules_text
from aiqyn.rules import load
from aiqyn.text import LANGUAGES

DOCS = Path(__file__).parents[3] / "docs" / "rules"


def test_documentation_is_what_the_catalogue_says():
    written = {path.name: path.read_text("utf-8") for path in DOCS.glob("*.md")}

    assert written == pages(), "run: aiqyn rules --docs docs/rules"


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_names_every_rule(language):
    listed = [line.split()[0] for line in rules_text(language).splitlines() if line[:2] == "  "]

    assert sorted(listed) == list(load())


def test_rule_is_explained_with_its_clause_parameters_and_examples():
    assert rule_text(load()["P005"], "en") == (
        "P005  The page is light\n"
        "\n"
        "Why it matters.\n"
        "  On a slow village line a heavy page does not open, or wastes what the reader pays for.\n"
        "\n"
        "How to repair.\n"
        "  Split long lists into pages and move embedded images and scripts into files "
        "of their own.\n"
        "\n"
        "Clause.\n"
        "  sites 2025-03-31: Source article, recommendation 2, optimise the site by size\n"
        '  {"max_bytes":500000}\n'
        "\n"
        "What an edition may set.\n"
        "  max_bytes: Largest page without its images, bytes\n"
        "\n"
        "Worked examples.\n"
        "  Passed: a short page\n"
        "  Failed: longer than the edition allows\n"
    )


def test_question_is_explained_by_asking_it():
    assert "Do ten answers picked at random answer the question?" in rule_text(load()["H108"], "en")
