"""Which old paragraph is which new one: exact texts first, then likeness, place and order."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterator, Sequence
from heapq import nlargest

import msgspec

from aiqyn.acts.following_chain import Pair, Spine, heaviest
from aiqyn.acts.following_features import Features, likeness
from aiqyn.acts.model import Paragraph

NEAR = 12  # places on each side of the expected one that are looked at within a gap
TWINS = 6  # of paragraphs with the very same text the nearest are looked at
SELDOM = 40  # paragraphs: a word in more of them finds nobody
ASKED = 8  # of the most telling words of a paragraph are looked up
FOUND = 6  # paragraphs that share the most of them are compared
WORTH_A_LOOK = 0.3  # likeness below which two paragraphs are not a pair
ENOUGH = 0.7  # likeness, with what the surroundings say, of a paragraph found in order
REWEIGHED = 2  # times the surroundings are asked again
MOVED = 0.75  # likeness of a paragraph found out of order
TELLING = 6.0  # weight of a text that is hardly there twice by chance
RIVAL = 0.05  # what a pair must weigh more than others of the same paragraph
ROW = 3  # paragraphs in a row that are hardly there twice by chance
FAMILY = 40  # of the units under one that are compared with those of another
ROUNDS = 4  # of looking for what was moved with what has been found


class Side:
    """One of the two texts: its paragraphs, their features and the units they stand under."""

    def __init__(self, paragraphs: Sequence[Paragraph], told: Sequence[Features]) -> None:
        self.paragraphs = paragraphs
        self.features = told
        places = {paragraph.eid: place for place, paragraph in enumerate(paragraphs)}
        above = (paragraph.eid.rpartition("__")[0] for paragraph in paragraphs)
        self.parents = [places.get(eid, -1) for eid in above]
        self.keys = [one.key for one in told]
        self.contexts = list(zip(["", *self.keys], self.keys, [*self.keys[1:], ""], strict=False))

    def __len__(self) -> int:
        return len(self.paragraphs)

    def rows(self, taken: Container[int]) -> list[tuple[str, ...]]:
        """Return every paragraph's text with those of the next ones; () where one is taken."""
        keys = [None if place in taken else key for place, key in enumerate(self.keys)]
        rows = (tuple(filter(None, keys[place : place + ROW])) for place in range(len(keys)))
        return [row if len(row) == ROW else () for row in rows]

    def free_below(self, taken: Container[int]) -> dict[int, list[int]]:
        """Return the places that are not taken by the unit above them."""
        below: defaultdict[int, list[int]] = defaultdict(list)
        for place, above in enumerate(self.parents):
            if above >= 0 and place not in taken:
                below[above].append(place)
        return below

    def alike(self, place: int, other: "Side", there: int) -> float:
        """Return the likeness of a paragraph to one of the other text."""
        return likeness(self.features[place], other.features[there])


class Links(msgspec.Struct, frozen=True):
    """Old places and the new ones they went to, one to one."""

    pairs: dict[int, int]
    in_order: frozenset[int]  # old places that kept their order


def links(old: Side, new: Side) -> Links:
    """Pair the paragraphs of two texts one to one."""
    firm = list(_once_in_both(old.keys, new.keys))
    likely = _once_in_both(old.contexts, new.contexts)  # twins between the same neighbours
    sure = heaviest(dict.fromkeys([*firm, *likely], 1.0))
    alike = _candidates(old, new, sure, set(firm) & set(sure))
    rough = dict(heaviest(_Surroundings(old, new, dict(sure)).weigh(alike)))
    for _ in range(REWEIGHED):
        weighed = _Surroundings(old, new, rough).weigh(alike)
        rough = dict(
            heaviest({pair: weight for pair, weight in weighed.items() if weight > ENOUGH})
        )
    moved = _moved(alike, old, new, rough)
    return Links(moved, frozenset(rough))


def _once_in_both(ours: Sequence[object], theirs: Sequence[object]) -> Iterator[Pair]:
    once = _places_of_single(theirs)
    for key, place in _places_of_single(ours).items():
        if key in once:
            yield place, once[key]


def _places_of_single(keys: Sequence[object]) -> dict[object, int]:
    seen = Counter(keys)
    return {key: place for place, key in enumerate(keys) if seen[key] == 1}


def _candidates(
    old: Side, new: Side, sure: Sequence[Pair], firm: Collection[Pair]
) -> dict[Pair, float]:
    """Return pairs worth a look with their likeness; paragraphs of `firm` pairs have no other."""
    found: dict[Pair, float] = dict.fromkeys(sure, 1.0)
    taken, spine = {there for _, there in firm}, Spine(sure, len(new))
    same, by_word = _places_by_key(new), _Words(new, taken)
    done, likely = {place for place, _ in firm}, {place for place, _ in sure}
    for place in range(len(old)):
        if place in done:
            continue
        start, end = spine.gap(place)
        middle = min(max(spine.expected(place), start), end)
        asked = set(_nearest(same.get(old.features[place].key, ()), middle))
        if place not in likely:
            asked.update(range(max(start, middle - NEAR), min(end, middle + NEAR)))
            asked.update(by_word.like(old.features[place]))
        for there in asked - taken:
            alike = old.alike(place, new, there)
            if alike >= WORTH_A_LOOK:
                found[place, there] = alike
    return found


def _places_by_key(side: Side) -> dict[str, list[int]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, told in enumerate(side.features):
        places[told.key].append(place)
    return places


def _nearest(places: Sequence[int], middle: int) -> Sequence[int]:
    after = bisect_left(places, middle)
    return places[max(0, after - TWINS) : after + TWINS]


class _Words:
    """Finds paragraphs by the seldom words they share."""

    def __init__(self, side: Side, without: set[int]) -> None:
        self._side = side
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for place in range(len(side)):
            if place not in without:
                for word in side.features[place].bag:
                    self._places[word].append(place)

    def like(self, told: Features) -> list[int]:
        """Return the places that share the most of the text's telling words."""
        seldom = (word for word in told.bag if 0 < len(self._places.get(word, ())) <= SELDOM)
        shared: Counter[int] = Counter()
        for word in nlargest(ASKED, seldom, key=told.bag.__getitem__):
            for there in self._places[word]:
                shared[there] += told.bag[word]  # type: ignore[assignment]
        return [there for there, _ in shared.most_common(FOUND)]


class _Surroundings:
    """What stands around two paragraphs, given the pairs known so far."""

    def __init__(self, old: Side, new: Side, known: dict[int, int]) -> None:
        self._old, self._new, self._known = old, new, known
        pairs = known.items()
        self._went = Counter((old.parents[place], new.parents[there]) for place, there in pairs)
        self._below = Counter(old.parents[place] for place in known)

    def weigh(self, alike: dict[Pair, float]) -> dict[Pair, float]:
        """Return likeness with what the surroundings say, above zero; short texts need it more."""
        weighed = {}
        for (place, there), share in alike.items():
            is_telling = self._old.features[place].weight >= TELLING
            said = self.speak_for(place, there)
            weighed[place, there] = max(0.01, share + said * (0.12 if is_telling else 0.2))
        return weighed

    def speak_for(self, place: int, there: int) -> float:
        """Return how far unit above, units below, neighbours and number speak for a pair."""
        return (
            self._above(place, there)
            + self._children(place, there)
            + 0.5 * (self._known.get(place - 1, -1) == there - 1)
            + 0.5 * (self._known.get(place + 1, -1) == there + 1)
            + 0.5 * (self._old.paragraphs[place].number == self._new.paragraphs[there].number != "")
        )

    def _above(self, place: int, there: int) -> float:
        above, now = self._old.parents[place], self._new.parents[there]
        if above < 0 or now < 0:
            return 0.5 if above == now else -1
        if above not in self._known:
            return 0
        return 1 if self._known[above] == now else -1

    def _children(self, place: int, there: int) -> float:
        below = self._below[place]
        if not below:
            return 0
        return 1 if 2 * self._went[place, there] >= below else -1


def _moved(alike: dict[Pair, float], old: Side, new: Side, spine: dict[int, int]) -> dict[int, int]:
    """Return the pairs of the spine and those found out of order, block by block."""
    known = spine | _blocks(old, new, spine)
    for _ in range(ROUNDS):
        taken = set(known.values())
        free = {
            pair: share
            for pair, share in (alike | _kin(old, new, known, taken)).items()
            if share >= MOVED and pair[0] not in known and pair[1] not in taken
        }
        around = _Surroundings(old, new, known)
        surest = [
            (place, there)
            for place, there in _unrivalled(around.weigh(free))
            if old.features[place].weight >= TELLING or around.speak_for(place, there) >= 1
        ]
        known.update(surest)
    return known


def _blocks(old: Side, new: Side, known: dict[int, int]) -> dict[int, int]:
    """Return what was moved unchanged: ROW paragraphs in a row, such as a list, once in both."""
    ours, theirs = old.rows(known), new.rows(set(known.values()))
    found: dict[int, int] = {}
    used: set[int] = set()
    for place, there in _once_in_both(ours, theirs):
        for step in range(len(ours[place])):
            if place + step not in found and there + step not in used:
                found[place + step] = there + step
                used.add(there + step)
    return found


def _kin(old: Side, new: Side, known: dict[int, int], taken: set[int]) -> dict[Pair, float]:
    """Return pairs under the same unit, and units above the same ones, with their likeness."""
    ours, theirs = old.free_below(known), new.free_below(taken)
    found = {
        (place, there): old.alike(place, new, there)
        for above, now in known.items()
        for place in ours.get(above, ())[:FAMILY]
        for there in theirs.get(now, ())[:FAMILY]
    }
    for place, there in known.items():
        above, now = old.parents[place], new.parents[there]
        if above >= 0 <= now and above not in known and now not in taken:
            found[above, now] = old.alike(above, new, now)
    return found


def _unrivalled(weighed: dict[Pair, float]) -> Iterator[Pair]:
    """Yield the pairs that outweigh by far every other one of either paragraph."""
    rivals: defaultdict[tuple[bool, int], list[float]] = defaultdict(list)
    for (place, there), weight in weighed.items():
        rivals[True, place].append(weight)
        rivals[False, there].append(weight)
    for (place, there), weight in weighed.items():
        first, second, *others = sorted((*rivals[True, place], *rivals[False, there]), reverse=True)
        if first == second == weight and max(others, default=0.0) < weight - RIVAL:
            yield place, there
