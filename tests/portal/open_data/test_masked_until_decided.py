"""A file with personal data: masked for everybody until somebody decides, exact on demand only."""

import pytest

from aiqyn_portal.sections.open_data import actions
from aiqyn_portal.sections.open_data.models import Hold
from aiqyn_portal.sections.open_data.showing import View
from aiqyn_portal.trail.models import Event
from tests.portal.open_data.pressing import post, text_of
from tests.portal.open_data.sets import AT

SEEN = "data.exact_values_seen"
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
    event = Event.objects.get(action=SEEN)
    assert event.details == {"version": 1, "file": "q.csv", "key": held.pk, "rows": "1–2"}


def test_exact_values_answer_no_filter_and_no_order(held, evaluator_client):
    address = f"files/{held.pk}/?page=1"
    plain = evaluator_client.post(f"/en/open-data/{address}", {"exact": "1"}).context["rows"]

    for asked in ("c=1&op=is&v=850101300018", "c=1&op=is&v=111111111111", "sort=-1", "c=2&v=a"):
        answer = post(evaluator_client, f"{address}&{asked}", exact="1")
        assert (answer.context["rows"].lines, asked) == (plain.lines, asked)
        assert answer.context["view"] == View(page=1)

    assert {event.details["rows"] for event in Event.objects.filter(action=SEEN)} == {"1–2"}


def test_exact_values_are_those_of_the_rows_alone(held, evaluator_client):
    """The figures of a column are of the whole file, which the journal does not say was seen."""
    answer = post(evaluator_client, f"files/{held.pk}/?page=2", exact="1")

    assert [value for value in VALUES if value in answer.content.decode()] == []
    assert Event.objects.get(action=SEEN).details["rows"] == ""


def test_once_it_may_be_published_the_rows_are_as_they_are(held, officer, officer_client):
    hold = Hold.objects.get(file=held)
    actions.decide_hold(hold, Hold.Decision.PUBLISH, "Келісім бар.", by=officer, at=AT)

    page = text_of(officer_client.get(f"/en/open-data/files/{held.pk}/"))

    assert "Ким Мира" in page
    assert "masked" not in page


def offered(officer_client, file):
    address = f"/en/open-data/sets/{file.version.dataset.name}/passport/"
    return officer_client.get(address).context["form"].initial


def with_days(body, officer, name):
    row = actions.start_set(body, "Тізім.csv", by=officer, at=AT)
    lines = [
        "ЖСН;Аты-жөні;Туған күні;Тіркелген күні;КАТО",
        "850101300018;Үсенов Асан Болатұлы;1985-01-01;2026-01-05;791010000",
        "900215400019;Ким Мира;1990-02-15;2026-03-31;311010000",
    ]
    content = ("\n".join(lines) + "\n").encode()
    file = actions.add_upload(row.versions.get(), name, content, by=officer, at=AT)
    actions.read_file(file.pk)
    return file


def test_days_of_birth_are_not_offered_as_the_time_of_the_data(
    body, officer, officer_client, in_process
):
    file = with_days(body, officer, "Тізім.csv")
    hold = Hold.objects.get(file=file)

    for decided in (False, True):
        if decided:
            actions.decide_hold(hold, Hold.Decision.PUBLISH, "Келісім бар.", by=officer, at=AT)
        shown = offered(officer_client, file)
        days = [shown[name].isoformat() for name in ("since", "until")]
        assert (decided, days) == (decided, ["2026-01-05", "2026-03-31"])
        assert shown["places"] == "791010000 311010000"


def test_passport_is_not_offered_what_is_covered(body, officer, officer_client, in_process):
    """Here the codes and the days stand under headings where personal data were found."""
    file = with_days(body, officer, "Үсенов_Асан_Болатұлы.csv")
    Hold.objects.filter(file=file).update(
        found=[{"kind": "iin", "column": each} for each in ("КАТО", "Тіркелген күні")]
    )

    shown = offered(officer_client, file)

    assert (shown["since"], shown["until"], shown["title_kk"]) == (None, None, "")
    assert "791010000" not in shown["places"]
