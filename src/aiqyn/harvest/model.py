"""What passes between a catalogue's protocol and the harvest that drives it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct

from aiqyn.chain import Noun, prepare
from aiqyn.fetch.limits import Limits
from aiqyn.subjects.dataset import Dataset


class Refused(Noun, frozen=True, kw_only=True):
    """One record that could not be read as a data set; the harvest goes on."""

    id: str  # as far as it is known; "" when it is not
    place: str  # "page 3, record 17", and the field where one is to blame
    problem: str  # a key of `problems.yaml`
    detail: str = ""  # what the key leaves open: a value, an answer
    evidence: str = ""  # SHA-256 of the bytes it was read from


class Request(Noun, frozen=True, kw_only=True):
    """One question to a catalogue; enough to ask it again after a kill."""

    url: str
    form: dict[str, str] | None = None  # sent with POST
    accept: str = ""
    step: str = ""  # which part of a protocol it belongs to
    start: int = 0  # records before this page
    rows: int = 0  # records asked for; 0 where the source decides


class Record(Struct, frozen=True, kw_only=True):
    """One record of a page, not yet read."""

    id: str  # "" when it has none
    name: str = ""  # another name it goes by
    content: Any = None  # as parsed
    ask: Request | None = None  # where its passport is, when the page only names it


class Page(Struct, frozen=True, kw_only=True):
    """One answer of a catalogue."""

    records: tuple[Record, ...]
    next: Request | None = None
    total: int | None = None  # as the source says; None when it does not


class BadPage(Exception):
    """The answer is not what the protocol promises; the message is a key of `problems.yaml`."""

    def __init__(self, problem: str, detail: str = "") -> None:
        super().__init__(f"{problem}: {detail}" if detail else problem)
        self.problem = problem
        self.detail = detail


class BadRecord(BadPage):
    """One record cannot be read; raised instead of returning half a data set."""

    def __init__(self, problem: str, place: str = "", detail: str = "") -> None:
        super().__init__(problem, detail)
        self.place = place


class Aside(Exception):
    """The record is no data set and does not claim to be one."""


class Known(Struct, frozen=True, kw_only=True):
    """What a protocol may know of the harvest when its pages have ended."""

    seen: int  # records met, refused ones included
    total: int | None
    since: str
    wants_gone: bool  # somebody asked what has been withdrawn


class Catalogue(Protocol):
    """One protocol spoken with one catalogue."""

    kind: str
    narrows: bool  # whether its pages show only what has changed since the moment asked for

    def first(self, since: str) -> Request:
        """Return the first question; `since` is an ISO 8601 moment or ""."""

    def read(self, asked: Request, content: bytes) -> Page:
        """Read an answer. Raises BadPage."""

    def dataset(self, record: Record, content: bytes | None) -> Dataset:
        """Read a record, or the passport `content` it led to. Raises BadRecord."""

    def at(self, asked: Request, start: int, rows: int) -> Request:
        """Return the same question from record `start` on; 0 rows: as many as usual."""

    def instead(self, asked: Request) -> Request | None:
        """Return another way to ask where this one was refused."""

    def after(self, last: Request, known: Known) -> Request | None:
        """Return what is left to ask once `last` had no next page."""


class Before(Noun, frozen=True, kw_only=True):
    """What an earlier harvest tells of names that are listed and refused.

    A name that was refused while a set stood beside it under its own name is not that set.
    """

    refused: frozenset[str] = frozenset()  # names it was refused
    unseen: frozenset[str] = frozenset()  # of the sets known now, those it did not see


class Order(Struct, frozen=True, kw_only=True):
    """What is asked of a harvest."""

    address: str
    folder: str  # where its diary and the bytes it received are kept
    limits: Limits
    since: str = ""  # ISO 8601: only what has changed from then on
    known: Mapping[str, str] | None = None  # id → other name, of an earlier harvest
    before: Before = Before()
    key: str = ""  # opens the catalogue's interface; kept nowhere


class Summary(Noun, frozen=True, kw_only=True):
    """How a harvest ended, reconciled with what the source says it has."""

    kind: str
    address: str
    started_at: datetime
    finished_at: datetime | None = None  # None: not finished
    pages: int = 0
    given: int = 0  # data sets read
    refused: int = 0  # records that could not be read
    unchanged: int = 0  # not changed since the day asked for
    repeated: int = 0  # records met again
    aside: int = 0  # records of another kind: applications, harvest sources
    said: int | None = None  # by the source at the end
    said_first: int | None = None  # by the source at the beginning, where that differs
    gone: tuple[str, ...] = ()  # known before, no longer there
    missing: int = 0  # promised by the source, never shown
    problems: tuple[str, ...] = ()  # keys of `problems.yaml`: of the source as a whole

    @property
    def seen(self) -> int:
        """Records met, each once."""
        return self.given + self.refused + self.unchanged + self.aside


prepare(Before, Refused, Request, Summary)
