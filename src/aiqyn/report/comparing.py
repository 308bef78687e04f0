"""Two audits of one site beside each other: fixed, new, still there, not comparable."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from typing import Literal

from aiqyn.audit import Report
from aiqyn.audit.drawn import NOT_ALL_DRAWN
from aiqyn.chain import Finding, Noun, Outcome, Place
from aiqyn.errors import InputError
from aiqyn.fetch.scope import place_of
from aiqyn.regulations import editions

Status = Literal["fixed", "new", "still", "not_comparable"]
STATUSES: tuple[Status, ...] = ("new", "still", "fixed", "not_comparable")
_BAD = (Outcome.FAILED, Outcome.PARTLY)


class Change(Noun, frozen=True, kw_only=True):
    """One rule in both audits; rules in order in both have no Change."""

    rule: str
    status: Status
    why: str = ""  # key of words.yaml: why it cannot be compared
    fixed: tuple[Place, ...] = ()
    new: tuple[Place, ...] = ()
    still: tuple[Place, ...] = ()
    not_comparable: tuple[Place, ...] = ()  # not read again, or not listed in one report


class Changes(Noun, frozen=True, kw_only=True):
    """What became of an earlier audit; `rules` in order of code."""

    earlier: date  # the day the earlier audit was judged as of
    rules: tuple[Change, ...]

    def of(self, status: Status) -> list[Change]:
        return [change for change in self.rules if change.status == status]


def compare(before: Report, after: Report, read: Collection[str] | None = None) -> Changes:
    """Compare two reports on one site.

    `read` are the addresses that `after` has read; where it was cut, an earlier
    place elsewhere is not comparable rather than fixed. Raises InputError for
    reports on two sites.
    """
    if place_of(before.start) != place_of(after.start):
        raise InputError("--since", before.start, f"another site than {after.start}")
    then = {finding.rule: finding for finding in before.findings}
    now = {finding.rule: finding for finding in after.findings}
    asked_otherwise = _asked_otherwise(before, after)
    unread = _Unread(read if after.was_cut else None)
    changes = []
    for rule in sorted({*then, *now}):
        old, new = then.get(rule), now.get(rule)
        if not any(each and each.outcome in _BAD for each in (old, new)):
            continue
        if old is None or new is None:
            changes.append(Change(rule=rule, status="not_comparable", why="why_absent"))
        elif rule in asked_otherwise:
            changes.append(Change(rule=rule, status="not_comparable", why="why_edition"))
        else:
            changes.append(_change(old, new, unread))
    return Changes(earlier=before.as_of, rules=tuple(changes))


class _Unread:
    def __init__(self, read: Collection[str] | None) -> None:
        self._read = None if read is None else frozenset(read)

    def __contains__(self, place: Place) -> bool:
        return self._read is not None and bool(place.address) and place.address not in self._read


def _change(old: Finding, new: Finding, unread: _Unread) -> Change:
    if Outcome.CANNOT_TELL in (old.outcome, new.outcome):
        return Change(rule=new.rule, status="not_comparable", why="why_unknown")
    still, gone, added = _matched(old.places, new.places)
    is_part = new.more or new.note == NOT_ALL_DRAWN
    lost = [place for place in gone if is_part or place in unread]
    gone = [place for place in gone if place not in lost]
    if old.more:  # what looks new may be one that was only counted
        lost, added = lost + added, []
    status = _status(old, new)
    if status == "fixed" and lost and not gone:
        return Change(rule=new.rule, status="not_comparable", why="why_unread")
    return Change(
        rule=new.rule,
        status=status,
        why="why_unlisted" if old.more or new.more else "",
        fixed=tuple(gone),
        new=tuple(added),
        still=tuple(still),
        not_comparable=tuple(lost),
    )


def _status(old: Finding, new: Finding) -> Status:
    if old.outcome not in _BAD:
        return "new"
    return "still" if new.outcome in _BAD else "fixed"


def _matched(
    before: Sequence[Place], after: Sequence[Place]
) -> tuple[list[Place], list[Place], list[Place]]:
    """Return the places in both, in the first alone and in the second alone."""
    left = Counter(map(_key, after))
    both: list[Place] = []
    first: list[Place] = []
    for place in before:
        found = left[_key(place)] > 0
        left[_key(place)] -= found
        (both if found else first).append(place)
    second = []
    for place in after:
        if left[_key(place)] > 0:
            left[_key(place)] -= 1
            second.append(place)
    return both, first, second


def _key(place: Place) -> tuple[str, str, str]:
    """What makes two places the same: a text moved on its page is the same text."""
    return place.address, place.note, place.saw or place.where


def _asked_otherwise(before: Report, after: Report) -> set[str]:
    """Rules whose parameters differ between the editions of the two reports."""
    if (before.regulation, before.in_force) == (after.regulation, after.in_force):
        return set()
    asked = []
    for report in (before, after):
        found = [e for e in editions(report.regulation) if e.in_force == report.in_force]
        asked.append({each.rule: each.params for e in found for each in e.requires})
    return {rule for rule in {*asked[0], *asked[1]} if asked[0].get(rule) != asked[1].get(rule)}
