"""How rules end: one check on one subject, and the verdicts of one rule added up."""

from collections import Counter
from collections.abc import Callable, Iterable
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
        self._with_places: list[str] = []

    @property
    def is_broken(self) -> bool:
        """Whether anything read so far breaks the rule."""
        return bool(self._with_places)

    def judge(self, subject: Page | Document | Rendering) -> bool:
        """Return whether it passed."""
        address = subject.address
        verdict = judge(self.ask, subject)
        if verdict is _PASSED or verdict is _INAPPLICABLE:
            self.verdicts.pop(address, None)
            return verdict is _PASSED
        if verdict.places:
            verdict = _located(verdict, address, subject.evidence.sha256)
            self._with_places.append(address)
        self.verdicts[address] = verdict
        if verdict.places:
            self._forget_late_places()
        return False

    def absorb(self, verdicts: dict[str, Verdict]) -> None:
        """Take over what another ledger of the same rule found on other addresses."""
        self.verdicts |= verdicts
        self._with_places += [address for address, each in verdicts.items() if each.places]
        self._forget_late_places()

    def _forget_late_places(self) -> None:
        if len(self._with_places) <= 4 * MOST_PLACES:
            return
        known = map(self.verdicts.get, self._with_places)
        pairs = zip(self._with_places, known, strict=True)
        addresses = {address for address, each in pairs if each is not None and each.places}
        self._with_places = nsmallest(MOST_PLACES, addresses)
        for address in addresses.difference(self._with_places):
            late = self.verdicts[address]
            more = late.more + len(late.places)
            self.verdicts[address] = Verdict(outcome=late.outcome, more=more)

    def finding(self, addresses: Iterable[str], good: int, evidence: str) -> Finding:
        """Add up the verdicts on `addresses`, which come in order; `good` of them passed."""
        told = map(self.verdicts.get, addresses if self.verdicts else ())
        verdicts = list(filter(None, told))
        bad = sum(each.outcome is Outcome.FAILED for each in verdicts)
        if not good and not bad:
            return self._open(verdicts, evidence)
        places = [place for each in verdicts for place in each.places]
        return Finding(
            rule=self.code,
            outcome=Outcome.FAILED if bad else Outcome.PASSED,
            evidence=evidence,
            places=tuple(places[:MOST_PLACES]),
            more=max(0, len(places) - MOST_PLACES) + sum(each.more for each in verdicts),
            count=Count(good=good, of=good + bad),
        )

    def _open(self, verdicts: list[Verdict], evidence: str) -> Finding:
        doubts = Counter(verdict.note for verdict in verdicts if verdict.note)
        if not doubts:
            return Finding(rule=self.code, outcome=Outcome.INAPPLICABLE, evidence=evidence)
        note = min(doubts, key=lambda each: (-doubts[each], each))
        return Finding(rule=self.code, outcome=Outcome.CANNOT_TELL, evidence=evidence, note=note)


def judge(
    ask: Callable[..., Iterable[Place | Count]], subject: Page | Document | Rendering | Site
) -> Verdict:
    """Run one check; whatever it raises on purpose becomes an outcome."""
    try:
        told = list(ask(subject))
    except rules.Inapplicable:
        return _INAPPLICABLE
    except rules.CannotTell as doubt:
        return _doubt(str(doubt))
    places = [each for each in told if isinstance(each, Place)] if told else ()
    if not places:
        return _PASSED
    more = max(0, len(places) - MOST_PLACES)
    return Verdict(outcome=Outcome.FAILED, places=tuple(places[:MOST_PLACES]), more=more)


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
