"""Pages of a draft are kept while their rows are the same; every change is seen at once."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from aiqyn_portal.base import drawn
from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions.grouping import actions as grouping
from aiqyn_portal.contributions.models import Contribution, Part
from aiqyn_portal.deadlines.models import TermChange
from aiqyn_portal.sections.drafts import actions, kept_comments, kept_reading
from aiqyn_portal.sections.drafts.models import Attachment, Discussion, Draft
from aiqyn_portal.sections.drafts.queries import talk
from tests.factories import UserFactory
from tests.portal.conftest import signed_in
from tests.portal.drafts.kept import KEPT, address, clear, page, voted
from tests.portal.drafts.projects import (
    WORDS,
    comment,
    decided,
    invited,
    over,
    reported,
    second_version,
)

SAID = "Тұмылдырық кішкентай иттерге керек емес деп ойлаймын."


def test_pages_are_drawn_once_for_equal_rows(opened_draft, said):
    for place in ("", "comments/", "p/2/"):
        page(opened_draft, place)
    before = [kept.cache_info().misses for kept in KEPT]
    for place in ("", "comments/", "p/2/"):
        page(opened_draft, place)

    assert [kept.cache_info().misses for kept in KEPT] == before


@pytest.mark.parametrize(("place", "most"), [("", 3), ("comments/", 2), ("p/2/", 2)])
def test_a_kept_page_asks_little_of_the_database(
    opened_draft, said, neighbour, django_assert_num_queries, place, most
):
    page(opened_draft, place)
    with django_assert_num_queries(most):
        page(opened_draft, place)
    for number in range(3):
        comment(opened_draft, neighbour, "2", text=f"{number}: тағы бір пікірім бар еді.")
    page(opened_draft, place)

    with django_assert_num_queries(most):
        page(opened_draft, place)


MODERATION = {"rule": "off_topic", "words": {"kk": "Тақырыптан тыс."}}
CHANGES_OF_COMMENTS = {
    "another comment": lambda it: comment(it.draft, it.neighbour, "2", text="Мен қарсымын."),
    "reply": lambda it: comment(it.draft, it.neighbour, "2", text="Дұрыс.", parent=it.said),
    "vote": lambda it: voted(it.said, it.neighbour),
    "decision": lambda it: decided(it.draft, [it.said], it.officer),
    "withdrawal": lambda it: contributions.withdraw(it.said, by=it.citizen),
    "removal": lambda it: contributions.moderate(it.said, by=it.moderator, **MODERATION),
    "masking": lambda it: contributions.mask(
        it.said, by=it.moderator, text="Басқа сөз", **MODERATION
    ),
    "erasure": lambda it: contributions.erase_text(it.said, by=it.head, **MODERATION),
    "author leaves": lambda it: contributions.leave(it.citizen),
}


@pytest.mark.parametrize("what", CHANGES_OF_COMMENTS)
def test_change_of_a_comment_is_seen_at_once(scene, what):
    before = [page(scene.draft, place) for place in ("comments/", "p/2/")]
    other = page(scene.draft, "p/1/")

    CHANGES_OF_COMMENTS[what](scene)

    after = [page(scene.draft, place) for place in ("comments/", "p/2/")]
    assert [one != two for one, two in zip(before, after, strict=True)] == [True, True]
    clear()
    assert [page(scene.draft, place) for place in ("comments/", "p/2/")] == after
    assert page(scene.draft, "p/1/") == other


def test_copies_are_folded_as_soon_as_they_are_found(scene):
    copy = comment(scene.draft, scene.neighbour, "2", text=SAID.replace(".", "!"))
    grouping.place(scene.said)
    assert page(scene.draft).count('class="draft-thread"') == 2

    grouping.place(copy)

    assert page(scene.draft).count('class="draft-thread"') == 1


def test_of_many_copies_the_first_are_shown_and_all_are_counted(scene, monkeypatch):
    monkeypatch.setattr(talk, "MOST_ALIKE", 2)
    grouping.place(scene.said)
    for n in range(4):
        by = UserFactory(username=f"one-of-{n}")
        grouping.place(comment(scene.draft, by, "2", text=SAID + "!" * n))

    html = page(scene.draft, "p/2/")

    assert "and 4 more that say the same" in html
    assert html.count('class="voice"') == 3
    assert "2 more are not shown here." in html
    assert f"/en/contributions/{scene.said.number}/copies/" in html


def test_undone_removal_and_reopened_decision_are_seen_at_once(scene):
    before = page(scene.draft)
    contributions.moderate(scene.said, by=scene.moderator, **MODERATION)
    assert SAID not in page(scene.draft)
    contributions.restore(scene.said, by=scene.head, words={"kk": "Қате болды."})
    assert page(scene.draft) == before

    decided(scene.draft, [scene.said], scene.officer)
    assert "Accepted</strong>" in page(scene.draft)
    contributions.reopen(scene.said, by=scene.officer, words={"kk": "Қайта қаралады."})
    assert "Accepted</strong>" not in page(scene.draft)


CHANGES_OF_THE_DRAFT = {
    "title": lambda it: Draft.objects.update(title={"en": "Other words"}),
    "summary": lambda it: Draft.objects.update(summary={"en": "Other words"}),
    "telephone": lambda it: Draft.objects.update(phone="Other words"),
    "category": lambda it: Draft.objects.update(category="health"),
    "name of the body": lambda it: type(it.draft.body).objects.update(name={"en": "Other words"}),
    "extension": lambda it: Discussion.objects.update(
        closes_on=it.draft.discussion.closes_on + timedelta(days=9)
    ),
    "end of the term": lambda it: over(it.draft),
    "report": lambda it: (
        decided(it.draft, [it.said], it.officer),
        reported(it.draft, it.officer),
    ),
    "withdrawal": lambda it: actions.withdraw(it.draft, WORDS, by=it.officer, at=timezone.now()),
    "new version": lambda it: second_version(it.draft, it.officer),
    "meeting": lambda it: invited(it.draft, it.officer),
    "file": lambda it: Attachment.objects.update(title="Other words"),
    "comment": lambda it: comment(it.draft, it.neighbour, "1", text="Мен қарсымын."),
    "term of the law": lambda it: TermChange.objects.create(
        code=it.draft.discussion.term,
        count=9,
        unit="working",
        source="Other words",
        set_by="root",
        set_at=timezone.now(),
    ),
}


@pytest.mark.parametrize("what", CHANGES_OF_THE_DRAFT)
def test_change_of_the_draft_is_seen_at_once(scene, what):
    before = page(scene.draft, "")

    CHANGES_OF_THE_DRAFT[what](scene)

    after = page(scene.draft, "")
    assert after != before
    clear()
    kept_reading.drawn_counts.cache_clear()
    kept_reading.drawn_count.cache_clear()
    assert page(scene.draft, "") == after


def test_a_paragraph_says_at_once_that_it_is_gone(scene):
    assert "The newest version no longer has this paragraph" not in page(scene.draft, "p/3/")

    second_version(scene.draft, scene.officer)

    assert "The newest version no longer has this paragraph" in page(scene.draft, "p/3/")


def test_no_form_stands_on_a_page_whose_term_has_ended(scene, citizen_client):
    places = ("comments/", "p/2/")
    assert all("voice-form_key" in page(scene.draft, place, citizen_client) for place in places)

    over(scene.draft)

    assert not any("voice-form_key" in page(scene.draft, place, citizen_client) for place in places)


def test_no_vote_is_offered_once_the_term_has_ended(scene):
    def offered(path, client):
        html = client.get(path).content.decode()
        return "I support this" in html, "/report/" in html

    reader = signed_in(scene.neighbour)
    own = f"/en/contributions/{scene.said.number}/"
    places = (address(scene.draft), address(scene.draft, "p/2/"), own)
    assert {offered(path, reader) for path in places} == {(True, True)}

    over(scene.draft)

    assert {offered(path, reader) for path in places} == {(False, True)}


def test_everybody_sees_own_marks_and_nobody_those_of_others(scene, citizen_client):
    """Whoever wrote and voted comes first: had a page been kept as theirs, others would see it."""
    voted(scene.said, scene.neighbour)
    shown = [
        page(scene.draft, "p/2/", client)
        for client in (citizen_client, signed_in(scene.neighbour), None, citizen_client)
    ]

    marks = ("Mine<", "Take my vote back", "I support this", "Report<", "voice-form_key")
    assert [[words in html for words in marks] for html in shown] == [
        [True, False, False, False, True],
        [False, True, False, True, True],
        [False, False, False, False, False],
        [True, False, False, False, True],
    ]


def test_tokens_and_keys_of_forms_are_never_shared(scene, citizen_client):
    tokens, keys = set(), set()
    for client in (citizen_client, citizen_client, signed_in(scene.neighbour)):
        html = client.get(address(scene.draft, "p/2/")).content.decode()
        tokens |= {
            (id(client), each) for each in re.findall(r'middlewaretoken" value="(\w+)', html)
        }
        keys |= set(re.findall(r'voice-form_key" value="([^"]+)"', html))
        assert "csrftoken" in client.cookies

    assert len(keys) == 3
    assert len({token for _client, token in tokens}) == len(tokens)


def test_names_of_writers_stay_with_them(scene):
    for user, name in ((scene.citizen, "<b>Айгүл</b>"), (scene.neighbour, "")):
        user.display_name = name
        user.save()
    shown = [page(scene.draft, "", signed_in(scene.citizen))]
    shown += [
        page(scene.draft, "p/1/", signed_in(user)) for user in (scene.citizen, scene.neighbour)
    ]

    assert ["&lt;b&gt;Айгүл" in html for html in shown] == [False, True, False]
    assert not any("<b>Айгүл" in html for html in shown)


def test_what_is_for_the_officer_is_not_shown_to_others(scene, officer_client, citizen_client):
    clients = (officer_client, citizen_client, None)
    shown = [page(scene.draft, "", client) for client in clients]

    assert ["For officers of the body" in html for html in shown] == [True, False, False]
    assert ["Stop following" in html or "Follow<" in html for html in shown] == [True, True, False]


def test_following_is_told_to_whom_it_concerns(scene, citizen_client, client):
    page(scene.draft, "", citizen_client)
    citizen_client.post(
        "/en/account/notices/follow/", {"topic": f"draft:{scene.draft.slug}", "next": "/"}
    )

    assert "Stop following" in page(scene.draft, "", citizen_client)
    assert "Stop following" not in page(scene.draft, "", signed_in(scene.neighbour))
    assert "Follow by email" in page(scene.draft, "")


def test_each_language_and_look_has_its_own_page(scene):
    shown = {code: page(scene.draft, "", language=code) for code in ("kk", "ru", "en")}
    looks = {look: page(scene.draft, f"?text={look}") for look in ("both", "kk", "ru")}

    assert len(set(shown.values())) == 3
    assert len(set(looks.values())) == 3
    assert page(scene.draft, "?text=kk&utm_source=x") == looks["kk"]
    assert "utm_source" not in page(scene.draft, "comments/?utm_source=x&order=new")


def test_orders_and_filters_have_their_own_pages(scene):
    second = comment(scene.draft, scene.neighbour, "1", text="Мен мұны қолдаймын, дұрыс.")
    voted(scene.said, scene.neighbour)
    decided(scene.draft, [second], scene.officer)

    def numbers(query):
        return re.findall(r'id="c-([\d-]+)"', page(scene.draft, f"comments/{query}"))

    assert numbers("") == [scene.said.number, second.number]
    assert numbers("?order=new") == [second.number, scene.said.number]
    assert numbers("?outcome=waiting") == [scene.said.number]
    assert numbers("?outcome=accepted") == [second.number]
    assert numbers("?page=999") == numbers("?order=nonsense")


def test_a_thread_that_has_not_changed_is_not_drawn_again(scene, monkeypatch):
    drawn_now = []
    draw = kept_comments._thread
    monkeypatch.setattr(
        kept_comments,
        "_thread",
        lambda thread, said, head, context: (
            drawn_now.append(head.pk) or draw(thread, said, head, context)
        ),
    )
    page(scene.draft)
    drawn_now.clear()
    second = comment(scene.draft, scene.neighbour, "1", text="Мен мұны қолдаймын, дұрыс.")

    page(scene.draft)

    assert drawn_now == [second.pk]


def test_nothing_is_kept_where_the_operator_says_so():
    kept = drawn.Kept(0)

    assert [kept.get("key", lambda n=n: n) for n in (1, 2)] == [1, 2]


def test_kept_pieces_are_bounded_and_the_last_asked_stay():
    kept = drawn.Kept(2)
    for key in ("a", "b", "a", "c"):
        kept.get(key, lambda key=key: key)

    assert list(kept._held) == ["a", "c"]


def test_a_place_written_into_a_text_is_no_place(scene):
    """Only the process knows how its places are marked."""
    text = "x_mine:1_x <!--place--> деген сөз"
    comment(scene.draft, scene.neighbour, "1", text=text)

    assert "x_mine:1_x &lt;!--place--&gt;" in page(scene.draft, "p/1/")


def test_pages_kept_are_a_setting():
    assert kept_reading.drawn_reading.cache_info().maxsize == settings.DRAFT_PAGES_KEPT


def test_parts_are_counted_with_every_change(scene):
    def parts():
        rows = Part.objects.filter(about_key=scene.draft.slug).order_by("anchor")
        return list(rows.values_list("anchor", "total"))

    comment(scene.draft, scene.neighbour, "", text="Жалпы жобаны қолдаймын мен.")
    assert parts() == [("", 1), ("2", 1)]
    contributions.withdraw(Contribution.objects.get(pk=scene.said.pk), by=scene.citizen)
    assert parts() == [("", 1), ("2", 0)]
