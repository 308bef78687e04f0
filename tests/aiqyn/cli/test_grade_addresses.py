import csv
import io
import threading
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec
import pytest

from aiqyn.cli import grade_catalogue as catalogues
from aiqyn.cli import grade_files as files
from aiqyn.errors import FetchError
from aiqyn.fetch.limits import Limits
from aiqyn.grading.catalogue import CatalogueReport
from aiqyn.grading.fetched import fetch, name_of
from aiqyn.harvest.model import Summary
from aiqyn.report.grade_catalogue import catalogue_text
from aiqyn.report.grade_written import Grades

GOOD = "id,region,people\n1,Abai,610000\n2,Zhetisu,698000\n3,Ulytau,221000\n"
BAD = "id;region;day\n1;Abai;01.02.2025\n2;Zhetisu\n3;Ulytau;02.02.2025\n"
ON = ("--on", "2026-11-20", "--lang", "en")


def report_of(result):
    return msgspec.json.decode(result.stdout_bytes, type=Grades)


def page_of(*files):
    links = ", ".join(f'{{"contentUrl": "{file}"}}' for file in files)
    described = f'{{"@type": "Dataset", "license": "CC0", "distribution": [{links}]}}'
    return f'<!doctype html><html><script type="application/ld+json">{described}</script></html>'


class Handler(BaseHTTPRequestHandler):
    answers = {
        "/good.csv": (200, {}, GOOD.encode()),
        "/get": (200, {"Content-Disposition": 'attachment; filename="../bad.csv"'}, BAD.encode()),
        "/moved": (302, {"Location": "/good.csv"}, b""),
        "/set": (200, {}, page_of("/good.csv").encode()),
        "/sets": (200, {}, page_of("/good.csv", "/get").encode()),
        "/bare": (200, {}, page_of().encode()),
        "/circle": (200, {}, page_of("/set").encode()),
        "/catalogue": (200, {}, b"<!doctype html><meta name=generator content='ckan 2.11'>"),
        "/page": (200, {}, b"<!doctype html><html><body>Hello</body></html>"),
        "/wide": (200, {"Content-Length": "999999999999"}, b""),
    }

    def do_GET(self):
        status, headers, body = self.answers.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(scope="module")
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_address_is_fetched_and_graded_by_the_name_the_server_gives(server, aiqyn):
    words = ("--allow-private", "--licence", "CC0", "--format", "json", *ON)

    plain = report_of(aiqyn("grade", f"{server}/moved", *words)).grades[0]
    named = report_of(aiqyn("grade", f"{server}/get", *words)).grades[0]

    assert (plain.file.name, plain.address) == ("good.csv", f"{server}/good.csv")
    assert (named.file.name, named.stars.steps[0].note) == ("bad.csv", "address_closed")


@pytest.mark.parametrize(
    ("path", "problem"),
    [("/none", "HTTP 404"), ("/wide", "too_large")],
)
def test_address_that_gives_nothing_ends_with_two(server, aiqyn, path, problem):
    result = aiqyn("grade", f"{server}{path}", "--allow-private", *ON)

    assert (result.exit_code, problem in result.stderr) == (2, True)


def test_page_about_one_file_stands_for_the_file(server, aiqyn):
    found = report_of(aiqyn("grade", f"{server}/set", "--allow-private", "--format", "json", *ON))

    (grade,) = found.grades
    assert (grade.file.name, grade.address) == ("good.csv", f"{server}/good.csv")
    assert grade.licence.said == "CC0"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/sets", "give the address of a file, {0}/good.csv {0}/get"),
        ("/circle", "give the address of a file, {0}/set"),
        ("/catalogue", "a page of a catalogue, not data; grade it whole by --catalogue {0}"),
        ("/bare", "a page about a data set that names no file of it; ask its owner for an address"),
    ],
)
def test_page_about_more_than_one_file_says_what_to_give(server, aiqyn, path, said):
    result = aiqyn("grade", f"{server}{path}", "--allow-private", *ON)

    assert (result.exit_code, said.format(server) in result.stderr) == (2, True)


def test_any_other_page_is_graded_as_it_is(server, aiqyn):
    result = aiqyn("grade", f"{server}/page", "--allow-private", "--format", "json", *ON)

    assert report_of(result).grades[0].file.format == "html"


def test_private_address_is_refused(server, aiqyn):
    result = aiqyn("grade", f"{server}/good.csv", *ON)

    assert (result.exit_code, "a private address" in result.stderr) == (2, True)


def test_address_that_is_none_is_refused(tmp_path):
    with pytest.raises(FetchError, match="bad_address"):
        fetch("http://[", tmp_path, Limits())


@pytest.mark.parametrize(
    ("headers", "address", "name"),
    [
        ("", "https://a.kz/data/halyk.csv?x=1", "halyk.csv"),
        ("", "https://a.kz/%D1%85%D0%B0%D0%BB%D1%8B%D2%9B.csv", "халық.csv"),
        ("", "https://a.kz/", "a.kz"),
        ("Content-Disposition: attachment; filename=a.csv", "https://a.kz/get", "a.csv"),
        (
            "X: y\r\ncontent-disposition: attachment; filename*=UTF-8''%D0%B0%20b.csv",
            "https://a.kz/get",
            "а b.csv",
        ),
        ('Content-Disposition: x; filename="..\\..\\etc/passwd"', "https://a.kz/", "passwd"),
        ("Content-Disposition: x; filename=..", "https://a.kz/", "a.kz"),
    ],
)
def test_name_of_a_fetched_file_is_a_name_only(headers, address, name):
    assert name_of(headers, address) == name


CATALOGUE = {
    "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
    "dataset": [
        {"identifier": "a", "title": "Schools", "license": "cc-by", "accessLevel": "public"},
        {"identifier": "b", "title": "Roads", "accessLevel": "public"},
    ],
}


@pytest.fixture
def catalogue(tmp_path):
    path = tmp_path / "data.json"
    path.write_bytes(msgspec.json.encode(CATALOGUE))
    return path


def test_catalogue_is_graded_set_by_set(catalogue, aiqyn):
    result = aiqyn("grade", "--catalogue", catalogue, *ON)

    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert lines[:4] == [
        "Report on a catalogue of open data",
        f"Catalogue: {catalogue}",
        "As of: 2026-11-20",
        "Data sets graded: 2, records not read: 0.",
    ]
    assert "Metadata Quality Assessment of the EU (MQA), 405 points" in lines
    assert "  ✗ C010  The terms of use are given: 1 / 2" in lines


def test_catalogue_is_told_to_programs(catalogue, aiqyn, tmp_path):
    folder = tmp_path / "kept"
    words = ("grade", "--catalogue", catalogue, "--evidence", folder, *ON)

    told = aiqyn(*words, "--format", "json")
    table = aiqyn(*words, "--format", "csv")

    report = msgspec.json.decode(told.stdout_bytes, type=CatalogueReport)
    rows = list(csv.reader(io.StringIO(table.stdout)))
    assert (report.sets, report.refused) == (2, 0)
    assert [fact.rule for fact in report.facts] == [row[0] for row in rows[1:]]
    assert rows[0] == [
        "Code",
        "Rule",
        "Severity",
        "Passed",
        "Failed",
        "Cannot tell",
        "Inapplicable",
    ]
    assert (folder / "graded.jsonl").is_file()


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ((), "Give files, folders or addresses, or else --catalogue."),
        (("a.csv", "--catalogue", "b.json"), "or else --catalogue"),
        (("--catalogue", "b.json", "--format", "html"), "of a catalogue there is text, json, csv"),
    ],
)
def test_catalogue_and_files_are_asked_for_apart(aiqyn, words, problem):
    result = aiqyn("grade", *words)

    assert (result.exit_code, problem in result.stderr) == (2, True)


def test_progress_of_a_catalogue_is_shown_to_people(monkeypatch):
    class Terminal(catalogues.Console):
        is_terminal = True

    monkeypatch.setattr(catalogues, "Console", lambda **more: Terminal(file=io.StringIO(), **more))

    with catalogues._counter("en") as watch:
        watch(7)


def test_report_of_a_harvest_says_what_the_source_says_and_the_stars():
    summary = Summary(
        kind="ckan", address="https://a.kz", started_at=datetime(2026, 11, 20, tzinfo=UTC), given=2
    )
    report = CatalogueReport(
        summary=summary, as_of=date(2026, 11, 20), sets=2, refused=0, facts=(), ratings=(),
        stars={0: 1, 3: 1},
    )  # fmt: skip

    assert catalogue_text(report, "https://a.kz", "en") == (
        "Report on a catalogue of open data\n"
        "Catalogue: https://a.kz\n"
        "As of: 2026-11-20\n"
        "The catalogue does not say how many data sets it has; we saw 2.\n"
        "Data sets graded: 2, records not read: 0.\n"
        "\n"
        "Stars\n"
        "  ☆☆☆☆☆  1\n"
        "  ★★★☆☆  1\n"
        "\n"
        "Rules that are broken most\n"
    )


def test_reader_of_several_files_tells_of_each(tmp_path):
    good, gone = tmp_path / "good.csv", tmp_path / "gone.csv"
    good.write_text(GOOD)
    asked = [files.Target(name=each.name, path=each) for each in (good, gone)]
    terms = files.Terms(
        licence="", as_of=date(2026, 11, 20), most_places=3, limits=Limits(), folder=tmp_path
    )

    told, refused = files._all_graded(asked, terms)

    assert msgspec.json.decode(told)["file"]["name"] == "good.csv"
    assert refused.name == "gone.csv"
