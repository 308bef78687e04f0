"""`python -m tools.planting.causes`: every plant alone on sites of its own, all causes named.

A rule may be broken in several ways, and says which by a note: its causes. This trial shows of
each that it was planted and named; others stand in `reasons.yaml` as `CODE.cause`, with a reason.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from random import Random

import yaml
from msgspec import Struct

from aiqyn import rules
from aiqyn.audit import Edition, edition_on
from aiqyn.chain import Finding, Outcome
from tools.planting import alive, walls
from tools.planting.compose import DAYS, by_seed
from tools.planting.crawled import audited
from tools.planting.measure import JUDGED, Judged, is_named
from tools.planting.planting import Plant, sow
from tools.planting.plants import PLANTS

TABLE = Path(__file__).with_name("causes.csv")
SITES = 2  # a plant; one that finds no place on a site is tried on further ones
MOST_SITES = 8
UNSURE = frozenset({"not_read"})  # notes with which a rule says only that it cannot tell
FIRST = 90_001  # seed of the first site


class Tried(Struct, frozen=True):
    """One plant, how often it was planted and found, and the causes that were named."""

    rule: str
    plant: str
    planted: int
    found: int
    causes: tuple[str, ...]


def causes_of(code: str) -> list[str]:
    """Return the notes with which a rule says what is wrong, in the order of its YAML."""
    said = yaml.safe_load(rules.load()[code].path.read_text("utf-8"))
    doubts = {
        each.get("note", "")
        for each in said["cases"]
        if each["expect"] in ("cannot_tell", "inapplicable")
    }
    failed = {each.get("note", "") for each in said["cases"] if each["expect"] == "failed"}
    return [note for note in said.get("notes", {}) if note not in (doubts - failed) | UNSURE]


def judged_rules(edition: Edition) -> list[str]:
    """Return the rules of an edition that a machine judges without a browser."""
    asked = [rules.load()[each.rule] for each in edition.requires]
    return sorted({rule.code for rule in asked if rule.check and rule.kind in JUDGED})


def tried(each: Plant, edition: Edition, first: int = FIRST) -> Tried:
    """Plant it alone on SITES sites and audit them."""
    planted = found = 0
    causes: Counter[str] = Counter()
    for seed in range(first, first + MOST_SITES):
        site = by_seed(seed)
        sown = sow(site, [each], Random(f"{each.name} of {seed}"))
        if not sown:
            continue
        report, seen = audited(site, edition)
        finding = next(one for one in report.findings if one.rule == each.rule)
        planted += 1
        found += is_named(Judged(seed, site, sown, report, seen), finding, sown[0])
        causes.update(_said(finding))
        if planted == SITES:
            break
    return Tried(each.rule, each.name, planted, found, tuple(sorted(causes)))


def _said(finding: Finding) -> set[str]:
    is_failed = finding.outcome is Outcome.FAILED
    return {place.note for place in finding.places} if is_failed else set()


def of_trials(seeds: Iterable[int], edition: Edition) -> Iterator[Tried]:
    """The rules whose defects need sites of their own: walls, traps, dead resources."""
    drawn = list(seeds)
    scores = {**walls.measure_walls(drawn, edition), **alive.measure_alive(drawn, edition)}
    for code, score in sorted(scores.items()):
        causes = tuple(sorted(score.causes))
        yield Tried(code, "trial", score.planted, score.found, causes)


def read() -> list[Tried]:
    """Return what the last run found."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return [
            Tried(
                row["rule"], row["plant"], int(row["planted"]), int(row["found"]),
                tuple(row["causes"].split()),
            )
            for row in csv.DictReader(lines)
        ]  # fmt: skip


def named(table: Iterable[Tried]) -> dict[str, set[str]]:
    """Return the causes that were planted and named, by rule."""
    found: dict[str, set[str]] = {}
    for each in table:
        found.setdefault(each.rule, set()).update(each.causes)
    return found


def main() -> None:
    edition = edition_on("sites", date(DAYS[0].year, DAYS[0].month, DAYS[0].day))
    asked = set(judged_rules(edition))
    rows = [tried(each, edition) for each in PLANTS if each.rule in asked]
    rows += of_trials(range(1, 41), edition)
    with TABLE.open("w", encoding="utf-8", newline="") as out:
        lines = csv.writer(out, lineterminator="\n")
        lines.writerow(Tried.__struct_fields__)
        for each in sorted(rows, key=lambda one: (one.rule, one.plant)):
            lines.writerow([*(getattr(each, name) for name in Tried.__struct_fields__[:-1]),
                            " ".join(each.causes)])  # fmt: skip


if __name__ == "__main__":
    main()
