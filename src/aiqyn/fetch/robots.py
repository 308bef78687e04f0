"""robots.txt: what a site asks of readers (RFC 9309)."""

from protego import Protego

from aiqyn.chain import Evidence

PRODUCT = "Aiqyn"  # the product token robots.txt may name
MAX_BYTES = 500 * 1024  # RFC 9309 2.5: at least this much must be read
ANSWERED = frozenset({"", "blocked", "redirect_loop", "too_large"})  # failures that are answers


class Robots:
    """The rules of one site.

    4xx, or redirects without end: no rules, everything may be read (2.3.1.2-3). 5xx,
    429 or no answer: nothing may be read (2.3.1.4), and `closed` says why as a code of
    `chain.FAILURES`: the network's own cause, or "robots".
    """

    def __init__(self, evidence: Evidence, content: bytes) -> None:
        status = evidence.status
        self.closed = "" if evidence.failure in ANSWERED else evidence.failure
        if status == 429 or status >= 500:
            self.closed = "robots"
        text = content[:MAX_BYTES].decode("utf-8-sig", "replace") if status == 200 else ""
        self._rules = Protego.parse(text)

    def allows(self, url: str) -> bool:
        return not self.closed and bool(self._rules.can_fetch(url, PRODUCT))

    @property
    def delay_s(self) -> float:
        """Seconds the site asks for between two requests; 0 when it does not say."""
        return float(self._rules.crawl_delay(PRODUCT) or 0)

    def sitemaps(self) -> list[str]:
        """Addresses of sitemaps as written, which may be relative by mistake."""
        return list(self._rules.sitemaps)
