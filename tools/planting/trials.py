"""Rules whose defects need a site of their own: behind a wall, or on a server that answers."""

from collections.abc import Iterable

from aiqyn.audit import Edition
from tools.planting import alive, walls
from tools.planting.scores import Score

SHARE = 4  # for so many sites of the main run one of each trial
TRIED = frozenset({alive.TRAPS, alive.DEAD, alive.HEAVY, walls.RULE})


def add_trials(
    scores: dict[str, Score], seeds: Iterable[int], edition: Edition | None = None
) -> None:
    """Add the trials to the scores; what the main run said of their rules stays counted."""
    drawn = list(seeds)
    trials = {
        **walls.measure_walls(drawn, edition),
        **alive.measure_alive(drawn, edition),
    }
    for code, score in trials.items():
        before = scores.get(code, Score())
        for name in ("planted", "found", "false", "remarks"):
            setattr(score, name, getattr(score, name) + getattr(before, name))
        scores[code] = score
