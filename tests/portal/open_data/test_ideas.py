"""Ideas for open data: proposed with their sets, supported, talked about, answered, made."""

import pytest
from django.core.exceptions import PermissionDenied

from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions import refusals
from aiqyn_portal.contributions.forms import new_form_key
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.contributions.searching import draft as search_entry
from aiqyn_portal.sections.open_data import actions, queries
from aiqyn_portal.sections.open_data.models import Idea, Reuse
from tests.factories import BodyFactory, UserFactory
from tests.portal.contributions.voices import said
from tests.portal.open_data.pressing import text_of
from tests.portal.open_data.sets import made_of, proposed, published

LIST = "/en/open-data/ideas/"
NEW = f"{LIST}new/"
ANSWER = f"{LIST}answer/"
WORDS = {"kk": "Картаны жасаймыз.", "ru": "Карту сделаем."}


@pytest.fixture
def row(body, officer):
    return published(body, officer, next_due=None)


@pytest.fixture
def idea(body, citizen, row):
    return proposed(body, citizen, [row])


def comment(idea, by, text="Жақсы ой, түнгі жарықты да қосыңыз."):
    parent = idea.contribution
    return said(by, text, kind=parent.kind, key=parent.about_key, parent=parent)


def posted(body, **more):
    return {
        "title": "Safe ways to school",
        "form": "application",
        "body": body.code,
        "text": "A map of lit streets and crossings.",
        "sets": "https://aiqyn.example.kz/en/open-data/sets/mektepter/",
        "display_name": "Aigerim",
        "form_key": new_form_key(),
        **more,
    }


def agreed(**more):
    return actions.Decision(**{"outcome": "accepted", "reason": "improves", "words": WORDS, **more})


def test_idea_is_proposed_with_its_sets_and_found_in_the_list(citizen_client, body, row):
    answer = citizen_client.post(NEW, posted(body, seen="1"), follow=True)

    idea = Idea.objects.get()
    assert (idea.title, idea.text) == (
        "Safe ways to school",
        "A map of lit streets and crossings.",
    )
    assert (idea.form, list(idea.datasets.all())) == ("application", [row])
    assert idea.contribution.state == Contribution.State.REGISTERED
    assert "Number of schools" in text_of(answer)
    assert "Safe ways to school" in text_of(citizen_client.get(LIST))


def test_form_sent_twice_gives_one_idea(citizen_client, body, row):
    form = posted(body, seen="1")

    pages = [citizen_client.post(NEW, form) for _ in range(2)]

    assert Idea.objects.count() == 1
    assert len({page.headers["Location"] for page in pages}) == 1


def test_personal_data_are_shown_masked_and_published_only_with_consent(citizen_client, body, row):
    form = posted(body, text="Call me: +7 701 123 45 67")

    shown = text_of(citizen_client.post(NEW, form))
    assert ("Personal data will be hidden" in shown, Idea.objects.count()) == (True, 0)
    citizen_client.post(NEW, {**form, "seen": "1", "consent": "1"})

    assert "123 45 67" not in Idea.objects.get().text


def test_sets_nobody_knows_are_named_and_nothing_is_lost(citizen_client, body):
    answer = text_of(citizen_client.post(NEW, posted(body, sets="nobody-knows")))

    assert "not found: nobody-knows" in answer
    assert Idea.objects.count() == 0


def test_idea_without_sets_is_taken_in(citizen_client, body):
    citizen_client.post(NEW, posted(body, sets="", seen="1"))

    assert Idea.objects.get().datasets.count() == 0


def test_comments_are_no_ideas_and_get_the_same_answer(idea, officer, citizen):
    other = comment(idea, UserFactory(username="neighbour"))

    actions.answer_idea(idea.contribution, agreed(), by=officer)

    other.refresh_from_db()
    assert Idea.objects.count() == 1
    assert (other.outcome, idea.contribution.outcome) == ("accepted", "accepted")


def test_comments_after_the_answer_are_answered_by_themselves(idea, officer):
    actions.answer_idea(idea.contribution, agreed(), by=officer)
    late = comment(idea, UserFactory(username="neighbour"))

    actions.answer_idea(idea.contribution, agreed(reason="already_provided"), by=officer)

    late.refresh_from_db()
    assert (late.reason, idea.contribution.reason) == ("already_provided", "improves")


def test_nothing_that_waits_is_refused(idea, officer):
    actions.answer_idea(idea.contribution, agreed(), by=officer)

    with pytest.raises(refusals.NothingChosen):
        actions.answer_idea(idea.contribution, agreed(), by=officer)


def test_only_officers_of_the_body_answer(idea, citizen):
    with pytest.raises(PermissionDenied):
        actions.answer_idea(idea.contribution, agreed(), by=citizen)


def test_officer_of_another_body_is_refused(officer_client, citizen):
    other = proposed(BodyFactory(code="kz-akm-other"), citizen)

    answer = officer_client.get(ANSWER, {"number": other.contribution.number})

    assert answer.status_code == 403


def test_officer_answers_on_the_page_with_a_reason(idea, officer_client, citizen):
    number = comment(idea, UserFactory(username="neighbour")).number
    form = officer_client.get(ANSWER, {"number": number})
    assert "also goes to 1 comment" in text_of(form)

    said = {
        "number": number,
        "outcome": "declined",
        "reason": "no_money",
        "words_kk": "Қаражат жоқ",
    }
    answer = officer_client.post(ANSWER, said, follow=True)

    assert answer.redirect_chain[0][0] == f"{LIST}{idea.contribution.number}/"
    assert "Қаражат жоқ" in text_of(answer)
    assert "Not taken up" in text_of(answer)


def test_answer_without_words_is_refused_and_the_form_says_so(idea, officer_client):
    said = {"number": idea.contribution.number, "outcome": "declined", "reason": "no_money"}

    answer = officer_client.post(ANSWER, said)

    assert answer.status_code == 200
    idea.contribution.refresh_from_db()
    assert not idea.contribution.is_decided


def test_states_narrow_the_list(client, idea, body, citizen, officer, row):
    other = proposed(body, citizen, title="Тағы бір ой")
    actions.answer_idea(other.contribution, agreed(outcome="partly", reason="reworded"), by=officer)
    other.reuses.add(made_of(row, citizen))

    found = {state: list(queries.ideas(state)) for state in ("", *queries.STATES_OF_IDEAS)}

    assert found == {
        "": [other, idea],
        "open": [idea],
        "taken_up": [other],
        "declined": [],
        "made": [other],
    }
    assert "Тағы бір ой" not in text_of(client.get(LIST, {"state": "open"}))
    assert "Тағы бір ой" in text_of(client.get(LIST, {"state": "nonsense"}))


def test_most_supported_comes_first_and_votes_are_counted_once(idea, body, citizen, client):
    newer = proposed(body, citizen, title="Тағы бір ой")
    contributions.support(idea.contribution, UserFactory(username="neighbour"), 1)

    assert list(queries.ideas()) == [idea, newer]
    assert "1 person supports it" in text_of(client.get(LIST))


def test_what_was_made_of_an_idea_is_shown_with_it_once_a_moderator_agrees(
    idea, client, citizen_client, row
):
    made = {
        "title": "Road map",
        "kind": "application",
        "link": "https://map.example.kz/",
        "text": "Shows safe streets.",
        "sets": "mektepter",
        "display_name": "Aigerim",
        "idea": idea.contribution.number,
    }
    citizen_client.post("/en/open-data/reuses/new/", made)
    reuse = Reuse.objects.get()
    page = f"{LIST}{idea.contribution.number}/"
    before = text_of(client.get(page))

    Reuse.objects.update(state=Reuse.State.SHOWN)

    assert ("Road map" in before, "Road map" in text_of(client.get(page))) == (False, True)
    assert "It began with an idea" in text_of(client.get(f"/en/open-data/reuses/{reuse.pk}/"))


def test_removed_idea_leaves_a_placeholder_and_no_line(idea, client, administrator):
    contributions.moderate(idea.contribution, by=administrator, rule="insult", words="Балағат")

    page = client.get(f"{LIST}{idea.contribution.number}/")

    assert page.status_code == 200
    assert "Removed by a moderator" in text_of(page)
    assert "Мектепке қауіпсіз жол" not in page.content.decode()
    assert "Мектепке қауіпсіз жол" not in text_of(client.get(LIST))


def test_set_names_the_ideas_for_it_at_once(row, client, body, citizen):
    address = "/en/open-data/sets/mektepter/"
    before = text_of(client.get(address))

    proposed(body, citizen, [row])

    after = text_of(client.get(address))
    assert ("Мектепке қауіпсіз жол" in before, "Мектепке қауіпсіз жол" in after) == (False, True)


def test_search_leads_to_the_page_of_the_idea_and_of_a_comment(idea):
    other = comment(idea, UserFactory(username="neighbour"))

    views = [search_entry(each).view for each in (idea.contribution, other)]

    assert views == ["open_data:idea", "contributions:one"]


def test_feed_lists_ideas_and_keeps_their_letters(client, body, citizen):
    proposed(body, citizen, title="Карта <дорог> & «ночи»")

    answer = client.get("/feeds/data-ideas.ru.atom")

    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    assert "Карта &lt;дорог&gt; &amp; «ночи»" in answer.content.decode()
    assert client.get("/feeds/data-ideas.xx.atom").status_code == 404


def test_very_long_first_line_is_shortened_and_kept_whole_below(body, citizen):
    text = "сөз " * 60
    made = said(citizen, text, kind="data_idea", key=body.code)

    idea = Idea.objects.get(contribution=made)

    assert idea.title.endswith("сөз…")
    assert idea.text == text.strip()


def test_list_asks_as_often_for_three_ideas_as_for_one(
    client, idea, body, citizen, django_assert_num_queries
):
    with django_assert_num_queries(2):
        client.get(LIST)
    for number in range(2):
        proposed(body, citizen, title=f"Ой {number}")

    with django_assert_num_queries(2):
        client.get(LIST)
