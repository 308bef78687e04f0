"""`python -m tools.planting --sites 200 --seed 1`: recall and precision of every rule."""

import argparse
import sys
from pathlib import Path

from aiqyn.audit import edition_on
from tools.planting.compose import DAYS
from tools.planting.measure import measure, measure_seldom, whole_catalogue, without_plants
from tools.planting.scores import GOAL, Score
from tools.planting.trials import SHARE, add_trials


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.planting", description=__doc__)
    parser.add_argument("--sites", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1, help="of the first site; the others follow")
    parser.add_argument("--remarks", action="store_true", help="say what was missed, what wrong")
    parser.add_argument(
        "--whole", action="store_true", help="ask every rule there is, not those of the edition"
    )
    parser.add_argument("--out", type=Path, help="write the scores as CSV, for docs/proof.md")
    asked = parser.parse_args()
    edition = whole_catalogue(DAYS[0]) if asked.whole else edition_on("sites", DAYS[0])
    scores = measure(range(asked.seed, asked.seed + asked.sites), edition)
    scores = measure_seldom(scores, edition, asked.seed + asked.sites)
    add_trials(scores, range(asked.seed, asked.seed + asked.sites // SHARE), edition)
    sys.stdout.write(table(scores))
    sys.stdout.write(f"\nwithout a plant: {' '.join(without_plants(edition)) or 'none'}\n")
    if asked.out:
        asked.out.write_text(as_csv(scores), "utf-8")
    if asked.remarks:
        lines = [f"{code} {said}\n" for code, each in scores.items() for said in each.remarks]
        sys.stdout.writelines(["\n", *lines])
    return int(any(not is_good(each) for each in scores.values()))


def is_good(score: Score) -> bool:
    return score.recall >= GOAL and score.precision >= GOAL


def as_csv(scores: dict[str, Score]) -> str:
    rows = [f"{code},{one.planted},{one.found},{one.false}" for code, one in scores.items()]
    return "\n".join(["rule,planted,found,false", *rows]) + "\n"


def table(scores: dict[str, Score]) -> str:
    """Return the scores as a Markdown table."""
    lines = [
        "| rule | planted | found | missed | false | recall | precision |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {code} | {each.planted} | {each.found} | {each.planted - each.found} | {each.false} "
        f"| {each.recall:.3f} | {each.precision:.3f} |"
        for code, each in scores.items()
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
