"""What an administrator's forms answer to dates, files and searches nobody should send."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from aiqyn.registry.bodies import BODY_COLUMNS
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.trail.models import Event

ONE = "/kk/manage/bodies/body/kz-akm-shymkent/"
NAMES = {"name_kk": "Жаңа атау", "name_ru": "Новое имя", "source": "Жарлық"}


@pytest.mark.parametrize(
    ("page", "sent"),
    [
        ("rename/", {**NAMES, "since": "0001-01-01"}),
        ("close/", {"last_day": "9999-12-31"}),
        ("edit/", {"kind": "ministry", "valid_from": "9999-12-31"}),
    ],
)
def test_day_at_an_end_of_the_calendar_is_refused(
    administrator_client: Client, body: Body, page: str, sent: dict[str, str]
) -> None:
    answer = administrator_client.post(ONE + page, sent)

    assert answer.status_code == 422
    assert not Event.objects.exists()


@pytest.mark.parametrize("field", ["q", "kind"])
def test_null_character_in_a_search_finds_nothing_amiss(
    administrator_client: Client, body: Body, field: str
) -> None:
    assert administrator_client.get("/kk/manage/bodies/", {field: "\0"}).status_code == 200


def test_very_long_search_is_cut(administrator_client: Client, body: Body) -> None:
    assert administrator_client.get("/kk/manage/bodies/", {"q": "а" * 60_000}).status_code == 200


def a_file(name: str, code: str, title: str) -> SimpleUploadedFile:
    row = {"code": code, "kind": "ministry", "name_kk": title, "name_ru": "Имя"}
    lines = [",".join(BODY_COLUMNS), ",".join(row.get(column, "") for column in BODY_COLUMNS)]
    return SimpleUploadedFile(name, "\r\n".join(lines).encode())


@pytest.mark.parametrize("character", ["\0", "\x0b", "\x7f"])
def test_file_with_a_control_character_is_refused_with_its_line(
    administrator_client: Client, character: str
) -> None:
    answer = administrator_client.post(
        "/en/manage/bodies/import/", {"file": a_file("a.csv", "kz-a", f"А{character}Б")}
    )

    assert answer.status_code == 422
    (problem,) = answer.context["problems"]
    assert (problem.line, problem.value) == (2, f"U+{ord(character):04X}")
    assert not Body.objects.exists()


def test_long_name_of_a_file_is_cut_in_the_trail(administrator_client: Client) -> None:
    name = "а" * 240 + ".csv"

    administrator_client.post("/kk/manage/bodies/import/", {"file": a_file(name, "kz-a", "Атау")})

    assert Event.objects.get().subject == ("file:" + name)[:200]
