"""Several processes ask for the same at once: `python -m tests.portal.base.race_of_limits`.

Started by itself it starts the others, which wait for a line before they ask. Prints one JSON
object: how often they were within the limit and how often not, and what was taken.
"""

import json
import subprocess
import sys

import django

django.setup()

from aiqyn_portal.base.models import Purse  # noqa: E402 — Django first
from aiqyn_portal.base.rates import is_within  # noqa: E402

PROCESSES, ASKS, MOST = 4, 20, 25
ONE = "one"


def main() -> dict[str, object]:
    """Let the processes race; add up what they were told."""
    command = [sys.executable, "-m", "tests.portal.base.race_of_limits", ONE]
    pipe = subprocess.PIPE
    racers = [
        subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(PROCESSES)
    ]
    ready = [str(racer.stdout and racer.stdout.readline()).strip() for racer in racers]
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    told = [json.loads(racer.communicate()[0]) for racer in racers]
    return {
        "within": sum(map(sum, told)),
        "refused": sum(len(each) - sum(each) for each in told),
        "processes": ready.count("ready"),
        "taken": list(Purse.objects.values_list("taken", flat=True)),
    }


def one() -> list[bool]:
    """Ask as often as one process does, as soon as a line comes."""
    is_within("another", "", most=1, seconds=60)  # the connection is open before the race
    Purse.objects.filter(taken=1).delete()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    return [is_within("race", "203.0.113.7", most=MOST, seconds=600) for _ in range(ASKS)]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(one() if ONE in sys.argv else main()))
