"""A second process that reads parts of a large delimited file beside the one that asked.

Threads of one process wait for each other wherever no long pass over bytes is under way; two
processes do not. The second one opens nothing: it is handed the open file, and what is known of
the columns. What it has to say goes through a pipe, part by part; where it ends before its
time, whoever asked reads the part.
"""

import gc
import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Lock
from typing import BinaryIO

from aiqyn.subjects.datafile.csv_known import Met, renumbered
from aiqyn.subjects.datafile.csv_memory import kept_memory
from aiqyn.subjects.datafile.csv_part import LateError, Part, Reading, part_at
from aiqyn.subjects.datafile.csv_source import Source

WORTH = 32 << 20  # bytes of a file worth a second process, whose start takes a third of a second
SELDOM = 50_000  # more things made than given up, before circles among them are looked for


class Beside:
    """The second process as the first one sees it.

    Several threads ask it, so that it has the next part at hand when it is done with one.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._numbers: dict[int, list[int]] = {}  # of its values among ours, by column
        self._is_told = False
        self._asking, self._hearing = Lock(), Lock()
        self._due: deque[Future[Part | None]] = deque()  # answers, in the order of questions
        self._process = subprocess.Popen(
            [sys.executable, "-m", "aiqyn.subjects.datafile.csv_beside"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=(source.number,),
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
                "OPENBLAS_NUM_THREADS": "1",  # no work for more here
            },
        )

    def part(self, start: int, size: int, reading: Reading) -> Part | None:
        """Return a part, its values numbered as `reading` has them; None where nobody answers."""
        mine: Future[Part | None] = Future()
        with self._asking:
            self._ask(start, size, reading)
            self._due.append(mine)
        with self._hearing:
            while not mine.done():
                self._due.popleft().set_result(self._heard(reading))
        return mine.result()

    def _ask(self, start: int, size: int, reading: Reading) -> None:
        questions = self._process.stdin
        assert questions is not None  # noqa: S101  # a pipe by construction
        try:
            if not self._is_told:
                pickle.dump((self._source, reading.told), questions)
                self._is_told = True
            pickle.dump((start, size, reading.many, reading.until_of(start)), questions)
            questions.flush()
        except OSError:  # it has ended, which is noticed when it does not answer
            self._is_told = True

    def _heard(self, reading: Reading) -> Part | None:
        answers = self._process.stdout
        assert answers is not None  # noqa: S101  # a pipe by construction
        part: Part
        values: dict[int, list[Met]]
        try:
            part, values = pickle.load(answers)  # noqa: S301  # written by this very module
        except (EOFError, pickle.UnpicklingError):
            return None
        for column, known in reading.all_known():
            self._numbers.setdefault(column, [0]).extend(known.learn(values[column]))
        for column, counts in part.counts.items():
            part.counts[column] = renumbered(counts, self._numbers[column])
        return part

    def close(self) -> None:
        """Let the process end once it is done with what it was asked for."""
        self._process.communicate()


@contextmanager
def beside(source: Source) -> Iterator[Beside | None]:
    """Yield a second process where the file is worth one and a processor is there for it."""
    if source.size < WORTH or len(os.sched_getaffinity(0)) < 2:
        yield None
        return
    process = Beside(source)
    try:
        yield process
    finally:
        process.close()


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Read the parts that are asked for until nobody asks."""
    source, told = pickle.load(questions)  # noqa: S301  # written by this very module
    reading = Reading(*told)
    said = dict.fromkeys(dict(reading.all_known()), 1)
    while True:
        try:
            start, size, many, reading.until = pickle.load(questions)  # noqa: S301
        except EOFError:
            return
        reading.many |= many
        try:
            part = part_at(source, start, size, reading)
        except LateError:
            return
        values = {column: known.since(said[column]) for column, known in reading.all_known()}
        for column, fresh in values.items():
            said[column] += len(fresh)
        pickle.dump((part, values), answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


if __name__ == "__main__":  # pragma: no cover - this line runs in processes of its own
    gc.set_threshold(SELDOM)
    with kept_memory():
        serve(sys.stdin.buffer, sys.stdout.buffer)
