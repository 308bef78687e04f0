"""Shapes on the map: are their coordinates longitude and latitude, in that order, and whole?"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from aiqyn.subjects.datafile.model import MOST_SPOTS, Shapes, Spot, Trouble

# Longitudes and latitudes of Kazakhstan with some room. Source: the state border's outermost
# points, 46°29'–87°19' east and 40°34'–55°26' north, as atlases print them.
WEST, EAST, SOUTH, NORTH = 46.4, 87.4, 40.5, 55.5
# Names by which a file says that its coordinates are longitude and latitude of WGS 84.
USUAL = ("crs84", "epsg:4326", "epsg::4326", "wgs84", "wgs 84")


class Survey:
    """Collects what is seen of the shapes of one file."""

    def __init__(self, crs: str = "") -> None:
        self.crs = crs
        self.kinds: Counter[str] = Counter()
        self._counts: Counter[str] = Counter()
        self._spots: dict[str, list[Spot]] = {}
        self._box: tuple[float, float, float, float] | None = None

    def add(
        self, kind: str, parts: Sequence[Sequence[Any]], row: int, *, is_round: bool = False
    ) -> None:
        """Look at one shape of `parts`, lists of positions; "" is a feature without a shape."""
        places = [place for part in parts for place in part]
        if not kind or not places:
            self._note("no_geometry", row, kind)
            return
        self.kinds[kind] += 1
        wrong = {trouble: place for place in places if (trouble := self._wrong(place))}
        for trouble, place in wrong.items():
            self._note(trouble, row, str(place))
        if is_round and any(len(part) < 4 or part[0] != part[-1] for part in parts):
            self._note("open_ring", row, kind)

    def _wrong(self, place: Any) -> str:
        """Return the trouble of one position, "" for a good one."""
        if not _is_place(place):
            return "broken_coordinates"
        x, y = place[0], place[1]
        if self.crs and not any(name in self.crs.lower() for name in USUAL):
            return ""
        is_here = WEST <= x <= EAST and SOUTH <= y <= NORTH
        if not is_here and WEST <= y <= EAST and SOUTH <= x <= NORTH:
            return "coordinates_swapped"
        if abs(x) > 180 or abs(y) > 90:
            return "coordinates_out_of_range"
        if x == 0 and y == 0:
            return "zero_coordinates"
        west, south, east, north = self._box or (x, y, x, y)
        self._box = (min(west, x), min(south, y), max(east, x), max(north, y))
        return ""

    def _note(self, kind: str, row: int, saw: str) -> None:
        self._counts[kind] += 1
        spots = self._spots.setdefault(kind, [])
        if len(spots) < MOST_SPOTS:
            spots.append(Spot(row=row, saw=saw[:80]))

    def troubles(self) -> tuple[Trouble, ...]:
        """Return what is wrong with the shapes, by feature."""
        found = [
            Trouble(kind=kind, count=count, spots=tuple(self._spots[kind]))
            for kind, count in sorted(self._counts.items())
        ]
        if self.crs and not any(name in self.crs.lower() for name in USUAL):
            found.insert(0, Trouble(kind="foreign_crs", detail=self.crs))
        return tuple(found)

    def shapes(self) -> Shapes:
        """Return what shapes there are, and where."""
        box = tuple(f"{side:.6g}" for side in self._box) if self._box else ()
        return Shapes(kinds=tuple(sorted(self.kinds.items())), crs=self.crs, box=box)


def _is_place(place: Any) -> bool:
    return (
        isinstance(place, list | tuple)
        and len(place) >= 2
        and all(type(each) in (int, float) and abs(each) < 1e12 for each in place[:2])
    )
