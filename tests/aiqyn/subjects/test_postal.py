"""A town, a street and a house are an address without any word that says so."""

import time

import pytest

from aiqyn.subjects.postal import gives_address


@pytest.mark.parametrize(
    "text",
    [
        "Кызылорда, Абая 12", "Қызылорда қ., Абай 12-А. Тел.", "Астана қ., Мәңгілік Ел, 8",
        "010000, г. Астана, Мангилик Ел 8", "Сарыкөл кенті, Тәуелсіздік, 72",
        "с. Боровское, Абая 12/1.",
        "8 Mangilik El, Astana", "Astana, Mangilik El 8", "Атырау қаласы, Айтеке би, 77",
        "пгт Осакаровка, Достык - 33", "Абая 12, Кызылорда",
        "г.Тараз, Т. Рыскулова 5 тел. 2-14-41",
        "Астана, Кабанбай батыра, 53, каб. 4", "село Узынколь, Мусрепова 14 | Почта",
        "Шымкент, А. Байтұрсынұлы №18", "Kokshetau, Abay 83 phone", "Абай 96, 020000, Көкшетау",
        "120001, Кызылорда, Желтоксан 12",
    ],
)  # fmt: skip
def test_address_without_a_label_and_a_word_for_a_street_is_seen(text):
    assert gives_address(f"Байланыс {text}")


@pytest.mark.parametrize(
    "text",
    [
        "Астана, 10 маусым", "Астана 2050 стратегиясы", "г. Астана +12°", "Кызылорда, кабинет 12",
        "Кызылорда, Кабинет 12", "В Кызылорде построено 12 школ", "Қызылорда қаласы, 2026 жыл",
        "Астана, Независимости 12 декабря", "Астана, Президент 12 шешім қабылдады",
        "г. Алматы, Школа 12", "25 November, Astana", "Астана, Барыс 3:2", "Алматы, Тараз 15%",
        "Алматы. Казахстан 2030", "Кызылорда, Тел. 12", "тел. 2-14-41, Кызылорда",
    ],
)  # fmt: skip
def test_day_a_room_or_a_score_is_no_address(text):
    assert not gives_address(text)


@pytest.mark.parametrize(
    "piece", ["Астана, ", "Абая ", "А. Абая ", "12 Абая ", "010000, ", "г. Абая Аб "]
)
def test_text_made_to_be_read_for_ever_is_read_in_no_time(piece):
    started = time.process_time()

    assert not gives_address(piece * (60_000 // len(piece)))

    assert time.process_time() - started < 2
