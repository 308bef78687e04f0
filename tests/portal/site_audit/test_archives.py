"""All that an audit has read as a WARC file: for other tools, as open as its pages, in bounds."""

import os
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest
from django.test import Client
from django.urls import reverse
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from aiqyn.audit import edition_on, judge_again
from aiqyn.chain import Evidence
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.manifest import Manifest, from_lines, to_lines
from aiqyn.fetch.warc_in import Archive
from aiqyn_portal.evidence import archive
from aiqyn_portal.evidence.models import Audit
from aiqyn_portal.evidence.store import keep_crawl, store
from aiqyn_portal.sections.site_audit import queries
from tests import factories
from tests.portal.conftest import signed_in
from tests.portal.given import let_go
from tests.portal.site_audit.audited import AS_OF, audited

AT = datetime(2025, 11, 20, 6, tzinfo=UTC)
SITE, INNER = "https://a.example/", "http://10.20.30.40/kk/"
OPEN, SECRET = b"<h1>open</h1>", b"<h1>secret of the inner machine</h1>"
PIXEL = b"\x89PNG\r\n\x1a\n" + b"\0" * 16
ROLES = {
    "anonymous": False,
    "citizen": False,
    "officer of another body": False,
    "officer": True,
    "evaluator": True,
    "administrator": True,
}


@pytest.fixture
def people(clients):
    other = factories.officer(factories.BodyFactory(code="kz-akm-abai"))
    return clients | {"officer of another body": signed_in(other)}


def seen(url, content, **more):
    given = {"status": 200, "media_type": "text/html", "headers": "Content-Type: text/html", **more}
    return Evidence(url=url, taken_at=AT, sha256=store().put(content), size=len(content), **given)


def kept(body, *evidence):
    """An audit with exactly this evidence, kept as a crawl is kept."""
    led = Manifest(
        start=SITE,
        agent="aiqyn",
        started_at=AT,
        finished_at=AT,
        limits=Limits(),
        evidence=tuple(sorted(evidence, key=lambda each: each.url)),
    )
    keep_crawl(led.evidence, store(), body, start=SITE)
    audit = audited(body, {}, start=SITE)
    Audit.objects.filter(pk=audit.pk).update(manifest_sha256=store().put(to_lines(led)))
    return Audit.objects.get(pk=audit.pk)


@pytest.fixture
def mixed(body):
    """A site that leads to a machine of the inner network, a picture of which was taken."""
    return kept(
        body,
        seen(SITE, OPEN),
        seen("https://a.example/to", SECRET, final_url=INNER, hops=1),
        seen(INNER, SECRET),
        seen(f"{INNER}#picture", PIXEL, role="picture", media_type="image/png"),
        Evidence(url="https://a.example/gone", taken_at=AT, status=404, role="link"),
    )


def fetched(audit, client=None):
    return (client or Client()).get(reverse("audit_warc", args=[audit.pk]))


def content_of(answer):
    return b"".join(answer.streaming_content)


def records(content: bytes) -> Iterator[tuple[str, str, bytes]]:
    """Kind, address and body of each, as an independent tool reads them."""
    for record in ArchiveIterator(BytesIO(content)):
        target = record.rec_headers.get_header("WARC-Target-URI") or ""
        yield record.rec_type, target, record.content_stream().read()


def test_archive_is_sound_by_an_independent_tool_and_holds_all_that_was_read(
    audit, tmp_path, capsys
):
    answer = fetched(audit)
    written = tmp_path / "got.warc.gz"
    written.write_bytes(content_of(answer))

    checked = Checker(SimpleNamespace(inputs=[str(written)], verbose=True))
    bodies = {
        target: body for kind, target, body in records(written.read_bytes()) if kind == "response"
    }
    manifest = msgspec.json.decode(store().get(audit.manifest_sha256).splitlines()[0])
    assert checked.process_all() == 0
    assert "digest pass" in capsys.readouterr().out
    assert bodies[audit.start].startswith(b"<!doctype html>")
    assert answer["Content-Disposition"] == f'attachment; filename="audit-{audit.pk}.warc.gz"'
    assert manifest["start"] == audit.start


def test_whoever_audits_the_archive_finds_the_same(audit, crawled, tmp_path):
    written = tmp_path / "got.warc.gz"
    written.write_bytes(content_of(fetched(audit)))
    folder = tmp_path / "read"
    folder.mkdir()

    held = Archive(written, folder=str(folder), limits=Limits())

    assert held.manifest is not None
    edition = edition_on("sites", AS_OF)
    again = judge_again(held.manifest, f"{folder}/objects", edition, as_of=AS_OF)
    manifest, _report, _kept = crawled
    assert held.manifest == manifest
    broken = {each.rule for each in again.findings if each.outcome.value == "failed"}
    assert {"P004"} <= broken & {each.rule for each in queries.findings_of(audit)}


@pytest.mark.parametrize(("role", "is_insider"), ROLES.items())
def test_bytes_of_an_inner_machine_are_for_those_who_work_with_the_body(
    people, mixed, role, is_insider
):
    content = content_of(fetched(mixed, people[role]))

    found = list(records(content))
    bodies = {target: body for kind, target, body in found if kind == "response"}
    whole = b"".join(body for _kind, _target, body in found)
    (listed,) = (body for _kind, target, body in found if target == "urn:aiqyn:manifest")
    assert bodies[SITE] == OPEN
    assert (SECRET in whole) is is_insider
    assert (PIXEL in whole) is is_insider
    assert INNER.encode() in listed  # where it lay is told by the pages, too
    digests = {each.get("sha256", "") for each in map(msgspec.json.decode, listed.splitlines()[1:])}
    assert len(digests - {""}) == (3 if is_insider else 1)


def test_archive_without_what_is_closed_can_be_audited(mixed, tmp_path):
    written = tmp_path / "got.warc.gz"
    written.write_bytes(content_of(fetched(mixed)))
    folder = tmp_path / "read"
    folder.mkdir()

    held = Archive(written, folder=str(folder), limits=Limits())

    assert held.manifest is not None
    report = judge_again(
        held.manifest, f"{folder}/objects", edition_on("sites", AS_OF), as_of=AS_OF
    )
    assert report.pages == 1


def test_bytes_that_are_open_elsewhere_are_open_in_the_archive(mixed):
    keep_crawl([seen("https://a.example/same", SECRET)], store(), mixed.body, start=SITE)

    bodies = [body for _kind, _target, body in records(content_of(fetched(mixed)))]

    assert SECRET in bodies


def test_as_many_archives_are_given_at_once_as_may_be(people, mixed):
    slow, other = fetched(mixed), fetched(mixed, people["officer"])
    next(iter(slow.streaming_content))  # and reads no further

    busy = fetched(mixed)
    let_go(other)  # as a server does when the reader has it, or has gone

    assert (busy.status_code, busy["Retry-After"]) == (503, "30")
    assert "Қазір басқа мұрағаттар жүктеліп жатыр" in busy.text
    assert content_of(fetched(mixed, people["evaluator"]))
    let_go(slow)


def test_archive_is_given_as_it_is_made_and_nothing_lies_on_the_disk(mixed, settings, monkeypatch):
    asked = []
    get = type(store()).get
    monkeypatch.setattr(
        type(store()), "get", lambda self, sha256: asked.append(sha256) or get(self, sha256)
    )
    monkeypatch.setattr(archive, "PIECE", 1)

    answer = fetched(mixed)
    pieces = iter(answer.streaming_content)
    first = next(pieces)

    assert records(first).__next__()[0] == "warcinfo"
    assert asked == [mixed.manifest_sha256]
    assert b"".join(pieces)
    let_go(answer)
    files = (Path(settings.VAR) / "archives").iterdir()
    assert {each.stat().st_size for each in files} == {0}


def test_reader_who_hardly_reads_is_let_go(mixed, monkeypatch):
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(archive, "time", SimpleNamespace(monotonic=lambda: clock.now))
    monkeypatch.setattr(archive, "PIECE", 1)
    monkeypatch.setattr(archive, "SLOWEST", 1)
    answer = fetched(mixed)
    pieces = iter(answer.streaming_content)

    next(pieces)
    clock.now = archive.PACE_S
    next(pieces)  # quick enough
    clock.now = 1e6

    with pytest.raises(archive.TooSlow):
        next(pieces)
    let_go(answer)


@pytest.mark.parametrize("what", ["list", "page"])
def test_archive_of_bytes_that_are_lost_is_not_given_in_part(mixed, what):
    led = listed_of(mixed)
    first = next(each.sha256 for each in led.evidence if each.url == SITE)
    lost = mixed.manifest_sha256 if what == "list" else first
    store().discard(lost)

    assert fetched(mixed).status_code == 404
    assert fetched(mixed).status_code == 404  # no turn is lost by it
    assert fetched(mixed).status_code == 404


def listed_of(audit):
    return from_lines(store().get(audit.manifest_sha256), "kept")


def test_memory_does_not_grow_with_what_was_read(body):
    size, pages = 500_000, 60  # bytes that cannot be packed
    wide = kept(body, *(seen(f"{SITE}{number}", os.urandom(size)) for number in range(pages)))
    content_of(fetched(wide))  # whatever the first one loads is loaded
    answer = fetched(wide)

    tracemalloc.start()
    length = sum(map(len, answer.streaming_content))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert length > size * pages
    assert peak < 10 * size


def test_page_of_an_audit_leads_to_its_archive(mixed):
    with_link = Client().get(
        reverse("site_audit:audit", args=[mixed.pk]), HTTP_ACCEPT_LANGUAGE="kk"
    )

    assert f"/audits/{mixed.pk}.warc.gz" in with_link.text
