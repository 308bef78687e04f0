"""A crawl in a process of its own: HTML and PDF parsers in C crash, and must not take us along.

The worker journals the page it is about to read. When it dies or stops answering,
a new one continues; a page that killed two is noted as "crash" and passed over.
"""

import os
import resource
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from aiqyn.errors import EvidenceError, FetchError
from aiqyn.fetch.journal import Journal, Opening
from aiqyn.fetch.manifest import Manifest, load
from aiqyn.fetch.progress import Progress
from aiqyn.fetch.reading import Reading

RESULT = "result"  # file in the folder: what the reader had to say at the end
MAX_DEATHS = 100
# One may be ended from outside while it reads again what an earlier one fetched.
MAX_IN_VAIN = 3
# A document of some kilobytes can make a parser ask for gigabytes: past this the parser
# fails and the document is a "crash". Thousands of pages take a sixth of it.
MAX_MEMORY = 1 << 30  # bytes of one worker
START_S = 60.0  # a worker may take so long until its first word


class Job(Struct, frozen=True, kw_only=True):
    """Everything a worker is told."""

    opening: Opening
    folder: str
    reading: Reading


class Told(Struct, frozen=True, tag="told"):
    """A sign of life."""

    progress: Progress


class Crawled(Struct, frozen=True, tag="crawled"):
    """The manifest is on disk, the result is still to come."""


class Done(Struct, frozen=True, tag="done"):
    """The manifest and the result are on disk."""


class Refused(Struct, frozen=True, tag="refused"):
    """An error somebody has to see; starting again would not help."""

    kind: str  # class of `errors`
    text: str


Word = Told | Crawled | Done | Refused
_DECODER = msgspec.json.Decoder(Word)


def supervise(job: Job, on_progress: Callable[[Progress], None]) -> Manifest:
    """Run `job` in worker processes until it is done; return the manifest.

    It is read while the worker is still at its result. Raises EvidenceError or FetchError
    with what the worker refused, and FetchError when several die one after another and none
    gets any further.
    """
    in_vain = 0
    seen: list[Manifest] = []
    for _ in range(MAX_DEATHS):
        before = _length_of_journal(job)
        end, code = _one_life(job, on_progress, lambda: seen.append(load(job.folder)))
        match end:
            case Done():
                return seen[-1]
            case Refused(kind="EvidenceError", text=text):
                raise EvidenceError(text)
            case Refused(text=text):
                raise FetchError(job.opening.start, "crash", text)
        if code > 0:  # an error of ours, told on standard error; no crash
            raise FetchError(job.opening.start, "crash", f"the worker ended with code {code}")
        in_vain = in_vain + 1 if _length_of_journal(job) == before else 0
        if in_vain == MAX_IN_VAIN:
            raise FetchError(job.opening.start, "crash", f"the worker died, {_cause(code)}")
    raise FetchError(job.opening.start, "crash", f"{MAX_DEATHS} workers died")


def _length_of_journal(job: Job) -> int:
    """Bytes in the journal, with the page noted that the last worker died of."""
    with Journal(Path(job.folder), job.opening) as journal:
        return journal.path.stat().st_size


def _one_life(
    job: Job, on_progress: Callable[[Progress], None], on_crawled: Callable[[], None]
) -> tuple[Done | Refused | None, int]:
    """Run one worker; return its last word, None when it had none, and its exit code."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "aiqyn.fetch.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        process_group=0,  # Ctrl-C is for us; we end the worker
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    end: Done | Refused | None = None
    with suppress(OSError, ValueError):  # it has ended already, or is held shorter by others
        resource.prlimit(worker.pid, resource.RLIMIT_DATA, (MAX_MEMORY, MAX_MEMORY))
    with worker:
        try:
            for word in _words(worker, job):
                if isinstance(word, Told):
                    on_progress(word.progress)
                elif isinstance(word, Crawled):
                    on_crawled()
                else:
                    end = word
        finally:
            if worker.poll() is None and end is None:
                worker.kill()
    return end, worker.returncode


def _words(worker: "subprocess.Popen[bytes]", job: Job) -> Iterator[Word]:
    """What the worker says, until it ends or has been silent for longer than a page may take."""
    assert worker.stdin is not None  # noqa: S101 - both are pipes by construction
    assert worker.stdout is not None  # noqa: S101
    with suppress(BrokenPipeError):  # it died before it could listen
        worker.stdin.write(msgspec.json.encode(job))
        worker.stdin.close()
    rest = b""
    pipe = worker.stdout.fileno()
    patience = max(START_S, job.opening.limits.max_reading_s)
    while select.select([pipe], [], [], patience)[0]:
        patience = job.opening.limits.max_reading_s
        piece = os.read(pipe, 1 << 16)
        if not piece:
            return
        *lines, rest = (rest + piece).split(b"\n")
        yield from map(_DECODER.decode, lines)


def _cause(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else "without a word"
