"""The worker process of `supervise`: one job on standard input, words on standard output."""

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from aiqyn.errors import AiqynError, EvidenceError
from aiqyn.fetch.aside import Aside, is_worth_it
from aiqyn.fetch.here import walked
from aiqyn.fetch.memory import keep_memory
from aiqyn.fetch.reading import Asking, Read
from aiqyn.fetch.supervise import RESULT, Crawled, Done, Job, Refused, Told, Word
from aiqyn.patterns import kept


def work(job: Job, say: Callable[[Word], None]) -> None:
    """Do the job, saying how far it is; an error meant for a person is said, not raised."""
    try:
        with kept(job.reading.factory.partition(":")[0]):
            reader = job.reading.made()
        manifest = walked(
            Path(job.folder),
            job.opening,
            _hands(reader, job),
            lambda progress: say(Told(progress)),
            spent_s=job.spent_s,
        )
        say(Crawled())
        if hasattr(reader, "result"):
            aside = Path(job.folder) / f"{RESULT}.new"
            aside.write_bytes(reader.result(manifest))
            aside.replace(Path(job.folder) / RESULT)
    except AiqynError as error:
        say(Refused(type(error).__name__, str(error)))
    except OSError as error:  # the disk is full, the folder is gone: nothing of the site
        told = f"{error.filename or job.folder}: {error.strerror or error}"
        say(Refused(EvidenceError.__name__, told))
    else:
        say(Done())


def _hands(reader: Any, job: Job) -> Read | Asking:
    """What a crawl may call of the reader: by itself, or with another one beside it."""
    if not hasattr(reader, "asks"):
        return reader.read  # type: ignore[no-any-return]
    limits = job.opening.limits
    found = getattr(reader, "found", lambda: 0)
    if not hasattr(reader, "absorb") or not is_worth_it(limits):
        return Asking(reader.read, reader.asks, found=found)
    aside = Aside(reader, job.patience_s)
    get_ready = getattr(reader, "get_ready", lambda: None)
    return Asking(reader.read, reader.asks, aside, reader.absorb, found, get_ready)


def main() -> None:
    """Speak on a copy of standard output; whatever a reader prints goes to standard error."""
    voice = os.dup(1)
    os.dup2(2, 1)
    keep_memory()
    work(msgspec.json.decode(sys.stdin.buffer.read(), type=Job), partial(speak, voice))


def speak(voice: int, word: Word) -> None:
    """Write one line to the descriptor `voice`; end when nobody listens: the parent is gone."""
    try:
        os.write(voice, msgspec.json.encode(word) + b"\n")
    except BrokenPipeError:
        os._exit(1)


if __name__ == "__main__":  # pragma: no cover - these lines run in worker processes only
    main()
    sys.stderr.flush()
    os._exit(0)  # all is said and written: to free what thousands of pages left takes a while
