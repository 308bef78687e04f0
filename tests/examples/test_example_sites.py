"""The example sites are what they claim to be: every planted defect is found, nothing else is."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from aiqyn.audit import Reader, Report, audit_site, edition_on
from aiqyn.chain import Finding
from aiqyn.fetch.crawl import Limits, crawl
from aiqyn.fetch.store import Store
from examples.serve import serve, settings_of
from tools.example_sites.build import built, write
from tools.example_sites.pages import read_site

SITES = Path(__file__).parents[2] / "examples" / "sites"
NAMES = ("good", "poor")
OWN_SERVER = Limits(allow_private=True, per_host_per_second=0, max_external_links=0)
MOST_BYTES = 6_000_000  # of all example sites together, so that a clone stays quick


@pytest.fixture(scope="module", params=NAMES)
def site(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def expected(name: str) -> dict[str, Any]:
    """Return `expected.yaml` without its remarks."""
    said = yaml.safe_load((SITES / name / "expected.yaml").read_text("utf-8"))
    for finding in said["findings"].values():
        finding.pop("planted", None)
    return said


def audit(name: str, folder: Path) -> dict[str, Any]:
    """Crawl and judge a site over HTTP; return the report in the words of `expected.yaml`."""
    with serve(SITES / name) as served:
        as_of = date.fromisoformat(served.settings.as_of)
        edition = edition_on("sites", as_of)
        reader = Reader(edition, as_of=as_of)
        manifest = crawl(served.url, folder=str(folder), limits=OWN_SERVER, read=reader.read)
        store = Store(str(folder / "objects"))
        report = audit_site(manifest, store, edition, as_of=as_of, reader=reader)
    assert report == audit_site(manifest, store, edition, as_of=as_of)  # from kept bytes alone
    return plain(report, served.url)


def plain(report: Report, server: str) -> dict[str, Any]:
    return {
        "pages": report.pages,
        "documents": report.documents,
        "findings": {each.rule: plain_finding(each, server) for each in report.findings},
    }


def plain_finding(finding: Finding, server: str) -> dict[str, Any]:
    said: dict[str, Any] = {"outcome": finding.outcome.value}
    if finding.note:
        said["note"] = finding.note
    if finding.count:
        said |= {"good": finding.count.good, "of": finding.count.of}
    if finding.more:
        said["more"] = finding.more
    if finding.places:
        said["places"] = [
            {
                "address": place.address.replace(server, "/"),
                "where": place.where,
                "saw": place.saw.replace(server, "/"),
                "note": place.note,
            }
            for place in finding.places
        ]
    return said


def test_audit_finds_every_planted_defect_and_nothing_else(site, tmp_path):
    found = audit(site, tmp_path)

    # The address asked for to learn how missing pages are answered hangs on the server's port.
    for place in found["findings"]["S012"].get("places", ()):
        place["address"] = "/aiqyn-…"

    assert found == expected(site)


def test_nothing_fails_on_the_good_site_and_what_was_planted_on_the_poor_one():
    said = yaml.safe_load((SITES / "poor" / "expected.yaml").read_text("utf-8"))["findings"]
    planted = {rule for rule, finding in said.items() if finding.get("planted")}

    assert {name: failing(name) for name in NAMES} == {"good": set(), "poor": planted}


def failing(name: str) -> set[str]:
    findings = expected(name)["findings"]
    return {rule for rule, finding in findings.items() if finding["outcome"] == "failed"}


def test_committed_files_are_those_the_generator_writes(site):
    root = SITES / site / "public"
    files = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }

    written = built(SITES / site)

    assert sorted(files) == sorted(written)
    assert [name for name in files if files[name] != written[name]] == []


def test_writing_again_changes_nothing_and_removes_what_is_left_over(tmp_path):
    count = write(SITES / "poor", tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    (tmp_path / "left-over.html").write_text("old")

    write(SITES / "poor", tmp_path)

    after = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert len(after) == count
    assert after == before


def test_two_sources_of_one_file_are_refused(tmp_path):
    folder = tmp_path / "site"
    pages = folder / "content" / "pages"
    pages.mkdir(parents=True)
    (folder / "templates").mkdir()
    (folder / "templates" / "page.html").write_text("{{ body }}")
    (folder / "static").mkdir()
    (folder / "static" / "kk.html").write_text("static")
    (folder / "content" / "site.yaml").write_text(
        "{origin: 'https://x.example', as_of: 2025-11-20, address: '{language}.html',"
        " name: {kk: X}, words: {}}"
    )
    (pages / "home.md").write_text("---\n{path: '', title: {kk: X}}\n---\n::kk\nX\n")

    with pytest.raises(ValueError, match=r"kk\.html is written twice"):
        built(folder)


def test_page_with_an_unknown_setting_is_refused_with_its_file(tmp_path):
    pages = tmp_path / "content" / "pages"
    pages.mkdir(parents=True)
    (tmp_path / "content" / "site.yaml").write_text(
        "{origin: 'https://x.example', as_of: 2025-11-20, address: a, name: {kk: X}, words: {}}"
    )
    (pages / "home.md").write_text("---\n{path: '', titel: {kk: X}}\n---\n")

    with pytest.raises(ValueError, match=r"home\.md: Object contains unknown field `titel`"):
        read_site(tmp_path)


def test_good_site_says_everything_in_three_languages():
    _, pages = read_site(SITES / "good")

    untranslated = [page.path for page in pages if {*page.bodies} != {"kk", "ru", "en"}]

    assert untranslated == []


def test_sites_have_forty_pages_and_a_size_that_can_be_committed():
    counts = {name: len(list((SITES / name / "public").rglob("*.html"))) for name in NAMES}
    size = sum(path.stat().st_size for path in SITES.rglob("*") if path.is_file())

    assert {name for name, count in counts.items() if count >= 40} == set(NAMES)
    assert size < MOST_BYTES


def test_site_is_judged_on_the_day_its_texts_speak_of(site):
    settings = settings_of(SITES / site)

    texts, _ = read_site(SITES / site)

    assert settings.as_of == texts.as_of.isoformat()
    assert settings.origin == texts.origin
