import io
import os
import signal

import pytest

from aiqyn.errors import InputError
from aiqyn.subjects.datafile import apart, worker
from aiqyn.subjects.datafile import open as door
from aiqyn.subjects.datafile.limits import Limits
from aiqyn.subjects.datafile.model import DataFile, Trouble
from aiqyn.subjects.datafile.open import read, read_apart

CSV = "id;атауы\n1;а\n2;ә\n"
ANSWER = apart.msgspec.msgpack.encode(DataFile(name="a.csv", format="csv"))
# A worker that knows one answer: it stands at once, which one that can read files does not.
PARROT = f"""
import sys
answer = bytes.fromhex({ANSWER.hex()!r})
while len(head := sys.stdin.buffer.read(4)) == 4:
    sys.stdin.buffer.read(int.from_bytes(head, "big"))
    sys.stdout.buffer.write(len(answer).to_bytes(4, "big") + answer)
    sys.stdout.buffer.flush()
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(CSV)
    return path


@pytest.fixture
def reader():
    reader = apart.Apart()
    yield reader
    reader.close()


def stand_in(monkeypatch, code):
    """Let the worker process be a small program of our own."""
    started = apart.subprocess.Popen
    monkeypatch.setattr(
        apart.subprocess,
        "Popen",
        lambda command, **how: started([command[0], "-S", "-c", code], **how),
    )


@pytest.fixture
def parrot(monkeypatch):
    with monkeypatch.context() as patched:
        stand_in(patched, PARROT)
        yield


def still(found):
    """The file without the time it took."""
    return DataFile(
        **{field: getattr(found, field) for field in found.__struct_fields__} | {"seconds": 0.0}
    )


def test_file_read_apart_is_the_file_read_here(file):
    assert still(read_apart(file, name="b.csv")) == still(read(file, name="b.csv"))


@pytest.mark.usefixtures("parrot")
def test_one_worker_reads_file_after_file(file, reader):
    reader.read(file)
    first = reader._process.pid
    reader.read(file)

    assert reader._process.pid == first


def test_missing_file_is_an_error_of_the_caller(tmp_path, reader):
    for asked in (read, read_apart, reader.read):
        with pytest.raises(InputError, match="No such file"):
            asked(tmp_path / "none.csv")


def test_file_that_ends_the_worker_is_told_and_the_next_is_read(file, reader, monkeypatch):
    with monkeypatch.context() as patched:
        stand_in(patched, "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
        found = reader.read(file)
    with monkeypatch.context() as patched:
        stand_in(patched, PARROT)
        after = reader.read(file)

    assert found == DataFile(
        name="a.csv", size=len(CSV.encode()), troubles=(Trouble(kind="crash", detail="SIGSEGV"),)
    )
    assert after == DataFile(name="a.csv", format="csv")


def test_worker_that_leaves_without_a_word_is_told(file, reader, monkeypatch):
    stand_in(monkeypatch, "import sys; sys.stdin.buffer.read(4); sys.exit(3)")

    assert reader.read(file).troubles == (Trouble(kind="crash", detail="code 3"),)


@pytest.mark.usefixtures("parrot")
def test_worker_found_dead_is_told_and_replaced(file, reader):
    reader.read(file)
    os.kill(reader._process.pid, signal.SIGKILL)
    reader._process.wait()
    found = reader.read(file)

    assert found.troubles == (Trouble(kind="crash", detail="SIGKILL"),)
    assert not reader.read(file).troubles


def test_file_that_takes_too_long_is_given_up(file, reader, monkeypatch):
    monkeypatch.setattr(apart, "START_S", 0.05)
    stand_in(monkeypatch, "import sys; sys.stdin.buffer.read()")
    found = reader.read(file, limits=Limits(seconds=0.1))

    assert (found.troubles, found.was_cut) == ((Trouble(kind="too_slow", detail="0.1 s"),), True)
    assert reader._process is None


def test_patience_is_the_callers(file, monkeypatch):
    asked = []
    monkeypatch.setattr(
        apart.Apart, "read", lambda self, path, name, limits: asked.append(limits.seconds)
    )
    read_apart(file, seconds=7)
    read_apart(file)

    assert asked == [7, 120.0]


@pytest.mark.usefixtures("parrot")
def test_fork_does_not_share_the_worker(file, reader, monkeypatch):
    reader.read(file)
    process = reader._process
    monkeypatch.setattr(apart.os, "getpid", lambda: -1)
    found = reader.read(file)

    assert (found.format, reader._process is process) == ("csv", False)
    process.kill()
    process.communicate()


@pytest.mark.usefixtures("parrot")
def test_worker_of_another_process_is_left_alone(file, reader, monkeypatch):
    reader.read(file)
    process = reader._process
    with monkeypatch.context() as patched:
        patched.setattr(apart.os, "getpid", lambda: -1)
        reader.close()

    assert process.poll() is None
    process.kill()
    process.communicate()


def job(path, **limits):
    return apart.Job(str(path), "a.csv", Limits(**limits))


def test_worker_answers_until_nobody_asks(file, monkeypatch):
    monkeypatch.setattr(worker, "hold", lambda memory: None)
    question = apart.msgspec.msgpack.encode(job(file))
    answers = io.BytesIO()
    worker.serve(io.BytesIO((apart.SIZE.pack(len(question)) + question) * 2), answers)

    size = apart.SIZE.unpack(answers.getvalue()[:4])[0]
    first = apart.msgspec.msgpack.decode(answers.getvalue()[4 : 4 + size], type=DataFile)
    assert still(first) == still(read(file))


@pytest.mark.parametrize(
    ("problem", "trouble", "was_cut"),
    [
        (MemoryError(), Trouble(kind="too_large", detail="memory"), True),
        (KeyError("x"), Trouble(kind="crash", detail="KeyError: 'x'"), False),
    ],
)
def test_error_of_a_parser_is_news_of_the_file(file, monkeypatch, problem, trouble, was_cut):
    def fail(*about, **how):
        raise problem

    monkeypatch.setattr(worker, "hold", lambda memory: None)
    monkeypatch.setattr(door, "read", fail)

    assert worker.answered(job(file)) == DataFile(
        name="a.csv", troubles=(trouble,), was_cut=was_cut
    )


def test_memory_of_the_worker_is_held(monkeypatch):
    held = []
    ask = worker.resource
    monkeypatch.setattr(ask, "setrlimit", lambda what, limits: held.append(limits))
    for told in ((-1, -1), (50, 80), (10, 10), (80, 80)):
        monkeypatch.setattr(ask, "getrlimit", lambda what, told=told: told)
        worker.hold(70)

    assert held == [(70, -1), (70, 80), (70, 80)]


def test_worker_speaks_on_a_voice_of_its_own(monkeypatch):
    copied = []
    served = []
    monkeypatch.setattr(worker.os, "dup", lambda one: os.open(os.devnull, os.O_WRONLY))
    monkeypatch.setattr(worker.os, "dup2", lambda one, other: copied.append((one, other)))
    monkeypatch.setattr(worker, "serve", lambda questions, answers: served.append(answers))
    worker.main()
    served[0].close()

    assert (copied, len(served)) == ([(2, 1)], 1)


def test_memory_a_hostile_file_asks_for_is_refused(tmp_path):
    hungry = tmp_path / "a.json"
    hungry.write_text("[" + "[]," * 1_000_000 + "[]]")
    found = read_apart(hungry, limits=Limits(memory=100_000_000))

    assert found.troubles[0].kind in ("too_large", "crash")
