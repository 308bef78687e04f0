"""How a body stands in a round: what is known of it, what is open, what that is worth.

Pure: everything comes in as arguments, nothing is read from the database or the clock.
"""

import hashlib
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

import msgspec
from msgspec.structs import replace

from aiqyn import chain
from aiqyn.chain import Count, Finding, Outcome, Place
from aiqyn.scoring.engine import score
from aiqyn.scoring.methodology import Criterion, Methodology
from aiqyn.scoring.tally import STATED
from aiqyn_portal.evaluation.models import Answer

Sum = TypeVar("Sum", chain.Rating, chain.CriterionScore)
ANSWER = "answer"  # where a person's decision is seen, in place of a path on a page
SHOWN_REASON = 300  # characters of a reason that travel with the finding


class Known(NamedTuple):
    """The findings that count, one per rule, and those a person's answer stands in for."""

    findings: list[Finding]  # sorted by rule
    replaced: list[Finding]


class Standing(NamedTuple):
    known: Known
    rating: chain.Rating
    needed: list[str]  # rules the total rests on, in the order of the methodology
    open_rules: list[str]  # those of them without a finding, or with one that cannot tell


def newest(answers: Iterable[Answer]) -> dict[str, Answer]:
    """The answer that counts for each rule: the one given last."""
    counting: dict[str, Answer] = {}
    for answer in sorted(answers, key=lambda a: a.pk):
        counting[answer.rule] = answer
    return counting


def as_finding(answer: Answer) -> Finding:
    """The answer as a finding; its evidence is the written record of the decision."""
    count = None
    if answer.count_good is not None and answer.count_of is not None:
        count = Count(good=answer.count_good, of=answer.count_of)
    return Finding(
        rule=answer.rule,
        outcome=Outcome(answer.outcome),
        evidence=answer.record_sha256,
        places=(
            Place(
                where=ANSWER,
                saw=answer.reason[:SHOWN_REASON],
                address=answer.link,
                evidence=answer.file_sha256,
            ),
        ),
        count=count,
        value=None if answer.value is None else plain(answer.value),
    )


def plain(number: Decimal) -> Decimal:
    """Without the zeros the database column adds: 18.500000 → 18.5."""
    return number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()


def known(gathered: Iterable[Finding], answers: Iterable[Answer]) -> Known:
    """Lay the answers of people over what was gathered; a person's word wins, both are kept.

    A stated figure taken back ("cannot tell") leaves the criterion to its indicators.
    """
    given = [as_finding(answer) for answer in newest(answers).values()]
    given = [f for f in given if not _is_taken_back(f)]
    answered = {finding.rule for finding in given}
    gathered = list(gathered)
    kept = [finding for finding in gathered if finding.rule not in answered]
    replaced = [finding for finding in gathered if finding.rule in answered]
    return Known(sorted(kept + given, key=lambda f: f.rule), replaced)


def _is_taken_back(finding: Finding) -> bool:
    return finding.rule.startswith(STATED) and finding.outcome is Outcome.CANNOT_TELL


def asked_of(criterion: Criterion) -> list[str]:
    """The rules that decide a criterion.

    Where the act is not known to say what its indicators are worth, findings cannot
    be added up, and the one thing to ask for is the figure of the criterion itself.
    """
    indicators = criterion.indicators
    if not indicators or any(indicator.full is None for indicator in indicators):
        return [STATED + criterion.code]
    return list(dict.fromkeys(rule for indicator in indicators for rule in indicator.asked))


def rules_asked(method: Methodology) -> list[str]:
    """Every rule that decides something, in the order of the methodology."""
    return list(dict.fromkeys(rule for c in method.criteria for rule in asked_of(c)))


def may_be_answered(method: Methodology) -> frozenset[str]:
    """Rules a person may answer: every rule of the methodology, and each criterion's figure."""
    return method.rules | {STATED + criterion.code for criterion in method.criteria}


def parts_of(method: Methodology) -> frozenset[str]:
    """What an objection may name: a criterion, an indicator or a rule."""
    criteria = {criterion.code for criterion in method.criteria}
    indicators = {indicator.code for indicator in method.indicators}
    return method.rules | criteria | indicators


def needed_rules(settled: Collection[str], method: Methodology) -> list[str]:
    """What must be known for a total; a stated figure settles its whole criterion."""
    needed: dict[str, None] = {}
    for criterion in method.criteria:
        figure = STATED + criterion.code
        needed.update(dict.fromkeys([figure] if figure in settled else asked_of(criterion)))
    return list(needed)


def standing(
    body: str, gathered: Iterable[Finding], answers: Iterable[Answer], method: Methodology
) -> Standing:
    """Score what is known of `body`.

    Raises ScoringError when a figure contradicts the methodology.
    """
    facts = known(gathered, answers)
    rating = score(body, facts.findings, method)
    undecided = {f.rule for f in facts.findings if f.outcome is Outcome.CANNOT_TELL}
    settled = {finding.rule for finding in facts.findings} - undecided
    needed = needed_rules(settled, method)
    waiting = [rule for rule in needed if rule not in settled]
    return Standing(facts, held_back(rating, waiting, method), needed, waiting)


def held_back(rating: chain.Rating, waiting: Collection[str], method: Methodology) -> chain.Rating:
    """The rating without the sums that rest on an open question.

    A profile may leave out what a machine could not tell;
    a round may not: a body is not ranked by the part that happened to be looked at.
    """
    if not waiting:
        return rating
    blank = score(rating.body, (), method)  # knows the maxima when nothing is left out
    criteria = tuple(
        given if set(asked_of(criterion)).isdisjoint(waiting) else _unknown(given, whole)
        for criterion, given, whole in zip(
            method.criteria, rating.criteria, blank.criteria, strict=True
        )
    )
    return replace(_unknown(rating, blank), grade="", criteria=criteria)


def _unknown(given: Sum, whole: Sum) -> Sum:
    """`given` without points, against the whole maximum; a reason already given stays."""
    why = given.why or "open_question"
    return replace(given, points=None, max_points=whole.max_points, why=why)


def as_builtins(nouns: Iterable[Any]) -> list[Any]:
    """Nouns of the chain as a JSON column keeps them."""
    return [msgspec.to_builtins(noun, str_keys=True) for noun in nouns]


def as_findings(kept: Iterable[Any]) -> list[Finding]:
    return [msgspec.convert(row, Finding) for row in kept]


def digest_of(rating: chain.Rating) -> str:
    """SHA-256 of the whole tree, in one canonical spelling."""
    return hashlib.sha256(msgspec.json.encode(rating, order="deterministic")).hexdigest()
