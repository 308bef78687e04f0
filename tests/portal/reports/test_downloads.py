"""Every download read back and compared with the database as a whole."""

import csv
import json
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from aiqyn.cli.score import read_findings
from aiqyn.scoring.engine import score
from aiqyn.scoring.methodology import methodology
from aiqyn_portal.evaluation.models import Rating
from aiqyn_portal.evaluation.standing import digest_of
from aiqyn_portal.reports import downloads, rows
from tests.portal.reports.conftest import CRITERIA, tree_of

ADDRESS = "/ratings/kz-openness-2020"
KEYS = [
    "round",
    "rank",
    "body",
    "kind",
    "name_kk",
    "name_ru",
    "name_en",
    *CRITERIA,
    "points",
    "published_total",
    "max_points",
    "percent",
    "grade",
    "change_pp",
    "preliminary_points",
    "is_correction",
    "made_at",
    "tree_sha256",
    "notes",
]
CHANGES = {"kz-akm-kyzylorda": "4.6", "kz-akm-shymkent": "-7.4", "kz-akm-astana": "-3.3"}


def in_database() -> list[dict[str, object]]:
    """What the rows of 2020 say, in the order of their places."""
    rows = Rating.objects.filter(entry__round__code="kz-openness-2020").order_by("rank")
    return [
        {
            "rank": row.rank,
            "body": row.entry.body.code,
            **{score.code: score.points for score in tree_of(row).criteria},
            "points": row.points,
            "tree_sha256": row.tree_sha256,
        }
        for row in rows
    ]


def test_csv_holds_the_database(client: Client, published) -> None:
    answer = client.get(f"{ADDRESS}.csv")

    text = answer.content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    numbers = (*CRITERIA, "points")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert list(rows[0]) == KEYS
    assert [
        {"rank": int(row["rank"]), "body": row["body"]}
        | {key: Decimal(row[key]) for key in numbers}
        | {"tree_sha256": row["tree_sha256"]}
        for row in rows
    ] == in_database()
    changes = {row["body"]: row["change_pp"].removesuffix("0") for row in rows}
    assert {body: changes[body] for body in CHANGES} == CHANGES
    assert rows[-1]["notes"] == "Қосынды 55,66"
    assert {row["body"]: row["published_total"] for row in rows if row["published_total"]} == {
        "kz-akm-shymkent": "53.66"
    }
    assert rows[15]["name_kk"] == "Нұр-Сұлтан әкімдігі"


def test_json_holds_the_database(client: Client, published) -> None:
    answer = client.get(f"{ADDRESS}.json")

    content = json.loads(answer.content, parse_float=Decimal, parse_int=Decimal)
    wanted = in_database()
    assert [{key: row[key] for key in wanted[0]} for row in content["rows"]] == wanted
    assert [column["key"] for column in content["columns"]] == KEYS
    assert content["round"]["source"] == {"kk": "Кесте", "ru": "Таблица", "en": "A table"}
    assert [note["body"] for note in content["notes"]] == ["kz-akm-shymkent", None]


def test_xlsx_holds_the_database(client: Client, published) -> None:
    answer = client.get(f"{ADDRESS}.xlsx")

    book = load_workbook(BytesIO(answer.content), read_only=True)
    header, *rows = book["league"].iter_rows(values_only=True)
    wanted = in_database()
    found = [dict(zip(header, row, strict=False)) for row in rows]
    assert list(header) == KEYS
    assert [
        {key: Decimal(str(row[key])) if key in (*CRITERIA, "points") else row[key] for key in one}
        for row, one in zip(found, wanted, strict=True)
    ] == wanted
    assert [row[0].value for row in book["columns"].iter_rows()] == KEYS


def test_csv_metadata_documents_every_column(client: Client, published) -> None:
    answer = client.get(f"{ADDRESS}.csv-metadata.json").json()

    columns = answer["tableSchema"]["columns"]
    assert answer["url"] == "kz-openness-2020.csv"
    assert [column["name"] for column in columns] == KEYS
    for column in columns:
        assert set(column["dc:description"]) == {"kk", "ru", "en"}


def test_unknown_figures_are_empty_in_every_format(client: Client, rated) -> None:
    rated("kz-akm-a", "10")

    row = next(csv.DictReader(StringIO(client.get(f"{ADDRESS}.csv").content.decode("utf-8-sig"))))
    in_json = client.get(f"{ADDRESS}.json").json()["rows"][0]
    book = load_workbook(BytesIO(client.get(f"{ADDRESS}.xlsx").content))
    header, in_xlsx = book["league"].iter_rows(values_only=True)

    assert (row["open_data"], row["points"], row["rank"]) == ("10", "", "")
    assert (in_json["open_data"], in_json["points"], in_json["rank"]) == (10, None, None)
    assert in_xlsx[header.index("points")] is None


def test_text_that_looks_like_a_formula_stays_text(client: Client, rated) -> None:
    rating = rated("kz-akm-a", "10", "10", "10", "10", "10")
    type(rating.entry.body).objects.update(
        name={"kk": "=1+1", "ru": "=1+1", "en": '=HYPERLINK("http://a.kz")'}
    )

    book = load_workbook(BytesIO(client.get(f"{ADDRESS}.xlsx").content))
    row = next(csv.reader(StringIO(client.get(f"{ADDRESS}.csv").content.decode().split("\n")[1])))

    assert {cell.data_type for cell in book["league"][2]} <= {"s", "n", "b"}
    assert row[4:7] == ["'=1+1", "'=1+1", '\'=HYPERLINK("http://a.kz")']


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx", "csv-metadata.json"])
def test_download_may_be_fetched_from_anywhere_and_asked_again(
    client: Client, published, ending: str
) -> None:
    first = client.get(f"{ADDRESS}.{ending}")
    again = client.get(f"{ADDRESS}.{ending}", headers={"If-Modified-Since": first["Last-Modified"]})

    assert first["Access-Control-Allow-Origin"] == "*"
    assert first["Content-Disposition"] == f'attachment; filename="kz-openness-2020.{ending}"'
    assert again.status_code == 304


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx", "csv-metadata.json"])
def test_unknown_round_has_no_download(client: Client, db, ending: str) -> None:
    assert client.get(f"/ratings/no-such.{ending}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_download_takes_the_same_queries_however_long(
    client: Client, rated, django_assert_num_queries, count: int
) -> None:
    for number in range(count):
        rated(f"kz-akm-{number}", "10", "10", "10", "10", "10")
    rows._TREES.clear()

    with django_assert_num_queries(3 + 4):  # four for the purse that pays for it
        client.get(f"{ADDRESS}.csv")


def test_findings_compute_the_rating_again(client: Client, published) -> None:
    content = client.get(f"{ADDRESS}/kz-akm-shymkent/findings.json").content

    row = Rating.objects.get(
        entry__round__code="kz-openness-2020", entry__body__code="kz-akm-shymkent"
    )
    [(body, findings)] = read_findings("findings.json", content, "").items()
    again = score(body, findings, methodology("kz-openness-2020"))
    assert digest_of(again) == row.tree_sha256


def test_findings_of_nobody_are_not_there(client: Client, published) -> None:
    assert client.get(f"{ADDRESS}/kz-nobody/findings.json").status_code == 404


def test_columns_are_named_once() -> None:
    keys = [column.key for column in downloads.columns(methodology("kz-openness-2020"))]

    assert keys == KEYS
