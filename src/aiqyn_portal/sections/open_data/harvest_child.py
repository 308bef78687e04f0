"""`python -m …open_data.harvest_child`: harvest one catalogue in a process of its own.

Whatever a stranger's catalogue does to a parser ends this process and nothing else. What is
asked comes as a line of JSON, what was found leaves as lines of JSON; after each one we wait
for a line that says it was kept, so that the diary is never ahead of the database. No Django.
"""

import resource
import sys
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

import msgspec

from aiqyn.chain import Noun, Outcome, prepare
from aiqyn.errors import FetchError, InputError
from aiqyn.fetch.limits import Limits
from aiqyn.grading.dataset import grade_dataset
from aiqyn.grading.grade import REGULATION
from aiqyn.harvest import Before, HarvestBusy, Refused, Summary, harvest
from aiqyn.regulations import Edition, edition_on
from aiqyn.report.worth import points_of
from aiqyn.subjects.dataset import Dataset

BUSY = "busy"  # another process goes on with this harvest: nothing has ended
MEMORY = 3 << 30  # bytes of data
LONGEST_ID = 500  # letters, as the column of the portal has it
LARGEST = 1 << 20  # bytes of one passport with its findings
SHOWN = 100  # letters of an id that is told


class Asked(Noun, frozen=True, kw_only=True):
    """Which catalogue to harvest, and what is known of it."""

    address: str
    kind: str = ""
    folder: str
    known: dict[str, str] = {}
    as_of: date
    limits: Limits
    before: Before = Before()


class Seen(Noun, frozen=True, kw_only=True, tag="seen"):
    """One set, and what the rules say of its passport."""

    dataset: Dataset
    broken: tuple[str, ...]
    points: dict[str, tuple[str, str]]


class Unread(Noun, frozen=True, kw_only=True, tag="unread"):
    """One record that is no set we could read."""

    refused: Refused


class Ended(Noun, frozen=True, kw_only=True, tag="ended"):
    """How it ended; without a summary it did not."""

    summary: Summary | None = None
    failure: str = ""
    place: str = ""  # the address that failed
    detail: str = ""  # what it is blamed for


Told = Seen | Unread | Ended
prepare(Asked, Seen, Unread, Ended)


def told(asked: Asked) -> Iterator[Told]:
    """Yield what the catalogue holds, one by one, and how it ended."""
    edition = edition_on(REGULATION, asked.as_of)
    try:
        run = harvest(
            asked.address,
            asked.folder,
            limits=asked.limits,
            kind=asked.kind,
            known=asked.known,
            before=asked.before,
        )
        for each in run:
            yield Unread(refused=each) if isinstance(each, Refused) else _seen(each, edition, asked)
    except FetchError as problem:
        yield Ended(failure=problem.exact_cause, place=problem.address, detail=problem.detail)
    except HarvestBusy:
        yield Ended(failure=BUSY)
    except InputError:
        yield Ended(failure="no_catalogue")
    else:
        yield Ended(summary=run.summary)


def _seen(dataset: Dataset, edition: Edition, asked: Asked) -> Seen:
    graded = grade_dataset(dataset, edition=edition, as_of=asked.as_of)
    points = {each.methodology: points_of(each) for each in graded.ratings}
    return Seen(
        dataset=dataset,
        broken=tuple(each.rule for each in graded.findings if each.outcome is Outcome.FAILED),
        points={id_: (str(got), str(of)) for id_, (got, of) in points.items()},
    )


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer one question; stop where nobody listens any more."""
    asked = msgspec.json.decode(questions.readline(), type=Asked)
    for each in told(asked):
        answers.write(_line(each) + b"\n")
        answers.flush()
        if not questions.readline():
            return


def _line(each: Told) -> bytes:
    """One thing as JSON; a passport that is none of ours to keep becomes a refused record."""
    try:
        written = msgspec.json.encode(each)
    except UnicodeEncodeError:  # halves of letters
        return msgspec.json.encode(_refused(each, "wrong_field"))
    if isinstance(each, Seen) and len(each.dataset.id) > LONGEST_ID:
        return msgspec.json.encode(_refused(each, "wrong_field"))
    if len(written) > LARGEST:
        return msgspec.json.encode(_refused(each, "record_too_large"))
    return written


def _refused(each: Told, problem: str) -> Unread:
    id_ = each.dataset.id if isinstance(each, Seen) else ""
    known = id_[:SHOWN].encode("utf-8", "ignore").decode()
    return Unread(refused=Refused(id=known, place="", problem=problem))


def main() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
