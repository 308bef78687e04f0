"""Where demands come from is told in full: author, act, address."""

import pytest

from aiqyn.regulations import editions
from aiqyn.regulations.works import works, works_named_in
from aiqyn.text import LANGUAGES, Text, missing

NOBODY_ELSE = (  # no work says so; the clause itself tells what it rests on
    "A demand of Aiqyn's own",
    "Section on the fight against corruption",
    "Sections the rules of information content are thought to ask for",
    "The Kazakh alphabet",
)


@pytest.mark.parametrize("regulation", ["sites", "open_data"])
def test_every_clause_names_a_work_or_is_our_own(regulation):
    clauses = {
        each.clause["en"]: works_named_in(each.clause)
        for edition in editions(regulation)
        for each in edition.requires
    }

    nameless = {words for words, named in clauses.items() if not named}

    assert {words for words in nameless if not words.startswith(NOBODY_ELSE)} == set()


def test_every_work_is_named_and_told_in_three_languages():
    named = {
        key
        for regulation in ("sites", "open_data")
        for edition in editions(regulation)
        for each in edition.requires
        for key in works_named_in(each.clause)
    }

    assert named == set(works())
    for work in works().values():
        assert missing(work.title) == []
        assert set(work.note) in (set(), set(LANGUAGES))


def test_clause_may_name_two_works():
    clause = Text({"en": "124-НҚ, contacts and feedback; Law 401-V, article 16"})

    assert works_named_in(clause) == ["order_124", "law_401"]
