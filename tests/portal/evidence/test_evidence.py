"""Kept evidence: added, never changed; shown harmlessly; opened down to the cell."""

from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from aiqyn.chain import Count, Evidence, Finding, Outcome, Place
from aiqyn.fetch.store import Store
from aiqyn_portal.evidence.inner import is_inner
from aiqyn_portal.evidence.models import EvidenceIsAppendOnly, FindingRow, Snapshot
from aiqyn_portal.evidence.queries import marked, shown_lines, table_cells
from aiqyn_portal.evidence.store import as_findings, keep, keep_crawl, keep_findings, store
from tests.portal.site_audit.audited import audited

MOMENT = datetime(2025, 11, 20, 6, 30, tzinfo=UTC)
TABLE = "rank,body,total\n1,Қызылорда,95.8\n17,Шымкент,53.66\n".encode()


def page_of(snapshot, language="kk", **query):
    with override(language):
        return Client().get(reverse("evidence:snapshot", args=[snapshot.sha256]), query)


@pytest.fixture
def table(body):
    return keep(
        TABLE,
        body=body,
        origin=Snapshot.Origin.TABLE,
        address="tables/openness.csv",
        taken_at=MOMENT,
        media_type="text/csv",
    )


def test_kept_bytes_come_back_under_their_digest(table):
    assert table.sha256 == sha256(TABLE).hexdigest()
    assert store().get(table.sha256) == TABLE
    assert table.size == len(TABLE)


@pytest.mark.parametrize("act", ["save", "delete"])
def test_snapshot_cannot_be_changed_or_deleted(table, act):
    with pytest.raises(EvidenceIsAppendOnly):
        getattr(table, act)()

    assert Snapshot.objects.count() == 1


def test_finding_survives_the_way_through_the_database(body):
    finding = Finding(
        rule="S006",
        outcome=Outcome.FAILED,
        evidence="a" * 64,
        places=(Place(where="a[href]", saw="/жоқ", address="https://a.example/", note="gone"),),
        more=3,
        count=Count(good=90, of=94),
        value=Decimal("1.50"),
    )

    keep_findings([finding], body=body, audit=None, found_on=date(2025, 11, 20))

    assert list(as_findings(FindingRow.objects.all())) == [finding]


def test_crawl_is_copied_and_what_had_no_bytes_is_left_out(body, tmp_path):
    theirs = Store(str(tmp_path / "crawl"))
    seen = [
        Evidence(url="https://a.example/", taken_at=MOMENT, sha256=theirs.put(b"<p>a"), size=4),
        Evidence(url="https://a.example/gone", taken_at=MOMENT, failure="timeout"),
    ]

    keep_crawl(seen, theirs, body, start="https://a.example/")

    assert [s.address for s in Snapshot.objects.all()] == ["https://a.example/"]
    assert store().get(seen[0].sha256) == b"<p>a"


def test_crawl_of_a_site_that_says_too_much_is_kept_all_the_same(body, tmp_path):
    theirs = Store(str(tmp_path / "crawl"))
    long = "https://a.example/" + "a" * 3000
    seen = Evidence(
        url=long, taken_at=MOMENT, sha256=theirs.put(b"a"), size=1, media_type="x" * 300
    )

    keep_crawl([seen], theirs, body, start="https://a.example/")

    kept = Snapshot.objects.get()
    assert (kept.address, kept.media_type) == (long[:2000], "x" * 100)


@pytest.mark.parametrize(
    ("start", "url", "final_url", "origin"),
    [
        ("https://a.example/", "https://a.example/", "", "crawl"),
        ("https://a.example/", "https://sheets.example/a.css", "", "crawl"),
        ("https://a.example/", "http://10.1.2.3/sitemap.xml", "", "elsewhere"),
        ("https://a.example/", "https://a.example/robots.txt", "http://portal.local/", "elsewhere"),
        ("https://a.example/", "http://[x/", "", "elsewhere"),
        ("http://10.1.2.3/", "http://10.1.2.3/kk/", "", "crawl"),  # as the registry has it
        ("http://10.1.2.3/", "http://10.1.2.3:8080/", "", "elsewhere"),
        ("http://10.1.2.3/", "http://10.1.2.4/", "", "elsewhere"),
    ],
)
def test_inner_machine_an_open_site_leads_to_is_not_for_everybody(
    body, tmp_path, start, url, final_url, origin
):
    theirs = Store(str(tmp_path / "crawl"))
    seen = Evidence(url=url, final_url=final_url, taken_at=MOMENT, sha256=theirs.put(b"a"), size=1)

    keep_crawl([seen], theirs, body, start=start)

    assert Snapshot.objects.get().origin == origin


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8000/",
        "http://[fd00::1]/",
        "http://[::ffff:10.1.2.3]/",
        "http://0x7f.1/",
        "http://intranet/",
        "http://portal.local./",
        "http://[x/",
        "",
    ],
)
def test_address_only_an_inner_network_can_know(address):
    assert is_inner(address)


@pytest.mark.parametrize(
    "address",
    ["https://www.kz/", "https://8.8.8.8/", "http://[2a00:1450::1]:80/", "https://a.kz#m"],
)
def test_address_anybody_may_know(address):
    assert not is_inner(address)


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\rc\rd",  # the ends of lines of an old Macintosh
        b'"' + b"x" * 140_000,
        b"a,b\n" * 60_000,
        b"," * 30_000,
        b"",
    ],
)
def test_csv_that_is_broken_or_too_large_is_not_shown_as_a_table(body, content):
    snapshot = keep(
        content,
        body=body,
        origin=Snapshot.Origin.CRAWL,
        address="https://a.example/d.csv",
        taken_at=MOMENT,
        media_type="text/csv",
    )

    page = page_of(snapshot)

    assert page.status_code == 200
    assert "table" not in page.context
    assert len(page.content) < 300_000


def test_text_of_endless_lines_is_cut_and_says_so():
    lines, is_cut = shown_lines(b"\n" * 150_000)

    assert (len(lines), is_cut) == (5000, True)
    assert shown_lines(b"a\nb") == (["a", "b"], False)


def test_table_marks_the_cell_a_place_names():
    cells = table_cells(TABLE, "row 3, column total")

    assert [text for row in cells for text, is_marked in row if is_marked] == ["53.66"]


@pytest.mark.parametrize("place", ["", "row 99, column total", "row 3, column nobody", "чепуха"])
def test_table_marks_nothing_for_a_place_that_is_not_there(place):
    assert not any(is_marked for row in table_cells(TABLE, place) for _, is_marked in row)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_snapshot_page_shows_the_table_with_the_figure_marked(table, language):
    page = page_of(table, language, place="row 3, column total")

    assert page.status_code == 200
    assert "<mark>53.66</mark>" in page.content.decode()
    assert (": row 3, column total." in page.content.decode()) is (language == "en")


def test_snapshot_page_shows_markup_as_text_only(body):
    hostile = keep(
        b"<script>alert(1)</script>",
        body=body,
        origin=Snapshot.Origin.CRAWL,
        address="https://a.example/",
        taken_at=MOMENT,
        media_type="text/html",
    )

    content = page_of(hostile).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in content
    assert "<script>alert" not in content


@pytest.fixture
def proven(body):
    """A page, and the finding of an audit that rests on it."""
    html = b"<h1>A</h1>\n<img src='/a.png'>\n<p>B</p>"
    kept = keep(
        html,
        body=body,
        origin=Snapshot.Origin.CRAWL,
        address="https://a.example/",
        taken_at=MOMENT,
        media_type="text/html",
    )
    audit = audited(body, {"S001": Outcome.PASSED})
    place = Place(where="img", saw="/a.png", address="https://a.example/", evidence=kept.sha256)
    finding = Finding(rule="P004", outcome=Outcome.FAILED, places=(place,))
    keep_findings([finding], body=body, audit=audit, found_on=audit.as_of)
    return kept, FindingRow.objects.get(rule="P004")


def test_evidence_leads_back_to_the_finding_and_marks_what_it_speaks_of(proven):
    kept, row = proven

    html = page_of(kept, "en", finding=row.pk).text

    assert f'href="/en/site-audit/findings/{row.pk}/#places"' in html
    assert "<mark>&lt;img src=&#x27;/a.png&#x27;&gt;</mark>" in html
    assert html.count("<mark>") == 1


def test_lines_are_said_to_be_marked_only_where_some_are(proven):
    kept, row = proven
    said = "Lines that hold what the finding speaks of are marked."
    place = Place(where="html", saw="3 > 2", address="https://a.example/", evidence=kept.sha256)
    finding = Finding(rule="P005", outcome=Outcome.FAILED, places=(place,))
    keep_findings([finding], body=row.body, audit=row.audit, found_on=row.found_on)

    assert said in page_of(kept, "en", finding=row.pk).text
    assert said not in page_of(kept, "en", finding=FindingRow.objects.get(rule="P005").pk).text


@pytest.mark.parametrize(
    ("saw", "is_found"),
    [
        ("https://a.example/x?a=1&b=2 (404)", [True, False, True, False]),
        ("https://a.example/x (404)", [False, True, True, False]),
        ("https://a.example/", [False, False, True, False]),
        ("https://b.example/x", [False, False, False, True]),
    ],
)
def test_address_is_marked_as_the_page_has_written_it(saw, is_found):
    lines = [
        '<a href="/x?a=1&amp;b=2">',
        '<a href="/x">',
        "<a href='https://a.example/x?a=1&b=2'> https://a.example/x",
        "<a href=https://b.example/x>",
    ]
    place = Place(where="a[href]", saw=saw, address="https://a.example/kk/")

    assert [is_marked for _, is_marked in marked(lines, [place])] == is_found


def test_evidence_knows_nothing_of_a_finding_that_rests_on_other_bytes(proven, table):
    kept, row = proven
    other = FindingRow.objects.get(rule="S001")

    for asked in (other.pk, 10**30, "١", "x", ""):
        html = page_of(kept, "en", finding=asked).text
        assert "Back to the finding" not in html
        assert "<mark>" not in html
    assert "Back to the finding" not in page_of(table, "en", finding=row.pk).text


def test_raw_bytes_are_a_download_no_browser_runs(table):
    with override("kk"):
        answer = Client().get(reverse("evidence:raw", args=[table.sha256]))

    assert answer.content == TABLE
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_unknown_digest_is_not_found(db):
    with override("kk"):
        assert Client().get(reverse("evidence:snapshot", args=["0" * 64])).status_code == 404
        assert Client().get(reverse("evidence:raw", args=["0" * 64])).status_code == 404


def test_uploads_are_not_shown_before_the_rating_that_rests_on_them(body):
    upload = keep(
        b"secret",
        body=body,
        origin=Snapshot.Origin.UPLOAD,
        address="letter.txt",
        taken_at=MOMENT,
        media_type="text/plain",
    )

    assert page_of(upload).status_code == 404


def test_missing_bytes_are_said_not_a_crash(table, settings, tmp_path):
    settings.EVIDENCE_STORE = str(tmp_path / "elsewhere")

    page = page_of(table)

    assert page.status_code == 200
    assert "govuk-inset-text" in page.content.decode()
    with override("kk"):
        assert Client().get(reverse("evidence:raw", args=[table.sha256])).status_code == 404
