"""Reading in a process of its own: parsers in C crash, hang and eat memory on hostile files.

One worker reads file after file; when a file kills it, that file is told so and the next
one gets a new worker.
"""

import atexit
import os
import select
import signal
import struct
import subprocess
import sys
from pathlib import Path
from threading import Lock

import msgspec
from msgspec import Struct

from aiqyn.errors import InputError
from aiqyn.subjects.datafile.limits import LIMITS, Limits
from aiqyn.subjects.datafile.model import DataFile, Trouble

SIZE = struct.Struct(">I")  # of a message, before it
START_S = 20.0  # a worker may need so long until it reads its first file


class Job(Struct, frozen=True):
    """One file to read."""

    path: str
    name: str
    limits: Limits


class Died(Exception):
    """The worker did not answer; `kind` is the trouble of the file it read."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(kind, detail)
        self.kind = kind
        self.detail = detail


class Apart:
    """A worker process as its caller sees it; threads take turns."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0  # the process that started it: a fork must not share it
        self._turn = Lock()

    def read(self, path: Path, *, name: str = "", limits: Limits = LIMITS) -> DataFile:
        """Return what `open.read` returns, or a file with the trouble "crash" or "too_slow".

        Raises InputError where there is no file.
        """
        try:
            size = path.stat().st_size
        except OSError as problem:
            raise InputError(path, "", problem.strerror or str(problem)) from problem
        name = name or path.name
        job = Job(str(path.absolute()), name, limits)
        with self._turn:
            try:
                return msgspec.msgpack.decode(self._asked(job), type=DataFile)
            except Died as death:
                trouble = Trouble(kind=death.kind, detail=death.detail)
                cut = death.kind == "too_slow"
                return DataFile(name=name, size=size, troubles=(trouble,), was_cut=cut)

    def close(self) -> None:
        """End the worker."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        process.communicate()

    def _asked(self, job: Job) -> bytes:
        """Return the worker's answer; raises Died."""
        process, patience = self._running(job.limits.seconds)
        assert process.stdin is not None  # noqa: S101  # pipes by construction
        assert process.stdout is not None  # noqa: S101
        question = msgspec.msgpack.encode(job)
        try:
            process.stdin.write(SIZE.pack(len(question)) + question)
            process.stdin.flush()
        except BrokenPipeError:
            raise self._dead() from None
        answering = select.poll()
        answering.register(process.stdout, select.POLLIN)
        if not answering.poll(patience * 1_000):
            self.close()
            raise Died("too_slow", f"{job.limits.seconds:g} s")
        head = process.stdout.read(SIZE.size)
        answer = process.stdout.read(SIZE.unpack(head)[0]) if len(head) == SIZE.size else b""
        if not answer:
            raise self._dead()
        return answer

    def _dead(self) -> Died:
        """Bury the worker and tell what it died of."""
        process, self._process = self._process, None
        assert process is not None  # noqa: S101  # it was asked a moment ago
        process.communicate()
        code = process.returncode
        return Died("crash", signal.Signals(-code).name if code < 0 else f"code {code}")

    def _running(self, seconds: float) -> tuple["subprocess.Popen[bytes]", float]:
        """Return the worker, and how long it may take over a file."""
        if self._process is not None and self._owner == os.getpid():
            return self._process, seconds
        self._owner = os.getpid()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "aiqyn.subjects.datafile.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what parsers say while they die
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        return self._process, seconds + START_S


SHARED = Apart()
atexit.register(SHARED.close)
