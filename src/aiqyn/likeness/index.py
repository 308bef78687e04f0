"""Texts kept so that copies of a new one are found at once."""

from collections.abc import Hashable, Iterator
from typing import Generic, TypeVar

from aiqyn.likeness.comparing import Comparison, compare
from aiqyn.likeness.reading import Reading, read
from aiqyn.likeness.sketch import WIDE, Banding, keys

Key = TypeVar("Key", bound=Hashable)

CROWD = 256  # texts asked of one key: a key that more share says little


class Index(Generic[Key]):
    """Texts by a key of the caller's; the same texts in the same order answer the same."""

    def __init__(self, banding: Banding = WIDE) -> None:
        self._banding = banding
        self._readings: dict[Key, Reading] = {}
        self._keys: dict[Key, tuple[int, ...]] = {}
        self._shared: dict[int, list[Key]] = {}

    def __len__(self) -> int:
        return len(self._readings)

    def __contains__(self, key: Key) -> bool:
        return key in self._readings

    def add(self, key: Key, text: str) -> None:
        """Keep a text; one that was kept under `key` before is forgotten."""
        self.add_read(key, read(text))

    def add_read(self, key: Key, reading: Reading) -> None:
        """Keep a text that was read already."""
        self.remove(key)
        self._readings[key] = reading
        self._keys[key] = keys(reading, self._banding)
        for shared in self._keys[key]:
            self._shared.setdefault(shared, []).append(key)

    def remove(self, key: Key) -> None:
        """Forget a text; one that is not there is no trouble."""
        self._readings.pop(key, None)
        for shared in self._keys.pop(key, ()):
            self._shared[shared].remove(key)
            if not self._shared[shared]:
                del self._shared[shared]

    def near(self, text: str) -> list[tuple[Key, float]]:
        """Return the kept copies of `text` with their likeness (0–1), the nearest first."""
        found = [(key, told.likeness) for key, told in self.compared(read(text)) if told.are_copies]
        return sorted(found, key=lambda each: -each[1])

    def compared(self, reading: Reading) -> Iterator[tuple[Key, Comparison]]:
        """Yield the texts that share a key with a text, each with how it compares."""
        for key in self._candidates(reading):
            yield key, compare(reading, self._readings[key])

    def _candidates(self, reading: Reading) -> list[Key]:
        found: dict[Key, None] = {}
        for shared in keys(reading, self._banding):
            found.update(dict.fromkeys(self._shared.get(shared, ())[:CROWD]))
        return list(found)
