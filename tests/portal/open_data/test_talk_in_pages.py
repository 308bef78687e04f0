"""Every comment on an idea or a request is shown on some page, and its address leads there."""

import pytest
from django.test import Client

from aiqyn_portal.contributions.views import one
from aiqyn_portal.sections.open_data.comments import COMMENT
from aiqyn_portal.sections.open_data.views import talk
from tests.factories import UserFactory
from tests.portal.contributions.voices import said
from tests.portal.open_data.pressing import text_of
from tests.portal.open_data.sets import asked, proposed

WORDS = [f"Pikir {n} osynda." for n in range(5)]


@pytest.fixture(autouse=True)
def short_pages(monkeypatch):
    monkeypatch.setattr(talk, "PER_PAGE", 2)
    monkeypatch.setattr(one, "REPLIES_A_PAGE", 2)


@pytest.fixture
def idea(body, citizen):
    return proposed(body, citizen).contribution


@pytest.fixture
def wish(body, citizen):
    return asked(body, citizen)


def on_idea(idea, text=WORDS[0]):
    return said(UserFactory(), text, kind=idea.kind, key=idea.about_key, parent=idea)


def on_request(wish, text=WORDS[0]):
    return said(UserFactory(), text, kind=COMMENT, key=str(wish.pk))


def shown(address):
    page = text_of(Client().get(address))
    return [n for n, words in enumerate(WORDS) if words in page]


def test_all_comments_on_an_idea_stand_on_pages_oldest_first(idea):
    for words in WORDS:
        on_idea(idea, words)
    address = f"/en/open-data/ideas/{idea.number}/"

    assert [shown(f"{address}?page={n}") for n in (1, 2, 3)] == [[0, 1], [2, 3], [4]]
    first = Client().get(address)
    assert "5 comments" in text_of(first)
    assert "?page=2#comments" in first.content.decode()


def test_all_comments_on_a_request_stand_on_pages_newest_first(wish):
    for words in WORDS:
        on_request(wish, words)
    address = f"/en/open-data/requests/{wish.contribution.number}/"

    assert [shown(f"{address}?page={n}") for n in (1, 2, 3)] == [[3, 4], [1, 2], [0]]
    assert "5 comments" in text_of(Client().get(address))


def test_address_of_a_comment_leads_to_its_page(idea, wish):
    for comments in (
        [on_idea(idea, words) for words in WORDS],
        [on_request(wish, w) for w in WORDS],
    ):
        for n, comment in enumerate(comments):
            own = Client().get(f"/en/contributions/{comment.number}/")
            place, hash_, mark = own.context["place"].partition("#")

            assert f'href="{place}#{mark}"' in own.content.decode()
            assert (hash_, mark) == ("#", f"c-{comment.number}")
            assert n in shown(place)
            assert f'id="{mark}"' in Client().get(place).content.decode()


@pytest.mark.parametrize(
    "asked", ["comment=2026-999999", "comment=%00", "comment=x&page=zz", "page=99999"]
)
def test_address_that_names_no_comment_shows_a_page(idea, asked):
    on_idea(idea)

    assert shown(f"/en/open-data/ideas/{idea.number}/?{asked}") == [0]


def test_who_has_commented_comes_to_the_page_of_the_comment(idea, citizen_client):
    for words in WORDS[:4]:
        on_idea(idea, words)
    given = {"voice-text": WORDS[4], "voice-form_key": "k1", "voice-parent": idea.number}
    given["voice-next"] = f"/en/open-data/ideas/{idea.number}/?page=1"

    answer = citizen_client.post(
        f"/en/contributions/write/{idea.kind}/{idea.about_key}/", {**given, "seen": "1"}
    )

    assert shown(answer["Location"].partition("#")[0]) == [4]


def test_replies_on_the_page_of_the_contribution_stand_on_pages_too(idea):
    for words in WORDS:
        on_idea(idea, words)
    address = f"/en/contributions/{idea.number}/"

    assert [shown(f"{address}?page={n}") for n in (1, 2, 3)] == [[0, 1], [2, 3], [4]]
    assert "Replies: 5" in text_of(Client().get(address))
