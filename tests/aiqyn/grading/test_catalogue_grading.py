"""A catalogue is graded set by set and added up; killed, it goes on and forgets nothing."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from aiqyn.chain import Count, Outcome
from aiqyn.grading.catalogue import NAME, CatalogueGrading, Plan, grade_catalogue
from aiqyn.grading.dataset import GradedSet, grade_dataset, judge_dataset
from aiqyn.harvest import Refused
from aiqyn.harvest.door import Door
from aiqyn.harvest.looking import Looking
from aiqyn.regulations import Requirement, edition_on
from aiqyn.subjects.datafile.model import Column, DataFile, Spot, Table, Trouble
from aiqyn.subjects.dataset import Contact, Dataset, Distribution, Publisher
from aiqyn.subjects.passport import Passport, access_status, day_of
from tests.aiqyn.harvest.catalogues import CkanServer, Source, loopback, package, served

DAY = date(2026, 11, 20)
EDITION = edition_on("open_data", DAY)
WHOLE = Dataset(
    id="schools",
    title={"kk": "Мектептер тізімі", "ru": "Список школ"},
    description={"kk": "Қаладағы мектептер. " * 9, "ru": "Школы города. " * 9},
    keywords={"kk": ("мектеп",), "ru": ("школа",)},
    themes=("EDUC",),
    publisher=Publisher(name={"kk": "Білім басқармасы"}),
    contact=Contact(name={"kk": "Айгүл Сәрсенова"}, email="a@gov.kz"),
    licence="CC-BY-4.0",
    rights={"": "PUBLIC"},
    frequency="monthly",
    issued="2024-01-01",
    modified="2026-11-10",
    since=date(2024, 1, 1),
    until=date(2024, 12, 31),
    places=("750000000",),
    version="v2",
    distributions=(
        Distribution(
            description={"kk": "2024 жыл"},
            access="https://a.kz/f.csv",
            download="https://a.kz/f.csv",
            format="csv",
            media_type="text/csv",
            size=1000,
            status="200",
        ),
    ),
)


def graded(dataset, **more):
    return grade_dataset(dataset, edition=EDITION, as_of=DAY, **more)


def points(found):
    return {each.methodology: each.points for each in found.ratings}


def outcomes(found, *rules):
    return {each.rule: each.outcome for each in found.findings if each.rule in rules}


def test_set_with_everything_gets_every_point_of_the_eu():
    found = graded(WHOLE)

    assert points(found)["eu-mqa"] == 405
    assert points(found)["udata-quality"] == 9
    assert [each.grade for each in found.ratings if each.methodology == "eu-mqa"] == ["excellent"]
    assert found.stars is None


def test_set_with_nothing_gets_none():
    found = graded(Dataset(id="x"))

    assert points(found)["eu-mqa"] == 0
    assert points(found)["udata-quality"] == 0


def test_withdrawn_set_owes_nothing():
    found = graded(Dataset(id="x", withdrawn="ескірген"))

    assert {each.outcome for each in found.findings} == {Outcome.INAPPLICABLE}


def test_file_that_was_read_is_judged_by_the_rules_about_files():
    long_row = Trouble(kind="long_row", spots=(Spot(row=2, saw="1,2,3"),))
    other = Trouble(kind="wrong_kind", spots=(Spot(row=3, column=1, saw="90031530"),))
    iin = Trouble(kind="personal_iin", spots=(Spot(row=2, column=1, saw="9003••••••••"),))
    columns = (Column(name="а", number=1, kind="text"), Column(name="б", number=2, kind="text"))
    table = Table(header=("а", "б"), rows=3, columns=columns, troubles=(long_row, other, iin))
    file = DataFile(name="f.csv", format="csv", encoding="utf-8", tables=(table,))
    dataset = Dataset(id="x", licence="cc0", distributions=(Distribution(format="csv", file=file),))

    found = graded(dataset)

    assert outcomes(found, "T001", "T016", "C031") == {
        "T001": Outcome.PASSED,
        "T016": Outcome.FAILED,
        "C031": Outcome.PASSED,
    }
    assert found.stars is not None
    troubles = found.dataset.distributions[0].file.tables[0].troubles
    assert [each.spots[0].saw for each in troubles] == ["***", "***", "9003••••••••"]


def test_edition_may_ask_of_pages_too_and_passports_are_not_asked_that():
    of_pages = edition_on("sites", DAY)

    assert grade_dataset(WHOLE, edition=of_pages, as_of=DAY, methodologies=()).findings == ()


def test_question_for_a_person_is_not_judged():
    asked = Requirement(clause={"kk": "x", "ru": "x", "en": "x"}, rule="H121")

    with pytest.raises(TypeError, match="H121 is a question for a person"):
        judge_dataset(Passport(WHOLE, DAY), asked)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("", None),
        ("soon", None),
        ("2025-13", None),
        ("2025", date(2025, 12, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2024-02-03T10:00:00Z", date(2024, 2, 3)),
    ],
)
def test_day_of_a_moment_is_its_last(moment, day):
    assert day_of(moment) == day


@pytest.mark.parametrize(
    ("each", "status"),
    [
        (Distribution(access="a", download="b", status="200"), ""),
        (Distribution(access="a", download="b", status="200", access_status="404"), "404"),
        (Distribution(access="a", download="a", status="200"), "200"),
        (Distribution(access="a", status="200"), "200"),
    ],
)
def test_status_of_access_is_its_own(each, status):
    assert access_status(each) == status


# Catalogues


def plan(**more):
    return Plan(edition=EDITION, as_of=DAY, **more)


def test_catalogue_is_graded_and_added_up(tmp_path):
    source = CkanServer(3)
    source.packages.append(package(4, license_id="cc-by", resources=[]))
    source.packages.append(package(5, resources="odd"))
    with served(source) as url:
        run = grade_catalogue(url, str(tmp_path), plan=plan(), limits=loopback(), kind="ckan")
        found = list(run)
        report = run.report()

    facts = {fact.rule: fact for fact in report.facts}
    assert [type(each) for each in found].count(GradedSet) == 4
    assert [type(each) for each in found].count(Refused) == 1
    assert (report.sets, report.refused, report.summary.said) == (4, 1, 5)
    assert (facts["C010"].passed, facts["C010"].failed) == (1, 3)
    assert (facts["C026"].good, facts["C026"].of, facts["C020"].failed) == (3, 3, 1)
    assert report.worst()[0].failed == 4
    assert [each.methodology for each in report.ratings] == [
        "kz-data-quality", "eu-mqa", "udata-quality",
    ]  # fmt: skip


def test_rating_of_a_catalogue_is_the_mean_of_its_sets(tmp_path):
    nothing = Dataset(id="nothing")
    run = CatalogueGrading([WHOLE, nothing, WHOLE], str(tmp_path), plan(), loopback())
    list(run)
    rating = {each.methodology: each for each in run.report().ratings}["eu-mqa"]

    assert run.report().sets == 2  # one of them came twice
    assert (rating.points, rating.max_points, rating.grade) == (
        Decimal("202.50"),
        405,
        "sufficient",
    )
    assert {each.code: each.points for each in rating.criteria}["reusability"] == Decimal("37.50")
    assert {i.points for c in rating.criteria for i in c.indicators if i.code == "4.2"} == {5}


def test_what_could_be_told_of_some_sets_is_averaged_over_those(tmp_path):
    unasked = replace(WHOLE, id="b", distributions=(replace(WHOLE.distributions[0], status=""),))
    run = CatalogueGrading([WHOLE, unasked], str(tmp_path), plan(), loopback())
    list(run)

    ratings = {each.methodology: each for each in run.report().ratings}
    assert (ratings["eu-mqa"].points, ratings["eu-mqa"].max_points) == (405, 405)
    indicators = {i.code: i for c in ratings["kz-data-quality"].criteria for i in c.indicators}
    assert (indicators["1.3"].points, indicators["1.3"].why) == (None, "no_finding")


def test_catalogue_without_sets_has_no_points(tmp_path):
    run = CatalogueGrading([], str(tmp_path), plan(), loopback())
    list(run)

    assert {(each.points, each.grade, each.why) for each in run.report().ratings} == {
        (None, "", "not_enough_data")
    }


def test_grading_that_was_broken_off_goes_on(tmp_path):
    with served(CkanServer(9)) as url:

        def grading():
            return grade_catalogue(url, str(tmp_path), plan=plan(), limits=loopback(), kind="ckan")

        first = iter(grading())
        seen = [next(first).dataset.id for _ in range(4)]
        first.close()
        with (tmp_path / NAME).open("ab") as lines:
            lines.write(b'{"id": "torn')
        run = grading()
        rest = [each.dataset.id for each in run]

    assert len({*seen, *rest}) == 9
    assert run.report().sets == 9
    assert {fact.rule: fact.failed for fact in run.report().facts}["C010"] == 9


def test_report_before_anything_was_graded_is_empty(tmp_path):
    run = CatalogueGrading([], str(tmp_path), plan(), loopback())

    assert (run.report().sets, run.report().facts, run.report().worst()) == (0, (), [])


def test_catalogue_in_a_file_is_graded_afresh_each_time(tmp_path):
    path = tmp_path / "data.json"
    path.write_text('{"dataset": [{"identifier": "a"}, {"identifier": "b"}, 3]}')
    run = grade_catalogue(str(path), str(tmp_path / "g"), plan=plan(), limits=loopback())
    first = len(list(run))
    path.write_text('{"dataset": [{"identifier": "a"}]}')

    again = grade_catalogue(str(path), str(tmp_path / "g"), plan=plan(), limits=loopback())

    assert (first, len(list(again)), again.report().sets) == (3, 1, 1)
    assert again.report().summary is None


class Files(Source):
    """A table, a page behind a login and a dead address."""

    def __init__(self):
        super().__init__()
        self.files = {
            "/f.csv": (200, "text/csv", "а,б\n1,2\n".encode()),
            "/closed": (403, "text/html", b""),
            "/page": (200, "text/html", b"<p>"),
        }


def behind(dataset, **more):
    source = Files()
    with served(source) as url, Door(loopback()) as door:
        looking = Looking(door, **more)
        dataset = Dataset(
            id="x",
            distributions=tuple(
                Distribution(access=f"{url}{a}" if a else "", download=f"{url}{d}" if d else "")
                for a, d in dataset
            ),
        )
        looking.behind(dataset)
        return looking.behind(dataset).distributions, source.asked


def test_addresses_are_asked_once_each():
    pairs = [("/page", "/f.csv"), ("/closed", ""), ("", "/gone"), ("/page", "/page"), ("", "")]

    found, asked = behind(pairs, addresses=5, files=0)

    assert [(each.status, each.access_status) for each in found] == [
        ("200", "200"),
        ("blocked", ""),
        ("404", ""),
        ("200", ""),
        ("", ""),
    ]
    assert len(asked) == 5  # robots.txt among them


def test_no_more_addresses_are_asked_than_wanted():
    found, _ = behind([("/page", ""), ("/page", "")], addresses=1, files=0)

    assert [each.status for each in found] == ["200", ""]


def test_addresses_are_forgotten_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr("aiqyn.harvest.looking.REMEMBERED", 1)
    found, _ = behind([("/page", ""), ("/gone", "")], addresses=2, files=0)

    assert [each.status for each in found] == ["200", "404"]


def test_files_are_fetched_and_read():
    pairs = [("", "/f.csv"), ("", "/closed"), ("/page", "")]

    found, _ = behind(pairs, addresses=0, files=3)

    assert (found[0].file.name, found[0].file.format, found[0].file.tables[0].rows) == (
        "f.csv",
        "csv",
        1,
    )
    assert [each.status for each in found] == ["200", "blocked", ""]


def test_file_that_is_not_there_has_its_status():
    found, _ = behind([("", "/gone")], addresses=0, files=1)

    assert (found[0].status, found[0].file) == ("404", None)


def test_file_that_cannot_be_fetched_has_the_cause_for_its_status():
    with Door(loopback()) as door:
        dataset = Dataset(id="x", distributions=(Distribution(download="http://127.0.0.1:9/f"),))
        found = Looking(door, addresses=0, files=1).behind(dataset)

    assert found.distributions[0].status == "refused"


def test_catalogue_is_graded_by_what_stands_behind_its_addresses(tmp_path):
    source = CkanServer(0)
    with served(Files()) as files, served(source) as url:
        resource = {"url": f"{files}/f.csv", "format": "CSV", "url_type": "upload"}
        source.packages = [package(1, license_id="cc-by", resources=[resource])]
        run = grade_catalogue(
            url, str(tmp_path), plan=plan(addresses=1, files=1), limits=loopback(), kind="ckan"
        )
        found = list(run)

    assert outcomes(found[0], "C024", "C031", "T001") == dict.fromkeys(
        ("C024", "C031", "T001"), Outcome.PASSED
    )
    assert run.report().stars == {0: 1}  # an address on loopback is not on the web


def test_counts_of_several_files_are_added(tmp_path):
    file = DataFile(name="f.csv", format="csv")
    dataset = Dataset(id="x", distributions=(Distribution(format="csv", file=file),) * 2)
    run = CatalogueGrading([dataset], str(tmp_path), plan(), loopback())
    each = next(iter(run))

    facts = {fact.rule: fact for fact in run.report().facts}
    of_file = [f for f in each.findings if f.rule == "T001"]
    assert (len(of_file), facts["T001"].passed) == (2, 2)
    assert next(f.count for f in each.findings if f.rule == "C026") == Count(good=2, of=2)
