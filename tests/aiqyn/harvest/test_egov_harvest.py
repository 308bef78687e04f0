"""data.egov.kz: the listing, the passports, and what is done where the portal answers otherwise."""

import pytest

from aiqyn.errors import FetchError
from aiqyn.harvest import Refused, harvest
from aiqyn.harvest.egov import Egov, form
from aiqyn.harvest.model import BadPage, BadRecord, Record, Request
from aiqyn.subjects.dataset import Contact, Dataset, Distribution, Field
from tests.aiqyn.harvest.catalogues import EgovServer, as_json, loopback, served


def gathered(source, tmp_path):
    with served(source) as url:
        run = harvest(url, str(tmp_path), limits=loopback(), kind="egov")
        return list(run), run.summary, url


def test_listing_is_turned_and_every_passport_read(tmp_path):
    source = EgovServer(230)

    found, summary, _ = gathered(source, tmp_path)

    assert len({each.id for each in found}) == 230
    assert (summary.said, summary.given, summary.missing, summary.problems) == (230, 230, 0, ())


def test_passport_is_read_whole(tmp_path):
    found, _, url = gathered(EgovServer(1), tmp_path)

    each = found[0]
    assert each == Dataset(
        id="jinaq_1",
        title={"kk": "Жинақ jinaq_1", "ru": "Набор jinaq_1", "en": "Set jinaq_1"},
        description={"kk": "Сипаттама"},
        keywords={"": ("білім", "мектеп")},
        contact=Contact(name={"kk": "Айгүл Сәрсенова"}, email="a@gov.kz", phone="+7 7172 00 00 00"),
        frequency="weekly",
        issued="2024-04-27T10:00:00Z",
        modified="2024-04-27T15:30:00",
        page=f"{url}/datasets/view?index=jinaq_1",
        version="v2",
        distributions=(
            Distribution(
                id="jinaq_1/v2",
                access=f"{url}/api/v4/jinaq_1/v2",
                format="json",
                fields=(
                    Field(
                        name="id",
                        kind="whole",
                        title={"kk": "Нөмірі", "ru": "Номер"},
                        is_key=True,
                    ),
                    Field(name="name", kind="text", title={"kk": "Атауы"}),
                ),
            ),
        ),
        source=f"{url}/meta/jinaq_1/v2",
        evidence=each.evidence,
    )


def test_broken_passport_is_refused_alone(tmp_path):
    source = EgovServer(5)
    source.broken = {"jinaq_2"}

    found, summary, _ = gathered(source, tmp_path)

    refused = [each for each in found if isinstance(each, Refused)]
    assert [(each.id, each.place, each.problem) for each in refused] == [
        ("jinaq_2", "page 2, record 2", "no_answer")
    ]
    assert (summary.given, summary.refused, summary.missing) == (4, 1, 0)


def test_portal_that_stops_answering_is_not_taken_for_broken_passports(tmp_path):
    source = EgovServer(10)
    source.broken = set(source.names[3:])

    with pytest.raises(FetchError, match="4 records in a row: HTTP 500"):
        gathered(source, tmp_path)


def test_portal_that_breaks_the_line_is_not_taken_for_broken_passports(tmp_path, monkeypatch):
    monkeypatch.setattr("aiqyn.harvest.PAGE_BYTES", 2_000)
    source = EgovServer(10)
    source.passport = lambda name: (200, "text/plain", b"x" * 3_000)
    with served(source) as url:
        run = harvest(url, str(tmp_path), limits=loopback(max_bytes=2_000), kind="egov")

        with pytest.raises(FetchError, match="4 records in a row: too_large"):
            list(run)


def test_listing_without_a_total_is_read_all_the_same(tmp_path):
    source = EgovServer(5)
    source.has_count = False

    found, summary, _ = gathered(source, tmp_path)

    assert (len(found), summary.said, summary.problems) == (5, None, ("total_unknown",))


def test_listing_that_repeats_its_last_page_is_left(tmp_path):
    source = EgovServer(150)
    source.repeats = True

    found, summary, _ = gathered(source, tmp_path)

    assert (len(found), summary.given, summary.problems) == (150, 150, ("repeats",))


def test_listing_that_lacks_some_is_reconciled(tmp_path):
    source = EgovServer(5)
    source.says = 7

    _, summary, _ = gathered(source, tmp_path)

    assert (summary.said, summary.seen, summary.missing) == (7, 5, 2)


@pytest.mark.parametrize(
    ("step", "content", "problem"),
    [
        ("listing", b"<html>", "not_json"),
        ("listing", b"[]", "no_catalogue"),
        ("listing", b'{"datasets": 1}', "no_catalogue"),
    ],
)
def test_other_answers_are_told(step, content, problem):
    with pytest.raises(BadPage, match=problem):
        Egov().read(Request(url="x", step=step), content)


def test_total_that_is_no_number_is_not_one():
    page = Egov().read(Request(url="x", step="count"), b'{"totalCount": "?"}')

    assert (page.total, page.next.form["page"]) == (None, "1")


def test_record_without_a_name_has_none():
    page = Egov().read(Request(url="x", step="listing"), b'{"datasets": [{"nameRu": "A"}, 3]}')

    assert [(each.id, each.ask) for each in page.records] == [("", None)] * 2


@pytest.mark.parametrize(("content", "problem"), [(b"<", "not_json"), (b"[]", "not_a_record")])
def test_passport_of_another_shape_is_refused(content, problem):
    with pytest.raises(BadRecord, match=problem):
        Egov().dataset(Record(id="a"), content)


def test_passport_says_what_the_listing_left_out_and_the_listing_the_rest():
    listed = Record(id="a", content={"apiUri": "a", "nameRu": "A", "version": 3})
    passport = as_json(
        {
            "status": "archived",
            "nameRu": "",
            "keywordsKk": "бір",
            "keywordsRu": ["один"],
            "categoryRu": "Наука",
            "fields": [{"name": "n", "type": "?"}, 3, {"name": ""}],
        }
    )[2]

    found = Egov().dataset(listed, passport)

    assert (found.title, found.version, found.withdrawn) == ({"ru": "A"}, "v3", "ARCHIVED")
    assert found.keywords == {"kk": ("бір",), "ru": ("один",)}
    assert (found.themes, found.distributions[0].fields) == (("Наука",), (Field(name="n"),))


def test_passport_without_columns_has_none():
    assert Egov().dataset(Record(id="a"), b"{}").distributions[0].fields == ()


def test_what_is_known_of_the_portal_names_its_sources():
    assert form().sources
