"""The five stars, from what the bytes, the licence and the address show.

Tim Berners-Lee's scheme (5stardata.info): 1 on the web under an open licence, 2 structured,
3 in an open format, 4 things are named by addresses in a standard of W3C, 5 they lead to
things of others. A star counts only when all before it do.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Noun, Outcome
from aiqyn.grading.model import Stars, Step
from aiqyn.rules.of_files import SHUT
from aiqyn.subjects.datafile.model import DataFile
from aiqyn.subjects.formats import format_of, formats_of
from aiqyn.subjects.licences import Licence
from aiqyn.text import Text

# Of the things described; the rest may be nodes without a name, as parts of a thing are.
# The share is Aiqyn's own.
LEAST_NAMED = Fraction(1, 2)
UNREADABLE = SHUT | {
    "unknown_format", "unread_format", "entities", "crash", "too_slow", "nested_archive",
}  # fmt: skip


class Missing(Noun, frozen=True, kw_only=True):
    """One thing that keeps a star away."""

    wrong: Text
    repair: Text


class Said(Noun, frozen=True, kw_only=True):
    """The words of the stars."""

    stars: dict[int, Text]  # what each star asks
    missing: dict[str, Missing]


@cache
def said() -> Said:
    """Return the words of the stars."""
    return read(ROOT / "grading" / "stars.yaml", Said)


def stars_of(file: DataFile, licence: Licence, address: str) -> Stars:
    """Count the stars of `file` under `licence` at `address`, "" when nobody said where."""
    checks: tuple[Callable[[], tuple[Outcome, str, str]], ...] = (
        lambda: _is_given(licence, address),
        lambda: _is_structured(file),
        lambda: _is_open(file),
        lambda: _is_named(file),
        lambda: _is_linked(file),
    )
    steps = []
    for star, check in enumerate(checks, 1):
        outcome, note, saw = check()
        steps.append(Step(star=star, outcome=outcome, note=note, saw=saw))
    passed = [step.outcome is Outcome.PASSED for step in steps]
    count = _leading(passed)
    reach = _leading([*passed[:count], True, *passed[count + 1 :]])
    return Stars(count=count, reach=min(reach, len(steps)), steps=tuple(steps))


def _leading(passed: list[bool]) -> int:
    """How many are true before the first that is not."""
    return next((number for number, is_passed in enumerate(passed) if not is_passed), len(passed))


def _is_given(licence: Licence, address: str) -> tuple[Outcome, str, str]:
    named = licence.title or licence.said
    if licence.is_open is False:
        return Outcome.FAILED, "licence_closed", named
    if licence.note == "none":
        return Outcome.FAILED, "licence_none", ""
    if licence.is_open is None:
        return Outcome.CANNOT_TELL, f"licence_{licence.note}", licence.said
    if not address:
        return Outcome.CANNOT_TELL, "address_none", named
    if not is_public(address):
        return Outcome.FAILED, "address_closed", address
    return Outcome.PASSED, "", named


def is_public(address: str) -> bool:
    """Whether an address can be asked for from anywhere, as far as it shows by itself."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme not in ("http", "https"):
        return False
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".localhost", ".internal", ".lan"))


def _is_structured(file: DataFile) -> tuple[Outcome, str, str]:
    forms = [form for form in formats_of(file) if form.is_structured]
    kinds = {trouble.kind for trouble in file.troubles}
    if broken := sorted(kinds & UNREADABLE):
        return Outcome.FAILED, "unreadable", broken[0]
    if not forms:
        return Outcome.FAILED, "not_structured", formats_of(file)[0].title
    if not any(table.rows for table in file.tables) and not file.links.triples:
        return Outcome.FAILED, "no_data", forms[0].title
    return Outcome.PASSED, "", forms[0].title


def _is_open(file: DataFile) -> tuple[Outcome, str, str]:
    forms = formats_of(file)
    if opened := next((form for form in forms if form.is_open), None):
        return Outcome.PASSED, "", opened.title
    return Outcome.FAILED, "closed_format", forms[0].title


def _is_named(file: DataFile) -> tuple[Outcome, str, str]:
    links = file.links
    if not links.is_graph or not links.triples:
        return Outcome.FAILED, "no_graph", format_of(file.format).title
    seen = f"{links.named} / {links.subjects}"
    if links.named < LEAST_NAMED * links.subjects or not links.named:
        return Outcome.FAILED, "no_addresses", seen
    return Outcome.PASSED, "", seen


def _is_linked(file: DataFile) -> tuple[Outcome, str, str]:
    links = file.links
    if not links.outward:
        return Outcome.FAILED, "no_links", "0"
    return Outcome.PASSED, "", f"{links.outward}: {', '.join(links.hosts[:3])}"
