"""Those who follow a set are told of its new version, and of what it breaks."""

from datetime import timedelta

import pytest

from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.notices import actions as notices
from aiqyn_portal.notices import letters
from aiqyn_portal.notices.models import Delivery, Message
from aiqyn_portal.sections.open_data import actions, searching
from tests.portal.open_data.sets import AT, mistake

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


TOPIC = "data_set:mektepter-sany"


def test_those_who_follow_a_set_or_its_body_are_told_what_is_new_and_what_breaks(
    version, public, citizen, administrator, evaluator_client
):
    notices.follow(citizen, TOPIC, at=AT)
    notices.follow(administrator, f"body:{public.body.code}", at=AT)

    publish(evaluator_client, version)

    told = Delivery.objects.order_by("reader__user__username").values_list(
        "reader__user__username", "topic"
    )
    message = Message.objects.get()
    assert list(told) == [("administrator", "body:kz-akm-shymkent"), ("citizen", TOPIC)]
    assert message.title["kk"] == "«Мектептер саны» деректер жинағының 2-нұсқасы шықты."
    assert message.title["ru"] == "Вышла версия 2 набора данных «Число школ»."
    assert message.text["kk"].splitlines() == [
        "Жаңа тоқсан",
        "Файлды бағандарының атауы бойынша оқитын бағдарламалар істемей қалуы мүмкін.",
        "Жойылған баған: oblys (mektepter.csv)",
        "Мәндерінің түрі өзгерген баған: mektep (mektepter.csv)",
    ]
    assert message.text["ru"].splitlines() == [
        "Новый квартал",
        "Программы, которые читают файл по названиям столбцов, могут перестать работать.",
        "Исчез столбец: oblys (mektepter.csv)",
        "Изменился тип значений: mektep (mektepter.csv)",
    ]
    assert letters.href(message, "ru").endswith("/ru/open-data/sets/mektepter-sany/v2/")


def test_who_released_the_version_is_not_told_of_it(version, evaluator, evaluator_client):
    notices.follow(evaluator, TOPIC, at=AT)

    publish(evaluator_client, version)

    assert Delivery.objects.count() == 0
    assert searching.named("mektepter-sany").title["ru"] == "Число школ"
    assert searching.named("no-such-set") is None


def test_followers_and_who_waits_for_an_answer_are_told_of_a_withdrawal(
    public, citizen, administrator, officer
):
    notices.follow(citizen, TOPIC, at=AT)
    notices.follow(officer, TOPIC, at=AT)
    mistake(public, administrator)

    actions.withdraw(public, "Қате деректер", by=officer, at=LATER)

    told = Delivery.objects.order_by("reader__user__username")
    message = Message.objects.get()
    assert list(told.values_list("reader__user__username", "topic")) == [
        ("administrator", ""),
        ("citizen", TOPIC),
    ]
    assert (message.title["kk"], message.text["kk"]) == (
        "«Мектептер саны» деректер жинағы қайтарып алынды.",
        "Қате деректер",
    )
    assert letters.href(message, "ru").endswith("/ru/open-data/sets/mektepter-sany/")
