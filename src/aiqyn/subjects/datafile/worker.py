"""The worker process of `apart`: reads the files it is asked for, one after another."""

import gc
import os
import resource
import sys
from pathlib import Path
from typing import BinaryIO

import msgspec

from aiqyn.subjects.datafile import open as door
from aiqyn.subjects.datafile.apart import SIZE, Job
from aiqyn.subjects.datafile.model import DataFile, Trouble


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer until nobody asks."""
    while len(head := questions.read(SIZE.size)) == SIZE.size:
        job = msgspec.msgpack.decode(questions.read(SIZE.unpack(head)[0]), type=Job)
        answer = msgspec.msgpack.encode(answered(job))
        answers.write(SIZE.pack(len(answer)) + answer)
        answers.flush()


def answered(job: Job) -> DataFile:
    """Read one file; an error of ours is told as a crash, and the worker lives on."""
    hold(job.limits.memory)
    path = Path(job.path)
    try:
        return door.read(path, name=job.name, limits=job.limits)
    except MemoryError:
        gc.collect()
        return _failed(job, "too_large", "memory")
    except Exception as problem:  # noqa: BLE001  # whatever a parser raises is news of the file
        return _failed(job, "crash", f"{type(problem).__name__}: {problem}"[:200])


def _failed(job: Job, kind: str, detail: str) -> DataFile:
    trouble = Trouble(kind=kind, detail=detail)
    return DataFile(name=job.name, troubles=(trouble,), was_cut=kind == "too_large")


def hold(memory: int) -> None:
    """Let this process have no more than `memory` bytes of data; libraries and files are apart."""
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    if soft != wanted:
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))


def main() -> None:
    """Answer on a copy of standard output; whatever a parser prints goes nowhere."""
    voice = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, voice)


if __name__ == "__main__":  # pragma: no cover - this line runs in processes of their own
    main()
