"""Every page of the portal × every role, in the language of the state; in others every page.

A new address fails `test_every_address_is_in_the_table` until it has its line in pages.py.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override
from selectolax.lexbor import LexborHTMLParser

from aiqyn_portal.base import dear
from tests.portal.given import let_go
from tests.portal.pages import LANGUAGES, PAGES, ROLES
from tests.portal.world import World, build


def addresses(patterns: list[Any], namespace: str = "") -> Iterator[str]:
    """Names of all addresses of the portal, with their namespaces."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield namespace + (pattern.name or "")


class Answer(NamedTuple):
    """What one role was answered; the page is kept only where it is one for readers."""

    status: int
    page: bytes


Asked = dict[str, dict[str, Answer]]
ASKED: dict[str, Asked] = {}


@pytest.fixture
def asked(db: None, request: pytest.FixtureRequest, language: str) -> Asked:
    """What the roles are answered in a language: asked once for all tests of this file."""
    if not ASKED:
        body, evaluator, officer, clients = map(request.getfixturevalue, PEOPLE)
        monkeypatch = request.getfixturevalue("monkeypatch")
        monkeypatch.setattr(dear, "PURSE", 100 * dear.PURSE)  # one reader asks for everything
        world = build(body, evaluator, officer)
        ASKED.update({spoken: ask_all(world, clients, spoken) for spoken in LANGUAGES})
    return ASKED[language]


PEOPLE = ("body", "evaluator", "officer", "clients")


def ask_all(world: World, clients: dict[str, Client], language: str) -> Asked:
    with override(language):
        known = world.arguments()
        places = {name: reverse(name, kwargs=known.get(name)) if name else "/" for name in PAGES}
    return {
        role: {name: answered(clients[role], places[name]) for name in names}
        for role, names in asked_by(language).items()
    }


def asked_by(language: str) -> dict[str, list[str]]:
    """Who asks for what: who may read a page is the same in every language, its words are not."""
    if language == LANGUAGES[0]:
        return {role: list(PAGES) for role in ROLES}
    first = {
        name: next((role for role in ROLES if getattr(access, role) == 200), "")
        for name, access in PAGES.items()
    }
    return {role: [name for name, one in first.items() if one == role] for role in ROLES}


def answered(client: Client, address: str) -> Answer:
    answer = client.get(address)
    let_go(answer)
    kind = answer.headers.get("Content-Type", "")
    return Answer(answer.status_code, answer.content if kind.startswith("text/html") else b"")


def test_every_address_is_in_the_table() -> None:
    found = set(addresses(get_resolver().url_patterns))

    assert (found - set(PAGES), set(PAGES) - found) == (set(), set())


@pytest.mark.parametrize("language", LANGUAGES[:1])
@pytest.mark.parametrize("role", ROLES)
def test_every_role_sees_its_pages_and_no_others(asked: Asked, role: str, language: str) -> None:
    given = {name: answer.status for name, answer in asked[role].items()}
    meant = {name: getattr(access, role) for name, access in PAGES.items()}

    assert {name: one for name, one in given.items() if one != meant[name]} == {}
    assert set(given) == set(meant)


PLAIN_ENGLISH = re.compile(r"\b[A-Z]?[a-z]+(?: [a-z]{2,}){2,}")
NOT_PROSE = "script, style, code, pre, textarea, [lang='en'], .app-break"
FOREIGN = {"reports:api_guide"}  # written for programmers, in English on purpose


def english_in(page: str) -> set[str]:
    """Runs of three and more English words in what a reader sees."""
    tree = LexborHTMLParser(page)
    for node in tree.css(NOT_PROSE):
        node.decompose()
    text = tree.body.text(separator="\n") if tree.body else ""
    return set(PLAIN_ENGLISH.findall(text))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ROLES)
def test_no_page_speaks_english_to_kazakh_and_russian_readers(asked: Asked, role: str) -> None:
    left = {name: english_in(page.decode()) for name, page in pages(asked[role])}

    assert {name: words for name, words in left.items() if words} == {}
    assert left != {}


def pages(asked: dict[str, Answer]) -> list[tuple[str, bytes]]:
    """The pages a role was shown, but those for programmers."""
    return [
        (name, answer.page)
        for name, answer in asked.items()
        if answer.status == 200 and answer.page and name not in FOREIGN
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_one_main_heading_and_the_language_it_claims(
    asked: Asked, language: str
) -> None:
    wrong = []
    shown = {name: page for answers in asked.values() for name, page in pages(answers)}
    for name, page in shown.items():
        tree = LexborHTMLParser(page)
        claimed = tree.css_first("html").attributes.get("lang")
        if len(tree.css("h1")) != 1 or claimed != language:
            wrong.append((name, len(tree.css("h1")), claimed))

    assert wrong == []
