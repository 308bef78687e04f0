"""The officer's desk: one box for all that say the same, however many wait."""

import pytest

from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions.grouping import actions as grouping
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.sections.drafts.queries import reporting, waiting
from tests.factories import UserFactory
from tests.portal.drafts.projects import comment, decided, fresh, reported

CAMPAIGN = "Алаңдар тұрғын үйден елу метрден жақын орналаспауы керек деп санаймыз"
ANSWER = {
    "decision": "accepted:improves",
    "words_kk": "Алаңдар мен тұрғын үйлер арасы елу метр болып өзгертілді.",
    "words_ru": "Расстояние между площадками и жилыми домами изменено на пятьдесят метров.",
}


@pytest.fixture
def campaign(opened_draft):
    """Five copies of one text, which nobody has put together."""
    rows = [
        comment(opened_draft, UserFactory(username=f"one-of-{n}"), "3", text=f"{CAMPAIGN}{'!' * n}")
        for n in range(1, 6)
    ]
    for row in rows:
        grouping.place(row)
    return rows


def positions(draft, start=0, stop=30):
    return waiting.Positions(draft)[start:stop]


def test_copies_are_one_position_with_a_count(opened_draft, campaign, citizen, officer_client):
    grouping.place(comment(opened_draft, citizen, "1", text="Мен мұны қолдаймын."))
    comment(opened_draft, citizen, "2", text="Бұл тармақ түсініксіз жазылған.")  # not placed yet

    html = officer_client.get(f"/en/drafts/{opened_draft.slug}/desk/").content.decode()

    found = [(each.name[0], each.count, each.more) for each in positions(opened_draft)]
    assert found == [("c", 1, 0), ("c", 1, 0), ("f", 5, 2)]
    assert waiting.Positions(opened_draft).count() == 3
    assert "5 comments that say the same" in html
    assert "none is deleted, one decision answers all" in html


def test_one_decision_answers_all_copies_and_groups_them(
    opened_draft, campaign, officer_client, officer
):
    [position] = positions(opened_draft)
    address = f"/en/drafts/{opened_draft.slug}/decide/"
    shown = officer_client.get(address, {"on": position.name}).content.decode()

    officer_client.post(address, {"on": position.name, "until": campaign[-1].pk, **ANSWER})

    rows = Contribution.objects.filter(pk__in=[row.pk for row in campaign])
    assert "One decision on 5 comments" in shown
    assert {row.outcome for row in rows} == {"accepted"}
    assert {row.shown for row in rows} == {"public"}
    assert rows.values("group").distinct().count() == 1
    report = reporting.of_discussion(fresh(opened_draft), opened_draft.discussion)
    assert [len(each.comments) for each in report.positions] == [5]


def test_a_copy_that_comes_meanwhile_waits_for_its_own_decision(
    opened_draft, campaign, officer_client, citizen
):
    [position] = positions(opened_draft)
    late = comment(opened_draft, citizen, "3", text=f"{CAMPAIGN}.")
    grouping.place(late)

    address = f"/en/drafts/{opened_draft.slug}/decide/"
    officer_client.post(address, {"on": position.name, "until": campaign[-1].pk, **ANSWER})

    assert [each.name for each in positions(opened_draft)] == [f"c{late.pk}"]


def test_groups_made_by_people_stay_as_they_are(opened_draft, campaign, officer):
    group = contributions.group(campaign[:2], by=officer)

    found = {each.name: each.count for each in positions(opened_draft)}

    fold = campaign[0].folded.fold_id
    assert found == {f"g{group.pk}": 2, f"f{fold}": 3}


def test_positions_stand_in_reading_order_page_by_page(opened_draft, citizen, evaluator):
    rows = [
        comment(opened_draft, by, anchor, text=f"{anchor}-тармақ туралы {by.pk} пікір.")
        for by in (citizen, evaluator)
        for anchor in ("4", "", "2")
    ]
    wanted = [rows[n].pk for n in (1, 4, 2, 5, 0, 3)]

    whole = [each.shown[0].pk for each in positions(opened_draft)]
    pages = [each.shown[0].pk for n in range(0, 6, 2) for each in positions(opened_draft, n, n + 2)]

    assert whole == pages == wanted
    assert positions(opened_draft, 90, 120) == []


def test_a_reply_whose_comment_is_decided_stands_alone(opened_draft, citizen, evaluator, officer):
    said = comment(opened_draft, citizen, "2")
    decided(opened_draft, [said], officer)
    reply = comment(opened_draft, evaluator, "2", text="Келіспеймін.", parent=said)

    assert [(each.name, each.replies) for each in positions(opened_draft)] == [(f"c{reply.pk}", 0)]


@pytest.mark.parametrize("box", ["", "c", "x3", "f-1", "g١", "c99999999999999999999", "c1\0"])
def test_boxes_nobody_has_drawn_choose_nothing(opened_draft, officer_client, box):
    answer = officer_client.post(
        f"/en/drafts/{opened_draft.slug}/decide/", {"on": box, "until": "x", **ANSWER}
    )

    assert answer.status_code == 302


def test_the_desk_says_what_is_at_stake(opened_draft, citizen, officer, officer_client):
    said = comment(opened_draft, citizen, "2")
    address = f"/en/drafts/{opened_draft.slug}/desk/"

    before = officer_client.get(address).content.decode()
    decided(opened_draft, [said], officer)
    after = officer_client.get(address).content.decode()

    assert "1 comment without a decision" in before
    assert "1 comment without a decision" not in after
    assert [html.count("up to ") for html in (before, after)] == [2, 1]
    assert all("report due by" in html and "Overdue" not in html for html in (before, after))
    assert "Points at stake" in after


def test_the_desk_of_a_draft_no_longer_discussed_has_nothing_at_stake(
    opened_draft, officer, officer_client
):
    reported(opened_draft, officer)

    html = officer_client.get(f"/en/drafts/{opened_draft.slug}/desk/").content.decode()

    assert "Points at stake" not in html
    assert "Every comment has its decision." in html
