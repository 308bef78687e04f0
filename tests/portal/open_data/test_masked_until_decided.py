"""A file with personal data: masked for everybody until somebody decides, exact on demand only."""

import pytest

from aiqyn_portal.sections.open_data import actions
from aiqyn_portal.sections.open_data.models import Hold
from aiqyn_portal.trail.models import Event
from tests.portal.open_data.pressing import post, text_of
from tests.portal.open_data.sets import AT

PEOPLE = [  # invented
    ("850101300018", "Үсенов Асан Болатұлы", "+7 701 555 01 02", "Асем", "Тараз"),
    ("900215400019", "Ким Мира", "8 701 555 01 03", "Ольга", "Тараз"),
]
VALUES = [
    "850101300018",
    "900215400019",
    "Үсенов",
    "Мира",
    "Асем",
    "Ольга",
    "701",
    "01 02",
    "01 03",
]


def written():
    lines = ["ЖСН;Аты-жөні;Телефон;Жетекші;Қала", *(";".join(each) for each in PEOPLE)]
    return ("\n".join(lines) + "\n").encode()


@pytest.fixture
def held(body, officer, in_process):
    row = actions.start_set(body, "Қызметкерлер.csv", by=officer, at=AT)
    file = actions.add_upload(row.versions.get(), "q.csv", written(), by=officer, at=AT)
    actions.read_file(file.pk)
    assert Hold.objects.get(file=file).found
    return file


@pytest.mark.parametrize("who", ["officer_client", "evaluator_client", "administrator_client"])
def test_nobody_reads_personal_data_before_a_decision(held, request, who):
    client = request.getfixturevalue(who)

    page = client.get(f"/kk/open-data/files/{held.pk}/").content.decode()

    assert [value for value in VALUES if value in page] == []
    assert "Тараз" in page


def test_what_is_masked_cannot_be_guessed_by_a_filter(held, evaluator_client):
    address = f"/en/open-data/files/{held.pk}/"

    answers = {
        text_of(evaluator_client.get(address, {"c": 1, "op": "is", "v": value}))
        for value in ("850101300018", "850101300026")
    }

    assert len(answers) == 1
    assert "2 rows" in answers.pop()


def test_exact_values_are_shown_on_demand_and_the_journal_keeps_it(held, evaluator_client):
    answer = post(evaluator_client, f"files/{held.pk}/", exact="1")

    assert "850101300018" in text_of(answer)
    assert "no-store" in answer["Cache-Control"]
    event = Event.objects.get(action="data.exact_values_seen")
    assert event.details == {"file": "q.csv", "page": 1}


def test_once_it_may_be_published_the_rows_are_as_they_are(held, officer, officer_client):
    hold = Hold.objects.get(file=held)
    actions.decide_hold(hold, Hold.Decision.PUBLISH, "Келісім бар.", by=officer, at=AT)

    page = text_of(officer_client.get(f"/en/open-data/files/{held.pk}/"))

    assert "Ким Мира" in page
    assert "masked" not in page
