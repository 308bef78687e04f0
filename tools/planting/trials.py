"""Rules whose defects need a site of their own: behind a wall, or on a server that answers."""

from collections.abc import Iterable

from aiqyn.audit import Edition
from tools.planting import alive, walls
from tools.planting.scores import Score

SHARE = 4  # for so many sites of the main run one of each trial
TRIED = frozenset({alive.TRAPS, alive.DEAD, walls.RULE})


def add_trials(
    scores: dict[str, Score], seeds: Iterable[int], edition: Edition | None = None
) -> None:
    """Add both trials to the scores; false alarms of the main run stay counted."""
    drawn = list(seeds)
    trials = {
        walls.RULE: walls.measure_walls(drawn, edition),
        **alive.measure_alive(drawn, edition),
    }
    for code, score in trials.items():
        before = scores.get(code, Score())
        score.false += before.false
        score.remarks += before.remarks
        scores[code] = score
