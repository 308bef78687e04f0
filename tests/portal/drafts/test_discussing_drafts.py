"""A discussion: started, commented, redrafted, decided, closed, repeated, ended."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.contributions.models import Step
from aiqyn_portal.contributions.refusals import AlreadyDecided, Closed
from aiqyn_portal.deadlines.models import Deadline
from aiqyn_portal.notices.actions import follow
from aiqyn_portal.notices.models import Delivery, Message
from aiqyn_portal.sections.drafts import actions, refusals, terms
from aiqyn_portal.sections.drafts.models import Draft, Meeting
from aiqyn_portal.sections.drafts.queries import commenting, standing, waiting
from tests.factories import BodyFactory
from tests.factories import officer as officer_of
from tests.portal.drafts.projects import (
    AT,
    NOTE,
    WORDS,
    comment,
    decided,
    fresh,
    invited,
    over,
    prepared,
    reported,
    second_version,
)

WHY = Phrase(kk="Мәтін қатты өзгерді.", ru="Текст сильно изменён.")


def opening(opens_on=date(2026, 11, 2), **more):
    return actions.Opening(opens_on=opens_on, **more)


def heard_by(user, code):
    rows = Delivery.objects.filter(reader__user=user, message__code=code)
    return [row.message.title["kk"] for row in rows.select_related("message")]


def test_a_discussion_lasts_its_legal_term(body, officer):
    found = actions.start_discussion(prepared(body, officer), opening(), by=officer, at=AT)

    due = terms.reckoned("draft_discussion", date(2026, 11, 2)).due
    assert (found.closes_on, found.due_on, found.number) == (due, due, 1)
    assert found.report_due_on == terms.reckoned("draft_report", due).due
    assert fresh(found.draft).state == Draft.State.DISCUSSION


def test_a_discussion_may_be_longer_but_not_shorter(body, officer):
    draft = prepared(body, officer)

    with pytest.raises(refusals.DiscussionTooShort):
        actions.start_discussion(draft, opening(closes_on=date(2026, 11, 9)), by=officer, at=AT)
    found = actions.start_discussion(
        draft, opening(closes_on=date(2026, 12, 31)), by=officer, at=AT
    )
    assert found.closes_on == date(2026, 12, 31)


def test_a_discussion_does_not_begin_yesterday(body, officer):
    with pytest.raises(refusals.OpensInThePast):
        actions.start_discussion(
            prepared(body, officer), opening(date(2026, 11, 1)), by=officer, at=AT
        )


def test_a_draft_that_lacks_something_is_not_discussed(body, officer):
    draft = actions.start_draft(body, by=officer, at=AT)

    with pytest.raises(refusals.NotReady):
        actions.start_discussion(draft, opening(), by=officer, at=AT)


def test_a_discussion_starts_once(opened_draft, officer):
    with pytest.raises(refusals.NotInPreparation):
        actions.start_discussion(opened_draft, opening(), by=officer, at=AT)


def test_followers_of_the_body_hear_of_a_start(body, officer, citizen):
    follow(citizen, f"body:{body.code}")
    draft = prepared(body, officer)
    actions.start_discussion(draft, opening(timezone.localdate()), by=officer, at=timezone.now())

    assert heard_by(citizen, "draft.started") == [
        "Талқылау басталады: Иттерді серуендету қағидалары"
    ]


def test_a_closed_discussion_takes_no_comment(opened_draft, citizen):
    with pytest.raises(Closed):
        comment(over(opened_draft), citizen, "2")


def test_a_discussion_to_come_takes_no_comment(body, officer, citizen):
    draft = prepared(body, officer)
    tomorrow = timezone.localdate() + timedelta(days=1)
    actions.start_discussion(draft, opening(tomorrow), by=officer, at=timezone.now())

    with pytest.raises(Closed):
        comment(draft, citizen)


def test_comments_follow_their_paragraphs(redrafted, opened_draft, citizen):
    for anchor in ("1", "2", "3"):
        comment(redrafted, citizen, anchor, text=f"{anchor}-тармақ туралы пікірім осындай.")

    rows = redrafted.newest.paragraphs.all()
    assert [(row.key, row.number, row.fate) for row in rows] == [
        (1, "1", "same"),
        (5, "2", "new"),
        (2, "3", "reworded"),
        (4, "4", "same"),
    ]
    found = commenting.placed(redrafted, redrafted.newest)
    assert (found.anchors, found.orphans) == ({1: ["1"], 2: ["2"]}, ["3"])
    assert standing.counted(standing.standing_or_404(redrafted.slug)[0]) == {1: 1, 2: 1}
    assert commenting.became(redrafted, 3) == []


def test_officers_of_another_body_decide_nothing(opened_draft, citizen):
    said = comment(opened_draft, citizen, "2")
    other = officer_of(BodyFactory(code="kz-akm-other"))

    with pytest.raises(PermissionDenied):
        decided(opened_draft, [said], other)

    said.refresh_from_db()
    assert said.outcome == ""


def test_replies_get_the_decision_of_what_they_reply_to(opened_draft, citizen, evaluator, officer):
    said = comment(opened_draft, citizen, "2")
    comment(opened_draft, evaluator, "2", text="Келісемін, дұрыс пікір.", parent=said)

    [position] = waiting.Positions(opened_draft)[0:9]
    decided(opened_draft, [said], officer)

    assert (position.name, position.replies) == (f"c{said.pk}", 1)
    assert commenting.counts(opened_draft).waiting == 0
    with pytest.raises(AlreadyDecided):
        decided(opened_draft, [said], officer)


def test_a_decision_speaks_both_languages(opened_draft, citizen, officer):
    said = comment(opened_draft, citizen)

    with pytest.raises(refusals.ReasonNeeded):
        decided(opened_draft, [said], officer, words=Phrase(kk="Ескерілді."))


def test_an_accepted_comment_names_the_changed_paragraph(opened_draft, citizen, officer):
    said = comment(opened_draft, citizen, "2")
    decided(opened_draft, [said], officer)
    draft = second_version(opened_draft, officer)

    assert waiting.to_reflect(draft) == ([said], False)
    with pytest.raises(refusals.ParagraphUnknown):
        actions.reflect(draft, said, 3, WORDS, by=officer)
    actions.reflect(draft, said, 2, WORDS, by=officer)
    step = Step.objects.get(contribution=said, what="reflected")
    assert step.details == {
        "version": "2",
        "article": {"kk": "3-тармақ", "ru": "пункт 3"},
        "paragraph": 2,
        "href": f"/draft/{draft.slug}/p/2/",
    }
    assert waiting.to_reflect(draft) == ([], False)


def test_a_discussion_with_an_undecided_comment_stays_open(opened_draft, citizen, officer):
    comment(opened_draft, citizen)

    with pytest.raises(refusals.CommentsUndecided, match="1"):
        reported(opened_draft, officer)


def test_a_discussion_is_not_closed_before_its_last_day(opened_draft, officer):
    with pytest.raises(refusals.DiscussionRuns):
        actions.close_discussion(opened_draft, by=officer, at=timezone.now())


def test_a_closed_discussion_meets_its_deadline_and_tells(opened_draft, citizen, officer):
    said = comment(opened_draft, citizen)
    decided(opened_draft, [said], officer)

    draft = reported(opened_draft, officer)

    assert draft.state == Draft.State.REPORTED
    assert [row.state for row in Deadline.objects.filter(term="draft_report")] == ["met"]
    assert heard_by(citizen, "draft.reported") == [
        "Талқылау қорытындысы туралы есеп: Иттерді серуендету қағидалары"
    ]
    assert Message.objects.get(code="draft.reported").view == "drafts:report"
    with pytest.raises(refusals.NoDiscussion):
        actions.close_discussion(draft, by=officer, at=timezone.now())


def test_a_repeated_discussion_reaches_all_who_commented(opened_draft, citizen, officer):
    decided(opened_draft, [comment(opened_draft, citizen)], officer)
    draft = reported(opened_draft, officer)
    today = timezone.localdate()

    with pytest.raises(refusals.ReasonNeeded):
        actions.repeat_discussion(draft, opening(today), by=officer, at=timezone.now())
    again = actions.repeat_discussion(
        draft, opening(today, reason=WHY), by=officer, at=timezone.now()
    )

    assert (again.number, heard_by(citizen, "draft.repeated")) == (
        2,
        ["Қайта талқыланады: Иттерді серуендету қағидалары"],
    )


def test_only_a_reported_draft_is_discussed_again(opened_draft, officer):
    with pytest.raises(refusals.NotReported):
        actions.repeat_discussion(opened_draft, opening(reason=WHY), by=officer, at=AT)


def test_an_extended_discussion_moves_its_report(opened_draft, officer):
    was = opened_draft.discussion
    later = was.closes_on + timedelta(days=10)

    found = actions.extend_discussion(opened_draft, later, WHY, by=officer, at=timezone.now())

    assert (found.closes_on, found.report_due_on) == (
        later,
        terms.reckoned("draft_report", later).due,
    )
    states = Deadline.objects.filter(term="draft_report").order_by("pk").values_list("state")
    assert list(states) == [("withdrawn",), ("running",)]
    with pytest.raises(refusals.DiscussionTooShort):
        actions.extend_discussion(fresh(opened_draft), later, WHY, by=officer, at=timezone.now())


def test_a_draft_is_adopted_after_its_report(opened_draft, officer):
    adoption = actions.Adoption(number="№ 12, 2026-12-30", link="https://adilet.zan.kz/x")

    with pytest.raises(refusals.NotReported):
        actions.adopt(opened_draft, adoption, by=officer, at=timezone.now())
    draft = reported(opened_draft, officer)
    actions.adopt(draft, adoption, by=officer, at=timezone.now())

    assert (fresh(draft).state, fresh(draft).ended_number) == ("adopted", "№ 12, 2026-12-30")
    with pytest.raises(refusals.DraftIsOver):
        actions.withdraw(fresh(draft), WHY, by=officer, at=timezone.now())


def test_a_withdrawn_draft_keeps_its_page(opened_draft, officer, client):
    actions.withdraw(opened_draft, WHY, by=officer, at=timezone.now())

    page = client.get(f"/kk/drafts/{opened_draft.slug}/").content.decode()
    assert "Мәтін қатты өзгерді." in page


def test_a_version_given_up_leaves_no_trace(redrafted, officer):
    actions.start_version(redrafted, by=officer, at=AT)

    with pytest.raises(refusals.VersionOpen):
        actions.start_version(redrafted, by=officer, at=AT)
    actions.give_up_version(redrafted, by=officer)
    assert list(redrafted.versions.values_list("number", flat=True)) == [2, 1]
    with pytest.raises(refusals.VersionMissing):
        actions.publish_version(redrafted, by=officer, at=AT)


@pytest.mark.parametrize(
    ("stream", "allowed"),
    [
        ("https://www.youtube.com/live/x", True),
        ("https://youtube.com.evil.example/x", False),
        ("http://youtube.com/x", False),
        ("https://example.kz/x", False),
    ],
)
def test_streams_stand_on_known_sites(opened_draft, officer, stream, allowed):
    starts = timezone.now() + timedelta(days=1)
    invitation = actions.Invitation(
        kind="hours",
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        place=Phrase(),
        stream=stream,
    )

    def announce():
        return actions.announce_meeting(opened_draft, invitation, by=officer, at=timezone.now())

    if allowed:
        assert announce().stream == stream
    else:
        with pytest.raises(refusals.StreamNotAllowed):
            announce()


def test_a_meeting_is_called_off_with_a_reason(opened_draft, officer):
    meeting = invited(opened_draft, officer)

    with pytest.raises(refusals.ReasonNeeded):
        actions.call_off(meeting, " ", by=officer, at=timezone.now())
    actions.call_off(meeting, "Баяндамашы ауырып қалды.", by=officer, at=timezone.now())
    meeting.refresh_from_db()
    assert meeting.called_off == "Баяндамашы ауырып қалды."


def test_a_stream_is_watched_on_the_page_of_the_draft(client, opened_draft, officer):
    meeting = invited(opened_draft, officer)
    page = f"/ru/drafts/{opened_draft.slug}/"
    assert "<iframe" not in client.get(page).content.decode()

    Meeting.objects.filter(pk=meeting.pk).update(stream="https://www.youtube.com/live/abcdefghijk")
    shown = client.get(page)
    assert 'src="https://www.youtube-nocookie.com/embed/abcdefghijk"' in shown.content.decode()
    assert "frame-src https://www.youtube-nocookie.com" in shown["Content-Security-Policy"]

    actions.call_off(meeting, "Баяндамашы ауырып қалды.", by=officer, at=timezone.now())
    assert "<iframe" not in client.get(page).content.decode()


def test_minutes_are_attached_even_after_the_act(opened_draft, officer):
    meeting = invited(opened_draft, officer)
    actions.withdraw(opened_draft, WHY, by=officer, at=timezone.now())
    minutes = actions.File(kind="minutes", title="", name="hattama.pdf", content=NOTE.content)
    actions.add_minutes(meeting, minutes, by=officer, at=timezone.now())

    assert meeting.minutes.name == "hattama.pdf"


def test_posts_are_noted_where_they_stand(opened_draft, officer):
    def note(channel, link):
        today = timezone.localdate()
        return actions.add_announcement(
            opened_draft, channel, link, told_on=today, by=officer, at=timezone.now()
        )

    with pytest.raises(refusals.LinkElsewhere):
        note("telegram", "https://example.kz/1")
    note("telegram", "https://t.me/akimat/1")
    with pytest.raises(refusals.AnnouncedTwice):
        note("telegram", "https://t.me/akimat/1")
