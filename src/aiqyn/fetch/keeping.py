"""From an answer to the evidence of it: in which role, and whether its bytes are kept."""

from datetime import datetime
from typing import TYPE_CHECKING

from aiqyn.chain import Evidence
from aiqyn.fetch.addresses import BadAddress, normalise, role_by_type
from aiqyn.fetch.frontier import Item
from aiqyn.fetch.store import Store

if TYPE_CHECKING:
    from aiqyn.fetch.http import Answer  # readers of what was kept need no HTTP

MET = frozenset({"page", "document", "link"})  # roles of what links lead to
# How one comes in: the certificate of the site, and where http:// leads when the site is https.
CERTIFICATE, UNSECURED = "certificate", "unsecured"
DOORS = (CERTIFICATE, UNSECURED)
CHECKED = frozenset({"link", "resource"})  # asked whether they are there; their bytes are not kept


def evidence_of(item: Item, answer: "Answer", *, taken_at: datetime, store: Store) -> Evidence:
    """Keep the bytes of `answer`, when they are worth it; return the evidence that names them."""
    final_url = _spelled(answer.final_url)
    role = item.role
    was_there = 200 <= answer.status < 300
    if role in {"page", "document"}:
        if final_url not in {"", item.url}:
            role = "link"  # the page is the one it leads to, under its own address
        elif was_there and not answer.failure:
            role = role_by_type(role, answer.media_type, answer.content)
    failure = answer.failure
    if role == "page" and was_there and not failure and not answer.content.strip():
        failure = "empty"
    # Nothing at all under a good status is evidence too: of an empty document.
    keep = role not in CHECKED and not failure and (was_there or answer.content != b"")
    if role == UNSECURED and final_url.startswith("https:"):
        keep = False  # they are the first page's
    return Evidence(
        url=item.url,
        taken_at=taken_at,
        sha256=store.put(answer.content) if keep else "",
        size=len(answer.content) if keep else 0,
        status=answer.status,
        final_url="" if final_url == item.url else final_url,
        media_type=answer.media_type,
        charset=answer.charset,
        failure=failure,
        seconds=answer.seconds,
        depth=item.depth,
        parent=item.parent,
        role=role,
        headers=answer.headers if role not in CHECKED else _length_of(answer),
        hops=answer.hops,
        tls=answer.tls,
    )


def _length_of(answer: "Answer") -> str:
    """The line that says how large it is, of what is there: bytes that are not kept have a size."""
    lines = answer.headers.splitlines() if 200 <= answer.status < 300 else ()
    return next((line for line in lines if line[:15].lower() == "content-length:"), "")


def is_readable(evidence: Evidence) -> bool:
    """Whether the reader is given this evidence: a page or document that was there."""
    return (
        evidence.role in {"page", "document"}
        and evidence.failure == ""
        and 200 <= evidence.status < 300
    )


def _spelled(url: str) -> str:
    try:
        return normalise(url) if url else ""
    except BadAddress:
        return url
