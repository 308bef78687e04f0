"""Those who follow a set are told of its new version, and of what it breaks."""

import smtplib
from datetime import timedelta

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.sections.open_data import actions
from aiqyn_portal.sections.open_data.actions import telling
from tests import factories
from tests.portal.open_data.sets import AT

LATER = AT + timedelta(days=30)
BROKEN = "kato;mektep\n791010000;көп\n311010000;аз\n".encode()


@pytest.fixture
def version(public, officer):
    version = actions.start_version(public, by=officer, at=LATER)
    actions.set_note(version, Phrase(kk="Жаңа тоқсан", ru="Новый квартал"), by=officer)
    file = actions.add_upload(version, "mektepter.csv", BROKEN, by=officer, at=LATER)
    actions.read_file(file.pk)
    actions.submit(version, by=officer, at=LATER)
    return version


def publish(client, version):
    version.dataset.refresh_from_db()
    said = {"publish": "1", "seen": version.dataset.edition}
    client.post(f"/en/open-data/review/{version.pk}/", said)


def test_letter_says_in_both_languages_what_is_new_and_what_breaks(
    version, public, citizen, evaluator_client, mailoutbox
):
    citizen.email = "citizen@example.kz"
    citizen.save()
    actions.follow(public, by=citizen, at=AT)
    actions.follow(public, by=factories.UserFactory(email=""), at=AT)

    publish(evaluator_client, version)
    call_command("data_worker", "--once")

    [letter] = mailoutbox
    assert (letter.to, letter.subject) == (["citizen@example.kz"], "Мектептер саны / Число школ")
    assert letter.body == (
        "«Мектептер саны» деректер жинағының 2-нұсқасы шықты.\n"
        "Жаңа тоқсан\n"
        "Файлды бағандарының атауы бойынша оқитын бағдарламалар істемей қалуы мүмкін.\n"
        "Жойылған баған: oblys (mektepter.csv)\n"
        "Мәндерінің түрі өзгерген баған: mektep (mektepter.csv)\n"
        "https://aiqyn.example/data/mektepter-sany/v2/\n"
        "\n"
        "Вышла версия 2 набора данных «Число школ».\n"
        "Новый квартал\n"
        "Программы, которые читают файл по названиям столбцов, могут перестать работать.\n"
        "Исчез столбец: oblys (mektepter.csv)\n"
        "Изменился тип значений: mektep (mektepter.csv)\n"
        "https://aiqyn.example/data/mektepter-sany/v2/"
    )


def test_nobody_is_told_where_nobody_follows(version, evaluator_client):
    publish(evaluator_client, version)

    assert DBTaskResult.objects.count() == 0


def test_address_that_refuses_a_letter_keeps_no_other_from_theirs(
    version, public, monkeypatch, mailoutbox, caplog
):
    for name in ("a", "b"):
        actions.follow(public, by=factories.UserFactory(email=f"{name}@example.kz"), at=AT)
    real = telling.send_mail

    def refuses_a(subject, text, sender, to):
        if to == ["a@example.kz"]:
            raise smtplib.SMTPRecipientsRefused({})
        return real(subject, text, sender, to)

    monkeypatch.setattr(telling, "send_mail", refuses_a)

    assert actions.tell_followers(version.pk) == 1
    assert [letter.to for letter in mailoutbox] == [["b@example.kz"]]
    assert "did not leave" in caplog.text
