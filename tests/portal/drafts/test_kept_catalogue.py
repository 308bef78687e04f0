"""The catalogue of drafts is kept while its rows are the same; every change is seen at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.test import Client
from django.utils import timezone

from aiqyn_portal.base import drawn
from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.sections.drafts import actions, kept_catalogue, shelves
from aiqyn_portal.sections.drafts.models import Discussion, Draft, Meeting
from aiqyn_portal.sections.drafts.queries import shelf
from tests.factories import UserFactory
from tests.portal.drafts.projects import WORDS, comment, invited, opened, over, reported

KEPT = kept_catalogue.drawn_catalogue


def page(query: str = "", client: Client | None = None, language: str = "en") -> str:
    answer = (client or Client()).get(f"/{language}/drafts/{query}")
    assert answer.status_code == 200
    html = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    assert drawn._SECRET not in html
    return html


@pytest.fixture
def neighbour(db: None) -> Any:
    return UserFactory(username="neighbour")


def test_the_catalogue_is_drawn_once_for_equal_rows(opened_draft, neighbour):
    page()
    before = KEPT.cache_info().misses
    comment(opened_draft, neighbour, "2")

    html = page()

    assert KEPT.cache_info().misses == before
    assert "1 comment" in html


def test_a_kept_catalogue_asks_little_of_the_database(opened_draft, django_assert_num_queries):
    page()
    with django_assert_num_queries(3):
        page()


CHANGES = {
    "title": lambda draft, by: Draft.objects.update(title={"en": "Other words"}),
    "summary": lambda draft, by: Draft.objects.update(summary={"en": "Other words"}),
    "category": lambda draft, by: Draft.objects.update(category="health"),
    "type": lambda draft, by: Draft.objects.update(type="law"),
    "name of the body": lambda draft, by: type(draft.body).objects.update(name={"en": "Other"}),
    "extension": lambda draft, by: Discussion.objects.update(
        closes_on=draft.discussion.closes_on + timedelta(days=9)
    ),
    "end of the term": lambda draft, by: over(draft),
    "report": reported,
    "withdrawal": lambda draft, by: actions.withdraw(draft, WORDS, by=by, at=timezone.now()),
    "meeting": invited,
    "another draft": lambda draft, by: opened(draft.body, by),
    "comment": lambda draft, by: comment(draft, UserFactory(username="another"), "1"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_change_of_a_draft_is_seen_at_once_in_the_catalogue(opened_draft, officer, what):
    queries = ("", "?sort=new", "?category=ecology")
    before = [page(query) for query in queries]

    CHANGES[what](opened_draft, officer)

    after = [page(query) for query in queries]
    assert [one != two for one, two in zip(before, after, strict=True)] == [True] * 3
    KEPT.cache_clear()
    assert [page(query) for query in queries] == after


def test_a_withdrawn_comment_is_counted_no_more(opened_draft, neighbour):
    said = comment(opened_draft, neighbour, "2")
    assert "1 comment<" in page()

    contributions.withdraw(said, by=neighbour)

    assert "0 comments<" in page()


def test_a_meeting_that_is_over_leaves_the_catalogue(opened_draft, officer):
    meeting = invited(opened_draft, officer)
    assert "#meetings" in page()

    past = timezone.now() - timedelta(hours=1)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=past - timedelta(hours=1), ends_at=past)

    assert "#meetings" not in page()


def test_the_way_to_ones_work_is_shown_to_whom_it_is_for(
    opened_draft, officer_client, citizen_client
):
    shown = [page("", client) for client in (officer_client, citizen_client, None, officer_client)]

    assert ["/drafts/work/" in html for html in shown] == [True, False, False, True]


def test_drafts_in_preparation_are_in_no_fact(opened_draft, officer):
    before = page()
    actions.start_draft(opened_draft.body, by=officer, at=timezone.now())

    assert page() == before


def test_each_language_choice_and_page_has_its_own_catalogue(body, officer, monkeypatch):
    monkeypatch.setattr(shelves, "PER_PAGE", 1)
    first, second = opened(body, officer), opened(body, officer)

    def shown(query: str) -> list[str]:
        html = page(query)
        return [each.slug for each in (first, second) if f"/drafts/{each.slug}/" in html]

    assert shown("?sort=new") == [second.slug]
    assert shown("?sort=new&page=2") == shown("?sort=new&page=999") == [first.slug]
    assert shown("?sort=new&page=0") == shown("?page=x&sort=new") == [second.slug]
    assert shown("?category=health") == []
    assert "utm_source" not in page("?utm_source=x&sort=new")
    assert len({page("", language=code) for code in ("kk", "ru", "en")}) == 3


def test_past_the_last_page_nothing_is_kept(body, officer, monkeypatch):
    monkeypatch.setattr(shelves, "PER_PAGE", 1)
    opened(body, officer)
    last = opened(body, officer)
    page("?sort=new&page=9")

    Draft.objects.exclude(pk=last.pk).update(title={"en": "Other words"})

    assert "Other words" in page("?sort=new&page=9")


def test_a_draft_published_while_a_page_is_drawn_is_on_the_next(opened_draft, monkeypatch):
    ask = shelf.meetings

    def meanwhile(now: Any) -> Any:
        Draft.objects.update(state="discussion")
        return ask(now)

    KEPT.cache_clear()
    Draft.objects.update(state="preparation")
    with monkeypatch.context() as patched:
        patched.setattr(shelf, "meetings", meanwhile)
        first = page()
    link = f"/drafts/{opened_draft.slug}/"
    assert link not in first
    assert link in page()
    Draft.objects.update(state="preparation")

    assert link not in page()


@pytest.mark.parametrize("sort", [sort for sort in shelves.SORTS if sort != "best"])
def test_facts_stand_in_the_order_of_the_page(body, officer, neighbour, sort):
    drafts = [opened(body, officer) for _n in range(4)]
    comment(drafts[1], neighbour, "2")
    reported(drafts[2], officer)
    Discussion.objects.filter(draft=drafts[3]).update(
        closes_on=timezone.localdate() + timedelta(days=99)
    )
    today = timezone.localdate()
    blank = dict.fromkeys(kept_catalogue.CHOICES, "")
    for chosen in ({}, {"stands": "open"}, {"category": "ecology"}, {"body": body.code}):
        wanted = shelves.Asked(sort=sort, **chosen)
        for skip, number in ((0, 1), (2, 2)):
            rows = shelf.listed({**blank, **chosen}, sort, today, skip=skip, most=2)

            drawn_rows = Paginator(shelves.found(wanted, today), 2).page(number)
            assert [row[0] for row in rows] == [each.pk for each in drawn_rows]
            assert {row[-1] for row in rows} == {drawn_rows.paginator.count}


@pytest.mark.parametrize("chosen", [{}, {"stands": "reported"}, {"type": "law"}])
def test_facts_count_as_the_facets_do(body, officer, chosen):
    drafts = [opened(body, officer) for _n in range(3)]
    reported(drafts[0], officer)
    Draft.objects.filter(pk=drafts[1].pk).update(type="law")
    today = timezone.localdate()
    blank = dict.fromkeys(kept_catalogue.CHOICES, "")

    rows = shelf.counted({**blank, **chosen}, today)

    facets = shelves.facets(shelves.Asked(**chosen), today)
    said = {(each.name, option.code, option.count) for each in facets for option in each.options}
    counted = {(name, code, count) for name, code, _words, count in rows if name != "changed"}
    assert counted == said
