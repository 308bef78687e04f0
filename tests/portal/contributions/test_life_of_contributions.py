from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import actions, queries, refusals, sealing
from aiqyn_portal.contributions.models import Contribution, Vote
from aiqyn_portal.deadlines import actions as deadlines
from aiqyn_portal.deadlines import queries as deadline_queries
from aiqyn_portal.notices.models import Delivery
from aiqyn_portal.search import asking
from aiqyn_portal.search import queries as search
from aiqyn_portal.trail.models import Event
from tests import factories
from tests.portal.contributions.voices import CLOSED, KIND, QUESTION, decided, said

COUNTS = queries.Counts


def steps(row: Contribution) -> list[str]:
    return [str(step.what) for step in row.steps.order_by("number")]


def counted(key: str = "one") -> queries.Counts:
    return queries.counts(KIND, [key])[key]


def test_what_is_received_is_registered_under_a_number(body: Body, citizen: User) -> None:
    row = said(citizen, "Мәтін")

    assert row.number == f"{timezone.localdate().year}-{row.pk:06}"
    assert (row.state, row.body, row.text) == ("registered", body, "Мәтін")
    assert steps(row) == ["received", "registered"]
    assert queries.about(KIND, "one").get() == row


def test_the_whole_life_is_told_step_by_step(body: Body, citizen: User, officer: User) -> None:
    row = said(citizen)
    actions.group([row], by=officer)
    decided(row, officer, outcome="partly", reason="reworded", words={"kk": "Ия", "ru": "Да"})
    actions.reflect(row, by=officer, where={"version": "2", "href": "/kk/x/"}, words="5-бап")
    actions.finish([row])

    assert steps(row) == ["received", "registered", "grouped", "decided", "reflected", "done"]
    assert (row.state, row.outcome, row.reason) == ("done", "partly", "reworded")
    told = queries.life(row)
    assert dict(told[3].words) == {"kk": "Ия", "ru": "Да"}
    assert (told[4].where, told[4].href) == ([("version", "2")], "/kk/x/")
    assert [event.action for event in Event.objects.all()] == [
        "contribution.grouped",
        "contribution.decided",
        "contribution.reflected",
    ]


def test_a_form_is_taken_once(body: Body, citizen: User, neighbour: User) -> None:
    first = said(citizen, form_key="same")
    again = said(citizen, "Басқа мәтін", form_key="same")
    other = said(neighbour, form_key="same")

    assert (again, again.text) == (first, first.text)
    assert other != first
    assert counted() == COUNTS(total=2, waiting=2, people=2)


def test_counts_follow_every_change(
    body: Body, citizen: User, neighbour: User, officer: User, evaluator: User
) -> None:
    rows = [said(citizen), said(citizen), said(neighbour), said(neighbour), said(neighbour)]
    assert counted() == COUNTS(total=5, waiting=5, people=2)

    decided(rows[0], officer)
    decided(rows[1], officer, outcome="declined", reason="no_money")
    actions.withdraw(rows[2], by=neighbour)
    actions.moderate(rows[3], by=evaluator, rule="insult", words="Болмайды")
    assert counted() == COUNTS(total=3, waiting=1, accepted=1, declined=1, hidden=2, people=2)
    assert counted().decided == 2

    actions.restore(rows[3], by=evaluator, words="Қате болды")
    actions.reopen(rows[1], by=officer, words="Қайта қараймыз")
    assert counted() == COUNTS(total=4, waiting=3, accepted=1, hidden=1, people=2)
    assert queries.counts(KIND, ["none"]) == {"none": queries.NO_COUNTS}
    assert list(queries.undecided(KIND, "one")) == [rows[1], rows[3], rows[4]]


def test_a_group_takes_in_others_and_gets_one_decision(
    body: Body, citizen: User, neighbour: User, officer: User
) -> None:
    first, second, third = said(citizen), said(neighbour), said(neighbour, "Үшінші")
    made = actions.group([first, second], method="likeness")
    assert actions.group([second, third], by=officer) == made
    actions.ungroup(third, by=officer)

    actions.decide(
        made.contributions.all(), by=officer, outcome="accepted", reason="improves", words="Ия"
    )

    rows = Contribution.objects.order_by("pk")
    assert [row.outcome for row in rows] == ["accepted", "accepted", ""]
    assert steps(third) == ["received", "registered", "grouped", "ungrouped"]
    assert rows[0].steps.get(what="decided").details == {"decided_with": 2}


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"outcome": "perhaps"}, refusals.OutcomeUnknown),
        ({"reason": ""}, refusals.ReasonMissing),
        ({"outcome": "declined", "reason": "improves"}, refusals.ReasonMissing),
        ({"words": " "}, refusals.WordsMissing),
        ({"outcome": "passed_on", "reason": "other_body"}, refusals.ReceiverMissing),
    ],
)
def test_a_decision_that_explains_nothing_is_refused(
    body: Body, citizen: User, officer: User, given: dict[str, Any], refusal: type[Exception]
) -> None:
    row = said(citizen)

    with pytest.raises(refusal):
        decided(row, officer, **given)

    assert Contribution.objects.get().outcome == ""


def test_nobody_decides_twice_or_for_another_body(
    body: Body, citizen: User, officer: User, evaluator: User
) -> None:
    stranger = factories.officer(factories.BodyFactory(code="kz-akm-other"))
    row = said(citizen)
    for somebody in (stranger, citizen, evaluator):
        with pytest.raises(PermissionDenied):
            decided(row, somebody)
    with pytest.raises(refusals.NotDecided):
        actions.finish([row])
    with pytest.raises(refusals.NotDecided):
        actions.reflect(row, by=officer, where={"article": "1"})
    with pytest.raises(refusals.NotDecided):
        actions.reopen(row, by=officer, words="Неге?")

    decided(row, officer)

    with pytest.raises(refusals.AlreadyDecided):
        decided(row, officer)
    with pytest.raises(refusals.AlreadyDecided):
        actions.withdraw(row, by=citizen)
    with pytest.raises(refusals.NothingChosen):
        actions.decide([], by=officer, outcome="accepted", reason="improves", words="Ия")


def test_nobody_is_told_of_another_body_where_nothing_was_passed_on(
    citizen: User, officer: User
) -> None:
    row = said(citizen)

    decided(row, officer, passed_to=factories.BodyFactory(code="kz-akm-other"))

    assert "to" not in row.steps.get(what="decided").details


def test_a_comment_passed_on_is_decided_and_a_question_waits_on(
    body: Body, citizen: User, officer: User
) -> None:
    other = factories.BodyFactory(code="kz-akm-other")
    comment, question = said(citizen), said(citizen, "Қашан?", kind=QUESTION)
    passing = {"outcome": "passed_on", "reason": "other_body", "passed_to": other}

    decided(comment, officer, **passing)
    decided(question, officer, **passing)

    assert (comment.outcome, comment.body) == ("passed_on", body)
    assert (question.outcome, question.state, question.body) == ("", "registered", other)
    assert list(queries.queue([other.pk])) == [question]
    assert queries.life(question)[-1].to == other
    assert deadline_queries.open_of(other).get().subject == question.subject


def test_the_clock_of_a_question_runs_until_it_is_decided(
    body: Body, citizen: User, officer: User
) -> None:
    row = said(citizen, "Қашан?", kind=QUESTION)
    [deadline] = deadline_queries.of([row.subject])[row.subject]
    assert (row.due_on, deadline.term) == (deadline.due_on, "question_answer")

    deadlines.extend(deadline, days=5, reason="Тексеру керек", by=officer)
    row.refresh_from_db()
    assert row.due_on == deadline_queries.of([row.subject])[row.subject][0].due_on
    decided(row, officer, reason="answered")
    assert [one.state for one in deadline_queries.of([row.subject])[row.subject]] == ["met"]
    actions.reopen(row, by=None, words="Жауап жоқ")
    assert deadline_queries.open_of(body).get().term == "question_again"
    actions.withdraw(row, by=citizen)

    states = {one.state for one in deadline_queries.of([row.subject])[row.subject]}
    assert states == {"met", "withdrawn"}


def told_to(user: User) -> list[str]:
    found = Delivery.objects.filter(reader__user=user).order_by("pk")
    return [str(each.message.code) for each in found]


def test_the_author_is_told_of_every_step_of_others(
    body: Body, citizen: User, officer: User, evaluator: User
) -> None:
    row = said(citizen)
    decided(row, officer, outcome="declined", reason="no_money")
    actions.moderate(row, by=evaluator, rule="insult", words="Болмайды")
    actions.appeal(row, by=citizen, words="Неге?")
    actions.restore(row, by=evaluator, words="Дұрыс айтасыз")

    codes = ["contribution.decided", "contribution.moderated", "contribution.restored"]
    assert told_to(citizen) == codes
    told = Delivery.objects.filter(reader__user=citizen).earliest("pk")
    assert told.message.title["ru"] == f"№ {row.number} отклонено: Проба one"


def test_a_campaign_is_told_in_one_message(
    body: Body, citizen: User, neighbour: User, officer: User, plenty: None
) -> None:
    rows = [said(citizen) for _ in range(50)] + [said(neighbour)]

    actions.decide(rows, by=officer, outcome="accepted", reason="improves", words="Ия")

    assert (told_to(citizen), told_to(neighbour)) == (
        ["contribution.decided"],
        ["contribution.decided"],
    )


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"text": " \u200b "}, refusals.TextIsEmpty),
        ({"text": "🙂"}, refusals.TextIsEmpty),
        ({"text": "а" * 20_001}, refusals.TextTooLong),
        ({"wording": "а" * 20_001}, refusals.TextTooLong),
        ({"key": CLOSED}, refusals.Closed),
        ({"key": "nothing"}, refusals.NothingThere),
        ({"kind": "unknown"}, refusals.NothingThere),
        ({"text": "Менің ЖСН 900101300017"}, refusals.ConsentNeeded),
        ({"text": "8 (701) 123-45-67"}, refusals.ConsentNeeded),
    ],
)
def test_what_cannot_be_taken_is_refused(
    body: Body, citizen: User, given: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        said(citizen, **given)
    assert Contribution.objects.count() == 0


def test_nobody_writes_faster_than_people_do(body: Body, citizen: User, settings: Any) -> None:
    settings.CONTRIBUTIONS_A_MINUTE, settings.CONTRIBUTIONS_A_DAY = 2, 3
    for _ in range(2):
        said(citizen)
    with pytest.raises(refusals.TooManyNow):
        said(citizen)
    Contribution.objects.update(made_at=timezone.now() - timedelta(hours=1))
    said(citizen)
    with pytest.raises(refusals.TooManyNow):
        said(citizen)


def test_texts_that_hide_and_turn_are_made_plain(body: Body, citizen: User) -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    text = f"а\u202eб\u200bв\u200dг {family} е" + "\u0301" * 30 + "\r\n\n\n\nсоңы\x00\ud800"

    assert said(citizen, text).text == f"абвг {family} е\u0301\u0301\u0301\n\nсоңы"


def test_votes_are_for_others_and_for_what_is_open(
    body: Body, citizen: User, neighbour: User, evaluator: User, settings: Any
) -> None:
    row = said(citizen)
    with pytest.raises(refusals.OwnContribution):
        actions.support(row, citizen, 1)
    with pytest.raises(ValueError, match="5"):
        actions.support(row, neighbour, 5)
    actions.support(row, neighbour, 1)
    assert (row.votes_for, queries.votes_of(neighbour, [row])) == (1, {row.pk: 1})
    settings.CONTRIBUTIONS_VOTES_A_MINUTE = 1
    with pytest.raises(refusals.TooManyNow):
        actions.support(row, neighbour, -1)
    Contribution.objects.update(about_key=CLOSED)
    with pytest.raises(refusals.Closed):
        actions.support(row, evaluator, 1)
    Contribution.objects.update(about_key="one")
    actions.moderate(row, by=evaluator, rule="insult", words="Болмайды")
    with pytest.raises(refusals.NotPublic):
        actions.support(row, neighbour, 0)
    assert Vote.objects.count() == 1


def test_moderation_asks_for_a_rule_and_words_of_moderators_only(
    body: Body, citizen: User, officer: User, evaluator: User, neighbour: User, settings: Any
) -> None:
    row = said(citizen)
    for somebody in (citizen, officer):
        with pytest.raises(PermissionDenied):
            actions.moderate(row, by=somebody, rule="insult", words="Болмайды")
    with pytest.raises(refusals.ReasonMissing):
        actions.moderate(row, by=evaluator, rule="critical", words="Болмайды")
    with pytest.raises(refusals.WordsMissing):
        actions.moderate(row, by=evaluator, rule="insult", words="")
    with pytest.raises(refusals.ReasonMissing):
        actions.report(row, by=neighbour, rule="critical")
    actions.report(row, by=neighbour, rule="insult")
    assert actions.report(row, by=neighbour, rule="threat").rule == "insult"
    settings.CONTRIBUTIONS_REPORTS_A_DAY = 1
    with pytest.raises(refusals.TooManyNow):
        actions.report(said(citizen), by=neighbour, rule="insult")
    with pytest.raises(refusals.NotPublic):
        actions.appeal(row, by=citizen, words="Неге?")

    actions.moderate(row, by=evaluator, rule="insult", words="Болмайды")

    with pytest.raises(PermissionDenied):
        actions.appeal(row, by=neighbour, words="Неге?")
    with pytest.raises(refusals.WordsMissing):
        actions.appeal(row, by=citizen, words="!")
    actions.appeal(row, by=citizen, words="Неге?")
    with pytest.raises(refusals.AlreadyAppealed):
        actions.appeal(row, by=citizen, words="Неге?")
    with pytest.raises(refusals.SameModerator):
        actions.decide_appeal(row.appeals.get(), by=evaluator, upheld=False, words="Жоқ")


def test_an_appeal_that_is_declined_leaves_the_text_removed(
    body: Body, citizen: User, evaluator: User, administrator: User
) -> None:
    row = said(citizen)
    actions.moderate(row, by=evaluator, rule="insult", words="Болмайды")
    held = actions.appeal(row, by=citizen, words="Неге?")

    actions.decide_appeal(held, by=administrator, upheld=False, words="Ереже бұзылған")

    row.refresh_from_db()
    assert (row.shown, steps(row)[-1]) == ("removed", "upheld")
    with pytest.raises(refusals.AlreadyDecided):
        actions.decide_appeal(held, by=administrator, upheld=True, words="Ия")
    found = queries.moderation(timezone.localdate(), timezone.localdate())
    assert (found.removed, found.by_rule, found.appealed, found.upheld) == (1, {"insult": 1}, 1, 0)


def found_by_search(words: str) -> list[str]:
    return list(search.keys(asking.read(words), search.Filters(kind="contribution")).keys)


def test_published_texts_are_found_and_removed_ones_are_not(
    body: Body, citizen: User, evaluator: User
) -> None:
    row = said(citizen, "Субұрқақты жөндеу қажет.")
    assert found_by_search("субұрқақ") == []
    sealing.seal_all()
    assert found_by_search("субұрқақ") == [row.number]

    actions.moderate(row, by=evaluator, rule="advertising", words="Жарнама")
    sealing.seal_all()

    assert found_by_search("субұрқақ") == []
