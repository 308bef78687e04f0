"""Reading kept evidence back for people."""

import csv
import re
from collections.abc import Iterable, Iterator
from html import escape
from io import StringIO

from aiqyn.chain import Place
from aiqyn.fetch.addresses import origin
from aiqyn_portal.accounts.permissions import Person
from aiqyn_portal.evidence.models import FindingRow, Snapshot, SnapshotQuerySet
from aiqyn_portal.evidence.permissions import may_read, open_to
from aiqyn_portal.evidence.store import as_finding

SHOWN_BYTES = 200_000
SHOWN_LINES = 5_000
LONGEST_CELL = 100_000  # characters: a longer one is an open quote, not a cell
SHOWN_CELLS = 10_000
SHORTEST_SEEN = 3  # characters; a shorter quote would mark half of the page
LONGEST_KEY = 18  # digits of the number of a finding
PICTURES = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
PLACE = re.compile(r"row (?P<row>\d+)(?:, column (?P<column>.+))?")


def snapshots_for(user: Person, sha256: str) -> SnapshotQuerySet:
    """Every sighting of these bytes `user` may look at, newest first."""
    seen = Snapshot.objects.filter(open_to(user), sha256=sha256)
    return seen.exclude(origin=Snapshot.Origin.UPLOAD).select_related("body")


def finding_of(user: Person, pk: str, sha256: str) -> FindingRow | None:
    """The finding of an audit a reader comes from, when these bytes are what it rests on."""
    if not (pk.isascii() and pk.isdecimal() and len(pk) <= LONGEST_KEY):
        return None
    rows = FindingRow.objects.filter(audit__isnull=False).select_related("audit__body")
    row = rows.filter(pk=int(pk)).first()
    if row is None or row.audit is None or not may_read(user, row.audit):
        return None
    return row if row.evidence == sha256 or places_in(row, sha256) else None


def places_in(row: FindingRow, sha256: str) -> list[Place]:
    """The places of a finding in these bytes."""
    return [place for place in as_finding(row).places if place.evidence == sha256]


def marked(lines: Iterable[str], places: Iterable[Place]) -> list[tuple[str, bool]]:
    """Lines as (text, does it hold what was seen at one of the places)."""
    seen = {words for place in places for words in _written(place) if len(words) >= SHORTEST_SEEN}
    return [(line, any(words in line for words in seen)) for line in lines]


def _written(place: Place) -> Iterator[str]:
    """As what the page may have written what was seen: an address in full or by its path."""
    yield place.saw
    address = place.saw.partition(" (")[0]  # "https://… (404)"
    if address.startswith(("https://", "http://")):
        yield address
        path = address.removeprefix(origin(place.address))
        if path != address and len(path) > 1:
            yield f'"{escape(path, quote=False)}"'


def picture_type(content: bytes) -> str:
    """Media type of a PNG or JPEG by its first bytes; "" for anything else."""
    return next((kind for magic, kind in PICTURES if content.startswith(magic)), "")


def is_text(media_type: str) -> bool:
    """Whether the bytes can be shown as text."""
    return media_type.startswith("text/") or media_type in {
        "application/json",
        "application/pem-certificate-chain",
        "application/xml",
        "application/xhtml+xml",
        "application/x-ndjson",
    }


def shown_lines(content: bytes) -> tuple[list[str], bool]:
    """Return the text as lines and whether it was cut at SHOWN_BYTES or SHOWN_LINES."""
    text = content[:SHOWN_BYTES].decode("utf-8", errors="replace")
    lines = text.splitlines()
    return lines[:SHOWN_LINES], len(content) > SHOWN_BYTES or len(lines) > SHOWN_LINES


def is_table(content: bytes) -> bool:
    """Whether the bytes are a CSV small and sound enough to be shown cell by cell."""
    if len(content) > SHOWN_BYTES:
        return False
    try:
        rows = _rows(content)
    except csv.Error:
        return False
    longest = max((len(cell) for row in rows for cell in row), default=0)
    return longest <= LONGEST_CELL and 0 < sum(map(len, rows)) <= SHOWN_CELLS


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig", errors="replace"))))


def table_cells(content: bytes, place: str) -> list[list[tuple[str, bool]]]:
    """Rows of a CSV as (text, is this the cell `place` names); the header is row 1."""
    rows = _rows(content)
    found = PLACE.fullmatch(place)
    at_row = int(found["row"]) if found else 0
    column = (found["column"] or "") if found else ""
    at_column = rows[0].index(column) if rows and column in rows[0] else -1
    return [
        [(cell, number == at_row and index == at_column) for index, cell in enumerate(row)]
        for number, row in enumerate(rows, start=1)
    ]
