"""Slips in the name of a body, told from words that only resemble it."""

import re
from collections.abc import Iterator

NEAR = 5  # words on either side among which another word of the name must stand
ENDING = 3  # last letters of a word that its case may change
LEAST = 4  # letters of a word that is known again
HELD = 6  # letters of a word that can be misspelt: shorter ones are one slip from ordinary words
SHORT = 8  # letters of one whose ending is looked at, too
AFTER = 2  # letters after a slip by which the word is known again
_WORD = re.compile(r"[^\W\d_]{4,}")


class Spelling:
    """The name in one language; texts and words that stand on page after page are read once."""

    def __init__(self, name: str) -> None:
        self.name = _WORD.findall(_plain(name))
        self.is_named = False  # whether any word of it was met
        self._texts: dict[tuple[str, bool], list[tuple[str, str]]] = {}
        self._right: dict[str, str] = {}  # by misspelt word; "" for another one

    def slips(self, text: str, *, is_near: bool) -> list[tuple[str, str]]:
        """Return misspelt words with the right ones.

        Where the name `is_near`, any other word of it among the next few is enough. Elsewhere
        its own next or last word must stand beside: бюджеті қаралды is no slip of Қазалы ауданы.
        """
        key = text, is_near
        if key not in self._texts:
            written = _WORD.findall(_plain(text))
            doubted = [word for word in written if self._right_of(word)]
            slips = _slips if is_near else _slips_beside
            self._texts[key] = list(slips(self.name, written)) if doubted else []
        return self._texts[key]

    def _right_of(self, word: str) -> str:
        right = self._right.get(word)
        if right is None:
            right = next((each for each in self.name if _is_slip(word, each)), "")
            self._right[word] = right
            self.is_named = self.is_named or any(_is_form(word, each) for each in self.name)
        return right


def _slips(name: list[str], written: list[str]) -> Iterator[tuple[str, str]]:
    """Yield misspelt words with the right ones."""
    for place, word in enumerate(written):
        right = next((each for each in name if _is_slip(word, each)), "")
        around = written[max(0, place - NEAR) : place + NEAR + 1]
        others = [each for each in name if each != right]
        if right and any(_is_form(near, each) for near in around for each in others):
            yield word, right


def _slips_beside(name: list[str], written: list[str]) -> Iterator[tuple[str, str]]:
    """Yield misspelt words that stand before or after the word they stand beside in the name."""
    for place, word in enumerate(written):
        for at, right in enumerate(name):
            if not _is_slip(word, right):
                continue
            before = at > 0 and place > 0 and _is_form(written[place - 1], name[at - 1])
            after = at + 1 < len(name) and place + 1 < len(written)
            if before or (after and _is_form(written[place + 1], name[at + 1])):
                yield word, right


def _plain(text: str) -> str:
    return text.lower().replace("ё", "е")


def _is_form(word: str, right: str) -> bool:
    """Whether one is the other in another case: alike but for the ending."""
    stem = max(LEAST, min(len(word), len(right)) - ENDING)
    return word[:stem] == right[:stem]


def _is_slip(word: str, right: str) -> bool:
    """Whether a letter was changed, left out, put in or swapped, the name's ending aside."""
    start = next((n for n, (a, b) in enumerate(zip(word, right, strict=False)) if a != b), 0)
    if not start or len(right) < HELD:
        return False
    least = len(right) - (1 if len(right) < SHORT else 2)
    return any(
        _goes_on(word, right, start, end)
        for end in range(least, len(right) + 1)
        if end - start > AFTER
    )


def _goes_on(word: str, right: str, start: int, end: int) -> bool:
    """Whether `word` says what `right` has up to `end`, but for one slip at `start`."""
    rest = right[start + 1 : end]
    swapped = right[start : start + 2][::-1] + right[start + 2 : end]
    changed = word[start + 1 :].startswith(rest)
    left_out = word[start:].startswith(rest)
    put_in = word[start + 1 :].startswith(right[start:end])
    return changed or left_out or put_in or word[start:].startswith(swapped)
