"""The page of answers and its JSON."""

from collections.abc import Iterable
from datetime import date

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from aiqyn import words
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.search import index, queries, suggestions
from aiqyn_portal.search.kinds import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(body: Body) -> None:
    """Two things of a body, one of which no installed app shows."""
    index.put(
        Draft(
            kind="rule",
            key="budget",
            title={"kk": "Бюджет <b>жарияланған</b>", "ru": "Бюджет опубликован"},
            summary={"kk": "Азаматтар бюджеттің қайда жұмсалғанын көреді."},
            view="reports:body",
            arguments={"code": body.code},
            body_id=body.pk,
            day=date(2025, 3, 1),
            status="example",
        )
    )
    index.put(Draft("unknown", "x", {"en": "Budget of a page that is not there"}, "no:where"))


def page(address: str, **asked: str) -> LexborHTMLParser:
    answer = Client().get(address, asked)
    assert answer.status_code == 200
    return LexborHTMLParser(answer.content)


def text_of(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree.css(selector)]


def test_page_marks_what_was_asked_and_escapes_the_rest(library: None) -> None:
    tree = page("/kk/search/", q="бюджеттер")

    assert text_of(tree, "main h2 a") == ["Бюджет <b>жарияланған</b>"]
    assert text_of(tree, "mark") == ["Бюджет", "бюджеттің"]
    assert text_of(tree, "main li .govuk-body-s") == [
        "Талаптар · Шымкент қаласының әкімдігі · 2025 жылғы 1 наурыз · үлгі"
    ]
    assert text_of(tree, "[role=status]") == ["1 нәтиже табылды"]


def test_title_in_another_language_says_so_and_a_page_that_is_not_there_is_no_link(
    library: None,
) -> None:
    tree = page("/ru/search/", q="budget")

    assert [node.attributes["lang"] for node in tree.css("main h2 span")] == ["en"]
    assert tree.css("main h2 a") == []


def test_empty_page_asks_and_claims_nothing(library: None) -> None:
    tree = page("/en/search/")

    assert tree.css("[role=status]") == []
    assert tree.css_first("input[name=q]").attributes["value"] == ""


def test_page_of_nothing_offers_what_may_have_been_meant(library: None) -> None:
    tree = page("/kk/search/", q="бюджат жарияланган")

    links = [node.attributes["href"] or "" for node in tree.css("main p a")]
    assert text_of(tree, "main p a") == ["бюджет жарияланган"]
    assert links[0].startswith("?q=")
    assert text_of(tree, "[role=status]") == [
        "Ештеңе табылмады. Сөздерді азайтып көріңіз немесе шарттардың бірін алып тастаңыз."
    ]
    assert tree.body.text().count("табылмады") == 1


def test_choices_narrow_the_answer_and_conditions_can_be_taken_away(
    library: None, body: Body
) -> None:
    index.put(Draft("rule", "other", {"kk": "Бюджет", "en": "Budget"}, "reports:home"))
    choices = page("/kk/search/", q="бюджет").css("aside li a")
    narrowed = page("/kk/search/", q="бюджет", body=body.code, year="2025", kind="rule")

    assert {node.attributes["href"] for node in choices} == {
        "?q=%D0%B1%D1%8E%D0%B4%D0%B6%D0%B5%D1%82&language=kk",
        "?q=%D0%B1%D1%8E%D0%B4%D0%B6%D0%B5%D1%82&language=ru",
        "?q=%D0%B1%D1%8E%D0%B4%D0%B6%D0%B5%D1%82&language=en",
    }
    assert text_of(narrowed, "main ul.govuk-list li")[:3] == [
        "Талаптар Бұл шартты алып тастау: Талаптар",
        "Шымкент қаласының әкімдігі Бұл шартты алып тастау: Шымкент қаласының әкімдігі",
        "2025 Бұл шартты алып тастау: 2025",
    ]
    assert text_of(narrowed, "[role=status]") == ["1 нәтиже табылды"]


@pytest.mark.parametrize(
    "asked",
    [
        {"page": "99"},
        {"page": "-1"},
        {"page": "x"},
        {"page": "9" * 400},
        {"year": "99999"},
        {"year": "x"},
        {"body": "no-such"},
        {"kind": "\0"},
        {"language": "%"},
        {"status": "'"},
        {"q": "ә" * 10_240},
    ],
)
def test_nonsense_is_answered(library: None, asked: dict[str, str]) -> None:
    for address in ("/kk/search/", "/search.json", "/search/words.json"):
        assert Client().get(address, {"q": "бюджет", **asked}).status_code == 200


def test_many_things_stand_on_many_pages(db: None) -> None:
    index.put_many(
        Draft("rule", str(number), {"kk": f"Жоба {number}"}, "reports:home") for number in range(45)
    )

    last = page("/kk/search/", q="жоба", page="3")

    assert len(last.css("main h2 a")) == 5
    assert text_of(last, "[aria-current=page]")[-1] == "3"


def test_number_of_questions_does_not_grow_with_the_answer(
    library: None, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        page("/kk/search/", q="бюджет")
    index.put_many(
        Draft("rule", str(number), {"kk": f"Бюджет {number}"}, "reports:home")
        for number in range(9)
    )
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        page("/kk/search/", q="бюджет")


def test_json_says_every_language(library: None, body: Body) -> None:
    answer = Client().get("/search.json", {"q": "бюджеттің"})

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.json() == {
        "query": "бюджеттің",
        "total": 1,
        "is_more": False,
        "page": 1,
        "results": [
            {
                "kind": "rule",
                "key": "budget",
                "title": {"kk": "Бюджет <b>жарияланған</b>", "ru": "Бюджет опубликован"},
                "summary": {"kk": "Азаматтар бюджеттің қайда жұмсалғанын көреді."},
                "href": f"/kk/bodies/{body.code}/",
                "body": body.code,
                "date": "2025-03-01",
                "status": "example",
            }
        ],
        "facets": {"language": {"kk": 1, "ru": 1}},
        "did_you_mean": "",
    }


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("бюд", ["бюджет"]),
        ("ашық бюд", ["ашық бюджет"]),
        ("жариялан", ["жарияланған"]),
        ("б", []),
        ("бюд ", ["бюджет"]),
        ("бюд!", []),
        ("", []),
        ("жоқсөз", []),
    ],
)
def test_beginning_is_completed(library: None, typed: str, completed: list[str]) -> None:
    answer = Client().get("/search/words.json", {"q": typed})

    assert answer.json() == [typed.strip(), completed]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("бюджат", "бюджет"),
        ("бюджет", ""),
        ("қзщшх", ""),
        ("бюджат қзщшх", ""),
        ("юбджеттің", "бюджет"),
        ("пюджет", "бюджет"),
        ("а1 б2 в3 г4 д5", ""),
        ("", ""),
    ],
)
def test_question_is_corrected_where_every_word_of_it_can_be(
    library: None, typed: str, meant: str
) -> None:
    assert suggestions.corrected(typed) == meant


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("бюджат", [750]),
        ("бюджат жарияланғон", [375, 375]),
        ("бюджат жарияланғон азаматтор", [250, 250, 250]),
        ("бюджат жарияланғон азаматтор көрсетедю", []),
        ("қзщшх бюджат", [375]),
        ("б" * 41, []),
    ],
)
def test_a_question_is_held_against_so_many_words_and_no_more(
    library: None, typed: str, held: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed = []

    def suggest(word: str, known: Iterable[str], *, limit: int, most: int) -> list[str]:
        allowed.append(most)
        return ["бюджет"] if word != "қзщшх" else []

    monkeypatch.setattr(words, "suggest", suggest)

    suggestions.corrected(typed)

    assert allowed == held


def test_page_says_when_not_all_is_counted(library: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST", 1)

    said = page("/kk/search/", q="бюджеттің").css_first("[role=status]").text()

    assert "Кемінде 1 нәтиже" in said
    assert "соңғы енгізілген 1 жазбасы" in said
    choices = page("/ru/search/", q="бюджет").css("aside[aria-label='Уточнить список'] li")
    assert choices
    assert all("не меньше " in choice.text() for choice in choices)
