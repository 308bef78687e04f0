"""A table in other formats, and drawn."""

import json

import duckdb
import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from aiqyn_portal.sections.open_data import tables
from aiqyn_portal.sections.open_data.models import File, Hold, Use
from aiqyn_portal.sections.open_data.views import tables as views
from tests.portal.open_data.sets import AT, published

pytestmark = pytest.mark.django_db
READER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


@pytest.fixture
def file(body, officer):
    found = published(body, officer).newest.files.get()
    to = tables.folder() / "made.parquet"
    rows = "(VALUES (1, 'Шымкент', 153), (2, 'Тараз', 78), (3, 'Тараз', 2))"
    duckdb.sql(f"COPY (FROM {rows} t(kato, oblys, mektep)) TO '{to}' (FORMAT parquet)")
    found.table_sha256 = tables.keep(to)
    found.save()
    return found


def table(client, ending, **headers):
    address = reverse("data_table", args=["mektepter", 1, "mektepter.csv", ending])
    return client.get(address, headers=headers)


def chart(client, **asked):
    return client.get(reverse("open_data:chart", args=["mektepter", 1, "mektepter.csv"]), asked)


@pytest.mark.parametrize(
    ("ending", "begins"),
    [("csv", "\ufeffkato".encode()), ("json", b"[\n{"), ("xlsx", b"PK"), ("parquet", b"PAR1")],
)
def test_table_comes_in_every_format(client, file, ending, begins):
    answer = table(client, ending)

    content = b"".join(answer.streaming_content)
    assert answer.status_code == 200
    assert content.startswith(begins)
    assert answer["Content-Disposition"] == f'attachment; filename="mektepter.{ending}"'


def test_download_of_a_table_is_counted_once_and_robots_not_at_all(client, file, settings):
    settings.OPEN_DATA_COUNT_S = 0
    for reader in (READER, {"User-Agent": "SomeBot/1.0"}):
        b"".join(table(client, "json", **reader).streaming_content)

    assert Use.objects.get(kind=Use.Kind.DOWNLOAD).count == 1


def test_nothing_is_left_in_the_folder_of_tables(client, file):
    before = sorted(each.name for each in tables.folder().iterdir())

    b"".join(table(client, "csv").streaming_content)

    assert sorted(each.name for each in tables.folder().iterdir()) == before


def test_table_that_is_too_long_held_lost_or_not_there_is_not_found(client, file, monkeypatch):
    monkeypatch.setitem(views.MOST_ROWS, "xlsx", 1)
    assert table(client, "xlsx").status_code == 404
    Hold.objects.create(file=file, found=[], held_at=AT)
    assert table(client, "csv").status_code == 404
    Hold.objects.all().delete()
    File.objects.update(table_sha256="ab" * 32)
    assert table(client, "csv").status_code == 404
    assert chart(client, by=2).context["drawn"] is None
    File.objects.update(table_sha256="")
    assert table(client, "csv").status_code == 404
    assert chart(client).status_code == 404


@pytest.mark.parametrize(
    ("asked", "groups"),
    [
        ({"by": 2}, (("Тараз", 2), ("Шымкент", 1))),
        ({"by": 2, "how": "sum", "of": 3}, (("Шымкент", 153), ("Тараз", 80))),
        ({"by": 3}, ((2, 1), (78, 1), (153, 1))),
    ],
)
def test_chart_shows_the_figures_of_the_table_beside_it(client, file, asked, groups):
    answer = chart(client, **asked)

    assert answer.context["drawn"].groups == groups
    tree = LexborHTMLParser(answer.content.decode())
    assert len(tree.css("figure svg title")) == 1
    assert len(tree.css("table tbody tr")) == len(groups)


def test_long_row_of_numbers_is_a_line(client, file):
    to = tables.folder() / "long.parquet"
    duckdb.sql(f"COPY (SELECT unnest(range(40)) AS mektep) TO '{to}' (FORMAT parquet)")
    file.table_sha256 = tables.keep(to)
    file.save()

    answer = chart(client, by=3)

    assert len(answer.context["drawn"].groups) == 40
    assert b"<svg" in answer.content


@pytest.mark.parametrize(
    "asked", [{"by": 9}, {"by": 2, "how": "sum"}, {"by": 2, "how": "sum", "of": 2}, {"by": "9" * 9}]
)
def test_what_cannot_be_drawn_is_said(client, file, asked):
    answer = chart(client, **asked)

    assert answer.status_code == 200
    assert answer.context["drawn"] is None
    assert b"govuk-inset-text" in answer.content


@pytest.mark.parametrize("asked", [{}, {"by": "x"}, {"by": "-1", "how": "<b>"}])
def test_chart_begins_with_a_question(client, file, asked):
    answer = chart(client, **asked)

    assert answer.status_code == 200
    assert b"govuk-inset-text" not in answer.content


def test_json_of_a_table_is_read_by_lines(client, file):
    lines = b"".join(table(client, "json").streaming_content).decode().splitlines()

    assert json.loads(lines[1].rstrip(",")) == {"kato": 1, "oblys": "Шымкент", "mektep": 153}


def test_bars_fit_a_telephone_and_means_are_rounded(client, file):
    address = reverse("open_data:chart", args=["mektepter", 1, "mektepter.csv"])
    address = address.replace("/kk/", "/ru/")

    text = client.get(address, {"by": 2, "how": "mean", "of": 1}).content.decode()

    assert "app-chart--bars" in text
    assert '<td class="data-number">2,5</td>' in text
    assert '<td class="data-number">1</td>' in text
