"""robots.txt: what a site asks of readers (RFC 9309)."""

import re

from protego import Protego

from aiqyn.chain import Evidence

PRODUCT = "Aiqyn"  # the product token robots.txt may name
MAX_BYTES = 500 * 1024  # RFC 9309 2.5: at least this much must be read
MOST_DELAY_S = 86_400.0  # between two requests: more cannot be told from never
MAX_SHAPES = 1_000  # rules with "*" or "$", each of which is tried on every address
OTHERS = "another"  # a name for every reader that is not us

# Fields as Protego knows them, with its slips of the pen.
_AGENT = re.compile(r"\s*user[- ]?agent(?:\s*:|\s)\s*([^#]*)", re.IGNORECASE)
_RULE = re.compile(r"\s*(allow|diss?all?[ao]w|diasllow)(?:\s*:|\s)\s*([^#*$]*+)[*$]", re.IGNORECASE)
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
        text = _read(content).decode("utf-8-sig", "replace") if status == 200 else ""
        self._rules = Protego.parse(_bounded(text))

    def allows(self, url: str) -> bool:
        return not self.closed and bool(self._rules.can_fetch(url, PRODUCT))

    @property
    def delay_s(self) -> float:
        """Seconds the site asks for between two requests; 0 when it does not say."""
        return min(float(self._rules.crawl_delay(PRODUCT) or 0), MOST_DELAY_S)

    def sitemaps(self) -> list[str]:
        """Addresses of sitemaps as written, which may be relative by mistake."""
        return list(self._rules.sitemaps)


def _read(content: bytes) -> bytes:
    """Whole lines up to MAX_BYTES: the half of a rule would close what the whole does not."""
    if len(content) <= MAX_BYTES:
        return content
    part = content[:MAX_BYTES]
    return part[: 1 + max(part.rfind(b"\n"), part.rfind(b"\r"))]


def _bounded(text: str) -> str:
    """The same wishes in bounded memory and time.

    Protego keeps every rule once for each reader named above it: all that are not us become one.
    Of the shapes that follow the first MAX_SHAPES the beginning counts, so that more is closed to
    us, never less.
    """
    lines, shapes = [], 0
    for line in text.splitlines():
        if agent := _AGENT.match(line):
            lines.append(f"User-agent: {_agent(agent[1])}")
            continue
        rule = _RULE.match(line)
        shapes += rule is not None
        if rule is None or shapes <= MAX_SHAPES:
            lines.append(line)
        elif rule[1].lower() != "allow":
            lines.append(f"Disallow: {rule[2] or '/'}")
    return "\n".join(lines)


def _agent(name: str) -> str:
    """The name in a line of robots.txt, "" for none; whatever does not mean us is OTHERS."""
    plain = name.replace("*", "").strip().lower()
    if not plain:
        return name.strip()
    return plain if PRODUCT.lower().startswith(plain) else OTHERS
