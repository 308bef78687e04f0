"""What a harvest has met so far, kept from the lines of its diary alone."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime

from msgspec.structs import replace

from aiqyn.harvest.journal import Entry, Given, Noted, Opening, Turned
from aiqyn.harvest.model import Before, Record, Request, Summary

MOST_IDLE = 2  # pages in a row that bring nothing new; then the source goes round in circles
NAMELESS = "?"  # how the diary begins the id of a record that has none
STOPPED = frozenset({"repeats", "too_many_pages"})


class Tally:
    """Counts the lines; the same after a kill as it would have been without."""

    def __init__(
        self,
        opening: Opening,
        known: Mapping[str, str] | None,
        before: Before = Before(),  # noqa: B008  frozen
        *,
        narrows: bool,
    ) -> None:
        """`known`: id → other name of an earlier harvest, `narrows`: see `model.Catalogue`."""
        self.summary = Summary(
            kind=opening.kind, address=opening.address, started_at=opening.started_at
        )
        self.is_closed = False
        self._is_part = narrows and bool(opening.since)
        self._known = known
        self._before = before
        self._ends: Counter[str] = Counter()
        self._step = ""
        self._met: defaultdict[str, set[str]] = defaultdict(set)  # by part of the protocol
        self._names: set[str] = set()
        self._asked: set[str] = set()
        self._idle = 0
        # refused records that may be any of those known: their names; those without one
        self._strangers: set[str] = set()
        self._is_blind = False

    def count(self, line: Entry) -> None:
        """Take one line of the diary into account."""
        match line:
            case Turned():
                self._turn(line)
            case Given():
                self._give(line)
            case Noted(problem=problem):
                self.note(problem)
            case _:
                self.summary = line.summary
                self.is_closed = True

    def _turn(self, line: Turned) -> None:
        self._step = _part(line.asked.step)
        self._asked.add(_key(line.asked))
        self._idle = 0 if line.fresh else self._idle + 1
        self.summary = replace(self.summary, pages=self.summary.pages + 1)
        if line.total is not None:
            first = self.summary.said if self.summary.said_first is None else None
            if first not in (None, line.total):
                self.summary = replace(self.summary, said_first=first)
            self.summary = replace(self.summary, said=line.total)

    def _give(self, line: Given) -> None:
        self._ends[line.end] += 1
        names = {line.id, line.name} - {""}
        self._met[self._step] |= names
        self._names |= names
        if line.end == "refused":
            self._refuse(line, names)
        if self._step == "list" and line.end == "given" and self._met[""]:
            self.note("list_differs")
        ends = self._ends
        self.summary = replace(
            self.summary,
            given=ends["given"],
            refused=ends["refused"],
            unchanged=ends["unchanged"],
            aside=ends["aside"],
            repeated=ends["repeated"],
        )

    def _refuse(self, line: Given, names: set[str]) -> None:
        """Remember what may be any set: the source may not have said which one it refuses."""
        known = self._known or {}
        if line.id.startswith(NAMELESS):
            self._is_blind = True
        elif self._step == "list" and names.isdisjoint([*known, *known.values()]):
            self._strangers |= names

    def note(self, problem: str) -> None:
        """Remember what was noticed of the source as a whole, once."""
        if problem and problem not in self.summary.problems:
            self.summary = replace(self.summary, problems=(*self.summary.problems, problem))

    # Questions

    def met(self, step: str, record: Record) -> bool:
        """Whether this part of the protocol has shown the record before."""
        return (record.id or record.name) in self._met[_part(step)]

    def knows(self, record: Record) -> bool:
        """Whether the record was dealt with under any of its names, or need not be again."""
        names = {record.id, record.name}
        if names & self._names:
            return True
        known = self._known or {}
        return self._is_part and not names.isdisjoint([*known, *known.values()])

    @property
    def is_idle(self) -> bool:
        """Whether the last page brought nothing new."""
        return self._idle > 0

    @property
    def is_repeating(self) -> bool:
        """Whether several pages in a row brought nothing new."""
        return self._idle >= MOST_IDLE

    def was_asked(self, asked: Request) -> bool:
        return _key(asked) in self._asked

    def close(self, now: datetime) -> Summary:
        """Reconcile; return the summary that ends the harvest."""
        told = self.summary
        if told.said is None:
            self.note("total_unknown")
        if told.said_first is not None:
            self.note("total_changed")
        missing = max(0, (told.said or 0) - told.seen)
        self.summary = replace(self.summary, finished_at=now, missing=missing)
        if not missing and not STOPPED & set(self.summary.problems):
            self._part_with(self._gone())
        return self.summary

    def _part_with(self, gone: tuple[str, ...]) -> None:
        """Tell what is gone, but for what may be among the refused."""
        sure = tuple(id_ for id_ in gone if self._is_told_apart(id_))
        if len(sure) < len(gone):
            self.note("gone_unknown")
        self.summary = replace(self.summary, gone=sure)

    def _is_told_apart(self, id_: str) -> bool:
        """Whether a set is none of the refused: they were there while it was seen beside them."""
        if self._is_blind or not self._strangers:
            return not self._is_blind
        return self._strangers <= self._before.refused and id_ not in self._before.unseen

    def _gone(self) -> tuple[str, ...]:
        """Ids known before that a whole list no longer names; without a whole list, none."""
        if self._is_part and not self._met["list"]:
            return ()
        there = self._names
        return tuple(
            sorted(
                id_
                for id_, name in (self._known or {}).items()
                if id_ not in there and name not in there
            )
        )


def _part(step: str) -> str:
    """A list of names repeats what pages have shown; all other steps show sets once."""
    return step if step == "list" else ""


def _key(asked: Request) -> str:
    form = "&".join(f"{name}={value}" for name, value in sorted((asked.form or {}).items()))
    return f"{asked.step} {asked.url} {form}"
