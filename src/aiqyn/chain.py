"""The chain from a source to a recommendation, one noun per step.

    Source → Evidence → Finding → IndicatorValue → CriterionScore → Rating
                                                                  ↘ Recommendation

Every noun is frozen and names the step before it, so a published number can be
opened down to the bytes it came from. Nothing here reads a file, the network
or the clock: whoever builds a noun passes the time in.
"""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct


def prepare(*shapes: Any) -> None:
    """Let msgspec learn these types now, while their module is loaded by one thread.

    Left to first use, two threads that learn one type at once crash the process
    (msgspec 0.22). Types read where threads are at work stand behind this.
    """
    for shape in shapes:
        msgspec.json.Decoder(shape)


class Noun(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of the chain: immutable, keyword-only, strict about unknown keys."""


class Source(Noun, frozen=True, kw_only=True):
    """Where we look: a site, an API, a file, a section of this portal."""

    body: str  # registry code of the state body, e.g. "kz-akm-turkistan"; "" when unknown
    kind: str  # "site", "table", "account", "section", "upload"
    address: str


class Evidence(Noun, frozen=True, kw_only=True):
    """What we saw at one address at one moment: exact bytes, or how the attempt ended."""

    url: str  # normalised absolute address asked for
    taken_at: datetime  # aware, UTC
    sha256: str = ""  # of the body as received after content decoding; "" when there is none
    size: int = 0  # bytes of that body
    status: int = 0  # HTTP status of the last answer; 0 when there was no HTTP answer
    final_url: str = ""  # after redirects; "" when the same as `url`
    media_type: str = ""  # lower case, without parameters: "text/html"
    charset: str = ""  # as the header declares it, lower case
    failure: str = ""  # "" or a cause, see FAILURES
    seconds: float = 0.0  # from request to last byte
    depth: int = 0  # clicks from the first page; 0 is the first page
    parent: str = ""  # address of the page on which we first met this link
    # "page", "document", "link" (checked, not read), "robots", "sitemap", "probe", or as asked
    role: str = "page"
    headers: str = ""  # of the last answer as received, "Name: value" a line; no cookies
    hops: int = 0  # redirects followed from `url` to the last answer
    tls: str = ""  # of the failure "tls": one of NO_TLS, "" where it is not known


class Sitemap(Noun, frozen=True, kw_only=True):
    """What one file for search engines names."""

    url: str
    # "urlset", "sitemapindex", "text" for lines, "page" for HTML in its place; "" for anything else
    kind: str = ""
    size: int = 0  # bytes, unpacked; of a file over the limit of sitemaps.org one more than that
    addresses: int = 0  # that it names
    # Of each origin it names addresses of: how many these are, and the first of them.
    origins: tuple[tuple[str, int, tuple[str, ...]], ...] = ()


class Ask(Noun, frozen=True, kw_only=True):
    """One more address that a reader wants seen once all pages are read."""

    url: str  # normalised
    # "search": an answer of the site's own search; "resource": only whether it is there;
    # "sheet": a style sheet
    role: str
    parent: str = ""  # address of a page that needs it


FAILURES = {
    # cause: who is to blame. "us" never counts against a body.
    "dns": "site",
    "network": "us",  # our own line or name server was down
    "refused": "site",
    "tls": "site",
    "timeout": "site",
    "broken": "site",  # the connection or the encoding broke off
    "redirect_loop": "site",
    "empty": "site",  # a good status and nothing else: no page at all
    "too_large": "us",  # over our cap
    "bomb": "us",  # decompresses far beyond its size
    "robots": "us",  # the site asked us not to
    "forbidden_address": "us",  # private, loopback or metadata address refused by our guard
    "bad_address": "site",  # not an address at all
    "blocked": "us",  # 401, 403, 429: we are kept out; not a dead link
    "budget": "us",  # our limit of pages or time was reached first
    "crash": "us",  # our parser broke twice on this page
}
NO_TLS = (  # why a secure connection failed: each is another repair
    "expired",
    "not_yet",
    "other_name",  # the certificate is of another host
    "self_signed",
    "unknown_issuer",  # nobody we trust, or certificates in between are missing
    "weak",  # key or digest
    "old_protocol",
    "no_tls",  # what answers there is not TLS at all
    "handshake",  # nothing was agreed on
)


class Outcome(StrEnum):
    """How one rule ended on one piece of evidence; W3C ACT Rules plus PARTLY."""

    PASSED = "passed"
    PARTLY = "partly"  # only where the act itself knows a partial fulfilment
    FAILED = "failed"
    INAPPLICABLE = "inapplicable"
    CANNOT_TELL = "cannot_tell"  # a person must look; never counted as a failure


class Place(Noun, frozen=True, kw_only=True):
    """One spot that breaks a rule or leaves a doubt, close enough for a person to find it."""

    where: str  # CSS path, "row 3, column total", page of a PDF, post id
    saw: str = ""  # the offending text, shortened
    address: str = ""  # of the page or document; "" when the finding speaks of one address
    evidence: str = ""  # SHA-256 of the bytes seen at that address
    note: str = ""  # key of a phrase in the rule's `notes`: what is wrong here
    picture: str = ""  # SHA-256 of a picture of the spot, where the page was rendered
    wants: str = ""  # what would be right there, where that is known: "2025-03-31"


class Count(Noun, frozen=True, kw_only=True):
    """A counted fact too large for one finding each: 65 700 requests, 62 600 answered."""

    good: int
    of: int


class Finding(Noun, frozen=True, kw_only=True):
    """What one rule says about one piece of evidence."""

    rule: str  # "P014"; "stated:<criterion>" for a figure somebody published
    outcome: Outcome
    evidence: str = ""  # SHA-256: of a page, a file, or the manifest of a crawl
    places: tuple[Place, ...] = ()
    more: int = 0  # places found beyond those listed
    count: Count | None = None
    value: Decimal | None = None  # a measured or stated number
    # key of a phrase in the rule's `notes`: why we cannot tell, or what was not looked at
    note: str = ""


class Fact(Noun, frozen=True, kw_only=True):
    """All findings of one rule about one body, added up; order does not matter."""

    rule: str
    passed: int = 0
    partly: int = 0
    failed: int = 0
    inapplicable: int = 0
    cannot_tell: int = 0
    good: int = 0  # sum of Finding.count.good
    of: int = 0
    values: tuple[Decimal, ...] = ()  # sorted


class IndicatorValue(Noun, frozen=True, kw_only=True):
    """One measured indicator. `points` is None when nothing may be said; `why` says why."""

    code: str
    points: Decimal | None
    max_points: Decimal | None  # None: the methodology's act is not known to state it
    facts: tuple[Fact, ...] = ()
    why: str = (
        ""  # "", "open_question", "no_finding", "unknown_points", "not_enough_data", "not_applied"
    )


class CriterionScore(Noun, frozen=True, kw_only=True):
    """Points of one criterion; None while they may not be said."""

    code: str
    points: Decimal | None
    max_points: Decimal | None
    indicators: tuple[IndicatorValue, ...] = ()
    stated: bool = False  # the figure was published by its source, not computed by us
    why: str = ""  # as in IndicatorValue


class Rating(Noun, frozen=True, kw_only=True):
    """The result of one body by one methodology."""

    body: str
    methodology: str  # id: "kz-openness-2020"
    points: Decimal | None
    max_points: Decimal | None
    grade: str = ""  # code of a band; "" when there is none or no total
    criteria: tuple[CriterionScore, ...] = ()
    why: str = ""  # as in IndicatorValue


class Recommendation(Noun, frozen=True, kw_only=True):
    """What to repair, and how many points the repair is worth."""

    rule: str
    indicator: str
    gain: Decimal  # points of the total


prepare(Evidence, Finding, Rating, Recommendation)
