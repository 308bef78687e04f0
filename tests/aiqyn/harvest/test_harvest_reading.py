"""Words of other people's passports made ours."""

from datetime import date

import pytest

from aiqyn.harvest import reading
from aiqyn.harvest.ckan import Ckan, result_of
from aiqyn.harvest.ckan_package import dataset_of
from aiqyn.harvest.data_json import DataJson
from aiqyn.harvest.model import BadPage, BadRecord, Record, Request
from aiqyn.subjects.dataset import Contact, Dataset, Distribution, Publisher


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("2024-05-01", "2024-05-01"),
        ("2024-05-01T10:20:30.1234567", "2024-05-01T10:20:30"),
        ("2024-05-01T10:20:30Z", "2024-05-01T10:20:30Z"),
        ("2024-05-01 10:20", "2024-05-01T10:20:00"),
        ("20240501T102030+0500", "2024-05-01T10:20:30+05:00"),
        ("1.5.2024", "2024-05-01"),
        ("01.05.2024 9:05", "2024-05-01T09:05:00"),
        ("31.02.2024", ""),
        ("2024-05", "2024-05"),
        ("2024-13", ""),
        ("2024", "2024"),
        ("0000", ""),
        (1714212000000, "2024-04-27T10:00:00Z"),
        ("1714212000000", "2024-04-27T10:00:00Z"),
        ("99999999999999999", ""),
        (7, ""),
        (True, ""),
        (None, ""),
        ("soon", ""),
    ],
)
def test_moment_is_understood_or_nothing(given, moment):
    assert reading.moment(given) == moment


@pytest.mark.parametrize(
    ("given", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
        ("2024-02-03T10:00:00Z", date(2024, 2, 3), date(2024, 2, 3)),
        ("", None, None),
    ],
)
def test_day_is_the_first_or_the_last(given, first, last):
    assert (reading.day(given), reading.day(given, last=True)) == (first, last)


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ("http://publications.europa.eu/resource/authority/frequency/ANNUAL_2", "half_yearly"),
        ("http://purl.org/cld/freq/quarterly", "quarterly"),
        ("freq:monthly", ""),
        ("fourTimesADay", "daily"),
        ("R/P1D", "daily"),
        ("P2W", "monthly"),
        ("R/P0.33M", "monthly"),
        ("R/PT1S", "continuous"),
        ("P", ""),
        ("R/P10Y", "unknown"),
        ("Ежемесячно", "monthly"),
        ("  Тоқсан  сайын ", "quarterly"),
        ("По мере необходимости", "on_change"),
        ("biennial", "unknown"),
        ("when the moon is full", ""),
        (None, ""),
    ],
)
def test_frequency_is_understood_or_nothing(given, key):
    assert reading.frequency(given) == key


@pytest.mark.parametrize(
    ("declared", "media", "address", "key"),
    [
        ("CSV", "", "", "csv"),
        (".csv", "", "", "csv"),
        ("http://publications.europa.eu/resource/authority/file-type/RDF_TURTLE", "", "", "turtle"),
        ("", "text/csv; charset=utf-8", "", "csv"),
        ("text/csv", "", "", "csv"),
        ("", "", "https://a.kz/b/f.XLSX?x=1", "xlsx"),
        ("", "", "https://a.kz/b/f.ttl", "turtle"),
        ("", "", "https://a.kz/view.php", ""),
        ("Мұрағат", "text/csv", "", "мұрағат"),
    ],
)
def test_format_is_told_by_word_type_and_address(declared, media, address, key):
    assert reading.file_format(declared, media, address) == key


@pytest.mark.parametrize(
    ("given", "size"),
    [
        (5, 5), (-1, None), (2.0, 2), (True, None), ("12345", 12345), ("1.5 MB", 1_500_000),
        ("2 Мб", 2_000_000), ("3 KiB", 3072), ("1,5 кб", 1500), ("5 parsecs", None), ("", None),
    ],
)  # fmt: skip
def test_size_is_understood_or_nothing(given, size):
    assert reading.size(given) == size


@pytest.mark.parametrize(
    ("given", "texts"),
    [
        ("Мектеп", {"": "Мектеп"}),
        ({"kk": "Мектеп", "ru-RU": "Школа", "en": None}, {"kk": "Мектеп", "ru": "Школа"}),
        ('{"kaz": "Мектеп"}', {"kk": "Мектеп"}),
        ("{not json", {"": "{not json"}),
        (3, {"": "3"}),
        (["a"], {}),
        (None, {}),
    ],
)
def test_text_is_read_in_its_languages(given, texts):
    assert reading.said(given) == texts


def test_texts_are_merged_and_not_repeated():
    assert reading.merged({"kk": "А"}, {"kk": "Б", "": "А"}) == {"kk": "А"}
    assert reading.merged({"kk": "А"}, {"": "В"}) == {"kk": "А", "": "В"}


@pytest.mark.parametrize(
    ("given", "email"), [("mailto:a@b.kz", "a@b.kz"), ("a@b.kz", "a@b.kz"), ("nobody", "")]
)
def test_mail_is_an_address_or_nothing(given, email):
    assert reading.email(given) == email


def test_words_come_from_lists_and_strings():
    assert reading.words(["a, b", 3, None, "a"]) == ("a", "b", "3")
    assert reading.words('["x"]') == ("x",)
    assert reading.words(None) == ()


def test_package_with_all_a_portal_may_add_is_read():
    package = {
        "id": "1",
        "name": "schools",
        "title": "Schools",
        "title_translated": {"kk": "Мектептер", "ru": "Школы"},
        "notes": '{"kk": "Тізім"}',
        "tags": [{"name": "a", "display_name": "Мектеп"}, "b", 3],
        "groups": [{"title": "Білім, ғылым"}, {"name": "x"}],
        "organization": {"id": "o", "title": "Орган"},
        "author": "Айгүл",
        "author_email": "a@gov.kz",
        "license_id": "cc-by",
        "license_url": "https://creativecommons.org/licenses/by/4.0/",
        "metadata_modified": "2025-01-01T00:00:00.000001",
        "version": "3",
        "extras": [
            {"key": "frequency", "value": "ай сайын"},
            {"key": "temporal_start", "value": "2024"},
            {"key": "temporal_end", "value": "2024"},
            {"key": "spatial_uri", "value": "http://a.kz/kato/75"},
            {"key": "language", "value": '["kk", "ru"]'},
            {"key": "publisher_url", "value": "https://gov.kz"},
            {"key": "access_rights", "value": "PUBLIC"},
            "odd",
        ],
        "resources": [
            {
                "id": "r",
                "name": "Файл",
                "url": "https://a.kz/f.csv",
                "format": "CSV",
                "mimetype": "text/csv",
                "size": "10",
                "hash": "sha256:" + "0" * 64,
                "last_modified": "2025-06-01T00:00:00",
                "created": "2024-01-01",
            },
            {"url": "https://a.kz/api", "resource_type": "api", "format": "JSON"},
            {"url": "https://a.kz/x", "url_type": "upload"},
            {"state": "deleted"},
        ],
    }

    assert dataset_of(package, "https://c.kz") == Dataset(
        id="1",
        title={"kk": "Мектептер", "ru": "Школы", "": "Schools"},
        description={"kk": "Тізім"},
        keywords={"": ("Мектеп", "b", "3")},
        themes=("Білім, ғылым", "x"),
        publisher=Publisher(id="o", name={"": "Орган"}, address="https://gov.kz"),
        contact=Contact(name={"": "Айгүл"}, email="a@gov.kz"),
        licence="https://creativecommons.org/licenses/by/4.0/",
        rights={"": "PUBLIC"},
        frequency="monthly",
        modified="2025-06-01T00:00:00",
        since=date(2024, 1, 1),
        until=date(2024, 12, 31),
        places=("http://a.kz/kato/75",),
        language=("kk", "ru"),
        page="https://c.kz/dataset/schools",
        version="3",
        distributions=(
            Distribution(
                id="r",
                title={"": "Файл"},
                download="https://a.kz/f.csv",
                access="https://a.kz/f.csv",
                format="csv",
                media_type="text/csv",
                size=10,
                sha256="0" * 64,
                issued="2024-01-01",
                modified="2025-06-01T00:00:00",
            ),
            Distribution(access="https://a.kz/api", format="json"),
            Distribution(access="https://a.kz/x", download="https://a.kz/x"),
        ),
    )


def test_package_of_an_old_installation_is_read():
    found = dataset_of(
        {
            "name": "old",
            "title_kk": "Атау",
            "extras": {"modified": "2020-01-01", "theme": "EDUC"},
            "license_id": "notspecified",
            "tags_translated": {"kk": ["мектеп"], "ru": []},
        },
        "",
    )

    assert (found.id, found.title, found.modified, found.themes, found.licence) == (
        "old", {"kk": "Атау"}, "2020-01-01", ("EDUC",), "",
    )  # fmt: skip
    assert (found.keywords, found.contact) == ({"kk": ("мектеп",)}, Contact())


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"<html>", "not_json"),
        (b"\xff", "not_json"),
        (b"[]", r"said_no: \[\]"),
        (b'"Bad request - Action name not known"', "said_no: Bad request"),
        (
            b'{"success": false, "result": 1, "error": {"__type": "T", "message": "m"}}',
            "said_no: T m",
        ),
        (b'{"success": false, "error": "text"}', "said_no: text"),
    ],
)
def test_envelope_of_a_refusal_says_why(content, problem):
    with pytest.raises(BadPage, match=problem):
        result_of(content)


def test_show_that_answers_otherwise_is_a_bad_record():
    asked = Record(id="", name="a", ask=Request(url="x"))

    with pytest.raises(BadRecord, match="not_json"):
        Ckan("").dataset(asked, b"<html>")
    with pytest.raises(BadRecord, match="not_a_record"):
        Ckan("").dataset(asked, b'{"success": true, "result": 3}')


def test_data_json_record_that_is_no_mapping_is_a_bad_record():
    with pytest.raises(BadRecord, match="not_a_record: text"):
        DataJson("").dataset(Record(id="a", content="text"), None)


def test_package_of_a_scheme_with_parts_is_read():
    found = dataset_of(
        {
            "name": "n",
            "contact": [{"name": "Айгүл", "email": "a@gov.kz", "url": "https://gov.kz/c"}],
            "publisher": [{"name": "Орган", "identifier": "o", "url": "https://gov.kz"}],
            "temporal_coverage": '[{"start": "2024-01-01", "end": "2024-06"}]',
            "spatial_coverage": [{"uri": "http://a.kz/kato/75", "text": "Алматы"}],
            "resources": [{"issued": "2024-05-01", "modified": "2024-05-05"}],
        },
        "",
    )

    assert found == Dataset(
        id="n",
        publisher=Publisher(id="o", name={"": "Орган"}, address="https://gov.kz"),
        contact=Contact(name={"": "Айгүл"}, email="a@gov.kz", address="https://gov.kz/c"),
        modified="2024-05-05",
        since=date(2024, 1, 1),
        until=date(2024, 6, 30),
        places=("http://a.kz/kato/75",),
        page="/dataset/n",
        distributions=(Distribution(issued="2024-05-01", modified="2024-05-05"),),
    )
