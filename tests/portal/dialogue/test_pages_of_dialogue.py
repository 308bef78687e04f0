"""Pages: a question from asking to a kept promise, as people press their way through."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from aiqyn_portal.base import paging
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.sections.dialogue import actions, kept_archive
from aiqyn_portal.sections.dialogue.models import Commitment, Conference, Question
from tests.portal.dialogue.asking import answered, asked
from tests.portal.dialogue.test_holding_conferences import invitation

MONDAY = datetime(2026, 11, 16, 10, tzinfo=ZoneInfo("Asia/Almaty"))
GOOD = "Көшедегі жарықты жөндеу 1 маусымда басталады, оны «Жарық» кәсіпорны жүргізеді."


@pytest.fixture(autouse=True)
def on_monday() -> Any:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(client: Client, path: str) -> str:
    response = client.get(f"/kk/dialogue/{path}")
    assert response.status_code == 200, path
    return response.content.decode()


def written(path: str, client: Client, **fields: str) -> Any:
    return client.post(f"/kk/dialogue/{path}", fields)


def reply(question: Question, **changed: str) -> dict[str, str]:
    return {
        "number": question.contribution.number,
        "text_kk": GOOD,
        "outcome": "accepted",
        "responsible_kk": "Б. Сәбит, бөлім басшысы",
        **changed,
    }


def test_question_is_asked_on_the_page_of_the_head(head, asker):
    client = signed_in(asker)
    assert "/kk/contributions/write/question/akim-shymkent/" in page(client, "heads/akim-shymkent/")
    path = "/kk/contributions/write/question/akim-shymkent/"
    key = client.get(path).context["form"].initial["form_key"]
    text = "Біздің көшеде жарық қашан жөнделеді?"
    client.post(path, {"voice-text": text, "voice-form_key": key, "seen": "1"})
    question = Question.objects.get()
    assert text in page(Client(), f"questions/{question.contribution.number}/")
    assert text in page(Client(), "questions/?state=waiting")
    assert text not in page(Client(), "questions/?state=answered")


def test_officer_answers_from_the_queue(head, asker, answering):
    question = asked(head, asker)
    client, number = signed_in(answering), question.contribution.number
    response = client.get(f"/kk/office/voices/decide/?number={number}")
    assert response.url == f"/kk/dialogue/answer/?number={number}"
    response = written("answer/", client, **reply(question))
    assert response.url == f"/kk/dialogue/questions/{number}/"
    assert GOOD in page(Client(), f"questions/{number}/")


def test_answer_for_any_question_is_shown_to_the_officer_first(head, asker, answering):
    question, client = asked(head, asker), signed_in(answering)
    empty = reply(
        question, text_kk="Сіздің өтінішіңіз қаралды, өз құзыретіміз шегінде хабарлаймыз."
    )
    response = written("answer/", client, **empty)
    assert response.context["faults"]
    assert not Question.objects.get().answers.exists()
    assert empty["text_kk"] in response.content.decode()  # nothing written is lost
    written("answer/", client, **empty, seen="on")
    assert Question.objects.get().answers.get().is_template


def test_empty_answer_says_why_it_is_not_taken(head, asker, answering):
    question = asked(head, asker)
    response = written("answer/", signed_in(answering), **reply(question, text_kk=" "))
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()


def test_answered_question_is_not_answered_again(head, asker, answering):
    question = asked(head, asker)
    answered(question, answering)
    assert written("answer/", signed_in(answering), **reply(question)).status_code == 404


def test_asker_marks_and_others_may_not(head, asker, answering, stranger):
    question = asked(head, asker)
    answered(question, answering)
    path = f"questions/{question.contribution.number}/mark/"
    said = {"said": "partly", "satisfaction": "3", "reason": "Күні жоқ"}
    assert written(path, signed_in(stranger), **said).status_code == 403
    assert written(path, signed_in(asker), **said).status_code == 302
    assert "Күні жоқ" in page(Client(), f"questions/{question.contribution.number}/")
    again = written(path, signed_in(asker), **said)
    assert again.context["form"].non_field_errors()


def test_question_passed_on_leaves_the_officers_desk(head, asker, answering, officer_of_another):
    question = asked(head, asker)
    path = f"questions/{question.contribution.number}/pass-on/"
    given = {"body": "kz-akm-other", "words_kk": "Бұл сіздердің көше."}
    assert written(path, signed_in(answering), **given).status_code == 302
    client = signed_in(answering)
    assert client.get(f"/kk/dialogue/{path}").status_code == 403
    assert signed_in(officer_of_another).get(f"/kk/dialogue/{path}").status_code == 200


def test_conference_from_announcement_to_results(head, asker, answering, on_monday):
    client = signed_in(answering)
    given = {
        "title_kk": "Жылу маусымы",
        "title_ru": "Отопительный сезон",
        "agenda_kk": "Дайындық",
        "agenda_ru": "Подготовка",
        "day": "2026-11-20",
        "begins": "10:00",
        "ends": "11:00",
        "stream": "https://www.youtube.com/watch?v=1",
    }
    written("heads/akim-shymkent/conference/", client, **given)
    conference = Conference.objects.get()
    path = f"conferences/{conference.slug}/"
    assert "Жылу маусымы" in page(Client(), "conferences/")
    assert "https://www.youtube.com/watch?v=1" in page(Client(), path)
    question = asked(conference, asker, "Жылу қашан беріледі?")
    assert question.contribution.text in page(client, path)
    on_monday.move_to(conference.ends_at + timedelta(hours=1))
    client = signed_in(answering)  # days have passed: one signs in again
    results = {"results_kk": "Жылу 1-інде беріледі", "transcript_kk": "Толық мәтін"}
    written(f"{path}results/", client, **results)
    assert "Толық мәтін" in page(Client(), path)
    written(f"{path}promise/", client, text_kk="Жылу береміз", due_on="2026-12-01")
    assert "Жылу береміз" in page(Client(), "commitments/")


def test_conference_called_off_says_why(head, answering):
    conference = actions.announce(head, invitation(), by=answering)
    path = f"conferences/{conference.slug}/"
    written(f"{path}call-off/", signed_in(answering), why_kk="Әкім іссапарда")
    assert "Әкім іссапарда" in page(Client(), path)


def test_promise_from_an_answer_to_a_kept_one(head, asker, answering):
    question, client = asked(head, asker), signed_in(answering)
    answered(question, answering)
    number = question.contribution.number
    given = {"text_kk": "Жарық жөнделеді", "due_on": "2026-12-20"}
    written(f"questions/{number}/promise/", client, **given)
    commitment = Commitment.objects.get()
    path = f"commitments/{commitment.pk}/"
    assert "Жарық жөнделеді" in page(Client(), f"questions/{number}/")
    written(f"{path}move/", client, due_on="2027-01-10", why_kk="Жабдық кешікті")
    written(f"{path}news/", client, words_kk="Жұмыс басталды")
    assert "Жұмыс басталды" in page(Client(), path)
    link = "https://shymkent.gov.example/news/1"
    written(f"{path}news/", client, words_kk="Жөнделді", link=link, kept="1")
    assert link in page(Client(), path)
    assert "Жарық жөнделеді" in page(Client(), "commitments/?state=kept")
    refused = written(f"{path}drop/", client, why_kk="Қаражат жоқ")
    assert refused.context["form"].non_field_errors()


@pytest.mark.parametrize("path", ["heads/nobody/", "conferences/2020-0001/", "commitments/7/"])
def test_what_is_not_there_is_not_found(db, path):
    assert Client().get(f"/kk/dialogue/{path}").status_code == 404


def test_home_leads_to_heads_and_to_the_states_own_system_of_appeals(head):
    said = page(Client(), "")
    assert "/kk/dialogue/heads/akim-shymkent/" in said
    assert "https://eotinish.kz/" in said


@pytest.mark.parametrize(
    ("language", "said", "not_said"),
    [("kk", "Жауап берілді", "Қабылданды"), ("ru", "Ответ дан", "Принято")],
)
def test_life_of_an_answered_question_is_told_in_its_own_words(
    client, head, asker, answering, language, said, not_said
):
    question = asked(head, asker)
    answered(question, answering)

    page = client.get(f"/{language}/contributions/{question.contribution.number}/").content.decode()

    life = page.partition('class="voice-life"')[2].partition("</ol>")[0]
    assert said in life
    assert not_said not in life


def test_work_of_an_officer_is_sorted_by_date_with_points_at_stake(
    client, head, asker, answering, officer_of_another
):
    done = asked(head, asker)
    answered(done, answering)
    soon = timezone.localdate() + timedelta(days=2)
    actions.promise(done, text={"kk": "Жарық жөнделеді"}, due_on=soon, by=answering)
    waiting = asked(head, asker, text="Мектеп қашан ашылады?")

    client.force_login(answering)
    said = client.get("/kk/dialogue/work/").content.decode()
    client.force_login(officer_of_another)
    nothing = client.get("/kk/dialogue/work/").content.decode()

    places = [said.index(each) for each in ("Жарық жөнделеді", waiting.contribution.number)]
    assert places == sorted(places)
    assert said.count("4 баллға дейін") == said.count("9 баллға дейін") == 1
    assert waiting.contribution.number not in nothing
    assert "Мектеп қашан ашылады?" in said
    Contribution.objects.update(shown="removed")
    client.force_login(answering)
    assert "Мектеп қашан ашылады?" not in client.get("/kk/dialogue/work/").content.decode()


def test_a_question_asked_again_is_worth_the_same_in_every_list(client, head, asker, answering):
    question = asked(head, asker)
    answered(question, answering)
    actions.mark(question, by=asker, said="not", satisfaction=1, reason="Күні айтылмаған.")

    client.force_login(answering)
    for page in ("dialogue/work", "office/voices"):
        said = client.get(f"/kk/{page}/").content.decode()
        assert (said.count("7 баллға дейін"), said.count("9 баллға дейін")) == (1, 0)


def test_measures_of_a_body_say_how_they_are_counted_and_where_it_fell_short(
    client, head, asker, answering, body
):
    question = asked(head, asker)
    answered(question, answering, is_template=True)
    year = timezone.localdate().year

    room = client.get(f"/kk/dialogue/bodies/{body.code}/").content.decode()
    page = client.get(f"/kk/dialogue/bodies/{body.code}/measures/?year={year}").content.decode()
    before = client.get(f"/kk/dialogue/bodies/{body.code}/measures/?year={year - 1}")

    assert "Медиана, күнтізбелік күн: 0." in room
    assert "Жіберу алдындағы тексеру үлгі деп танымаған" in room
    assert f"/dialogue/questions/{question.contribution.number}/" in page
    assert "Есептейтін дерек болмады." in before.content.decode()
    assert client.get(f"/kk/dialogue/bodies/{body.code}/measures/?year=1e9").status_code == 200


def test_all_messages_are_counted_no_further_than_the_bound(client, head, asker, monkeypatch):
    monkeypatch.setattr(paging, "MOST", 3)
    monkeypatch.setattr(kept_archive, "PER_PAGE", 2)
    for number in range(5):
        asked(head, asker, text=f"Тағы бір сұрақ бар: {number} қайда?")

    said = client.get("/kk/dialogue/questions/?page=2").content.decode()

    assert said.count('<article class="voice">') == 1
    assert "?page=3" not in said
