"""The harvest itself: pages one after another, records one by one, whatever the protocol."""

from collections.abc import Generator, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from aiqyn.errors import FetchError
from aiqyn.fetch.clock import SYSTEM, Clock
from aiqyn.fetch.http import Answer
from aiqyn.fetch.store import Store
from aiqyn.harvest.door import Door
from aiqyn.harvest.journal import Closing, Entry, Given, Journal, Noted, Opening, Turned
from aiqyn.harvest.model import (
    Aside,
    BadPage,
    BadRecord,
    Catalogue,
    Known,
    Order,
    Page,
    Record,
    Refused,
    Request,
    Summary,
)
from aiqyn.harvest.tally import NAMELESS, Tally
from aiqyn.subjects.dataset import Dataset

MOST_LOST = 3  # records in a row that no answer can be had for; then it is the server
NARROWED = frozenset({"not_json", "no_answer"})  # a page that one record may have broken
SHOWN = 200  # characters of an answer that a problem quotes

Item = Dataset | Refused


class _Turn(Struct):
    """The page in hand."""

    asked: Request
    page: Page
    sha256: str
    dealt: int = 0  # of its records, before a kill


class Harvest:
    """One harvest of one catalogue into `folder`; iterate over it once.

    A new object over the same folder goes on where a killed one was, and repeats at
    most the record that was in hand. After the end it gives nothing, and `summary`
    tells what it told. Iterating raises FetchError when the catalogue cannot be asked,
    InputError when the folder holds another harvest; what was read stays.
    """

    def __init__(self, catalogue: Catalogue, order: Order, *, clock: Clock = SYSTEM) -> None:
        self._catalogue = catalogue
        self._order = order
        self._store = Store(str(Path(order.folder) / "objects"), packed=True)
        self._clock = clock
        self._opening = Opening(
            address=order.address,
            kind=catalogue.kind,
            since=order.since,
            started_at=clock.now(),
        )
        self._tally = self._fresh_tally(self._opening)
        self._door = Door(order.limits, key=order.key, clock=clock)
        self._lost = 0  # records in a row without an answer

    def _fresh_tally(self, opening: Opening) -> Tally:
        order = self._order
        return Tally(opening, order.known, order.before, narrows=self._catalogue.narrows)

    @property
    def summary(self) -> Summary:
        """What is known so far; final once the iteration has ended."""
        return self._tally.summary

    def __iter__(self) -> Iterator[Item]:
        with Journal(Path(self._order.folder), self._opening) as self._journal:
            self._tally = self._fresh_tally(self._journal.opening)
            asked, turn = self._resumed()
            if self._tally.is_closed:
                return
            with self._door:
                yield from self._pages(asked, turn)
            if self._door.is_closed_to_robots:
                self._write(Noted(problem="robots"))
            self._write(Closing(summary=self._tally.close(self._clock.now())))

    def _write(self, line: Entry) -> None:
        self._journal.write(line)
        self._tally.count(line)

    def _resumed(self) -> tuple[Request, _Turn | None]:
        """Count what the diary holds; return what to ask, or the page that was in hand."""
        asked, sha256, dealt = self._catalogue.first(self._order.since), "", 0
        for line in self._journal.lines:
            self._tally.count(line)
            if isinstance(line, Turned):
                asked, sha256, dealt = line.asked, line.sha256, 0
            elif isinstance(line, Given):
                dealt += 1
            elif isinstance(line, Noted) and line.onward is not None:
                asked, sha256 = line.onward, ""
        self._journal.lines.clear()
        if not sha256 or sha256 not in self._store:
            return asked, None
        page = self._catalogue.read(asked, self._store.get(sha256))
        return asked, _Turn(asked, page, sha256, dealt)

    # Pages

    def _pages(self, asked: Request, turn: _Turn | None) -> Iterator[Item]:
        following: Request | None = asked
        while following is not None:
            if turn is None:
                asked = following
                try:
                    turn = self._turned(asked)
                except BadPage as problem:
                    following = yield from self._without(asked, problem)
                    continue
            yield from self._records(turn)
            following, turn = self._onward(turn), None

    def _turned(self, asked: Request) -> _Turn:
        """Fetch, keep and read one page. Raises BadPage."""
        content = self._fetched(asked).content
        page = self._catalogue.read(asked, content)
        fresh = sum(not self._tally.met(asked.step, each) for each in page.records)
        sha256 = self._store.put(content)
        now = self._clock.now()
        self._write(Turned(asked=asked, sha256=sha256, taken_at=now, total=page.total, fresh=fresh))
        return _Turn(asked, page, sha256)

    def _fetched(self, asked: Request) -> Answer:
        answer = self._door.ask(asked)
        if answer.status >= 500:
            raise BadPage("no_answer", f"HTTP {answer.status}")
        if not 200 <= answer.status < 300:
            quoted = answer.content[:SHOWN].decode("utf-8", "replace")
            raise BadPage("said_no", f"HTTP {answer.status}: {quoted}")
        return answer

    def _without(self, asked: Request, problem: BadPage) -> Generator[Refused, None, Request]:
        """Find a way round a page that cannot be read; return what to ask instead.

        It is halved until the record to blame stands alone; that one is refused.
        """
        other = self._catalogue.instead(asked) if problem.problem == "said_no" else None
        if other is not None:
            self._write(Noted(onward=other))
            return other
        if problem.problem not in NARROWED or not asked.rows or self._lost == MOST_LOST:
            raise FetchError(asked.url, "broken", str(problem)) from problem
        if asked.rows > 1:
            return self._catalogue.at(asked, asked.start, asked.rows // 2)
        place = f"record {asked.start + 1}"
        yield Refused(id="", place=place, problem=problem.problem, detail=problem.detail)
        self._lost += 1
        onward = self._catalogue.at(asked, asked.start + 1, 0)
        self._write(Given(id=f"{NAMELESS}{asked.start + 1}", end="refused"))
        self._write(Noted(problem="", onward=onward))
        return onward

    def _onward(self, turn: _Turn) -> Request | None:
        """What to ask after this page; None where the catalogue ends or goes round in circles."""
        following = turn.page.next
        if following is None:
            told = self._tally.summary
            return self._catalogue.after(
                turn.asked,
                Known(
                    seen=told.seen,
                    total=told.said,
                    since=self._order.since,
                    wants_gone=self._order.known is not None,
                ),
            )
        if turn.asked.step == "probe" and self._tally.is_idle:
            return None  # there was no further page; the source has shown the first again
        if self._tally.is_repeating or self._tally.was_asked(following):
            self._write(Noted(problem="repeats"))
            return None
        if self._tally.summary.pages >= self._order.limits.max_pages:
            self._write(Noted(problem="too_many_pages"))
            return None
        return following

    # Records

    def _records(self, turn: _Turn) -> Iterator[Item]:
        number = self._tally.summary.pages
        for index, record in enumerate(turn.page.records[turn.dealt :], turn.dealt + 1):
            item, end = self._read(turn, record, f"page {number}, record {index}")
            if item is not None:
                yield item
            id_ = item.id if isinstance(item, Dataset) else record.id or record.name
            name = record.name or record.id
            self._write(Given(id=id_ or f"{NAMELESS}{number}.{index}", name=name, end=end))

    def _read(self, turn: _Turn, record: Record, place: str) -> tuple[Item | None, str]:
        """Return what a record has become, and how its line in the diary ends."""
        if self._tally.met(turn.asked.step, record):
            return None, "repeated"
        if record.ask is not None and self._tally.knows(record):
            return None, "listed"
        try:
            dataset = self._dataset(turn, record)
        except Aside:
            return None, "aside"
        except BadRecord as bad:
            place = f"{place}: {bad.place}" if bad.place else place
            refused = Refused(
                id=record.id or record.name,
                place=place,
                problem=bad.problem,
                detail=bad.detail,
                evidence=turn.sha256,
            )
            return refused, "refused"
        if self._is_unchanged(dataset):
            return None, "unchanged"
        return dataset, "given"

    def _is_unchanged(self, dataset: Dataset) -> bool:
        """Whether nothing has changed since the moment asked for, as far as both are precise."""
        since, modified = self._order.since, dataset.modified
        shared = min(len(modified), len(since))
        return not self._catalogue.narrows and modified[:shared] < since[:shared]

    def _dataset(self, turn: _Turn, record: Record) -> Dataset:
        source, sha256, content = turn.asked.url, turn.sha256, None
        if not record.id and not record.name:
            raise BadRecord("no_identifier")
        if record.ask is not None:
            content = self._passport(record.ask)
            source, sha256 = record.ask.url, self._store.put(content)
        dataset = self._catalogue.dataset(record, content)
        return replace(dataset, source=source, evidence=sha256)

    def _passport(self, asked: Request) -> bytes:
        """Fetch one record. Raises BadRecord, and FetchError when nothing answers any more."""
        try:
            content = self._fetched(asked).content
        except BadPage as problem:
            if problem.problem == "no_answer":
                self._count_lost(asked, problem.detail)
            raise BadRecord(problem.problem, detail=problem.detail) from None
        except FetchError as error:
            self._count_lost(asked, error.cause)
            raise BadRecord("no_answer", detail=error.cause) from None
        self._lost = 0
        return content

    def _count_lost(self, asked: Request, detail: str) -> None:
        self._lost += 1
        if self._lost > MOST_LOST:
            told = f"no_answer: {self._lost} records in a row: {detail}"
            raise FetchError(asked.url, "broken", told)
