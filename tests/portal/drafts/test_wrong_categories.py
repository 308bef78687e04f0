"""Anybody may hold a category to be wrong; the body answers, and everybody reads the answer."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.cache import cache
from django.utils import timezone

from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.notices.models import Delivery
from aiqyn_portal.sections.drafts import actions, refusals
from aiqyn_portal.sections.drafts.models import CategoryReport, Draft
from aiqyn_portal.sections.drafts.views import categories
from aiqyn_portal.trail.models import Event
from tests.factories import UserFactory
from tests.portal.drafts.projects import fresh

pytestmark = pytest.mark.django_db
KEPT = "Тұрғын үй туралы ештеңе жоқ."


@pytest.fixture
def report(opened_draft):
    def report(meant="education", text="", *, by=None):
        now = timezone.now()
        return actions.report_category(opened_draft, meant, text, by=by, at=now)

    return report


@pytest.fixture
def decide(officer):
    def decide(found, *, agrees, answer=""):
        now = timezone.now()
        actions.decide_category(found, agrees=agrees, answer=answer, by=officer, at=now)

    return decide


def test_a_wrong_category_is_reported_and_answered(opened_draft, citizen, report, decide):
    with pytest.raises(refusals.CategoryTheSame):
        report("ecology", by=citizen)
    found = report(by=citizen)
    with pytest.raises(refusals.ReportedAlready):
        report(by=citizen)
    decide(found, agrees=True)
    assert fresh(opened_draft).category == "education"
    with pytest.raises(refusals.DecidedAlready):
        decide(found, agrees=True)


@pytest.mark.parametrize("answer", [" ", "\u200b", "\u202e \u2060", "\x00", "…"])
def test_a_kept_category_needs_a_reason(citizen, report, decide, answer):
    with pytest.raises(refusals.ReasonNeeded):
        decide(report(by=citizen), agrees=False, answer=answer)


def test_what_the_body_answers_hides_nothing(citizen, report, decide):
    decide(report(by=citizen), agrees=False, answer="  Жо\u200bба \u202eтұрғын үй туралы ")
    assert CategoryReport.objects.get().answer == "Жоба тұрғын үй туралы"


def test_who_is_not_signed_in_says_it_once_for_all_such(report, decide, opened_draft):
    found = report()
    with pytest.raises(refusals.ReportedAlready):
        report()
    decide(found, agrees=False, answer=KEPT)
    with pytest.raises(refusals.ReportedAlready):
        report()

    assert report("transport").told_by is None
    assert fresh(opened_draft).category == "ecology"


def test_one_answer_is_for_all_who_said_the_same(report, decide, citizen, neighbour):
    first, other = report(by=citizen), report("transport", by=citizen)
    second, stranger = report(by=neighbour), report()
    decide(second, agrees=False, answer=KEPT)

    states = dict(CategoryReport.objects.values_list("pk", "state"))
    assert states == {
        first.pk: "kept",
        second.pk: "kept",
        stranger.pk: "kept",
        other.pk: "open",
    }
    told = Delivery.objects.filter(message__code="draft.category").order_by("reader__user__pk")
    assert {each.reader.user for each in told} == {citizen, neighbour}
    assert {each.message.text["ru"] for each in told} == {KEPT}


def test_what_speaks_of_a_category_of_before_is_not_agreed_with(
    opened_draft, report, decide, citizen, neighbour
):
    first, rival = report(by=citizen), report("transport", by=neighbour)
    decide(first, agrees=True)
    with pytest.raises(refusals.CategoryMoved):
        decide(rival, agrees=True)
    assert fresh(opened_draft).category == "education"

    decide(rival, agrees=False, answer=KEPT)
    told = Delivery.objects.filter(reader__user=neighbour, message__code="draft.category")
    assert [each.message.text["ru"] for each in told] == [KEPT]


def test_what_the_passport_says_meanwhile_is_agreed_with(opened_draft, report, decide, citizen):
    found = report(by=citizen)
    Draft.objects.filter(pk=opened_draft.pk).update(category="education")
    decide(found, agrees=True)

    assert CategoryReport.objects.get().state == "agreed"
    assert Event.objects.filter(action="draft.category").get().details == {
        "from": "education",
        "to": "education",
        "agrees": True,
    }


def test_who_was_right_is_told_so_in_every_language(report, decide, citizen):
    decide(report(by=citizen), agrees=True)

    [told] = Delivery.objects.filter(message__code="draft.category")
    assert told.message.title["en"].startswith("Category changed as you said: ")
    assert set(told.message.text) == {"kk", "ru", "en"}
    assert len(set(told.message.text.values())) == 3


def test_what_the_body_says_when_it_agrees_is_read_by_who_was_right_and_by_everybody(
    client, opened_draft, report, decide, citizen
):
    words = "Рақмет, санат ауыстырылды. Спасибо, категория изменена."
    decide(report(by=citizen), agrees=True, answer=words)

    [told] = Delivery.objects.filter(message__code="draft.category")
    assert {each.endswith(f". {words}") for each in told.message.text.values()} == {True}
    assert len(set(told.message.text.values())) == 3
    assert words in client.get(f"/en/drafts/{opened_draft.slug}/wrong-category/").content.decode()


def test_the_officer_is_asked_for_the_reason_whatever_is_decided(
    client, opened_draft, report, officer
):
    client.force_login(officer)
    page = f"/en/drafts/{opened_draft.slug}/wrong-category/{report().pk}/"
    asked = client.get(page).content.decode()
    assert "Reason for the decision" in asked
    assert "It must be given if the category is kept." in asked

    sent = client.post(page, {"agrees": "no", "answer": "\u200b"}).content.decode()
    assert "Give the reason in Kazakh and in Russian." in sent


def test_what_is_said_holds_no_personal_data(report):
    assert "87011234567" not in report(text="Сұрағым бар, телефоным 87011234567").text


def test_a_stranger_reports_on_the_page_and_reads_the_answer(client, opened_draft, decide):
    page = f"/en/drafts/{opened_draft.slug}/wrong-category/"
    sent = client.post(page, {"meant": "education", "text": "It is of schools."}, follow=True)
    assert "Thank you. The body will look at it." in sent.content.decode()
    assert "1 report waits for an answer." in sent.content.decode()

    decide(CategoryReport.objects.get(), agrees=False, answer=KEPT)
    shown = client.get(page).content.decode()
    assert KEPT in shown
    assert "It is of schools." not in shown  # nobody has moderated it


def test_one_answer_to_many_is_one_line_and_pushes_nothing_off(
    client, opened_draft, report, decide, citizen
):
    page = f"/en/drafts/{opened_draft.slug}/wrong-category/"
    decide(report("transport", by=citizen), agrees=False, answer="It is of no roads.")
    many = [report(by=UserFactory(username=f"reader-{n}")) for n in range(categories.SHOWN + 1)]
    decide(many[0], agrees=False, answer=KEPT)

    shown = client.get(page).content.decode()
    assert (shown.count(KEPT), shown.count("It is of no roads.")) == (1, 1)


def test_who_says_the_same_is_one_line_of_the_desk(
    client, opened_draft, report, decide, officer, citizen, neighbour
):
    first = report(text="It is of schools.", by=citizen)
    report(text="Children are named in it.", by=neighbour)
    report("transport", by=citizen)
    report()
    client.force_login(officer)
    body = client.get(f"/en/drafts/bodies/{opened_draft.body.code}/").content.decode()
    assert body.count("3 readers hold it to be wrong") == 1
    assert body.count("1 reader holds it to be wrong") == 1

    page = f"/en/drafts/{opened_draft.slug}/wrong-category/{first.pk}/"
    assert page in body
    shown = client.get(page).content.decode()
    assert "One answer for 3 people" in shown
    assert "It is of schools." in shown
    assert "Children are named in it." in shown

    decide(first, agrees=False, answer=KEPT)
    body = client.get(f"/en/drafts/bodies/{opened_draft.body.code}/").content.decode()
    assert body.count("to be wrong") == 1


def test_floods_from_one_place_are_stopped(client, opened_draft, monkeypatch):
    cache.clear()
    monkeypatch.setattr(categories, "AN_HOUR", 1)
    page = f"/en/drafts/{opened_draft.slug}/wrong-category/"
    client.post(page, {"meant": "education"})
    refused = client.post(page, {"meant": "transport"})

    assert "come back" in refused.content.decode()
    assert CategoryReport.objects.count() == 1


def test_it_is_in_the_cabinet_and_in_the_archive_and_leaves_with_the_person(
    client, citizen, report, decide
):
    client.force_login(citizen)
    decide(report(text="Мектеп туралы", by=citizen), agrees=False, answer=KEPT)
    assert KEPT in client.get("/kk/account/voice/").content.decode()

    archive = client.get("/kk/account/voice/my-data.zip")
    content = b"".join(archive.streaming_content) if archive.streaming else archive.content
    [told] = json.loads(ZipFile(BytesIO(content)).read("category_reports.json"))
    assert (told["meant"], told["text"], told["answer"]) == ("education", "Мектеп туралы", KEPT)

    contributions.leave(citizen)
    assert CategoryReport.objects.get().text == ""
