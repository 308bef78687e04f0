"""What no parser can read counts for nothing and against nobody; what happened is said in words."""

from datetime import date

import msgspec
import pytest

from aiqyn.audit import Reader, answered, audit_site
from aiqyn.audit.report import HAPPENED, NO_SECURITY
from aiqyn.chain import FAILURES, NO_TLS, Count
from aiqyn.errors import FetchError, NothingRead
from aiqyn.fetch.http import TOO_LONG
from aiqyn.regulations import Requirement
from tests.aiqyn.worked import ORIGIN, PHRASE, crawl, edition_of, evidence_of

AS_OF = date(2026, 11, 20)
EDITION = edition_of(*[Requirement(clause=PHRASE, rule=code) for code in ("P001", "S004")])


def test_page_nested_too_deep_is_not_judged_and_the_site_not_accused():
    kept = crawl({"/": '<title>Басты бет</title><a href="/deep">x</a>', "/deep": "<div>" * 9_000})

    report = audit_site(kept.manifest, kept.store, EDITION, as_of=AS_OF)

    found = {finding.rule: finding for finding in report.findings}
    assert (report.pages, report.was_cut) == (1, True)
    assert found["P001"].count == Count(good=1, of=1)
    assert found["S004"].outcome == "cannot_tell"


def test_end_of_a_page_that_is_too_long_is_not_read_and_the_report_says_so():
    item = f"<li>{'x' * 2_000}</li>"
    long = f"<title>Басты бет</title><a href='/b'>x</a>{item * 1_600}<a href='/c'>y</a>"
    kept = crawl({"/": long, "/b": "<title>Екінші</title>", "/c": "<title>Үшінші</title>"})
    codes = ("P001", "P005", "S004")
    edition = edition_of(*[Requirement(clause=PHRASE, rule=code) for code in codes])

    report = audit_site(kept.manifest, kept.store, edition, as_of=AS_OF)

    found = {finding.rule: finding for finding in report.findings}
    (heavy,) = found["P005"].places
    assert report.was_cut
    assert found["S004"].outcome == "failed"  # one long page hides nothing of the rest
    assert heavy.saw.startswith(f"{len(long.encode())} > ")


def test_reader_of_a_crawl_hands_such_a_page_back():
    content = b"<div>" * 9_000
    reader = Reader(EDITION, as_of=AS_OF)

    with pytest.raises(RecursionError):
        reader.read(evidence_of(f"{ORIGIN}/", content), content)


def test_broken_addresses_stay_as_written_where_the_page_has_a_base():
    content = b'<base href="/deep/"><a href="a">1</a><a href="http://[">2</a><a href="tel:1">3</a>'
    reader = Reader(EDITION, as_of=AS_OF)

    hrefs = reader.read(evidence_of(f"{ORIGIN}/", content), content)

    assert list(hrefs) == [f"{ORIGIN}/deep/a", "http://["]


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (
            {"status": 404},
            "HTTP 404 (the server says that there is no such page; no page was read)",
        ),
        ({"status": 503}, "HTTP 503 (the server answered with an error; no page was read)"),
        (
            {"status": 0, "failure": "network"},
            f"network ({HAPPENED['network']}; no page was read)",
        ),
        (
            {"status": 0, "failure": "tls"},
            "tls (no secure connection, the certificate is not valid; no page was read)",
        ),
        (
            {"status": 0, "failure": "tls", "tls": "expired"},
            "tls (the certificate has expired and has to be renewed; no page was read)",
        ),
        (
            {"status": 302, "failure": "redirect_loop", "hops": 3},
            "redirect_loop (redirects go round in a circle; no page was read)",
        ),
        (
            {"status": 302, "failure": "redirect_loop", "hops": 11},
            f"redirect_loop ({TOO_LONG.format(11)}; no page was read)",
        ),
        (
            {"media_type": "image/png", "role": "link"},
            "HTTP 200 (what is there is no page but image/png; no page was read)",
        ),
        (
            {"media_type": "", "role": "link"},
            "HTTP 200 (what is there is no page but something else; no page was read)",
        ),
    ],
)
def test_site_of_which_no_page_was_read_is_told_in_words(page, message):
    kept = crawl({"/": page})
    report = audit_site(kept.manifest, kept.store, EDITION, as_of=AS_OF)

    with pytest.raises(NothingRead) as told:
        answered(report, kept.manifest)

    assert str(told.value) == f"{ORIGIN}/: {message}"


def test_every_failure_can_be_said_in_words():
    assert HAPPENED.keys() == FAILURES.keys()
    assert NO_SECURITY.keys() == set(NO_TLS)


def test_report_with_pages_is_an_answer():
    kept = crawl({"/": "<p>x</p>"})
    report = audit_site(kept.manifest, kept.store, EDITION, as_of=AS_OF)

    assert answered(report, kept.manifest) is report


def test_site_that_was_never_asked_is_told_so():
    kept = crawl({"/": {"status": 404}})
    report = audit_site(kept.manifest, kept.store, EDITION, as_of=AS_OF)
    nothing = msgspec.structs.replace(kept.manifest, evidence=())

    with pytest.raises(FetchError, match="not asked"):
        answered(report, nothing)


def test_last_word_on_an_address_counts_even_where_the_rule_no_longer_applies():
    edition = edition_of(Requirement(clause=PHRASE, rule="P008"))
    before = crawl({"/": "<input name=a>"})
    now = crawl({"/": "<p>Мәтін</p>"})
    reader = Reader(edition, as_of=AS_OF)
    for kept in (before, now):
        for evidence in kept.manifest.evidence:
            reader.read(evidence, kept.store[evidence.sha256])

    report = audit_site(now.manifest, now.store, edition, as_of=AS_OF, reader=reader)

    assert [finding.outcome for finding in report.findings] == ["inapplicable"]


def test_relative_address_met_twice_in_a_folder_is_worked_out_once():
    reader = Reader(EDITION, as_of=AS_OF)
    for path in ("a", "b"):
        content = f'<a href="next">{path}</a>'.encode()
        reader.read(evidence_of(f"{ORIGIN}/{path}", content), content)

    assert reader.addresses.urls == [f"{ORIGIN}/next"]
