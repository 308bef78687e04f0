"""What names what, and where that leads back to where it began."""

from collections.abc import Iterator, Mapping, Sequence


def circles(leads: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Yield the shortest circle through each name; of circles that share a name the first."""
    told: set[str] = set()
    for start in sorted(leads):
        if start not in told and (circle := _way_back(start, leads)):
            told.update(circle)
            yield circle


def _way_back(start: str, leads: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the shortest way from a name over others to itself; [] where there is none."""
    ways = [[start]]
    met: set[str] = set()
    for way in ways:
        for onward in leads[way[-1]]:
            if onward == start:
                return way
            if onward in leads and onward not in met:
                met.add(onward)
                ways.append([*way, onward])
    return []
