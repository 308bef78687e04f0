"""Anybody may hold a category to be wrong; the body answers, and everybody reads the answer."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.cache import cache
from django.utils import timezone

from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions import receipts, sealing
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.deadlines.models import Deadline
from aiqyn_portal.notices.models import Delivery
from aiqyn_portal.sections.drafts import actions, refusals
from aiqyn_portal.sections.drafts.models import CategoryReport, Draft
from aiqyn_portal.sections.drafts.views import categories
from aiqyn_portal.trail.models import Event
from tests import factories
from tests.factories import UserFactory
from tests.portal.drafts.projects import fresh

pytestmark = pytest.mark.django_db
KEPT = {"kk": "Тұрғын үй туралы ештеңе жоқ.", "ru": "О жилье в нём ничего нет."}
RIGHT = {"kk": "Рақмет, санат ауыстырылды.", "ru": "Спасибо, категория изменена."}
ANSWER = "/en/drafts/wrong-category/answer/"


@pytest.fixture
def report(opened_draft):
    def report(meant="education", text="", *, by=None):
        return actions.report_category(opened_draft, meant, text, by=by)

    return report


@pytest.fixture
def decide(officer):
    def decide(found, *, agrees, words=None):
        outcome, reason = (
            ("accepted", "category_wrong") if agrees else ("declined", "category_fits")
        )
        said = words or (RIGHT if agrees else KEPT)
        actions.decide_category(found, outcome, reason, said, by=officer, at=timezone.now())

    return decide


def outcomes():
    return dict(CategoryReport.objects.values_list("pk", "contribution__outcome"))


def told_to(user):
    rows = Delivery.objects.filter(reader__user=user, message__code="contribution.decided")
    return [each.message for each in rows.order_by("pk")]


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


def test_it_has_a_number_a_clock_a_receipt_whoever_said_so(report, decide, citizen):
    rows = [report(by=by).contribution for by in (citizen, None)]
    decide(CategoryReport.objects.first(), agrees=False)
    sealing.seal_all()

    for row in rows:
        assert Deadline.objects.get(subject=row.subject).term == "draft_category"
        opened = receipts.receipt(row, is_own=False).steps[0].opened
        assert {name: each.value for name, each in opened.items()} == {"text": row.text}
    assert {row.number for row in rows} == {row.number for row in Contribution.objects.all()}
    assert receipts.first_broken() == ""


@pytest.mark.parametrize("answer", [" ", "\u200b", "\u202e \u2060", "\x00", "…"])
@pytest.mark.parametrize("agrees", [True, False])
def test_an_answer_needs_a_reason_in_both_languages(citizen, report, decide, answer, agrees):
    with pytest.raises(refusals.ReasonNeeded):
        decide(report(by=citizen), agrees=agrees, words={"kk": "Иә, солай.", "ru": answer})


def test_what_the_body_answers_hides_nothing(client, opened_draft, citizen, report, decide):
    words = {"kk": "  Жо\u200bба \u202eтұрғын үй туралы ", "ru": "Да"}
    decide(report(by=citizen), agrees=False, words=words)
    shown = client.get(f"/kk/drafts/{opened_draft.slug}/wrong-category/").content.decode()
    assert "Жоба тұрғын үй туралы<" in shown


def test_who_is_not_signed_in_says_it_once_for_all_such(report, decide, opened_draft):
    found = report()
    with pytest.raises(refusals.ReportedAlready):
        report()
    decide(found, agrees=False)
    with pytest.raises(refusals.ReportedAlready):
        report()

    assert report("transport").contribution.author is None
    assert fresh(opened_draft).category == "ecology"
    assert Contribution.objects.count() == 2


def test_one_answer_is_for_all_who_said_the_same(report, decide, citizen, neighbour):
    first, other = report(by=citizen), report("transport", by=citizen)
    second, stranger = report(by=neighbour), report()
    decide(second, agrees=False)

    kept = dict.fromkeys((first.pk, second.pk, stranger.pk), "declined")
    assert outcomes() == {**kept, other.pk: ""}
    for user in (citizen, neighbour):
        assert [dict(each.text) for each in told_to(user)] == [KEPT]


def test_what_speaks_of_a_category_of_before_is_not_agreed_with(
    opened_draft, report, decide, citizen, neighbour
):
    first, rival = report(by=citizen), report("transport", by=neighbour)
    decide(first, agrees=True)
    with pytest.raises(refusals.CategoryMoved):
        decide(rival, agrees=True)
    assert fresh(opened_draft).category == "education"

    decide(rival, agrees=False)
    assert [each.text["ru"] for each in told_to(neighbour)] == [KEPT["ru"]]


def test_what_the_passport_says_meanwhile_is_agreed_with(opened_draft, report, decide, citizen):
    found = report(by=citizen)
    Draft.objects.filter(pk=opened_draft.pk).update(category="education")
    decide(found, agrees=True)

    assert outcomes() == {found.pk: "accepted"}
    assert Event.objects.filter(action="draft.category").get().details == {
        "from": "education",
        "to": "education",
        "agrees": True,
    }


def test_who_was_right_is_told_so_in_every_language(report, decide, citizen):
    decide(report(by=citizen), agrees=True)

    [told] = told_to(citizen)
    assert "the category is changed as you said" in told.title["en"]
    assert len(set(told.title.values())) == 3


def test_what_the_body_says_is_read_by_everybody_in_the_language_of_the_page(
    client, opened_draft, report, decide, citizen
):
    decide(report(by=citizen), agrees=True)

    for language, other in (("kk", "ru"), ("ru", "kk")):
        page = f"/{language}/drafts/{opened_draft.slug}/wrong-category/"
        shown = client.get(page).content.decode()
        assert RIGHT[language] in shown
        assert RIGHT[other] not in shown


def test_the_officer_answers_on_a_page_in_both_languages(client, opened_draft, report, officer):
    client.force_login(officer)
    number = report().contribution.number
    asked = client.get("/en/office/voices/decide/", {"number": number}, follow=True)
    assert asked.redirect_chain == [(f"{ANSWER}?number={number}", 302)]
    assert "Category changed" in asked.content.decode()

    said = {"number": number, "outcome": "declined", "reason": "category_fits"}
    refused = client.post(ANSWER, {**said, "words_kk": "\u200b"}).content.decode()
    client.post(ANSWER, {**said, "words_kk": KEPT["kk"], "words_ru": KEPT["ru"]})

    assert "Give the reason in Kazakh and in Russian." in refused
    assert set(outcomes().values()) == {"declined"}
    assert client.get(ANSWER, {"number": number}).status_code == 404


def test_officer_of_another_body_does_not_answer(client, report):
    client.force_login(factories.officer(factories.BodyFactory()))
    assert client.get(ANSWER, {"number": report().contribution.number}).status_code == 403


def test_what_is_said_holds_no_personal_data(report):
    said = report(text="Сұрағым бар, телефоным 87011234567").contribution
    assert "Сұрағым бар" in said.original_text
    assert "87011234567" not in said.original_text


def test_a_stranger_reports_on_the_page_and_reads_the_answer(client, opened_draft, decide):
    page = f"/en/drafts/{opened_draft.slug}/wrong-category/"
    sent = client.post(page, {"meant": "education", "text": "It is of schools."}, follow=True)
    assert "Thank you. The body will look at it." in sent.content.decode()
    assert "1 report waits for an answer." in sent.content.decode()

    decide(CategoryReport.objects.get(), agrees=False)
    number = Contribution.objects.get().number
    for shown in (page, f"/en/contributions/{number}/"):
        content = client.get(shown).content.decode()
        assert KEPT["kk"] in content
        assert "It is of schools." not in content  # nobody has moderated it


def test_it_is_written_on_its_own_page_alone(client, opened_draft, citizen):
    client.force_login(citizen)
    answer = client.get(f"/kk/contributions/write/draft_category/{opened_draft.slug}/")
    assert answer["Location"] == f"/kk/drafts/{opened_draft.slug}/wrong-category/"
    assert client.get("/kk/contributions/write/draft_category/2000-1/").status_code == 404


def test_one_answer_to_many_is_one_line_and_pushes_nothing_off(
    client, opened_draft, report, decide, citizen
):
    page = f"/kk/drafts/{opened_draft.slug}/wrong-category/"
    other = {"kk": "Жол туралы емес.", "ru": "Не о дорогах."}
    decide(report("transport", by=citizen), agrees=False, words=other)
    many = [report(by=UserFactory(username=f"reader-{n}")) for n in range(categories.SHOWN + 1)]
    decide(many[0], agrees=False)

    shown = client.get(page).content.decode()
    assert (shown.count(KEPT["kk"]), shown.count(other["kk"])) == (1, 1)


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

    page = f"{ANSWER}?number={first.contribution.number}"
    assert page in body
    shown = client.get(page).content.decode()
    assert "One answer for 3 people" in shown
    assert "It is of schools." in shown
    assert "Children are named in it." in shown

    decide(first, agrees=False)
    body = client.get(f"/en/drafts/bodies/{opened_draft.body.code}/").content.decode()
    assert body.count("to be wrong") == 1


def test_floods_from_one_place_are_stopped(client, opened_draft, monkeypatch):
    cache.clear()
    monkeypatch.setattr(categories, "AN_HOUR", 1)
    page = f"/en/drafts/{opened_draft.slug}/wrong-category/"
    client.post(page, {"meant": "education"})
    client.post(page, {"meant": "transport"})

    assert CategoryReport.objects.count() == 1


def test_it_is_in_the_cabinet_and_in_the_archive_and_leaves_with_the_person(
    client, citizen, report, decide
):
    client.force_login(citizen)
    decide(report(text="Мектеп туралы", by=citizen), agrees=False)
    assert "Санат" in client.get("/kk/account/voice/?kind=draft_category").content.decode()

    archive = client.get("/kk/account/voice/my-data.zip")
    [told] = json.loads(ZipFile(BytesIO(archive.content)).read("contributions.json"))
    assert (told["kind"], told["original_text"]) == ("draft_category", "Мектеп туралы")
    assert told["answer"] == KEPT

    contributions.leave(citizen)
    assert Contribution.objects.get().original_text == ""


def test_all_that_were_chosen_are_answered_one_after_another(report, officer_client, citizen):
    rows = [report("education", by=citizen), report("transport", by=citizen), report("education")]
    numbers = [each.contribution.number for each in rows]

    first = officer_client.get("/en/office/voices/decide/", {"number": numbers}, follow=True)
    kept = {"outcome": "declined", "reason": "category_fits"}
    kept |= {"words_kk": KEPT["kk"], "words_ru": KEPT["ru"]}
    second = officer_client.post(ANSWER, kept | {"number": first.context["numbers"]}, follow=True)
    last = officer_client.post(ANSWER, kept | {"number": second.context["numbers"]})

    assert first.context["numbers"] == numbers[:2]
    assert b"The others you have chosen come next: 1." in first.content
    assert second.context["numbers"] == numbers[1:2]
    assert last["Location"].endswith("/drafts/bodies/kz-akm-shymkent/")
    assert set(outcomes().values()) == {"declined"}
