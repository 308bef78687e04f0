"""data.json: Project Open Data 1.1 (DCAT-US), and what is found in its place.

A whole catalogue is one file: a mapping with `dataset`, or a bare list as in version
1.0. Its records are read one by one, so one broken record is one refusal. Some portals
(ckanext-dcat) cut the file into pages, `?page=2`, without saying so inside.
"""

import re
from typing import Any

import msgspec
from msgspec.structs import replace

from aiqyn.harvest import reading
from aiqyn.harvest.model import BadPage, BadRecord, Known, Page, Record, Request
from aiqyn.subjects.dataset import Contact, Dataset, Distribution, Publisher, Said

_REDACTED = re.compile(r"\[\[REDACTED[^\]]*\]\]")
_PAGE = re.compile(r"([?&]page=)(\d+)")
FIRST = 20  # records of a bare list that are looked at to tell what it is
ROWS = 100  # of a page, where ckanext-dcat cuts
_CLOSED = frozenset({"non-public", "restricted public"})


class DataJson:
    """One data.json at `address`."""

    kind = "data_json"
    narrows = False

    def __init__(self, address: str) -> None:
        self.address = address

    def first(self, since: str) -> Request:
        return Request(url=self.address, accept="application/json")

    def read(self, asked: Request, content: bytes) -> Page:
        records = tuple(_record(raw) for raw in raws(content))
        following = _following(asked, len(records))
        is_whole = following is None and asked.url == self.address
        return Page(records=records, next=following, total=len(records) if is_whole else None)

    def dataset(self, record: Record, content: bytes | None) -> Dataset:
        fields = record.content
        if not isinstance(fields, dict):
            raise BadRecord("not_a_record", detail=str(fields)[:200])
        return dataset_of(fields)

    def at(self, asked: Request, start: int, rows: int) -> Request:
        return asked

    def instead(self, asked: Request) -> Request | None:
        return None

    def after(self, last: Request, known: Known) -> Request | None:
        return None


def raws(content: bytes) -> list[msgspec.Raw]:
    """Return the records of a file, unread. Raises BadPage."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        whole = msgspec.json.decode(content, type=list[msgspec.Raw] | dict[str, msgspec.Raw])
        is_list = isinstance(whole, list)
        if isinstance(whole, dict):
            whole = msgspec.json.decode(
                whole.get("dataset", b"null"), type=list[msgspec.Raw] | None
            )
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadPage("not_json", str(error)[:200]) from None
    if whole is None or (is_list and not all(map(_may_be_set, whole[:FIRST]))):
        raise BadPage("no_catalogue")
    return whole


def _may_be_set(raw: msgspec.Raw) -> bool:
    """Whether a record of a bare list is none of JSON-LD, where no key is a plain "title"."""
    return b'"@type":["http' not in bytes(raw).replace(b" ", b"") and b'"@value"' not in bytes(raw)


def _record(raw: msgspec.Raw) -> Record:
    try:
        fields = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return Record(id="", content=str(error))
    if not isinstance(fields, dict):
        return Record(id="", content=fields)
    id_ = reading.text(fields.get("identifier")) or reading.text(fields.get("@id"))
    return Record(id=id_, content=fields)


def _following(asked: Request, records: int) -> Request | None:
    """The next of numbered pages; after a file that is exactly one page long, a try at another."""
    if records and _PAGE.search(asked.url):
        url = _PAGE.sub(lambda found: f"{found[1]}{int(found[2]) + 1}", asked.url)
        return replace(asked, url=url)
    if records != ROWS:
        return None
    sign = "&" if "?" in asked.url else "?"
    return replace(asked, url=f"{asked.url}{sign}page=2", step="probe")


def dataset_of(fields: dict[str, Any]) -> Dataset:
    """Read one record; what was blacked out is as if it were not said."""
    fields = {key: _without_redacted(value) for key, value in fields.items()}
    language = _language(fields)
    keywords = reading.words(fields.get("keyword"))
    since, until = _period(fields.get("temporal"))
    return Dataset(
        id=reading.text(fields.get("identifier")) or reading.text(fields.get("@id")),
        title=reading.said(fields.get("title"), language),
        description=reading.said(fields.get("description"), language),
        keywords={language: keywords} if keywords else {},
        themes=reading.words(fields.get("theme")),
        publisher=_publisher(fields.get("publisher"), language),
        contact=_contact(fields, language),
        licence=_licence(fields.get("license")),
        rights=_rights(fields),
        frequency=_frequency(fields),
        issued=reading.moment(fields.get("issued")),
        modified=reading.moment(fields.get("modified")),
        since=reading.day(since),
        until=reading.day(until, last=True),
        places=_places(fields.get("spatial")),
        language=reading.languages(fields.get("language")),
        page=reading.address(fields.get("landingPage")),
        version=reading.text(fields.get("version")),
        conforms_to=reading.words(fields.get("conformsTo")),
        distributions=tuple(_distributions(fields, language)),
    )


def _without_redacted(value: Any) -> Any:
    return _REDACTED.sub("", value).strip() if isinstance(value, str) else value


def _language(fields: dict[str, Any]) -> str:
    """The language of the words, where the record names exactly one."""
    named = reading.words(fields.get("language"))
    return reading.tag(named[0]) if len(named) == 1 else ""


def _publisher(given: Any, language: str) -> Publisher:
    if isinstance(given, dict):
        return Publisher(
            id=reading.text(given.get("@id")), name=reading.said(given.get("name"), language)
        )
    return Publisher(name=reading.said(given, language))


def _contact(fields: dict[str, Any], language: str) -> Contact:
    """`contactPoint` of 1.1, or the name and `mbox` of 1.0."""
    given = fields.get("contactPoint")
    if isinstance(given, dict):
        return Contact(
            name=reading.said(given.get("fn"), language),
            email=reading.email(given.get("hasEmail")),
            phone=reading.text(given.get("hasTelephone")),
        )
    return Contact(name=reading.said(given, language), email=reading.email(fields.get("mbox")))


def _licence(given: Any) -> str:
    return reading.text(given.get("@id")) if isinstance(given, dict) else reading.text(given)


def _rights(fields: dict[str, Any]) -> Said:
    """Rights in words; of what is not public, the level of access where nothing else is said."""
    rights = reading.said(fields.get("rights"))
    level = reading.text(fields.get("accessLevel"))
    return rights or ({"": level} if level in _CLOSED else {})


def _frequency(fields: dict[str, Any]) -> str:
    """`accrualPeriodicity`, or a rhythm written in place of a date: `modified: R/P1D`."""
    declared = reading.frequency(fields.get("accrualPeriodicity"))
    modified = reading.text(fields.get("modified"))
    return declared or (reading.frequency(modified) if modified.startswith("R/") else "")


def _period(given: Any) -> tuple[str, str]:
    if isinstance(given, dict):
        return reading.text(given.get("startDate")), reading.text(given.get("endDate"))
    since, _, until = reading.text(given).partition("/")
    return since, until


def _places(given: Any) -> tuple[str, ...]:
    """A name, an address or coordinates in a string; GeoJSON is kept as it was written."""
    if isinstance(given, dict):
        return (msgspec.json.encode(given).decode(),)
    return (text,) if (text := reading.text(given)) else ()


def _distributions(fields: dict[str, Any], language: str) -> list[Distribution]:
    given = fields.get("distribution")
    listed = [given] if isinstance(given, dict) else given or []
    if not isinstance(listed, list):
        raise BadRecord("wrong_field", "distribution", type(given).__name__)
    if not listed and reading.address(fields.get("accessURL")):
        listed = [fields]  # version 1.0: the record is its own distribution
    for number, each in enumerate(listed, 1):
        if not isinstance(each, dict):
            raise BadRecord("wrong_field", f"distribution {number}", type(each).__name__)
    return [_distribution(each, each is fields, language) for each in listed]


def _distribution(given: dict[str, Any], is_whole: bool, language: str) -> Distribution:
    download = reading.address(given.get("downloadURL"))
    access = reading.address(given.get("accessURL"))
    media = given.get("mediaType") or (given.get("format") if is_whole else "")
    return Distribution(
        id="" if is_whole else reading.text(given.get("@id")),
        title={} if is_whole else reading.said(given.get("title"), language),
        description={} if is_whole else reading.said(given.get("description"), language),
        download=download,
        access=access,
        format=reading.file_format(given.get("format"), media, download),
        media_type=reading.media_type(media),
        size=reading.size(given.get("byteSize")),
        licence=_licence(given.get("license")) if not is_whole else "",
        modified=reading.moment(given.get("modified")) if not is_whole else "",
    )
