import errno
import io
import os
import resource
import subprocess
import sys
from datetime import UTC, datetime

import msgspec
import pytest

from aiqyn.errors import EvidenceError, FetchError, InputError
from aiqyn.fetch import supervise, worker
from aiqyn.fetch.crawl import crawl, load, result_of
from aiqyn.fetch.journal import Opening
from aiqyn.fetch.reading import Reading
from aiqyn.fetch.supervise import Crawled, Done, Job, Refused, Told
from tests.aiqyn.fetch.servers import links, loopback

READER = "tests.aiqyn.fetch.readers:Reader"


def visit(site, folder, factory=READER, args=(), on_progress=None, **limits):
    return crawl(
        site.url(),
        folder=str(folder),
        limits=loopback(**limits),
        read=Reading(factory, args),
        on_progress=on_progress,
    )


def failures(manifest, site):
    return {
        one.url.removeprefix(site.url("")): one.failure
        for one in manifest.evidence
        if one.role == "page"
    }


def test_worker_crawls_reports_and_leaves_its_result(site, tmp_path):
    site.routes |= {"/": links("/a"), "/a": links()}
    heard = []

    manifest = visit(site, tmp_path, args=("eye",), on_progress=heard.append)

    assert failures(manifest, site) == {"/": "", "/a": ""}
    assert load(str(tmp_path)) == manifest
    assert result_of(str(tmp_path)) == b"eye read 2 of 5"
    assert heard[-1].pages == 2


def test_reader_without_a_result_leaves_none(site, tmp_path):
    visit(site, tmp_path, "tests.aiqyn.fetch.readers:Silent")

    with pytest.raises(InputError, match="no worker finished a crawl here"):
        result_of(str(tmp_path))


def test_page_that_kills_two_workers_is_a_crash_and_the_rest_is_read(site, tmp_path):
    site.routes |= {"/": links("/abort", "/a"), "/abort": links("/b"), "/a": links()}

    manifest = visit(site, tmp_path)

    assert failures(manifest, site) == {"/": "", "/a": "", "/abort": "crash"}
    assert site.asked.count("GET /abort") == 1
    assert result_of(str(tmp_path)) == b"reader read 2 of 6"


def test_reader_that_dies_when_it_is_asked_for_more_leaves_the_rest_as_it_is(site, tmp_path):
    site.routes |= {"/": links("/a"), "/a": links(), "/a.css": links()}

    manifest = visit(site, tmp_path, "tests.aiqyn.fetch.readers:Curious")

    assert failures(manifest, site) == {"/": "", "/a": ""}
    assert [each.role for each in manifest.evidence if each.url.endswith(".css")] == ["sheet"]
    assert site.asked.count("GET /a.css") == 1


def test_page_that_never_ends_is_a_crash(site, tmp_path):
    site.routes |= {"/": links("/hang"), "/hang": links()}

    manifest = visit(site, tmp_path, max_reading_s=2)

    assert failures(manifest, site) == {"/": "", "/hang": "crash"}


@pytest.mark.parametrize(
    ("page", "error", "words"),
    [
        ("damaged", EvidenceError, "stored bytes are damaged"),
        ("wrong", FetchError, "page: wrong"),
        ("mistake", FetchError, "the worker ended with code 1"),
    ],
)
def test_error_in_the_worker_reaches_us(site, tmp_path, page, error, words):
    site.routes |= {"/": links(f"/{page}"), f"/{page}": links()}

    with pytest.raises(error, match=words):
        visit(site, tmp_path)


def test_worker_that_dies_before_it_begins_is_not_started_for_ever(site, tmp_path):
    with pytest.raises(FetchError, match="the worker died, killed by SIGABRT"):
        visit(site, tmp_path, "tests.aiqyn.fetch.readers:dies_at_once")


def test_worker_that_is_ended_from_outside_is_started_again(site, tmp_path):
    site.routes |= {"/": links("/a"), "/a": links()}
    lives = tmp_path / "lives"
    lives.mkdir()

    manifest = visit(site, tmp_path, "tests.aiqyn.fetch.readers:ended_twice", (str(lives),))

    assert failures(manifest, site) == {"/": "", "/a": ""}
    assert len(list(lives.iterdir())) == 2


def test_folder_of_another_crawl_is_refused_before_a_worker_starts(site, tmp_path):
    visit(site, tmp_path)

    with pytest.raises(InputError, match="another crawl is kept here"):
        visit(site, tmp_path, max_pages=1)


def test_worker_is_killed_when_whoever_watches_stops(site, tmp_path):
    site.routes |= {"/": links("/hang"), "/hang": links()}

    def stop(progress):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        visit(site, tmp_path, on_progress=stop)


def job(site, folder, factory=READER):
    opening = Opening(start=site.url(), limits=loopback(), started_at=datetime.now(UTC))
    return Job(opening=opening, folder=str(folder), reading=Reading(factory))


def test_work_says_how_far_it_is_and_that_it_is_done(site, tmp_path):
    site.routes["/"] = links()
    said = []

    worker.work(job(site, tmp_path), said.append)

    assert {type(word) for word in said[:-2]} == {Told}
    assert said[-2] == Crawled()
    assert said[-1] == Done()
    assert result_of(str(tmp_path)) == b"reader read 1 of 4"


def test_work_without_a_result_is_done_too(site, tmp_path):
    said = []

    worker.work(job(site, tmp_path, "tests.aiqyn.fetch.readers:Silent"), said.append)

    assert said[-1] == Done()


def test_work_says_what_a_person_has_to_see(site, tmp_path):
    site.routes |= {"/": links("/damaged"), "/damaged": links()}
    said = []

    worker.work(job(site, tmp_path), said.append)

    assert said[-1] == Refused("EvidenceError", "stored bytes are damaged")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "{}: No space left on device"),
        (OSError(errno.ENOSPC, "No space left on device", "/a/b"), "/a/b: No space left on device"),
        (OSError("odd"), "{}: odd"),
    ],
)
def test_work_names_a_full_disk_and_no_page(site, tmp_path, monkeypatch, error, told):
    def full(*_, **__):
        raise error

    monkeypatch.setattr(worker, "walked", full)
    said = []

    worker.work(job(site, tmp_path), said.append)

    assert said == [Refused("EvidenceError", told.format(tmp_path))]


def test_full_disk_stops_a_crawl_which_then_goes_on(site, tmp_path):
    site.routes |= {"/": links("/a", "/b"), "/a": links(), "/b": links()}
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_500, hard))  # inherited by the worker
    try:
        with pytest.raises(EvidenceError, match=f"^{tmp_path}: File too large$"):
            visit(site, tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    manifest = visit(site, tmp_path)

    assert failures(manifest, site) == {"/": "", "/a": "", "/b": ""}


def test_main_speaks_on_standard_output_alone(site, tmp_path, monkeypatch, capfd):
    site.routes["/"] = links()
    given = job(site, tmp_path, "tests.aiqyn.fetch.readers:Silent")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(msgspec.json.encode(given))))

    worker.main()
    os.write(1, b"a print of the reader's")

    out, err = capfd.readouterr()
    decode = msgspec.json.Decoder(supervise.Word).decode
    assert [decode(line) for line in out.splitlines()][-1] == Done()
    assert err == "a print of the reader's"


def test_speaking_to_nobody_ends_the_process(monkeypatch):
    ended = []
    monkeypatch.setattr(os, "_exit", ended.append)
    listener, voice = os.pipe()
    os.close(listener)

    worker.speak(voice, Done())
    os.close(voice)

    assert ended == [1]


def test_worker_ends_when_nobody_listens(site, tmp_path):
    site.routes["/"] = links()
    child = subprocess.Popen(
        [sys.executable, "-m", "aiqyn.fetch.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    child.stdout.close()
    child.stdin.write(msgspec.json.encode(job(site, tmp_path)))
    child.stdin.close()

    assert child.wait(20) == 1


def test_page_that_eats_memory_is_a_crash(site, tmp_path):
    site.routes |= {"/": links("/greedy"), "/greedy": links()}

    manifest = visit(site, tmp_path)

    assert failures(manifest, site) == {"/": "", "/greedy": "crash"}


def test_folder_that_cannot_be_written_is_told_by_the_worker(site, tmp_path):
    (tmp_path / "reading").mkdir()
    said = []

    worker.work(job(site, tmp_path), said.append)

    assert said == [Refused("EvidenceError", f"{tmp_path}/reading: Is a directory")]
