"""The catalogue of rules, and a page per rule: where it comes from, who breaks it now."""

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from aiqyn import rules
from aiqyn.chain import Outcome
from aiqyn.regulations.works import works
from aiqyn_portal.sections.site_audit.views import catalogue
from tests import factories
from tests.portal.site_audit.audited import audited, page


def listed(family="", language="en", q=""):
    return Client().get(f"/{language}/rules/", {"family": family, "q": q}).text


def texts(html, selector):
    return [" ".join(node.text().split()) for node in LexborHTMLParser(html).css(selector)]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_catalogue_lists_every_rule(db, language):
    content = listed("all", language)

    for code in rules.load():
        assert f"/rules/{code}/" in content


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_rule_page_names_its_cases_in_the_language_of_the_reader(db, language):
    case = rules.load()["S087"].text.cases[0]

    content = page("site_audit:rule", "S087", language=language).content.decode()

    assert f'<span id="case-1" lang="{language}">{case.name[language]}</span>' in content


def test_catalogue_begins_with_the_families_and_how_many_rules_each_has(db):
    shown = texts(page("site_audit:rules", language="en").text, ".app-counts a")

    assert shown[0] == f"{len(rules.load())} All rules"
    assert shown[1] == "16 Languages"
    assert len(shown) == 1 + len(rules.families())


def test_rules_are_listed_by_family_the_severest_first(db):
    every = listed("all")
    languages = texts(listed("languages"), ".app-rules li")

    met = {rule.text.family for rule in rules.load().values()}
    families = [title["en"] for code, title in rules.families().items() if code in met]
    assert texts(every, "section > h2") == families
    assert languages[0].startswith("S001")
    assert languages[0].endswith("Critical")
    assert "16 rules found." in listed("languages")


@pytest.mark.parametrize("words", ["S007", "s007", "карта сайта  людей"])
def test_rules_are_found_by_code_or_words(db, words):
    found = texts(listed(language="ru", q=words), ".app-rules a")

    assert "S007 Есть карта сайта для людей" in found
    assert len(found) < 5


def test_words_no_rule_has_and_a_family_that_is_not_there_are_told(db):
    assert "No rule has these words." in listed(q="zzz")
    assert "16 Languages" in " ".join(texts(listed("none"), ".app-counts a"))


def test_rule_from_the_article_says_who_wrote_it_and_where_it_can_be_read(db):
    shown = page("site_audit:rule", "S003", language="ru").text

    article = works()["article"]
    assert "Статья Бекбосыновой и Джунусбековой, таблица 2, замечание к сайту" in shown
    assert article.title["ru"] in shown
    assert f'href="{article.address["kk"]}"' in shown
    assert article.note["ru"] in shown


def test_rule_of_two_works_names_both_and_one_without_an_address_has_no_link(db):
    html = page("site_audit:rule", "P004", language="en").text
    standard = works()["st_rk_2191"]

    assert texts(html, "#basis ~ ul li")[0].startswith(standard.title["en"])
    assert LexborHTMLParser(html).css_first("#basis ~ ul li").css("a") == []


@pytest.mark.parametrize(("language", "part"), [("kk", "kaz"), ("ru", "rus"), ("en", "eng")])
def test_law_is_opened_in_the_language_of_the_reader(db, language, part):
    shown = page("site_audit:rule", "S036", language=language).text

    assert f'href="https://adilet.zan.kz/{part}/docs/Z1500000401"' in shown


def test_rule_of_a_methodology_names_the_act_it_stands_in(db):
    assert "22599" in page("site_audit:rule", "H101", language="en").text


def test_rule_leads_back_to_its_family(db):
    shown = page("site_audit:rule", "S003").text

    assert 'href="/kk/rules/?family=languages"' in shown


def test_bodies_that_break_a_rule_stand_in_the_alphabet_page_by_page(
    db, monkeypatch, django_assert_num_queries
):
    outcomes = [Outcome.FAILED, Outcome.PARTLY, Outcome.FAILED, Outcome.PASSED]
    for name, outcome in zip(["Ұлытау", "Абай", "Қостанай", "Түркістан"], outcomes, strict=True):
        body = factories.BodyFactory(name={"kk": name, "ru": name, "en": name})
        audited(body, {"S001": outcome})
    monkeypatch.setattr(catalogue, "BODIES_PER_PAGE", 2)

    with django_assert_num_queries(1):
        first = Client().get("/en/rules/S001/").text
    later = Client().get("/en/rules/S001/", {"page": 2}).text

    assert texts(first, "#breakers ~ ul a") == ["Абай", "Қостанай"]
    assert texts(later, "#breakers ~ ul a") == ["Ұлытау"]
    assert texts(later, "#breakers .app-note") == ["3 bodies"]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_rule_lists_the_words_an_audit_says_by_it(db, language):
    notes = rules.load()["P004"].text.notes

    shown = texts(page("site_audit:rule", "P004", language=language).text, ".govuk-details li")

    assert shown == [note[language] for note in notes.values()]


def test_question_to_a_person_is_asked_on_its_page(db):
    content = page("site_audit:rule", "H001", language="en").text

    assert rules.load()["H001"].text.notes["question"]["en"] in content
    assert "What an audit may say" not in content
