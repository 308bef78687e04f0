"""data.json: both versions, pages that nobody announces, records that are broken."""

import json
from datetime import date

import pytest

from aiqyn.errors import FetchError
from aiqyn.harvest import Refused, harvest
from aiqyn.harvest.data_json import dataset_of
from aiqyn.harvest.model import BadRecord
from aiqyn.subjects.dataset import Contact, Dataset, Distribution, Publisher
from tests.aiqyn.harvest.catalogues import Source, as_json, loopback, served


class Paged(Source):
    """ckanext-dcat: a hundred a page, and not a word of it inside."""

    def __init__(self, count, *, ignores_page=False):
        super().__init__()
        self.records = [{"identifier": f"s{n}", "title": "t"} for n in range(count)]
        self.ignores_page = ignores_page

    def answer(self, path, query, form):
        page = 1 if self.ignores_page else int(query.get("page", 1))
        return as_json({"dataset": self.records[(page - 1) * 100 : page * 100]})


def gathered(source, tmp_path, path="/data.json"):
    with served(source) as url:
        run = harvest(url + path, str(tmp_path), limits=loopback())
        return list(run), run.summary


def file(content, status=200):
    source = Source()
    source.files["/data.json"] = (status, "application/json", content)
    return source


def test_pages_that_nobody_announces_are_found(tmp_path):
    found, summary = gathered(Paged(250), tmp_path)

    assert len({each.id for each in found}) == 250
    assert summary.problems == ("total_unknown",)


def test_file_of_exactly_one_page_is_not_taken_for_a_circle(tmp_path):
    found, summary = gathered(Paged(100, ignores_page=True), tmp_path)

    assert (len(found), summary.repeated) == (100, 100)
    assert "repeats" not in summary.problems


def test_numbered_address_keeps_its_other_words(tmp_path):
    found, _ = gathered(Paged(150), tmp_path, "/data.json?q=a&page=1")

    assert len(found) == 150


def test_file_of_a_hundred_behind_a_query_is_probed_with_it(tmp_path):
    source = Paged(100)

    gathered(source, tmp_path, "/data.json?q=a")

    assert "GET /data.json?q=a&page=2" in source.asked


@pytest.mark.parametrize("wrap", [lambda each: each, lambda each: {"dataset": each}])
def test_bad_records_are_refused_one_by_one(tmp_path, wrap):
    records = [
        {"identifier": "a"},
        {"title": "no name"},
        "text",
        {"identifier": "b", "distribution": 1},
    ]
    found, summary = gathered(file(b"\xef\xbb\xbf" + json.dumps(wrap(records)).encode()), tmp_path)

    assert [(type(each), each.id) for each in found] == [
        (Dataset, "a"),
        (Refused, ""),
        (Refused, ""),
        (Refused, "b"),
    ]
    assert [each.problem for each in found[1:]] == ["no_identifier", "no_identifier", "wrong_field"]
    assert (summary.said, summary.missing) == (4, 0)


def test_record_with_broken_letters_is_refused_alone(tmp_path):
    content = b'{"dataset": [{"identifier": "a"}, {"identifier": "\xff"}]}'

    found, _ = gathered(file(content), tmp_path)

    assert [type(each) for each in found] == [Dataset, Refused]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"<html>", "not_json"),
        (b"{}", "no_catalogue"),
        (b'{"dataset": 3}', "not_json"),
        (b"3", "not_json"),
    ],
)
def test_file_that_is_no_catalogue_is_told(tmp_path, content, problem):
    with pytest.raises(FetchError, match=problem):
        gathered(file(content), tmp_path)


def test_answer_that_is_a_refusal_is_told(tmp_path):
    with pytest.raises(FetchError, match="said_no: HTTP 404: gone"):
        gathered(file(b"gone", 404), tmp_path)


def test_record_of_version_1_1_is_read():
    record = {
        "@type": "dcat:Dataset",
        "identifier": "https://a.gov/1",
        "title": "Schools",
        "description": "[[REDACTED-EX B6]]",
        "keyword": ["school", "child"],
        "theme": ["education"],
        "modified": "R/P1D",
        "publisher": {"name": "Ministry"},
        "contactPoint": {"fn": "Aigul", "hasEmail": "mailto:a@b.gov", "hasTelephone": "1"},
        "accessLevel": "restricted public",
        "license": "https://creativecommons.org/publicdomain/zero/1.0/",
        "temporal": "2020-01-01/2020-12-31",
        "spatial": {"type": "Point"},
        "language": ["en-US"],
        "landingPage": "https://a.gov/p",
        "conformsTo": "https://a.gov/s",
        "distribution": {
            "title": "CSV",
            "downloadURL": "https://a.gov/f.csv",
            "mediaType": "text/csv",
            "license": {"@id": "https://l"},
        },
    }

    assert dataset_of(record) == Dataset(
        id="https://a.gov/1",
        title={"en": "Schools"},
        keywords={"en": ("school", "child")},
        themes=("education",),
        publisher=Publisher(name={"en": "Ministry"}),
        contact=Contact(name={"en": "Aigul"}, email="a@b.gov", phone="1"),
        licence="https://creativecommons.org/publicdomain/zero/1.0/",
        rights={"": "restricted public"},
        frequency="daily",
        since=date(2020, 1, 1),
        until=date(2020, 12, 31),
        places=('{"type":"Point"}',),
        language=("en",),
        page="https://a.gov/p",
        conforms_to=("https://a.gov/s",),
        distributions=(
            Distribution(
                title={"en": "CSV"},
                download="https://a.gov/f.csv",
                format="csv",
                media_type="text/csv",
                licence="https://l",
            ),
        ),
    )


def test_record_of_version_1_0_is_its_own_distribution():
    record = {
        "@id": "x",
        "title": "T",
        "keyword": "a, b",
        "contactPoint": "Aigul",
        "mbox": "a@b.gov",
        "publisher": "Ministry",
        "accessURL": "https://a.gov/f.xls",
        "format": "application/vnd.ms-excel",
        "accrualPeriodicity": "R/P3M",
        "temporal": {"startDate": "2020"},
        "spatial": "KZ",
        "accessLevel": "public",
        "rights": "free",
    }

    found = dataset_of(record)

    assert found == Dataset(
        id="x",
        title={"": "T"},
        keywords={"": ("a", "b")},
        publisher=Publisher(name={"": "Ministry"}),
        contact=Contact(name={"": "Aigul"}, email="a@b.gov"),
        rights={"": "free"},
        frequency="quarterly",
        since=date(2020, 1, 1),
        places=("KZ",),
        distributions=(
            Distribution(
                access="https://a.gov/f.xls", format="xls", media_type="application/vnd.ms-excel"
            ),
        ),
    )


def test_distribution_that_is_no_mapping_is_named():
    with pytest.raises(BadRecord) as told:
        dataset_of({"distribution": [{}, "x"]})

    assert (told.value.place, told.value.detail) == ("distribution 2", "str")
