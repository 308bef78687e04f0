"""Many bodies at once: a process pool over stored findings, or one endless stream of them.

Both read lines of JSON and hold no more than a few chunks of bodies, or one
body, in memory: a million findings need no more of it than a thousand.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context

import msgspec

from aiqyn.chain import Finding, Noun, Rating
from aiqyn.errors import InputError, ScoringError
from aiqyn.parent import end_with_parent
from aiqyn.scoring.engine import figures, score, score_facts, tally_of
from aiqyn.scoring.evaluate import Spreads
from aiqyn.scoring.methodology import Methodology
from aiqyn.scoring.spread import Spread
from aiqyn.scoring.tally import Tally

CHUNK = 64  # bodies per job: large enough to hide the cost of handing it over


class Dossier(Noun, frozen=True, kw_only=True):
    """The stored findings of one body in one round."""

    body: str
    methodology: str
    findings: tuple[Finding, ...]


class BodyFinding(Finding, frozen=True, kw_only=True):
    """One finding in a stream, with the body it is about."""

    body: str


Methods = Mapping[str, Methodology]  # by id
AllSpreads = Mapping[str, Spreads]  # by id of the methodology

_dossier = msgspec.json.Decoder(Dossier)
_finding = msgspec.json.Decoder(BodyFinding)
_encoder = msgspec.json.Encoder()


def score_many(
    lines: Iterable[bytes],
    methods: Methods,
    *,
    spreads: AllSpreads | None = None,
    processes: int = 1,
) -> Iterator[bytes]:
    """Score dossiers, one JSON object per line; yield ratings as JSON in the same order.

    With more than one process the lines are shared out in chunks, and no more
    chunks are under way than the processes can soon take. Raises InputError
    with the line for a dossier that cannot be read, ScoringError as `score`.
    """
    job = _Job(methods, spreads or {})
    chunks = _chunks(lines)
    if processes <= 1:
        yield from chain.from_iterable(map(job, chunks))
        return
    fresh = get_context("spawn")  # a fork would copy the threads of whoever calls
    with ProcessPoolExecutor(processes, fresh, _take, (job,)) as pool:
        under_way: deque[Future[list[bytes]]] = deque()
        for chunk in chunks:
            under_way.append(pool.submit(_do, chunk))
            if len(under_way) > 4 * processes:
                yield from under_way.popleft().result()
        while under_way:
            yield from under_way.popleft().result()


def survey_many(lines: Iterable[bytes], methods: Methods) -> dict[str, dict[str, Spread]]:
    """First pass over dossiers for methodologies that compare bodies; see `engine.survey`."""
    spreads: dict[str, dict[str, Spread]] = {m.id: {} for m in methods.values() if m.relative}
    for number, line in enumerate(lines, start=1):
        dossier, method = _read(line, number, methods)
        if method.relative:
            known = spreads[method.id]
            for code, each in figures(tally_of(dossier.body, dossier.findings), method):
                known[code] = known[code] + each if code in known else each
    return spreads


def score_stream(
    lines: Iterable[bytes], method: Methodology, *, spreads: Spreads | None = None
) -> Iterator[Rating]:
    """Score a stream of single findings, one JSON object per line with its body.

    The findings of a body stand together; its rating comes when the next body
    begins. Raises InputError with the line for a finding that cannot be read or
    a body that comes back after others, ScoringError as `score`.
    """
    body, sums, seen = "", Tally(), set[str]()
    for number, line in enumerate(lines, start=1):
        try:
            finding = _finding.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as problem:
            raise InputError("findings", f"line {number}", str(problem)) from None
        if finding.body != body:
            if body:
                yield score_facts(body, sums.facts(), method, spreads=spreads)
            body, sums = finding.body, Tally()
            if body in seen:
                raise InputError("findings", f"line {number}", f"{body} comes back after others")
            seen.add(body)
        try:
            sums.add(finding)
        except ScoringError as problem:
            raise InputError("findings", f"line {number}", f"{body}: {problem}") from None
    if body:
        yield score_facts(body, sums.facts(), method, spreads=spreads)


class _Job:
    """Score one chunk; handed to each process once, with the methodologies."""

    def __init__(self, methods: Methods, spreads: AllSpreads) -> None:
        self.methods = methods
        self.spreads = spreads

    def __call__(self, chunk: tuple[int, Sequence[bytes]]) -> list[bytes]:
        first, lines = chunk
        ratings = []
        for number, line in enumerate(lines, start=first):
            dossier, method = _read(line, number, self.methods)
            spreads = self.spreads.get(method.id)
            rating = score(dossier.body, dossier.findings, method, spreads=spreads)
            ratings.append(_encoder.encode(rating))
        return ratings


_taken: list[_Job] = []  # in a process of the pool: its job


def _take(job: _Job) -> None:
    _taken[:] = [job]
    end_with_parent()


def _do(chunk: tuple[int, Sequence[bytes]]) -> list[bytes]:
    return _taken[0](chunk)


def _chunks(lines: Iterable[bytes]) -> Iterator[tuple[int, Sequence[bytes]]]:
    """Yield chunks of lines with the number of their first line."""
    rest, number = iter(lines), 1
    while chunk := list(islice(rest, CHUNK)):
        yield number, chunk
        number += len(chunk)


def _read(line: bytes, number: int, methods: Methods) -> tuple[Dossier, Methodology]:
    try:
        dossier = _dossier.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise InputError("dossiers", f"line {number}", str(problem)) from None
    method = methods.get(dossier.methodology)
    if method is None:
        unknown = f"unknown methodology {dossier.methodology!r}"
        raise InputError("dossiers", f"line {number}", unknown)
    return dossier, method
