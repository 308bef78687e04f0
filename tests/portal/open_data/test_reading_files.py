"""Files read by a worker: uploaded, fetched, broken, lost."""

import threading
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from aiqyn_portal.evidence.store import store
from aiqyn_portal.sections.open_data import actions, child, counting, tasks
from aiqyn_portal.sections.open_data.actions import reading
from aiqyn_portal.sections.open_data.models import Dataset, File, Hold, Use
from tests.portal.open_data.sets import AT, CSV, published

PEOPLE = "аты-жөні;телефон\n" + "".join(
    f"{name};+7 701 555 {n:02d} {n:02d}\n"
    for n, name in enumerate(
        (
            "Ахметов Ерлан Серікұлы",
            "Бекова Айгүл Маратқызы",
            "Дүйсенов Қанат Оралұлы",
            "Жүнісова Салтанат Ержанқызы",
            "Иманғали Нұрлан Асқарұлы",
            "Кәрімова Гүлнар Болатқызы",
        ),
        start=10,
    )
)


@pytest.fixture
def version(body, officer):
    return actions.start_set(body, "Мектептер", by=officer, at=AT).versions.get()


def read(file):
    actions.read_file(file.pk)
    file.refresh_from_db()
    return file.state, file.failure


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        found = self.path == "/a.csv"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/csv")
        self.end_headers()
        self.wfile.write(CSV if found else b"")

    def log_message(self, *args):
        pass


@contextmanager
def served():
    server = HTTPServer(("127.0.0.1", 0), _Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_worker_reads_an_upload_in_a_process_apart(version, officer):
    file = tasks.upload(version, "a.csv", CSV, by=officer, at=AT)

    call_command("worker", "periodic", "data", "--once")

    file.refresh_from_db()
    assert (file.state, file.rows, file.stars > 0) == ("read", 2, False)
    assert file.dictionary.count() == 3


def test_link_is_fetched_and_kept(version, officer, settings, in_process):
    settings.OPEN_DATA_NETWORKS = ["127.0.0.0/8"]
    with served() as origin:
        file = tasks.link(version, f"{origin}/a.csv", by=officer, at=AT)
        gone = actions.add_link(version, f"{origin}/b.csv", by=officer, at=AT)
        secure = origin.replace("http://", "https://")  # where nothing of TLS answers
        closed = actions.add_link(version, f"{secure}/c.csv", by=officer, at=AT)
        ended = read(file), read(gone), read(closed)

    assert ended == (("read", ""), ("failed", "no_file"), ("failed", "tls_no_tls"))
    assert (file.name, store().get(file.sha256)) == ("a.csv", CSV)


def test_link_into_a_private_network_is_not_followed(version, officer, in_process):
    file = actions.add_link(version, "http://127.0.0.1:9/a.csv", by=officer, at=AT)

    assert read(file) == ("failed", "forbidden_address")


def test_file_that_breaks_its_reader_breaks_nothing_else(version, officer, monkeypatch):
    file = actions.add_upload(version, "a.csv", CSV, by=officer, at=AT)
    monkeypatch.setattr(reading, "CHILD", "no.such.module")

    assert read(file) == ("failed", "too_hard")


def test_file_that_takes_too_long_is_given_up(version, officer, monkeypatch):
    file = actions.add_upload(version, "a.csv", CSV, by=officer, at=AT)
    monkeypatch.setattr(reading, "LONGEST_S", 0.001)

    assert read(file) == ("failed", "too_long")


def test_bytes_that_are_lost_are_told(version, officer, in_process):
    file = actions.add_upload(version, "a.csv", CSV, by=officer, at=AT)
    File.objects.update(sha256="0" * 64)

    assert read(file) == ("failed", "storage")


def test_fault_of_ours_is_written_down_and_raised(version, officer, monkeypatch):
    file = actions.add_upload(version, "a.csv", CSV, by=officer, at=AT)
    monkeypatch.setattr(reading, "examine_apart", lambda asked: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        actions.read_file(file.pk)

    file.refresh_from_db()
    assert (file.state, file.failure) == ("failed", "ours")


def test_file_is_read_once_whoever_comes(version, officer, in_process):
    file = actions.add_upload(version, "a.csv", CSV, by=officer, at=AT)
    File.objects.update(state="reading")

    assert read(file) == ("reading", "")


def test_file_taken_out_while_it_is_read_leaves_nothing(version, officer, monkeypatch):
    file = actions.add_upload(version, "a.csv", CSV, by=officer, at=AT)

    def taken_out(asked):
        File.objects.all().delete()
        return child.examine(asked)

    monkeypatch.setattr(reading, "examine_apart", taken_out)

    actions.read_file(file.pk)

    assert not File.objects.exists()


def test_personal_data_are_held_and_shown_masked(version, officer, in_process):
    file = actions.add_upload(version, "a.csv", PEOPLE.encode(), by=officer, at=AT)

    read(file)

    found = Hold.objects.get(file=file).found
    assert {each["kind"] for each in found} >= {"personal_phone", "personal_name"}
    assert "Ахметов Ерлан Серікұлы" not in str(found)
    assert "555 10 10" not in str(found)


def test_personal_data_outside_the_records_are_held(version, officer, in_process):
    body = "a,870512301001,c\n1,2,3\n4,5,6\n"
    file = actions.add_upload(version, "a.csv", body.encode(), by=officer, at=AT)

    read(file)

    found = Hold.objects.get(file=file).found
    assert [each["kind"] for each in found] == ["personal_iin"]
    assert "870512301001" not in str(found)


def test_grade_is_kept_where_no_table_can_be_written(version, officer, in_process, monkeypatch):
    def fail(*args):
        raise MemoryError

    monkeypatch.setattr(child, "write_parquet", fail)
    file = actions.add_upload(version, "a.csv", CSV, by=officer, at=AT)

    assert read(file) == ("read", "")
    assert file.rows == 0
    assert file.grade


def test_lost_and_abandoned_files_are_put_in_again_and_given_up_at_last(version, officer):
    lost = actions.add_upload(version, "a.csv", CSV, by=officer, at=AT)
    dead = actions.add_upload(version, "b.csv", CSV, by=officer, at=AT)
    File.objects.filter(pk=dead.pk).update(state="reading", began_at=AT)

    tasks.tick(AT + timedelta(hours=1))
    again = DBTaskResult.objects.ready().count()
    tasks.tick(AT + timedelta(hours=1))

    assert (again, DBTaskResult.objects.ready().count()) == (2, 2)
    File.objects.filter(pk=dead.pk).update(state="reading", began_at=AT)
    tasks.tick(AT + timedelta(hours=2))
    dead.refresh_from_db()
    lost.refresh_from_db()
    assert (dead.state, dead.failure, lost.state) == ("failed", "too_hard", "waiting")


def test_uses_wait_in_memory_and_are_written_together(body, officer, rf, settings, monkeypatch):
    row = published(body, officer)
    settings.OPEN_DATA_COUNT_S = 60
    started = []
    monkeypatch.setattr(counting, "close_old_connections", lambda: None)  # the test's own
    monkeypatch.setattr(counting, "Timer", lambda *args: started.append(args) or _Timer())
    request = rf.get("/", headers={"user-agent": "Firefox"})

    for _ in range(3):
        counting.note(request, row.pk, Use.Kind.VIEW)

    assert (Use.objects.count(), len(started)) == (0, 1)
    started[0][1]()
    assert [(use.day, use.count) for use in Use.objects.all()] == [(timezone.localdate(), 3)]


class _Timer:
    daemon = False

    def start(self):
        pass


def test_name_of_a_set_is_unique_in_the_whole_portal(body, officer):
    first = actions.start_set(body, "Жолдар", by=officer, at=AT)

    assert [first.name, actions.start_set(body, "жолдар", by=officer, at=AT).name] == [
        "zholdar",
        "zholdar-2",
    ]
    assert Dataset.objects.filter(created_at__date=date(2026, 11, 20)).count() == 2
