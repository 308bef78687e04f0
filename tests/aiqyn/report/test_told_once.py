"""What holds for many places or requirements is told once, and a remedy fits what was found."""

import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from aiqyn.chain import Finding, Outcome, Place
from aiqyn.report.findings_html import findings_html
from aiqyn.report.findings_text import findings_text
from aiqyn.report.model import Account
from aiqyn.report.words import said_seen, word
from aiqyn.report.written import written_json
from aiqyn.rules import load, rendered_notes
from aiqyn.text import LANGUAGES
from tests.aiqyn.report.test_shapes import SHAPES, account, report, with_findings

__all__ = ["report"]

ALONE = Place(where="HTTP", saw="X", address="http://a/", note="version_told")


def flat(said):
    return " ".join(said.split())


def open_rule(code, note="not_rendered", **more):
    return Finding(rule=code, outcome=Outcome.CANNOT_TELL, note=note, **more)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_requirements_left_open_for_one_reason_tell_it_once(report, shape, language):
    codes = ("R002", "R004", "R016")
    found = with_findings(report, *map(open_rule, codes))

    said = flat(SHAPES[shape](account(found, language)))

    reason = rendered_notes()["not_rendered"][language]
    assert said.count(reason) == 1
    assert ("--rendered" in said) is (shape == "text")
    assert f"{word('cannot_tell', language)} (3)" in said
    assert all(code in said for code in codes)


def test_requirements_told_together_keep_their_anchors_and_clauses(report):
    told = account(with_findings(report, open_rule("R002"), open_rule("R004")), "en")

    items = LexborHTMLParser(findings_html(told)).css("article.cannot_tell li")

    assert [item.attributes["id"] for item in items] == ["R002", "R004"]
    assert all(entry.clause in item.text() for entry, item in zip(told.entries, items, strict=True))


def test_browser_that_opened_no_page_is_not_to_be_asked_for_again(report):
    found = with_findings(report, *(open_rule(code, "none_drawn") for code in ("R002", "R004")))

    said = findings_text(account(found, "en"))

    assert "Cannot tell (2)" in said
    assert "--rendered" not in said


def test_requirement_left_open_alone_is_told_in_full(report):
    told = account(with_findings(report, open_rule("R002"), open_rule("R004", "none_drawn")), "en")

    assert "Cannot tell (" not in findings_text(told)


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_said_of_a_finding_is_not_said_again_at_its_places(report, shape):
    place = Place(where="appeals_review", saw="Жаңалық", address="http://a/", note="unnamed")
    told = account(with_findings(report, open_rule("S038", "unnamed", places=(place,))), "kk")

    assert flat(SHAPES[shape](told)).count(load()["S038"].text.notes["unnamed"]["kk"]) == 1


@pytest.mark.parametrize("shape", SHAPES)
def test_remedy_is_of_what_was_found(report, shape):
    rule = load()["S086"].text
    one = Finding(rule="S086", outcome=Outcome.FAILED, places=(ALONE,))

    said = flat(SHAPES[shape](account(with_findings(report, one), "ru")))

    assert rule.fixes["version_told"]["ru"] in said
    assert rule.fixes["no_hsts"]["ru"] not in said
    assert rule.fix["ru"] not in said


def test_remedies_of_several_causes_stand_in_the_order_of_the_places():
    rule = load()["S086"].text
    places = (ALONE, Place(where="HTTP", note="no_hsts"), ALONE)
    finding = Finding(rule="S086", outcome=Outcome.FAILED, places=places)

    told = rule.fix_of(finding)

    for language in LANGUAGES:
        version, secure = (rule.fixes[note][language] for note in ("version_told", "no_hsts"))
        assert told[language] == f"{version} {secure}"


@pytest.mark.parametrize(
    "more",
    [
        {"places": ()},
        {"places": (ALONE, Place(where="HTTP", note="other"))},
        {"places": (ALONE,), "more": 1},
    ],
    ids=["no place", "a cause without a remedy", "places that are not listed"],
)
def test_remedy_of_all_is_told_where_the_causes_are_not_all_known(more):
    rule = load()["S086"].text

    assert rule.fix_of(Finding(rule="S086", outcome=Outcome.FAILED, **more)) == rule.fix


def test_written_report_has_the_remedy_of_what_was_found(report):
    found = with_findings(
        report, Finding(rule="S086", outcome=Outcome.FAILED, places=(ALONE,)), open_rule("R002")
    )

    said = json.loads(written_json(found))["rules"]

    assert list(said) == ["R002", "S086"]
    assert said["S086"]["fix"] == dict(load()["S086"].text.fixes["version_told"])


@pytest.mark.parametrize("shape", SHAPES)
def test_report_on_some_rules_alone_says_nothing_of_what_it_did_not_look_at(report, shape):
    broken = with_findings(report, Finding(rule="S086", outcome=Outcome.FAILED, places=(ALONE,)))
    kept = with_findings(report, Finding(rule="S086", outcome=Outcome.PASSED))

    def lists(found, **more):
        told = Account(report=found, language="ru", **more)
        said = flat(SHAPES[shape](told))
        return [key for key in ("good", "first") if word(key, "ru") in said]

    assert lists(broken) == ["good", "first"]
    assert lists(broken, is_part=True) == ["first"]
    assert lists(kept, is_part=True) == ["good"]


def test_languages_are_told_by_their_names():
    def seen(saw, language):
        return said_seen(Place(where="html", saw=saw), language)

    assert [seen("kk", each) for each in LANGUAGES] == ["қазақ тілі", "казахский язык", "Kazakh"]
    assert seen("ru → kk", "ru") == "русский язык → казахский язык"
    assert seen("en: About", "ru") == "en: About"  # of no section
    assert seen("ru → kk: 1", "kk") == "орыс тілі → қазақ тілі: 1"
    assert seen("kk: / (11)", "ru") == "казахский язык: / (11)"
    assert seen("en: 0, ru: 6", "ru") == "английский язык: 0, русский язык: 6"


def test_what_is_looked_for_is_told_in_words():
    def seen(saw, language):
        return said_seen(Place(where="body", saw=saw), language)

    assert [seen("flag", each) for each in LANGUAGES] == ["ту", "флаг", "flag"]
    assert seen("email", "kk") == "электрондық пошта"


@pytest.mark.parametrize(
    ("saw", "said"),
    [
        ("Обзор обращений", ""),
        ("Обзор обращений: 4", "4"),
        ("ru: Обзор обращений", "орыс тілі"),
        ("ru: Обзор обращений: 4", "орыс тілі: 4"),
        ("kk: 2018 жыл", "қазақ тілі: 2018 жыл"),
        ("Итоги: работа", "Итоги: работа"),
    ],
)
def test_name_of_a_section_is_left_to_its_place(saw, said):
    assert said_seen(Place(where="appeals_review", saw=saw), "kk") == said
