from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evaluation import actions, queries, refusals
from aiqyn_portal.evaluation.models import Entry, Objection, Round
from aiqyn_portal.evidence.models import Snapshot
from aiqyn_portal.trail.models import Event
from tests import factories
from tests.portal.conftest import signed_in
from tests.portal.evaluation.trial import AFTER, AT, figure
from tests.portal.kazakh import kk

COMPLAINT = actions.Complaint(item="open_data", text="Порталда 120 жиынтық жарияланған.")


@pytest.fixture
def shown(sent: Round, body: Body) -> Entry:
    return Entry.objects.select_related("round", "body").get(round=sent, body=body)


@pytest.fixture
def objection(shown: Entry, officer: User) -> Objection:
    return actions.file_objection(shown, COMPLAINT, by=officer, at=AT)


def verdict(decision: str, **changes: object) -> actions.Verdict:
    given: dict[str, object] = {"answer": "Қайта санадық.", **changes}
    return actions.Verdict(decision=Objection.Decision(decision), **given)  # type: ignore[arg-type]


def test_filed_objection_waits_and_is_recorded(objection: Objection) -> None:
    event = Event.objects.order_by("-number")[0]

    assert (objection.decision, objection.item) == ("", "open_data")
    assert (event.actor, event.action) == ("officer-of-kz-akm-shymkent", "objection.filed")
    assert event.subject == f"round:trial-2020/body:kz-akm-shymkent/objection:{objection.pk}"


def test_officer_of_another_body_cannot_object(shown: Entry, astana: Body) -> None:
    stranger = factories.officer(astana)

    with pytest.raises(PermissionDenied):
        actions.file_objection(shown, COMPLAINT, by=stranger, at=AT)


@pytest.mark.parametrize("item", ["1.1", "H101", "internet_resource"])
def test_criterion_indicator_and_rule_may_be_objected_to(
    shown: Entry, officer: User, item: str
) -> None:
    complaint = actions.Complaint(item=item, text="Қате.")

    assert actions.file_objection(shown, complaint, by=officer, at=AT).item == item


def test_unknown_part_and_empty_text_are_refused(shown: Entry, officer: User) -> None:
    with pytest.raises(refusals.UnknownItem, match="no-such"):
        actions.file_objection(
            shown, actions.Complaint(item="no-such", text="Қате."), by=officer, at=AT
        )
    with pytest.raises(refusals.ReasonIsMissing):
        actions.file_objection(
            shown, actions.Complaint(item="open_data", text=" "), by=officer, at=AT
        )


def test_last_day_counts_until_its_end_in_kazakhstan(shown: Entry, officer: User) -> None:
    with pytest.raises(refusals.ObjectionPeriodOver):
        actions.file_objection(shown, COMPLAINT, by=officer, at=AFTER)

    last_minute = datetime(2026, 11, 27, 18, 59, tzinfo=UTC)
    assert actions.file_objection(shown, COMPLAINT, by=officer, at=last_minute).pk


def test_nothing_to_object_to_before_the_result_is_shown(entry: Entry, officer: User) -> None:
    with pytest.raises(refusals.RoundIsNotPreliminary):
        actions.file_objection(entry, COMPLAINT, by=officer, at=AT)


def test_second_objection_to_the_same_part_waits_for_the_answer(
    objection: Objection, shown: Entry, officer: User, evaluator: User
) -> None:
    with pytest.raises(refusals.ObjectionIsOpen):
        actions.file_objection(shown, COMPLAINT, by=officer, at=AT)

    actions.answer_objection(objection, verdict("declined"), by=evaluator, at=AT)
    assert actions.file_objection(shown, COMPLAINT, by=officer, at=AT).pk != objection.pk


def test_accepted_objection_changes_the_final_score_and_both_are_shown(
    objection: Objection, sent: Round, evaluator: User, body: Body
) -> None:
    accepted = verdict("accepted", changes=[figure("open_data", "18")])
    actions.answer_objection(objection, accepted, by=evaluator, at=AT)
    actions.publish(sent, by=evaluator, at=AFTER)

    scores = queries.scores_of(objection.entry)
    assert scores.preliminary is not None
    assert scores.final is not None
    assert (scores.preliminary.points, scores.final.points) == (Decimal(50), Decimal(58))
    assert [(o.decision, o.answer) for o in scores.objections] == [("accepted", "Қайта санадық.")]
    assert scores.current == scores.final


def test_answer_is_given_once(objection: Objection, evaluator: User) -> None:
    actions.answer_objection(objection, verdict("declined"), by=evaluator, at=AT)

    with pytest.raises(refusals.ObjectionAnswered):
        actions.answer_objection(objection, verdict("accepted"), by=evaluator, at=AT)


def test_answer_needs_words_and_an_evaluator(
    objection: Objection, evaluator: User, officer: User
) -> None:
    with pytest.raises(refusals.ReasonIsMissing):
        actions.answer_objection(objection, verdict("declined", answer=" "), by=evaluator, at=AT)
    with pytest.raises(PermissionDenied):
        actions.answer_objection(objection, verdict("declined"), by=officer, at=AT)


def test_impossible_change_leaves_the_objection_open(objection: Objection, evaluator: User) -> None:
    too_much = verdict("accepted", changes=[figure("open_data", "21")])

    with pytest.raises(refusals.FindingsDoNotFit):
        actions.answer_objection(objection, too_much, by=evaluator, at=AT)

    objection.refresh_from_db()
    assert objection.decision == ""


def test_unanswered_objection_holds_the_publication_back(
    objection: Objection, sent: Round, evaluator: User
) -> None:
    with pytest.raises(refusals.ObjectionsUnanswered, match="1"):
        actions.publish(sent, by=evaluator, at=AFTER)


def test_file_of_an_objection_is_for_those_who_take_part(
    shown: Entry, officer: User, evaluator: User, citizen: User, astana: Body
) -> None:
    pdf = actions.Attachment(name="акт.pdf", content=b"%PDF-1.7 ...")
    complaint = actions.Complaint(item="open_data", text="Қате.", attachment=pdf)
    filed = actions.file_objection(shown, complaint, by=officer, at=AT)
    address = f"/kk/work/files/objections/{filed.pk}/"

    people = [officer, evaluator, citizen, factories.officer(astana)]
    statuses = [signed_in(person).get(address).status_code for person in people]
    assert statuses == [200, 200, 403, 403]
    assert not Snapshot.objects.filter(sha256=filed.file_sha256).exists()


def test_file_of_an_answer_becomes_public_with_the_rating(
    objection: Objection, sent: Round, evaluator: User
) -> None:
    pdf = actions.Attachment(name="акт.pdf", content=b"%PDF-1.7 ...")
    change = figure("open_data", "18", link="", attachment=pdf)
    kept = verdict("accepted", changes=[change])
    actions.answer_objection(objection, kept, by=evaluator, at=AT)
    sha256 = objection.entry.answers.get(value=18).file_sha256
    address = f"/kk/evidence/{sha256}/"
    assert Client().get(address).status_code == 404

    actions.publish(sent, by=evaluator, at=AFTER)

    assert Client().get(address).status_code == 200
    assert Client().get(f"{address}raw/")["Content-Type"] == "application/octet-stream"


def test_queue_lists_what_waits_and_leads_to_the_answer(
    objection: Objection, evaluator_client: Client
) -> None:
    page = evaluator_client.get("/kk/work/objections/").content.decode()

    assert f"/kk/work/objections/{objection.pk}/" in page
    assert "Шымкент қаласының әкімдігі" in page


def test_officer_is_told_when_the_time_is_over(shown: Entry, officer_client: Client) -> None:
    Round.objects.update(objections_until="2026-01-01")

    page = officer_client.get("/kk/office/trial-2020/kz-akm-shymkent/object/").content.decode()

    assert kk("The time for objections is over.") in page
    assert "<textarea" not in page
