"""Replies to comments: shown beside what they reply to, decided with it where they were seen."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.sections.drafts.queries import waiting
from aiqyn_portal.sections.drafts.views import deciding
from tests.factories import UserFactory
from tests.portal.conftest import signed_in
from tests.portal.drafts.projects import comment, invited

REPLY = "Келіспеймін: бұл ұсыныс зиянды."
MODERATION = {"rule": "off_topic", "words": {"kk": "Тақырыптан тыс."}}
ANSWER = {
    "decision": "accepted:improves",
    "words_kk": "Ұсыныс бойынша тармақтың мәтіні нақтыланды.",
    "words_ru": "По предложению текст пункта уточнён.",
}


def page(draft, place, client=None):
    answer = (client or Client()).get(f"/en/drafts/{draft.slug}/{place}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def neighbour(db):
    return UserFactory(username="neighbour")


@pytest.fixture
def said(opened_draft, citizen):
    return comment(opened_draft, citizen, "2", text="Екінші тармақты алып тастау керек.")


@pytest.fixture
def reply(opened_draft, neighbour, said):
    """Its form names another paragraph than that of the comment."""
    return comment(opened_draft, neighbour, "3", text=REPLY, parent=said)


def test_a_reply_stands_where_its_comment_does_whatever_the_form_says(
    opened_draft, said, neighbour
):
    before = page(opened_draft, "p/2/"), page(opened_draft, "p/3/")
    assert not any(REPLY in html for html in before)
    data = {"text": REPLY, "anchor": "3", "parent": said.number, "form_key": "k", "stance": ""}
    with override("en"):
        address = reverse("contributions:write", args=["draft_comment", opened_draft.slug])
    posted = {f"voice-{name}": value for name, value in data.items()}

    signed_in(neighbour).post(address, {**posted, "seen": "1"})

    assert said.replies.get().anchor == "2"
    assert REPLY in page(opened_draft, "p/2/")
    assert REPLY not in page(opened_draft, "p/3/")


def test_a_reply_to_a_comment_on_the_whole_names_no_paragraph(opened_draft, citizen, neighbour):
    whole = comment(opened_draft, citizen, "")

    assert comment(opened_draft, neighbour, "9999", text=REPLY, parent=whole).anchor == ""


ENDS = {
    "erased": lambda row, it: contributions.erase_text(row, by=it["head"], **MODERATION),
    "moderated": lambda row, it: contributions.moderate(row, by=it["moderator"], **MODERATION),
    "withdrawn": lambda row, it: contributions.withdraw(row, by=row.author),
    "masked": lambda row, it: contributions.mask(
        row, by=it["moderator"], text="Жасырылды.", **MODERATION
    ),
}


@pytest.mark.parametrize("how", ENDS)
def test_text_of_a_reply_that_is_taken_away_is_gone_from_every_page(
    opened_draft, reply, evaluator, administrator, how
):
    places = ("p/2/", "p/3/", "comments/")
    assert [REPLY in page(opened_draft, place) for place in places] == [True, False, True]

    ENDS[how](reply, {"moderator": evaluator, "head": administrator})

    assert not any(REPLY in page(opened_draft, place) for place in places)


@pytest.fixture
def grouped(opened_draft, said, neighbour, officer):
    """A comment on another paragraph that the officer has put together with the first."""
    other = comment(opened_draft, neighbour, "3", text="Үшінші тармақ та керек емес.")
    contributions.group([said, other], by=officer)
    return other


@pytest.mark.parametrize("how", ENDS)
def test_a_group_over_two_paragraphs_is_drawn_anew_at_both(
    opened_draft, grouped, evaluator, administrator, how
):
    places = ("p/2/", "p/3/", "comments/")
    assert all(grouped.text in page(opened_draft, place) for place in places)

    ENDS[how](grouped, {"moderator": evaluator, "head": administrator})

    assert not any("Үшінші тармақ та керек" in page(opened_draft, place) for place in places)


def test_a_reply_within_a_group_is_shown_and_taken_away_at_both_paragraphs(
    opened_draft, grouped, citizen, evaluator
):
    places = ("p/2/", "p/3/", "comments/")
    assert not any(REPLY in page(opened_draft, place) for place in places)

    reply = comment(opened_draft, citizen, "", text=REPLY, parent=grouped)
    assert all(REPLY in page(opened_draft, place) for place in places)

    contributions.moderate(reply, by=evaluator, **MODERATION)
    assert not any(REPLY in page(opened_draft, place) for place in places)


def test_a_comment_taken_out_of_a_group_leaves_the_page_of_the_other(
    opened_draft, grouped, officer
):
    assert grouped.text in page(opened_draft, "p/2/")

    contributions.ungroup(grouped, by=officer)

    assert grouped.text not in page(opened_draft, "p/2/")
    assert grouped.text in page(opened_draft, "p/3/")


def form_of(draft, client, *rows):
    """The form of a decision on these comments: what it shows, and what it would send."""
    boxes = [f"c{row.pk}" for row in rows]
    html = client.get(f"/en/drafts/{draft.slug}/decide/", {"on": boxes}).content.decode()
    until = re.search(r'name="until" value="(\d+)"', html)[1]
    return html, {"on": boxes, "until": until, "sure": "on", **ANSWER}


def decide(draft, client, given):
    answer = client.post(f"/en/drafts/{draft.slug}/decide/", given)
    assert answer.status_code == 302
    rows = Contribution.objects.filter(about_key=draft.slug).order_by("pk")
    return list(rows.values_list("outcome", flat=True))


def test_replies_are_shown_before_they_are_decided(opened_draft, said, reply, officer_client):
    html, given = form_of(opened_draft, officer_client, said)

    assert "1 reply gets the same decision" in html
    assert REPLY in html
    assert "Decide about all replies separately" not in html
    assert decide(opened_draft, officer_client, given) == ["accepted", "accepted"]


def test_a_reply_that_comes_meanwhile_is_not_decided(
    opened_draft, said, reply, citizen, officer_client
):
    _html, given = form_of(opened_draft, officer_client, said)
    late = comment(opened_draft, citizen, "2", text="Қабылдамаңыз.", parent=said)

    assert decide(opened_draft, officer_client, given) == ["accepted", "accepted", ""]
    assert [each.name for each in waiting.Positions(opened_draft)[0:9]] == [f"c{late.pk}"]


def test_replies_may_be_left_out(opened_draft, said, reply, citizen, officer_client):
    comment(opened_draft, citizen, "2", text="Мен қолдаймын.", parent=said)
    _html, given = form_of(opened_draft, officer_client, said)

    assert decide(opened_draft, officer_client, {**given, "alone": [reply.pk, "x"]}) == [
        "accepted",
        "",
        "accepted",
    ]


def test_all_replies_may_be_left_out_at_once(
    opened_draft, said, reply, citizen, officer_client, monkeypatch
):
    monkeypatch.setattr(deciding, "MOST_REPLIES", 1)
    comment(opened_draft, citizen, "2", text="Мен қолдаймын.", parent=said)
    html, given = form_of(opened_draft, officer_client, said)

    assert "2 replies get the same decision" in html
    assert REPLY in html
    assert "Мен қолдаймын." not in html
    assert "1 more reply is not shown here." in html
    assert decide(opened_draft, officer_client, {**given, "alone": "all"}) == ["accepted", "", ""]


def test_what_was_left_out_stays_ticked_where_the_form_is_shown_again(
    opened_draft, said, reply, citizen, officer_client
):
    comment(opened_draft, citizen, "2", text="Мен қолдаймын.", parent=said)
    _html, given = form_of(opened_draft, officer_client, said)
    address = f"/en/drafts/{opened_draft.slug}/decide/"
    shown = {
        alone: officer_client.post(
            address, {**given, "words_kk": "", "alone": alone}
        ).content.decode()
        for alone in (str(reply.pk), "all")
    }

    ticked = {
        alone: re.findall(r'name="alone" value="(\w+)"[^>]* checked', html)
        for alone, html in shown.items()
    }
    assert ticked == {str(reply.pk): [str(reply.pk)], "all": ["all"]}
    assert all(f'name="until" value="{given["until"]}"' in html for html in shown.values())


SAME = "The others say the same."


def test_only_those_of_one_group_are_said_to_say_the_same(
    opened_draft, said, grouped, citizen, officer, officer_client, monkeypatch
):
    monkeypatch.setattr(deciding, "MOST_QUOTED", 1)
    assert SAME in form_of(opened_draft, officer_client, said, grouped)[0]
    other = comment(opened_draft, citizen, "1", text="Мүлдем басқа пікір айтамын.")

    html, _given = form_of(opened_draft, officer_client, said, grouped, other)

    assert SAME not in html
    assert "The decision also answers 2 more comments, whose texts are not shown here." in html
    assert "more comment" not in form_of(opened_draft, officer_client, other)[0]


def test_officers_are_shown_at_once_that_a_meeting_has_begun(opened_draft, officer, officer_client):
    meeting = invited(opened_draft, officer)
    minute = timedelta(minutes=1)
    with time_machine.travel(meeting.starts_at - minute, tick=False):
        assert "Call the meeting off" in page(opened_draft, "", signed_in(officer))
    with time_machine.travel(meeting.starts_at + minute, tick=False):
        html = page(opened_draft, "", signed_in(officer))
    assert "Call the meeting off" not in html
    assert "Attach the minutes" in html
