"""An archive made by others, walked as a site is: every answer comes from the archive.

The walk is that of a live crawl, so depths, parents, traps and limits are the same.
What the archive does not hold is "budget": it was not asked for, and counts against nobody.
An archive that Aiqyn wrote holds its manifest and gives it back as it was.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

from msgspec import Struct
from msgspec.structs import replace
from uvloop import new_event_loop

from aiqyn.chain import Evidence
from aiqyn.errors import FetchError, InputError
from aiqyn.fetch.addresses import PAGE_TYPES, BadAddress, kind, normalise
from aiqyn.fetch.clock import SYSTEM, Clock
from aiqyn.fetch.decoding import decode
from aiqyn.fetch.frontier import UNREACHED
from aiqyn.fetch.http import KEPT_OUT, MAX_KEPT, Answer, content_type
from aiqyn.fetch.journal import Journal, Opening
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.lines import REDIRECTS
from aiqyn.fetch.manifest import NAME, Manifest, load, save
from aiqyn.fetch.manners import Manners
from aiqyn.fetch.reading import Read
from aiqyn.fetch.scope import Scope, part_of
from aiqyn.fetch.sitemaps import most_of
from aiqyn.fetch.store import Store
from aiqyn.fetch.walk import Walk
from aiqyn.fetch.warc import (
    MANIFEST_URI,
    Broken,
    HttpMessage,
    Record,
    http_message,
    records,
)

COMPRESSED = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd")
DROPPED = {"set-cookie", "set-cookie2", "authorization", "proxy-authorization"}


class Skipped(Struct, frozen=True, kw_only=True):
    """Records that could not be used."""

    why: str
    count: int
    example: str


class Held(Struct, frozen=True, kw_only=True):
    """One answer of the archive; the bytes are in the store."""

    status: int
    taken_at: datetime
    sha256: str = ""
    failure: str = ""
    location: str = ""
    content_type: str = ""
    headers: str = ""


class Archive:
    """What a WARC file holds, by address; bodies are put into the evidence of `folder`.

    Raises InputError when the file is no archive.
    """

    def __init__(self, path: Path, *, folder: str, limits: Limits) -> None:
        self.path = path
        self.folder = folder
        self.limits = replace(limits, obey_robots=False, per_host_per_second=0.0)
        self.store = Store(f"{folder}/objects", packed=True)
        self.held: dict[str, Held] = {}
        self.manifest: Manifest | None = None
        self._refused: Counter[str] = Counter()
        self._examples: dict[str, str] = {}
        self._read()

    @property
    def skipped(self) -> list[Skipped]:
        return [
            Skipped(why=why, count=count, example=self._examples[why])
            for why, count in sorted(self._refused.items())
        ]

    @property
    def dates(self) -> tuple[datetime, datetime]:
        """When the first and the last answer came."""
        taken = [each.taken_at for each in self.held.values()]
        return min(taken), max(taken)

    def start(self, asked: str = "") -> str:
        """The first page: the one asked for, or the first page of the archive that was there.

        Raises InputError when the archive does not hold it.
        """
        if asked:
            url = normalise(asked)
            if url not in self.held:
                raise InputError(self.path, asked, "the archive does not hold this address")
            return url
        for url in self.held:
            if kind(url) == "page" and self._is_page(url):
                return url
        raise InputError(self.path, "", "no page in this archive answered with 200")

    def _is_page(self, url: str) -> bool:
        try:
            held = self.held.get(self.follow(url)[0])
        except BadAddress:
            return False
        if held is None or held.status != 200 or not held.sha256:
            return False
        return content_type(held.content_type)[0] in PAGE_TYPES

    def follow(self, url: str) -> tuple[str, int]:
        """Return where `url` leads inside the archive, and over how many redirects.

        Stops at the limit of redirects. Raises BadAddress for one that leads nowhere.
        """
        at, hops = url, 0
        while (held := self.held.get(at)) and held.status in REDIRECTS and held.location:
            if hops == self.limits.max_redirects:
                break
            hops += 1
            try:
                at = normalise(urljoin(at, held.location))
            except ValueError as error:  # BadAddress is one
                raise BadAddress(f"{held.location[:200]}: {error}") from None
        return at, hops

    def _read(self) -> None:
        try:
            for record in records(self.path, self.limits):
                self._take(record)
        except Broken as problem:
            self._skip("broken", str(problem))
        if not self.held and self.manifest is None:
            raise InputError(self.path, "", "no answer of a site in this archive")

    def _take(self, record: Record) -> None:
        if record.type == "resource" and record.target == MANIFEST_URI and record.block:
            aside = Path(self.folder) / NAME
            aside.write_bytes(record.block)
            self.manifest = load(self.folder)
        elif record.type in ("response", "resource", "revisit"):
            try:
                self._hold(record)
            except (BadAddress, FetchError) as problem:
                cause = getattr(problem, "cause", "bad_address")
                self._skip(cause, record.target[:200])
            except ValueError:
                self._skip("bad_date", record.headers.get("warc-date", "")[:40])

    def _hold(self, record: Record) -> None:
        if not record.target.lower().startswith(("http://", "https://")):
            self._take_bytes(record)
            return
        url = normalise(record.target)
        taken_at = _date(record.headers.get("warc-date", ""))
        if record.block is None:
            self._skip("too_large", url)
            held = Held(status=0, taken_at=taken_at, failure="too_large")
        elif record.type == "resource":
            media_type = record.headers.get("content-type", "")
            held = Held(
                status=200,
                taken_at=taken_at,
                sha256=self.store.put(record.block),
                content_type=media_type,
            )
        else:
            held = self._answer(url, record, http_message(url, record.block), taken_at)
        known = self.held.get(url)
        if known is None or known.taken_at <= held.taken_at:
            self.held[url] = held

    def _answer(self, url: str, record: Record, message: HttpMessage, taken_at: datetime) -> Held:
        sha256 = failure = ""
        if record.type == "revisit":
            sha256 = self._seen_before(record)
        else:
            try:
                sha256 = self.store.put(self._body(url, message))
            except FetchError as problem:
                failure = problem.cause
                self._skip(failure, url)
        return Held(
            status=message.status,
            taken_at=taken_at,
            sha256=sha256,
            failure=failure,
            location=message.header("location"),
            content_type=message.header("content-type"),
            headers=_kept(message.headers),
        )

    def _seen_before(self, record: Record) -> str:
        """The bytes a revisit refers to; none when the archive does not hold them."""
        target = record.headers.get("warc-refers-to-target-uri", "").strip("<>") or record.target
        known = self.held.get(normalise(target))
        return known.sha256 if known else ""

    def _body(self, url: str, message: HttpMessage) -> bytes:
        encoding = message.header("content-encoding")
        most, ratio = most_of(url, self.limits), self.limits.max_ratio
        try:
            body = decode(url, message.body, encoding, max_bytes=most, max_ratio=ratio)
        except FetchError as problem:
            # Some tools undo the encoding and leave its header.
            if problem.cause != "broken" or message.body.startswith(COMPRESSED):
                raise
            body = message.body
        if len(body) > most:
            raise FetchError(url, "too_large", f"{len(body)} bytes")
        return body

    def _take_bytes(self, record: Record) -> None:
        """Pictures and measurements of an archive of ours are named by the manifest alone."""
        if record.block is not None and record.target.startswith("urn:sha256:"):
            self.store.put(record.block)

    def _skip(self, why: str, example: str) -> None:
        self._refused[why] += 1
        self._examples.setdefault(why, example)


def walk_archive(archive: Archive, start: str, read: Read) -> Manifest:
    """Walk the archive from `start`, an address it holds; return the manifest, saved beside.

    Pages that no link leads to come at the end, as deep as what only a sitemap names.
    """
    if archive.manifest is not None:
        return archive.manifest
    began, ended = archive.dates
    clock = _ArchiveClock(began)
    opening = Opening(start=start, part=part_of(start), limits=archive.limits, started_at=began)
    with (
        Journal(Path(archive.folder), opening) as journal,
        asyncio.Runner(loop_factory=new_event_loop) as runner,
    ):
        walked = runner.run(_walk(archive, journal, read, clock))
    dated = [_dated(each, archive) for each in walked.evidence]
    known = {each.url for each in dated}
    orphans = list(_orphans(archive, opening.scope, known))
    evidence = sorted([*dated, *orphans], key=lambda each: (each.url, each.role))
    manifest = replace(walked, started_at=began, finished_at=ended, evidence=tuple(evidence))
    save(Path(archive.folder), manifest)
    return manifest


async def _walk(archive: Archive, journal: Journal, read: Read, clock: Clock) -> Manifest:
    async with _ArchiveClient(archive, clock) as client:
        return await Walk(client, journal, read, lambda _: None).run()  # type: ignore[arg-type]


class _ArchiveClock(Clock):
    """The walk takes no time: its moment is that of the archive."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


class _ArchiveClient:
    """Answers as `fetch.http.Client` does, from the archive."""

    def __init__(self, archive: Archive, clock: Clock = SYSTEM) -> None:
        self.archive = archive
        self.limits = archive.limits
        self.clock = clock
        self.manners = Manners(archive.limits, clock)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing was opened."""

    async def ask(
        self,
        url: str,
        *,
        method: str = "GET",
        most: int | None = None,
        waits: object = None,  # as Client.ask has it
    ) -> Answer:
        """Return what the archive holds of `url`, redirects followed."""
        try:
            at, hops = self.archive.follow(url)
        except BadAddress:
            return Answer(url=url, status=self.archive.held[url].status, failure="bad_address")
        held = self.archive.held.get(at)
        if held is None:
            return Answer(url=url, final_url="" if at == url else at, failure="budget", hops=hops)
        if held.status in REDIRECTS and held.location:
            return Answer(
                url=url, final_url=at, status=held.status, failure="redirect_loop", hops=hops
            )
        is_read = most != 0 and method != "HEAD" and held.sha256
        media_type, charset = content_type(held.content_type)
        return Answer(
            url=url,
            final_url="" if at == url else at,
            status=held.status,
            failure=held.failure or ("blocked" if held.status in KEPT_OUT else ""),
            content=self.archive.store.get(held.sha256) if is_read else b"",
            media_type=media_type,
            charset=charset,
            headers=held.headers,
            hops=hops,
        )


def _dated(evidence: Evidence, archive: Archive) -> Evidence:
    held = archive.held.get(evidence.url)
    return replace(evidence, taken_at=held.taken_at) if held else evidence


def _orphans(archive: Archive, scope: Scope, known: set[str]) -> Iterator[Evidence]:
    """Pages and documents of the site that no link and no sitemap of it names."""
    for url, held in archive.held.items():
        media_type, charset = content_type(held.content_type)
        is_there = held.status == 200 and held.sha256 and not held.failure
        role = kind(url)
        is_read = media_type in PAGE_TYPES if role == "page" else role == "document"
        if url not in known and is_there and is_read and scope.holds(url):
            yield Evidence(
                url=url,
                taken_at=held.taken_at,
                sha256=held.sha256,
                size=len(archive.store.get(held.sha256)),
                status=held.status,
                media_type=media_type,
                charset=charset,
                depth=UNREACHED,
                role=role,
                headers=held.headers,
            )


def _date(text: str) -> datetime:
    """A WARC-Date, aware; raises ValueError."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _kept(headers: list[tuple[str, str]]) -> str:
    """The headers as evidence keeps them: no cookies, at most so many bytes."""
    lines, size = [], 0
    for name, value in headers:
        line = f"{name}: {value}"
        size += len(line.encode()) + 1
        if size > MAX_KEPT:
            break
        if name.lower() not in DROPPED:
            lines.append(line)
    return "\n".join(lines)
