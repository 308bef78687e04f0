"""A whole approved list, entered as a table."""

import csv
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from aiqyn_portal.sections.open_data import actions, approved_list
from aiqyn_portal.sections.open_data.approved_list import Line, ListUnreadable, read
from aiqyn_portal.sections.open_data.models import Approved
from aiqyn_portal.trail.models import Event
from tests.portal.open_data.pressing import post, text_of
from tests.portal.open_data.sets import AT

HEADER = "number;title_kk;title_ru;title_en;frequency;due"
ROW = "1;Мектептер;Школы;Schools;quarterly;2026-12-31"
SCHOOLS = Line(
    number="1",
    title={"kk": "Мектептер", "ru": "Школы", "en": "Schools"},
    frequency="quarterly",
    due=date(2026, 12, 31),
)
ACT = ("№ 15 бұйрық, 2026-01-10", "https://example.kz/15")


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}\n{ROW}\n".encode(),
        f"\ufeff{HEADER}\r\n{ROW}\r\n\r\n;;;;;\r\n".encode(),
        f"{HEADER}\n{ROW}".replace(";", ",").encode(),
        f"{HEADER}\n{ROW}".replace(";", "\t").encode(),
        "due;no;Title;название;Атауы;frequency\n31.12.2026;1;Schools;Школы;Мектептер;quarterly\n".encode(),
        f"{HEADER}\n{ROW}".encode("windows-1251"),
        f"{HEADER}\n{ROW}".encode("kz1048"),
        "№;атауы;наименование;title;frequency;срок\n".encode()
        + '1;"Мектептер";" Школы ";Schools;every quarter;2026-12-31'.encode(),
    ],
)
def test_table_is_read_as_people_write_it(content):
    with override("en"):
        assert read(content) == [SCHOOLS]


def test_what_a_list_does_not_say_stays_empty():
    assert read("title_kk,title_ru\nЖолдар,Дороги\n".encode()) == [
        Line(number="", title={"kk": "Жолдар", "ru": "Дороги"}, frequency="", due=None)
    ]


NO_TITLE = "the title in Kazakh or in Russian is missing."
UNREADABLE = {
    "The file is empty.": b"",
    "There is no row below the header.": HEADER.encode(),
    "Columns are missing: title_kk, title_ru.": b"number;due\n1;2026-12-31",
    f"Row 3: {NO_TITLE}": f"{HEADER}\n;;;;;\n1;;Школы;;;\n".encode(),
    "Row 2: no such frequency: soon. Row 3: no such day: 31.02.2026.": (
        f"{HEADER}\n1;а;б;;soon;\n2;а;б;;;31.02.2026".encode()
    ),
    "is too long.": f"{HEADER}\n1;{'а' * 301};б;;;".encode(),
    "There are more than 1000 rows.": f"{HEADER}\n".encode() + b"1;a;b;;;\n" * 1001,
    "The letters cannot be read: save the table as UTF-8.": b"\x98" * 10,
    "The file is larger than 1 MB.": b"x" * (approved_list.LARGEST + 1),
}


@pytest.mark.parametrize("why", UNREADABLE)
def test_table_that_cannot_be_understood_says_where(why):
    with override("en"), pytest.raises(ListUnreadable) as refused:
        read(UNREADABLE[why])

    assert why in str(refused.value)


def test_cell_without_an_end_is_refused():
    before = csv.field_size_limit(131_072)  # of the whole process; other readers raise it
    try:
        with pytest.raises(ListUnreadable, match="field larger than field limit"):
            read(b'title_kk,title_ru\n"' + b"x" * 200_000)
    finally:
        csv.field_size_limit(before)


def test_list_sent_twice_adds_nothing_the_second_time(body, evaluator):
    roads = Line(number="2", title={"kk": "Жолдар", "ru": "Дороги"}, frequency="", due=None)
    lines = [SCHOOLS, SCHOOLS, roads]

    added = [actions.add_list(body, lines, ACT, by=evaluator, at=AT) for _ in range(2)]

    assert added == [2, 0]
    assert list(Approved.objects.order_by("pk").values_list("number", "frequency", "due")) == [
        ("1", "quarterly", date(2026, 12, 31)),
        ("2", "", None),
    ]
    told = Event.objects.filter(action="data.list_approved").order_by("pk").last()
    assert told.details == {"source": ACT[0], "lines": 3, "added": 0}


def test_officers_do_not_set_their_own_plan(body, officer):
    with pytest.raises(PermissionDenied):
        actions.add_list(body, [SCHOOLS], ACT, by=officer, at=AT)


def test_moderator_enters_a_list_on_a_page(body, evaluator_client):
    def send(text):
        upload = SimpleUploadedFile("list.csv", text.encode(), content_type="text/csv")
        address = f"bodies/{body.code}/approved/table/"
        return post(evaluator_client, address, upload=upload, source=ACT[0], source_link=ACT[1])

    refused = send(f"{HEADER}\n{ROW}\n2;;Дороги;;;")
    assert f"Row 3: {NO_TITLE}" in text_of(refused)
    assert not Approved.objects.exists()

    taken = send(f"{HEADER}\n{ROW}")

    assert taken.status_code == 302
    assert Approved.objects.get().source_link == ACT[1]
