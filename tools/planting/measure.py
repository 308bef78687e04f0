"""How much of what is planted each rule finds, and how often it accuses wrongly."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from msgspec.structs import replace

from aiqyn import rules
from aiqyn.audit import Edition, Report, edition_on
from aiqyn.chain import Finding, Outcome, Place
from aiqyn.fetch.addresses import normalise
from aiqyn.regulations import Requirement
from tools.planting.compose import by_seed
from tools.planting.crawled import audited
from tools.planting.draw import target
from tools.planting.model import Site
from tools.planting.planting import Planted, choose, sow
from tools.planting.plants import PLANTS
from tools.planting.scores import Score
from tools.planting.trials import TRIED

JUDGED = ("site", "page", "document")  # kinds of rules that need no browser
MOST_PLANTS = 6  # of one site
FEWEST = 15  # plants of a rule; one that chance drew seldomer has sites of its own


@dataclass(frozen=True)
class Judged:
    """One site, what was planted in it, and what the audit says of it."""

    seed: int
    site: Site
    planted: Sequence[Planted]
    report: Report
    seen: frozenset[str]  # addresses of the crawl


def judged(seed: int, edition: Edition | None = None, surely: str = "") -> Judged:
    """Compose the site of `seed`, break it, the rule `surely` if it can be, and audit it."""
    site = by_seed(seed)
    edition = edition or edition_on("sites", site.as_of)
    random = Random(f"plants of {seed}")
    codes = frozenset(each.rule for each in edition.requires)
    count = random.randint(bool(surely), MOST_PLANTS)
    planted = sow(site, choose(random, count, codes, surely), random)
    return Judged(seed, site, planted, *audited(site, edition))


def whole_catalogue(on: date) -> Edition:
    """Return the edition of a day with every other rule of the catalogue added to it."""
    edition = edition_on("sites", on)
    asked = {each.rule for each in edition.requires}
    others = [
        Requirement(clause=edition.act, rule=code)
        for code, rule in rules.load().items()
        if rule.check and rule.kind in JUDGED and code not in asked
    ]
    return replace(edition, requires=(*edition.requires, *others))


def measure(seeds: Iterable[int], edition: Edition | None = None) -> dict[str, Score]:
    """Return the score of every rule that a machine judges, by code.

    Without `edition` each site is held against the one in force on its day.
    """
    scores: dict[str, Score] = {}
    for seed in seeds:
        add(scores, judged(seed, edition))
    return dict(sorted(scores.items()))


def measure_seldom(scores: dict[str, Score], edition: Edition, first: int) -> dict[str, Score]:
    """Return `scores` with sites from seed `first` on for each rule that was planted too seldom."""
    asked = {each.rule for each in edition.requires}
    seed = first
    for code in sorted({each.rule for each in PLANTS} & asked):
        until = seed + 3 * FEWEST  # a site may have no place for the defect
        while scores.setdefault(code, Score()).planted < FEWEST and seed < until:
            add(scores, judged(seed, edition, surely=code))
            seed += 1
    return dict(sorted(scores.items()))


def add(scores: dict[str, Score], seen: Judged) -> None:
    """Add one site to the scores."""
    by_rule: dict[str, list[Planted]] = {}
    for each in seen.planted:
        if each.places and not _addresses(seen, each):
            continue  # another plant hid the page: there is no way to it
        by_rule.setdefault(each.plant.rule, []).append(each)
    excused = {code for each in seen.planted for code in each.plant.also}
    for finding in seen.report.findings:
        if finding.note not in ("question", "not_rendered"):
            score = scores.setdefault(finding.rule, Score())
            _weigh(score, seen, finding, by_rule.get(finding.rule, []), finding.rule in excused)


def _weigh(
    score: Score, seen: Judged, finding: Finding, planted: Sequence[Planted], is_excused: bool
) -> None:
    has_failed = finding.outcome is Outcome.FAILED
    for each in planted:
        score.planted += 1
        if is_named(seen, finding, each):
            score.found += 1
        else:
            said = f"{finding.outcome.value} {finding.note}".strip()
            score.remarks.append(f"missed: seed {seen.seed}, {each.plant.name}, {said}")
    if not has_failed or is_excused:
        return
    astray = _astray(seen, finding, planted)
    if not planted or astray:
        score.false += 1
        place = astray[0] if astray else finding.places[0]
        score.remarks.append(
            f"false: seed {seen.seed}, {place.note} at {place.address}: {place.saw}"
        )


def is_named(seen: Judged, finding: Finding, planted: Planted) -> bool:
    """Whether the finding tells of a plant, and of every page it was put on."""
    return finding.outcome is Outcome.FAILED and not _unnamed(seen, finding, planted)


def _addresses(seen: Judged, planted: Planted) -> set[str]:
    site = seen.site
    home = site.pages["home", site.home]
    paths = (target(site, home, link).replace("&amp;", "&") for link in planted.places)
    return {normalise(site.origin + path) for path in paths if path} & seen.seen


def _unnamed(seen: Judged, finding: Finding, planted: Planted) -> set[str]:
    """Planted addresses the finding does not name; none where it names more than it lists."""
    named = {place.address for place in finding.places}
    return set() if finding.more else _addresses(seen, planted) - named


def _astray(seen: Judged, finding: Finding, planted: Sequence[Planted]) -> list[Place]:
    """Places where nothing was planted; not asked where a plant concerns the whole site."""
    if not planted or not all(each.places for each in planted):
        return []
    sown = set().union(*(_addresses(seen, each) for each in planted))
    return [place for place in finding.places if place.address not in sown]


def without_plants(edition: Edition) -> list[str]:
    """Return the codes of an edition that a machine judges and nothing breaks."""
    known = {each.rule for each in PLANTS} | TRIED
    asked = [rules.load()[each.rule] for each in edition.requires]
    return sorted(
        rule.code for rule in asked if rule.check and rule.kind in JUDGED and rule.code not in known
    )
