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


def test_acts_are_read_in_the_language_of_the_reader():
    adilet = [
        work.address
        for work in works().values()
        if "adilet.zan.kz" in "".join(work.address.values())
    ]

    assert len(adilet) == 4
    for address in adilet:
        number = address["kk"].rpartition("/")[2]
        assert address["kk"] == f"https://adilet.zan.kz/kaz/docs/{number}"
        assert address["ru"] == f"https://adilet.zan.kz/rus/docs/{number}"


def test_acts_bear_the_names_they_were_registered_under():
    # adilet.zan.kz: V2500035902; V1200008262, repealed by V1400009194
    assert (
        works()["order_124"]
        .title["kk"]
        .startswith("Мемлекеттік органдардың интернет-ресурстарын ақпаратпен толықтыру қағидалары")
    )
    assert "repealed by order No 137 of 19 February 2014" in works()["order_937"].note["en"]


def test_clause_may_name_two_works():
    clause = Text({"en": "124-НҚ, contacts and feedback; Law 401-V, article 16"})

    assert works_named_in(clause) == ["order_124", "law_401"]


@pytest.mark.parametrize(
    ("language", "whose"),
    [
        ("kk", ("сайтына ескерту:", "сайттарына ескерту:", "сайттың бәріне ескерту:",
                "сайтының артықшылығы:", "сайттарының артықшылығы:")),
        ("ru", ("замечание к сайту", "замечание к сайтам", "замечание ко всем шести сайтам:",
                "достоинство сайта", "достоинство сайтов")),
        ("en", ("remark on the site", "remark on all six sites:", "strength of the site")),
    ],
)  # fmt: skip
def test_clause_from_the_table_of_the_article_tells_which_remark_of_whose_site(language, whose):
    clauses = {
        each.clause[language]
        for edition in editions("sites")
        for each in edition.requires
        if "table 2" in each.clause["en"] and not each.clause["en"].startswith("Law")
    }

    assert clauses
    assert {clause for clause in clauses if not any(map(clause.__contains__, whose))} == set()
