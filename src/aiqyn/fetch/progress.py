"""How far a crawl has come, told a few times a second."""

from collections import Counter

from msgspec import Struct

from aiqyn.chain import Evidence


class Progress(Struct, frozen=True, kw_only=True):
    """How far a crawl has come."""

    pages: int = 0
    documents: int = 0
    links: int = 0  # checked, not read
    failures: int = 0
    waiting: int = 0  # addresses queued
    received: int = 0  # bytes kept, after decoding
    findings: int = 0  # rules broken by what was read so far, as far as the reader tells
    seconds: float = 0.0  # since the crawl was begun or gone on with
    delay_s: float = 0.0  # between two requests: our own pace, or what the site asks for
    url: str = ""  # the last address finished


class Tally:
    """Counts what is finished."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._last = ""
        self.delay_s = 0.0

    def count(self, evidence: Evidence) -> None:
        self._counts[evidence.role] += 1
        self._counts["failures"] += evidence.failure != ""
        self._counts["answered"] += evidence.status > 0
        self._counts["received"] += evidence.size
        self._last = evidence.url

    @property
    def is_answered(self) -> bool:
        """Whether the site has said anything at all."""
        return self._counts["answered"] > 0

    def progress(self, *, waiting: int, seconds: float, findings: int = 0) -> Progress:
        return Progress(
            pages=self._counts["page"],
            documents=self._counts["document"],
            links=self._counts["link"],
            failures=self._counts["failures"],
            waiting=waiting,
            received=self._counts["received"],
            findings=findings,
            seconds=round(seconds, 1),
            delay_s=self.delay_s,
            url=self._last,
        )
