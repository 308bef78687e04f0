"""How rules end: one check on one subject, and the verdicts of one rule added up."""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from heapq import nsmallest
from itertools import chain
from operator import attrgetter

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


_OUTCOME, _PLACES, _MORE = map(attrgetter, ("outcome", "places", "more"))
_PASSED = Verdict(outcome=Outcome.PASSED)
_INAPPLICABLE = Verdict(outcome=Outcome.INAPPLICABLE)


class Ledger:
    """The verdicts of one rule; keeps every outcome, and the places of the first addresses only."""

    def __init__(self, requirement: Requirement, check: rules.Check) -> None:
        self.code = requirement.rule
        self.ask: Callable[..., Iterable[Place | Count]] = partial(check, **requirement.params)
        self.verdicts: dict[str, Verdict] = {}  # by address; nothing where it does not apply
        self._with_places: list[str] = []

    @property
    def is_broken(self) -> bool:
        """Whether anything read so far breaks the rule."""
        return bool(self._with_places)

    def judge(self, subject: Page | Document | Rendering) -> None:
        address = subject.address
        verdict = judge(self.ask, subject)
        if verdict is _INAPPLICABLE:
            self.verdicts.pop(address, None)
            return
        if verdict.places:
            verdict = _located(verdict, address, subject.evidence.sha256)
            self._with_places.append(address)
        self.verdicts[address] = verdict
        if verdict.places:
            self._forget_late_places()

    def absorb(self, verdicts: dict[str, Verdict]) -> None:
        """Take over what another ledger of the same rule found on other addresses."""
        self.verdicts |= verdicts
        self._with_places += [address for address, each in verdicts.items() if each.places]
        self._forget_late_places()

    def _forget_late_places(self) -> None:
        if len(self._with_places) <= 4 * MOST_PLACES:
            return
        addresses = set(self._with_places)
        self._with_places = nsmallest(MOST_PLACES, addresses)
        for address in addresses.difference(self._with_places):
            late = self.verdicts[address]
            more = late.more + len(late.places)
            self.verdicts[address] = Verdict(outcome=late.outcome, more=more)

    def finding(self, addresses: Iterable[str], evidence: str) -> Finding:
        """Add up the verdicts on `addresses`, which come in order."""
        verdicts = list(filter(None, map(self.verdicts.get, addresses)))
        ended = Counter(map(_OUTCOME, verdicts))
        good, bad = ended[Outcome.PASSED], ended[Outcome.FAILED]
        if not good and not bad:
            return self._open(verdicts, evidence)
        places = list(chain.from_iterable(map(_PLACES, verdicts)))
        return Finding(
            rule=self.code,
            outcome=Outcome.FAILED if bad else Outcome.PASSED,
            evidence=evidence,
            places=tuple(places[:MOST_PLACES]),
            more=max(0, len(places) - MOST_PLACES) + sum(map(_MORE, verdicts)),
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
