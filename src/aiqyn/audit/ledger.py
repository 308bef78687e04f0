"""How rules end: one check on one subject, and the verdicts of one rule added up."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from heapq import nsmallest

import msgspec

from aiqyn import rules
from aiqyn.chain import Count, Finding, Noun, Outcome, Place
from aiqyn.regulations import Requirement
from aiqyn.subjects.document import Document
from aiqyn.subjects.page import Page
from aiqyn.subjects.rendering import Rendering
from aiqyn.subjects.site import Site

MOST_PLACES = 100  # listed of one finding; the rest is counted


class Verdict(Noun, frozen=True, kw_only=True):
    """How one rule ended on one page or document."""

    outcome: Outcome
    note: str = ""
    places: tuple[Place, ...] = ()
    more: int = 0


_Kind = tuple[Outcome, str]  # how it ended, and the doubt


def _kind(verdict: Verdict) -> _Kind:
    return verdict.outcome, verdict.note


_PASSED = Verdict(outcome=Outcome.PASSED)
_INAPPLICABLE = Verdict(outcome=Outcome.INAPPLICABLE)


class Ledger:
    """The verdicts of one rule on what did not pass it; keeps places of the first addresses only.

    Nearly everything passes nearly every rule: who asks keeps that, for all rules together.
    """

    def __init__(self, requirement: Requirement, check: rules.Check) -> None:
        self.code = requirement.rule
        self.ask: Callable[..., Iterable[Place | Count]] = partial(check, **requirement.params)
        self.verdicts: dict[str, Verdict] = {}  # by address; nothing where it passed or is spared
        # Addresses with places, of what breaks it and of each doubt.
        self._with_places: defaultdict[_Kind, list[str]] = defaultdict(list)

    @property
    def is_broken(self) -> bool:
        """Whether anything read so far breaks the rule."""
        return any(outcome is Outcome.FAILED for outcome, _ in self._with_places)

    def judge(self, subject: Page | Document | Rendering) -> bool:
        """Return whether it passed."""
        address = subject.address
        verdict = judge(self.ask, subject)
        if verdict is _PASSED or verdict is _INAPPLICABLE:
            self.verdicts.pop(address, None)
            return verdict is _PASSED
        if verdict.places:
            verdict = _located(verdict, address, subject.evidence.sha256)
            self._with_places[_kind(verdict)].append(address)
        self.verdicts[address] = verdict
        if verdict.places:
            self._forget_late_places(_kind(verdict))
        return False

    def absorb(self, verdicts: dict[str, Verdict]) -> None:
        """Take over what another ledger of the same rule found on other addresses."""
        self.verdicts |= verdicts
        for address, each in verdicts.items():
            if each.places:
                self._with_places[_kind(each)].append(address)
        for kind in self._with_places:
            self._forget_late_places(kind)

    def _forget_late_places(self, kind: _Kind) -> None:
        known = self._with_places[kind]
        if len(known) <= 4 * MOST_PLACES:
            return
        pairs = zip(known, map(self.verdicts.get, known), strict=True)
        addresses = {
            address
            for address, each in pairs
            if each is not None and each.places and _kind(each) == kind
        }
        first = self._with_places[kind] = nsmallest(MOST_PLACES, addresses)
        for address in addresses.difference(first):
            late = self.verdicts[address]
            more = late.more + len(late.places)
            self.verdicts[address] = Verdict(outcome=late.outcome, note=late.note, more=more)

    def finding(self, addresses: Sequence[str], good: int, evidence: str) -> Finding:
        """Add up the verdicts on `addresses`, which come in order; `good` of them passed."""
        told = map(self.verdicts.get, addresses if self.verdicts else ())
        verdicts = list(filter(None, told))
        failed = [each for each in verdicts if each.outcome is Outcome.FAILED]
        if not good and not failed:
            return self._open(addresses, evidence)
        places, more = _listed(failed)
        return Finding(
            rule=self.code,
            outcome=Outcome.FAILED if failed else Outcome.PASSED,
            evidence=evidence,
            places=places,
            more=more,
            count=Count(good=good, of=good + len(failed)),
        )

    def _open(self, addresses: Sequence[str], evidence: str) -> Finding:
        """Tell of the doubt that most leave, and where: of some no place, but all of them."""
        known = {each: self.verdicts[each] for each in addresses if each in self.verdicts}
        doubts = Counter(each.note for each in known.values() if each.note)
        if not doubts:
            return Finding(rule=self.code, outcome=Outcome.INAPPLICABLE, evidence=evidence)
        note = min(doubts, key=lambda each: (-doubts[each], each))
        places, more = _listed(
            _whole(verdict, address) for address, verdict in known.items() if verdict.note == note
        )
        return Finding(
            rule=self.code,
            outcome=Outcome.CANNOT_TELL,
            evidence=evidence,
            places=places,
            more=more,
            note=note,
        )


def _listed(verdicts: Iterable[Verdict]) -> tuple[tuple[Place, ...], int]:
    """Return the places of these verdicts that are listed, and how many are not."""
    places: list[Place] = []
    more = 0
    for each in verdicts:
        places += each.places
        more += each.more
    return tuple(places[:MOST_PLACES]), more + max(0, len(places) - MOST_PLACES)


def _whole(verdict: Verdict, address: str) -> Verdict:
    if verdict.places or verdict.more:
        return verdict
    return Verdict(outcome=verdict.outcome, places=(Place(where="", address=address),))


def judge(
    ask: Callable[..., Iterable[Place | Count]], subject: Page | Document | Rendering | Site
) -> Verdict:
    """Run one check; whatever it raises on purpose becomes an outcome."""
    told: list[Place | Count] = []
    try:
        told.extend(ask(subject))  # what came before a doubt stays
    except rules.Inapplicable:
        return _INAPPLICABLE
    except rules.CannotTell as doubt:
        return _ended(Outcome.CANNOT_TELL, told, str(doubt))
    return _ended(Outcome.FAILED, told) if told else _PASSED


def _ended(outcome: Outcome, told: Sequence[Place | Count], note: str = "") -> Verdict:
    places = [each for each in told if isinstance(each, Place)]
    if not places:
        return _doubt(note) if note else _PASSED
    more = max(0, len(places) - MOST_PLACES)
    return Verdict(outcome=outcome, note=note, places=tuple(places[:MOST_PLACES]), more=more)


@lru_cache(1_000)
def _doubt(note: str) -> Verdict:
    """One verdict for all pages that leave the same doubt."""
    return Verdict(outcome=Outcome.CANNOT_TELL, note=note)


def _located(verdict: Verdict, address: str, evidence: str) -> Verdict:
    places = tuple(
        msgspec.structs.replace(place, address=address, evidence=evidence)
        for place in verdict.places
    )
    return msgspec.structs.replace(verdict, places=places)
