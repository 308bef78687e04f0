"""A crawl in a process of its own: HTML and PDF parsers in C crash, and must not take us along.

The worker journals the page it is about to read. When it dies or stops answering,
a new one continues; a page that killed two is noted as "crash" and passed over. There may be
thousands of such pages: every death has to name one more, or to have brought the crawl further,
and all lives share the time of one crawl.
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
from typing import NamedTuple

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from aiqyn.errors import EvidenceError, FetchError
from aiqyn.fetch.clock import SYSTEM
from aiqyn.fetch.journal import Journal, Opening, has_page_in_hand, let_go
from aiqyn.fetch.manifest import Manifest, load
from aiqyn.fetch.progress import Progress
from aiqyn.fetch.reading import Reading

RESULT = "result"  # file in the folder: what the reader had to say at the end
# One may be ended from outside while it reads again what an earlier one fetched.
MAX_IN_VAIN = 3
HANGS = 6  # that are given all the time of a page; after them it halves with each
LEAST_READING_S = 15.0  # of one page, however many hung: the largest documents take as long
# A document of some kilobytes can make a parser ask for gigabytes: past this the parser
# fails and the document is a "crash". Thousands of pages take a sixth of it.
MAX_MEMORY = 1 << 30  # bytes of one worker
START_S = 60.0  # a worker may take so long until its first word


class Job(Struct, frozen=True, kw_only=True):
    """Everything a worker is told."""

    opening: Opening
    folder: str
    reading: Reading
    spent_s: float = 0.0  # of the time of the crawl, by earlier workers
    hangs: int = 0  # times that a page has hung an earlier worker

    @property
    def patience_s(self) -> float:
        """The longest one page may take."""
        whole = self.opening.limits.max_reading_s
        halved = min(max(0, self.hangs - HANGS), 10)
        return min(whole, max(LEAST_READING_S, whole * 0.5**halved))


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
    in_vain, folder = 0, job.folder
    seen: list[Manifest] = []
    began = SYSTEM.elapsed()
    while True:
        before = _length_of_journal(job)
        job = replace(job, spent_s=SYSTEM.elapsed() - began)
        end, code, is_hung = _one_life(job, on_progress, lambda: seen.append(load(folder)))
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
        job = replace(job, hangs=job.hangs + is_hung)


class _Life(NamedTuple):
    """How a worker ended."""

    word: Done | Refused | None  # its last one
    code: int  # of its process
    is_hung: bool = False  # it was ended with a page in hand that took too long


class _Silent(Exception):
    """Nothing is heard of a worker any more."""


def _length_of_journal(job: Job) -> int:
    """Bytes in the journal, with the page noted that the last worker died of."""
    with Journal(Path(job.folder), job.opening) as journal:
        return journal.path.stat().st_size


def _one_life(
    job: Job, on_progress: Callable[[Progress], None], on_crawled: Callable[[], None]
) -> _Life:
    """Run one worker to its end."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "aiqyn.fetch.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        process_group=0,  # Ctrl-C is for us; we end the worker
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    end: Done | Refused | None = None
    is_hung = False
    with suppress(OSError, ValueError):  # it has ended already, or is held shorter by others
        resource.prlimit(worker.pid, resource.RLIMIT_DATA, (MAX_MEMORY, MAX_MEMORY))
    try:
        with worker:
            try:
                for word in _words(worker, job):
                    if isinstance(word, Told):
                        on_progress(word.progress)
                    elif isinstance(word, Crawled):
                        on_crawled()
                    else:
                        end = word
            except _Silent:
                is_hung = has_page_in_hand(job.folder)
            finally:
                if worker.poll() is None and end is None:
                    worker.kill()
    except BaseException:  # whoever watches stops it: the page in hand is not to blame
        let_go(job.folder)
        raise
    if worker.returncode == -signal.SIGTERM:  # nor where it was told to end
        let_go(job.folder)
    return _Life(end, worker.returncode, is_hung)


def _words(worker: "subprocess.Popen[bytes]", job: Job) -> Iterator[Word]:
    """What the worker says, until it ends. Raises _Silent when nothing comes any more."""
    assert worker.stdin is not None  # noqa: S101 - both are pipes by construction
    assert worker.stdout is not None  # noqa: S101
    with suppress(BrokenPipeError):  # it died before it could listen
        worker.stdin.write(msgspec.json.encode(job))
        worker.stdin.close()
    rest = b""
    pipe = worker.stdout.fileno()
    whole = job.opening.limits.max_reading_s
    _listen(pipe, max(START_S, whole))
    while piece := os.read(pipe, 1 << 16):
        *lines, rest = (rest + piece).split(b"\n")
        yield from map(_DECODER.decode, lines)
        try:
            _listen(pipe, job.patience_s)
        except _Silent:
            if has_page_in_hand(job.folder):
                raise
            _listen(pipe, whole - job.patience_s)  # the end of a large audit takes longer


def _listen(pipe: int, patience_s: float) -> None:
    if not select.select([pipe], [], [], patience_s)[0]:
        raise _Silent


def _cause(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else "without a word"
