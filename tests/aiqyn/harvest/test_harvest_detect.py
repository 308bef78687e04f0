"""What a catalogue speaks, politeness at its door, and how a harvest is told."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from aiqyn.errors import FetchError, InputError
from aiqyn.harvest import Refused, detect, harvest, problems, reconciled
from aiqyn.harvest.ckan import Ckan, _solr
from aiqyn.harvest.data_json import DataJson
from aiqyn.harvest.dcat import Dcat
from aiqyn.harvest.detect import home_of, speaking, told
from aiqyn.harvest.door import Door
from aiqyn.harvest.egov import Egov
from aiqyn.harvest.file import sets_in
from aiqyn.harvest.model import BadPage, Order, Request, Summary
from aiqyn.harvest.run import Harvest
from aiqyn.subjects.dataset import Dataset
from tests.aiqyn.harvest.catalogues import (
    TURTLE,
    CkanServer,
    DcatServer,
    Source,
    as_json,
    loopback,
    served,
)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://data.egov.kz/datasets/", "egov"),
        ("https://a.gov/data.json", "data_json"),
        ("https://hub/api/feed/dcat-us/1.1.json", "data_json"),
        ("https://a.eu/catalog.ttl?page=1", "dcat"),
        ("https://a.eu/catalog.xml", "dcat"),
        ("https://a.kz/data/api/3/action/package_search", "ckan"),
        ("https://a.kz/api/action", "ckan"),
        ("https://a.kz/", ""),
    ],
)
def test_address_names_what_it_speaks(address, kind):
    assert told(address) == kind


@pytest.mark.parametrize(
    "address",
    [
        "https://a.kz/data",
        "https://a.kz/data/",
        "https://a.kz/data/dataset",
        "https://a.kz/data/api/3/",
        "https://a.kz/data/api/3/action/package_list?limit=1",
    ],
)
def test_home_of_a_ckan_is_found_from_any_of_its_addresses(address):
    assert home_of(address) == "https://a.kz/data"


def test_ckan_under_a_path_is_found_by_asking():
    source = CkanServer(1)
    source.home = "/data"
    with served(source) as url:
        found = detect(f"{url}/data/dataset", loopback())

    assert (type(found), found.home) == (Ckan, f"{url}/data")


@pytest.mark.parametrize(
    ("path", "reply", "expected"),
    [
        ("/feed", as_json({"dataset": [{"identifier": "a"}]}), DataJson),
        ("/feed", (200, "text/html", (TURTLE + "<a> a dcat:Dataset .").encode()), Dcat),
        ("/feed", as_json([{"@id": "a", "@type": ["http://www.w3.org/ns/dcat#Dataset"]}]), Dcat),
        ("/feed/data.json", as_json([{"identifier": "a", "title": "A"}]), DataJson),
        (
            "/feed/catalog.ttl",
            (200, "text/plain", (TURTLE + "<a> a dcat:Dataset .").encode()),
            Dcat,
        ),
    ],
)
def test_catalogue_is_found_by_its_bytes(path, reply, expected):
    source = Source()
    source.files[path] = reply
    with served(source) as url:
        assert type(detect(f"{url}/feed", loopback())) is expected


@pytest.mark.parametrize("content", [b"<p>Welcome", b"[]"])
def test_site_without_a_catalogue_is_told(content):
    source = Source()
    source.files["/"] = (200, "text/html", content)
    with served(source) as url, pytest.raises(InputError, match="no catalogue that Aiqyn can read"):
        detect(f"{url}/", loopback())


def test_host_that_is_not_there_is_told():
    with pytest.raises(FetchError, match="refused"):
        detect("http://127.0.0.1:9/", loopback())


def test_private_address_is_refused(tmp_path):
    with pytest.raises(FetchError, match="forbidden_address"):
        list(
            harvest(
                "http://127.0.0.1:9/catalog.ttl",
                str(tmp_path),
                limits=loopback(allowed_networks=()),
            )
        )


def test_unknown_kind_is_refused():
    with pytest.raises(InputError, match="no protocol oai"):
        speaking("oai", "https://a.kz/")


def test_portal_of_kazakhstan_is_spoken_to_at_its_own_home():
    assert speaking("egov", "https://data.egov.kz/datasets/x").home == "https://data.egov.kz"
    assert Egov().home == "https://data.egov.kz"


@pytest.mark.parametrize("catalogue", [DataJson("https://a"), Dcat("https://a"), Egov()])
def test_catalogue_that_cannot_be_narrowed_asks_the_same(catalogue):
    asked = Request(url="https://a", step="x")

    assert catalogue.at(asked, 3, 1) == asked
    assert catalogue.instead(asked) is None


@pytest.mark.parametrize(
    ("since", "solr"),
    [
        ("2026-01-01", "2026-01-01T00:00:00Z"),
        ("2026-01-01T10:00:00", "2026-01-01T10:00:00Z"),
        ("2026-01-01T10:00:00Z", "2026-01-01T10:00:00Z"),
    ],
)
def test_moment_is_written_as_solr_takes_it(since, solr):
    assert _solr(since) == solr


@pytest.mark.parametrize(
    ("step", "result"), [("list", b'{"x": 1}'), ("search", b"[]"), ("search", b'{"results": 1}')]
)
def test_answer_of_another_shape_is_no_catalogue(step, result):
    with pytest.raises(BadPage, match="no_catalogue"):
        Ckan("").read(Request(url="x", step=step), b'{"success": true, "result": ' + result + b"}")


def test_list_of_names_may_hold_what_is_no_name():
    page = Ckan("").read(Request(url="x", step="list"), b'{"success": true, "result": ["a", 3]}')

    assert [(each.name, bool(each.ask)) for each in page.records] == [("a", True), ("", False)]


def test_total_that_is_no_number_is_not_one():
    content = b'{"success": true, "result": {"count": "many", "results": [3, {"id": 1}]}}'
    page = Ckan("").read(Request(url="x&rows=1", step="search"), content)

    assert (page.total, [each.id for each in page.records], bool(page.next)) == (
        None,
        ["", ""],
        True,
    )


# Politeness


def test_robots_of_everybody_do_not_close_an_interface_and_are_told(tmp_path):
    source = CkanServer(1)
    source.robots = "User-agent: *\nDisallow: /api/\n"
    with served(source) as url:
        run = harvest(url, str(tmp_path), limits=loopback(), kind="ckan")
        found = list(run)

    assert (len(found), run.summary.problems) == (1, ("robots",))


def test_robots_that_name_us_are_obeyed(tmp_path):
    source = CkanServer(1)
    source.robots = "User-agent: Aiqyn\nDisallow: /api/\n"
    with served(source) as url, pytest.raises(FetchError, match="closes this address to Aiqyn"):
        list(harvest(url, str(tmp_path), limits=loopback(), kind="ckan"))


def test_robots_are_not_read_where_nobody_wants_them(tmp_path):
    source = CkanServer(1)
    with served(source) as url:
        list(harvest(url, str(tmp_path), limits=loopback(obey_robots=False), kind="ckan"))

    assert "GET /robots.txt" not in source.asked


def test_key_is_sent_and_kept_nowhere(tmp_path):
    source = CkanServer(1)
    with served(source) as url:
        list(harvest(url, str(tmp_path), limits=loopback(), kind="ckan", key="s3cret"))

    assert source.headers[-1]["Authorization"] == "s3cret"
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"s3cret" not in kept


class Shaky(Source):
    """Fails twice, then answers."""

    def __init__(self, status):
        super().__init__()
        self.status = status
        self.left = 2

    def answer(self, path, query, form):
        self.left -= 1
        return (self.status, "text/html", b"") if self.left >= 0 else as_json([])


class NoWait:
    def __init__(self):
        self.slept = []

    def now(self):
        return datetime(2026, 11, 22, tzinfo=UTC)

    def elapsed(self):
        return 0.0

    async def sleep(self, seconds):
        self.slept.append(seconds)


@pytest.mark.parametrize(("status", "waits"), [(500, [2.0, 4.0]), (502, [2.0, 4.0])])
def test_server_that_stumbles_is_asked_again_with_patience(status, waits):
    clock = NoWait()
    with (
        served(Shaky(status)) as url,
        Door(loopback(retries=2, obey_robots=False), clock=clock) as door,
    ):
        assert door.ask(Request(url=f"{url}/x")).content == b"[]"

    assert clock.slept == waits


def test_server_that_goes_on_stumbling_is_believed():
    with (
        served(Shaky(500)) as url,
        Door(loopback(retries=1, obey_robots=False), clock=NoWait()) as door,
    ):
        assert door.ask(Request(url=f"{url}/x")).status == 500


def test_address_that_is_none_is_told():
    with Door(loopback()) as door:
        assert door.status("nonsense") == "bad_address"
        with pytest.raises(FetchError, match="bad_address"):
            door.ask(Request(url="nonsense"))


def test_addresses_of_data_are_asked_as_robots_allow():
    source = DcatServer(1)
    source.robots = "User-agent: *\nDisallow: /closed\n"
    with served(source) as url, Door(loopback()) as door:
        assert door.status(f"{url}/catalog.ttl") == "200"
        assert door.status(f"{url}/closed/f.csv") == "robots"
        assert door.status(f"{url}/gone") == "404"


# Files


def test_dump_of_packages_is_read_line_by_line(tmp_path):
    path = tmp_path / "dump.jsonl"
    lines = ['{"id": "1", "name": "a"}', "{", '{"name": "b", "type": "harvest"}', '{"x": 1}', "[]"]
    path.write_text("\n".join(lines))

    assert [(type(each), each.id) for each in sets_in(path)] == [
        (Dataset, "1"),
        (Refused, ""),
        (Refused, ""),
        (Refused, ""),
    ]


@pytest.mark.parametrize(
    ("content", "ids"),
    [
        ('{\n"name": "one",\n "resources": []}', ["one"]),
        ('{"success": true,\n "result": {"name": "one", "id": "1", "resources": []}}', ["1"]),
        ('{"result": {"count": 2, "results":\n [{"id": "1"}, {"id": "2"}]}}', ["1", "2"]),
        ('{"result": \n[]}', []),
        ('[{"identifier": "a",\n "title": "A"}]', ["a"]),
        ('{"dataset": [{"identifier": "a"}, {"identifier": "b", "distribution": 3}]}', ["a", "b"]),
        (TURTLE + "<http://a> a dcat:Dataset .", ["http://a"]),
    ],
)
def test_catalogue_in_a_file_is_read(tmp_path, content, ids):
    path = tmp_path / "catalogue"
    path.write_text(content)

    assert [each.id for each in sets_in(path)] == ids


def test_file_without_a_catalogue_is_told(tmp_path):
    (tmp_path / "empty").write_text("{}")

    with pytest.raises(InputError, match="no catalogue that Aiqyn can read\n  no_catalogue"):
        list(sets_in(tmp_path / "empty"))
    with pytest.raises(InputError, match="there is no such file"):
        list(sets_in(Path("nowhere")))


def test_file_too_large_to_be_read_as_a_whole_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("aiqyn.harvest.file.MOST_BYTES", 3)
    (tmp_path / "data.json").write_text('{"dataset": []}')

    with pytest.raises(InputError, match="a catalogue in one piece may have 3 bytes"):
        list(sets_in(tmp_path / "data.json"))


# Telling

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def summary(**more):
    return Summary(kind="ckan", address="x", started_at=NOW, finished_at=NOW, **more)


def test_harvest_that_agrees_is_told_in_one_sentence():
    assert reconciled(summary(said=10412, given=10412), "ru") == [
        "По сведениям каталога наборов 10 412, мы увидели 10 412."
    ]


def test_harvest_that_differs_is_told_with_the_reasons():
    told = summary(
        said=10412,
        said_first=10400,
        given=10390,
        refused=8,
        missing=14,
        gone=("a",),
        problems=("total_changed", "repeats"),
    )

    assert reconciled(told, "en") == [
        "The catalogue says it has 10 412 data sets; we saw 10 398.",
        "Records that could not be read: 8.",
        "Promised by the catalogue and shown on none of its pages: 14.",
        "During the harvest the number of data sets changed from 10 400 to 10 412.",
        "Known before and no longer there: 1.",
        "The catalogue repeats one page over and over. The harvest was stopped.",
    ]


def test_catalogue_that_is_silent_about_its_total_is_told():
    assert reconciled(summary(given=3, problems=("total_unknown",)), "kk") == [
        "Каталог жинақтар санын айтпайды, біз 3 жинақты көрдік."
    ]


def test_every_problem_is_told_in_three_languages():
    assert all(set(phrase) == {"kk", "ru", "en"} for phrase in problems().values())


def test_summary_before_the_beginning_is_empty(tmp_path):
    order = Order(address="x", folder=str(tmp_path), limits=loopback())

    assert Harvest(Ckan("x"), order).summary.seen == 0
