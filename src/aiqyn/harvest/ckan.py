"""CKAN's Action API, version 3: search in pages, and names one by one where search fails.

The envelope says whether a question was understood, whatever the HTTP status. Pages
are counted by what came, not by what was asked for: a source may give fewer rows.
"""

from typing import Any
from urllib.parse import quote, urlencode

import msgspec
from msgspec.structs import replace

from aiqyn.harvest.ckan_package import dataset_of
from aiqyn.harvest.model import Aside, BadPage, BadRecord, Known, Page, Record, Request
from aiqyn.subjects.dataset import Dataset

ROWS = 100  # large packages time out in larger pages
NAMES = 1_000  # of a page of the list of names
ORDER = "metadata_modified asc, id asc"  # what changes under way moves to the end and is met again
SETS = frozenset({"", "dataset", "data"})  # types of package that are data sets
JSON = "application/json"


class Ckan:
    """One CKAN; `home` is where its `/api/` stands, without a last slash."""

    kind = "ckan"
    narrows = True

    def __init__(self, home: str, *, rows: int = ROWS) -> None:
        self.home = home
        self.rows = rows

    def first(self, since: str) -> Request:
        query = {"sort": ORDER}
        if since:
            query["fq"] = f"metadata_modified:[{_solr(since)} TO *]"
        return self._search(query, 0, self.rows)

    def read(self, asked: Request, content: bytes) -> Page:
        result = result_of(content)
        if asked.step == "list":
            return self._names(asked, result)
        if not isinstance(result, dict) or not isinstance(result.get("results"), list):
            raise BadPage("no_catalogue")
        records = tuple(_record(each) for each in result["results"])
        start = asked.start + len(records)
        total = result.get("count")
        return Page(
            records=records,
            next=self.at(asked, start, 0) if records and not _is_last(start, total) else None,
            total=total if isinstance(total, int) else None,
        )

    def dataset(self, record: Record, content: bytes | None) -> Dataset:
        package = record.content
        if content is not None:
            try:
                package = result_of(content)
            except BadPage as problem:
                raise BadRecord(problem.problem, detail=problem.detail) from None
        if not isinstance(package, dict):
            raise BadRecord("not_a_record")
        if package.get("type", "") not in SETS or package.get("state") == "deleted":
            raise Aside
        return dataset_of(package, self.home)

    def at(self, asked: Request, start: int, rows: int) -> Request:
        head, _, _ = asked.url.partition("&rows=")
        rows = rows or self.rows
        return replace(asked, url=f"{head}&rows={rows}&start={start}", start=start, rows=rows)

    def instead(self, asked: Request) -> Request | None:
        return self._list(0) if asked.step == "search" and not asked.start else None

    def after(self, last: Request, known: Known) -> Request | None:
        """Ask for all names where the search has shown too few, or withdrawn ones are wanted."""
        if last.step != "search":
            return None
        is_short = known.total is not None and known.seen < known.total
        is_part = bool(known.since) and known.wants_gone
        return self._list(0) if is_short or is_part else None

    def _search(self, query: dict[str, str], start: int, rows: int) -> Request:
        url = f"{self.home}/api/3/action/package_search?{urlencode(query)}"
        asked = Request(url=url, accept=JSON, step="search")
        return self.at(asked, start, rows)

    def _list(self, start: int) -> Request:
        query = urlencode({"limit": NAMES, "offset": start})
        url = f"{self.home}/api/3/action/package_list?{query}"
        return Request(url=url, accept=JSON, step="list", start=start)

    def _names(self, asked: Request, result: Any) -> Page:
        if not isinstance(result, list):
            raise BadPage("no_catalogue")
        records = tuple(self._named(each) for each in result)
        is_full = len(records) == NAMES  # more of them: the source ignores the limit
        return Page(records=records, next=self._list(asked.start + NAMES) if is_full else None)

    def _named(self, name: Any) -> Record:
        if not isinstance(name, str) or not name:
            return Record(id="", content=name)
        url = f"{self.home}/api/3/action/package_show?id={quote(name, safe='')}"
        return Record(id="", name=name, ask=Request(url=url, accept=JSON, step="show"))


def result_of(content: bytes) -> Any:
    """Return what stands in the envelope of an answer. Raises BadPage."""
    try:
        envelope = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadPage("not_json", str(error)[:200]) from None
    if not isinstance(envelope, dict) or "result" not in envelope:
        raise BadPage("said_no", _refusal(envelope))
    if not envelope.get("success", True):
        raise BadPage("said_no", _refusal(envelope))
    return envelope["result"]


def _refusal(envelope: Any) -> str:
    """What the error says: `{"message": …, "__type": …}`, or a bare string of older versions."""
    error = envelope.get("error", "") if isinstance(envelope, dict) else envelope
    if isinstance(error, dict):
        error = " ".join(str(error[key]) for key in ("__type", "message") if key in error)
    return str(error)[:200]


def _record(package: Any) -> Record:
    if not isinstance(package, dict):
        return Record(id="", content=package)
    id_, name = package.get("id"), package.get("name")
    return Record(
        id=id_ if isinstance(id_, str) else "",
        name=name if isinstance(name, str) else "",
        content=package,
    )


def _is_last(start: int, total: Any) -> bool:
    return isinstance(total, int) and start >= total


def _solr(since: str) -> str:
    """A moment as Solr takes it: whole, in UTC."""
    if len(since) == len("2026-11-22"):
        return f"{since}T00:00:00Z"
    return since if since.endswith("Z") else f"{since}Z"
