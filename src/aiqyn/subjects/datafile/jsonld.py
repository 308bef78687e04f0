"""JSON-LD: its statements counted. A context of another site is never fetched.

That of schema.org, which nearly everybody names, is known here by what it says in short;
the terms of any other remain unknown, and the file is told so.
"""

import json
from typing import Any

from msgspec.structs import replace

from aiqyn.subjects.datafile.grid import Asking
from aiqyn.subjects.datafile.model import DataFile, Spot, Trouble
from aiqyn.subjects.datafile.rdf import parsed

KNOWN = {
    "schema.org": {"@vocab": "https://schema.org/", "id": "@id", "type": "@type"},
}
MOST_TOLD = 20  # contexts


def read(value: Any, asking: Asking) -> DataFile:
    """Count the statements a JSON-LD document makes; raises RecursionError for a deep one."""
    asking = replace(asking, format="jsonld")
    foreign: dict[str, None] = {}
    found = parsed(json.dumps(_local(value, foreign)), "json-ld", asking)
    if not foreign:
        return found
    spots = tuple(Spot(saw=address[:200]) for address in list(foreign)[:MOST_TOLD])
    remote = Trouble(kind="remote_context", count=len(foreign), spots=spots)
    return replace(found, troubles=(*found.troubles, remote))


def _local(value: Any, foreign: dict[str, None]) -> Any:
    """Return the document with every context that lies elsewhere left out."""
    if isinstance(value, list):
        return [_local(each, foreign) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _context(each, foreign) if key == "@context" else _local(each, foreign)
        for key, each in value.items()
        if key != "@import"
    }


def _context(value: Any, foreign: dict[str, None]) -> Any:
    if isinstance(value, str):
        known = _known(value)
        if known is None:
            foreign[value] = None
        return known or {}
    if isinstance(value, list):
        return [_context(each, foreign) for each in value]
    return _local(value, foreign)


def _known(address: str) -> dict[str, str] | None:
    bare = address.partition("://")[2].removeprefix("www.").rstrip("/")
    return KNOWN.get(bare.removesuffix("/docs/jsonldcontext.jsonld"))
