"""Who hears of a round."""

import pytest

from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evaluation import actions
from aiqyn_portal.evaluation.models import Entry, Objection, Rating, Round
from aiqyn_portal.notices.actions import follow
from aiqyn_portal.notices.models import Delivery
from tests import factories
from tests.portal.conftest import signed_in
from tests.portal.evaluation.trial import AFTER, AT, figure

COMPLAINT = actions.Complaint(item="open_data", text="Порталда 120 жиынтық жарияланған.")


@pytest.fixture
def follower(citizen: User, body: Body) -> User:
    follow(citizen, f"body:{body.code}", language="kk")
    return citizen


def heard(user: User, code: str) -> list[Delivery]:
    found = Delivery.objects.filter(reader__user=user, message__code=code)
    return list(found.select_related("message"))


def test_officers_alone_hear_of_a_preliminary_result(
    follower: User, officer: User, sent: Round
) -> None:
    (told,) = heard(officer, "preliminary.sent")

    assert told.message.title["kk"] == "Органыңыздың алдын ала нәтижесі дайын."
    assert told.message.text["kk"].startswith("Қарсылықтар қабылданатын соңғы күн: 2026")
    page = signed_in(officer).get(f"/kk/office/{sent.code}/kz-akm-shymkent/")
    assert page.status_code == 200
    assert heard(follower, "preliminary.sent") == []


def test_an_objection_reaches_evaluators_and_its_answer_the_officers(
    officer: User, evaluator: User, sent: Round, body: Body, follower: User
) -> None:
    colleague = factories.UserFactory(username="colleague")
    factories.MembershipFactory(user=colleague, role="officer", body=body)
    stranger = factories.officer(factories.BodyFactory())
    entry = Entry.objects.select_related("round", "body").get(round=sent, body=body)
    filed = actions.file_objection(entry, COMPLAINT, by=officer, at=AT)

    (told,) = heard(evaluator, "objection.filed")
    assert (told.message.text["kk"], told.message.arguments) == (COMPLAINT.text, {"pk": filed.pk})

    accepted = actions.Verdict(decision=Objection.Decision.ACCEPTED, answer="Қайта санадық.")
    actions.answer_objection(filed, accepted, by=evaluator, at=AT)
    for person in (officer, colleague):
        (told,) = heard(person, "objection.answered")
        assert told.message.text["ru"] == "Қайта санадық."
    assert heard(stranger, "objection.answered") == heard(follower, "objection.answered") == []


def test_followers_hear_of_a_rating_and_of_its_correction(
    follower: User, officer: User, evaluator: User, published: Round, body: Body
) -> None:
    (told,) = heard(follower, "rating.published")
    assert told.message.title["kk"] == "Рейтинг жарияланды: Шымкент қаласының әкімдігі"
    assert len(heard(officer, "rating.published")) == 1

    rating = Rating.objects.get(entry__round=published, entry__body=body, stage="final")
    reason = Phrase(kk="Екі рет саналған.")
    actions.correct(rating, [figure("open_data", "9")], reason=reason, by=evaluator, at=AFTER)
    (told,) = heard(follower, "rating.corrected")
    assert told.message.text["kk"] == "Екі рет саналған."
    assert (
        signed_in(follower).get(f"/kk/account/notices/{told.pk}/", follow=True).status_code == 200
    )
