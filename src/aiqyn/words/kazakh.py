"""Kazakh words reduced to search stems: the longest known root, or what the endings leave.

A stem is a key, not a word: vowels that come and go (орын, орны) and letters that soften
(кітап, кітабы) are written one way in it.
"""

from collections.abc import Iterable
from functools import cache

from msgspec import Struct

from aiqyn import catalogue
from aiqyn.words import endings

SHORTEST = 3  # letters an unknown word keeps at least
LONGEST = 12  # letters of a verb's ending, and one more
ROUNDS = 3  # of taking endings off an unknown word
MEANT = 3  # letters from which a verb's ending is told though the verb is unknown

MAKERS = ("ла", "ле", "да", "де", "та", "те")  # of verbs out of names
CONSONANTS = frozenset("бвгғджзйкқлмнңпрстфхһцчшщ")
CLOSED = CONSONANTS - frozenset("тқкп")  # of a verb's stem: after a consonant it ends in none
PLAIN = ("у", "ып", "іп")  # shorter endings that are a verb's all the same


class Roots(Struct, frozen=True, forbid_unknown_fields=True):
    """roots.yaml as it is written: words between spaces."""

    names: str
    verbs: str
    elided: str
    irregular: dict[str, str]
    besides: dict[str, str]  # of names: the other word each is a form of
    shortened: str  # before a dot that ends no sentence


@cache
def roots() -> Roots:
    return catalogue.read(catalogue.ROOT / "words" / "roots.yaml", Roots)


def as_it_is(word: str) -> str:
    return word


class Kazakh:
    """Reduces words. `fold` says how letters are written, in words and in tables alike."""

    def __init__(self, fold: endings.Fold = as_it_is, *, without: Iterable[str] = ()) -> None:
        """`without`: roots to be unknown, so that a test can hold them out."""
        told = roots()
        self._joints = endings.Joints(fold)
        self._names = endings.folded("names", fold)
        self._rare = endings.folded("rare", fold)
        self._named = endings.folded("named", fold)
        self._moods = endings.folded("moods", fold)
        self._voices = tuple(dict.fromkeys(fold(ending) for ending in endings.voices()))
        hardened = endings.suffixes().hardened
        self._hard = {fold(soft): fold(hard) for soft, hard in hardened.items()}
        self._unstable = frozenset(fold("ыі"))
        self._changing = dict.fromkeys([*self._unstable, "ь"], "") | {
            soft: soft for soft in self._hard
        }
        self._closing = frozenset(ending[-1] for ending in self._named) | {"ю"}
        self._hard_or_soft = frozenset(self._hard) | frozenset(self._hard.values())
        self._elided = {fold(word): fold(word[:-2] + word[-1]) for word in told.elided.split()}
        self._plain = frozenset(map(fold, PLAIN))
        self._past = frozenset(map(fold, ("ды", "ді")))
        self._passives = frozenset(map(fold, ("ыл", "іл", "ан", "ен")))
        held = frozenset(without)
        self._known_names = self._keys(told.names, fold, held)
        self._known_verbs = self._keys(told.verbs, fold, held)
        self._irregular = {fold(form): fold(stem) for form, stem in told.irregular.items()}

    def _keys(self, words: str, fold: endings.Fold, held: frozenset[str]) -> frozenset[str]:
        return frozenset(self.key(fold(word)) for word in words.split() if word not in held)

    def key(self, stem: str) -> str:
        """Write a stem without what comes and goes at its end."""
        if stem[-1] in self._changing and len(stem) >= MEANT:
            stem = stem[:-1] + self._changing[stem[-1]]
            stem = stem[:-1] + self._hard.get(stem[-1], stem[-1])
        if stem[-2:-1] == stem[-1] and len(stem) > MEANT:
            stem = stem[:-1]
        return self._elided.get(stem, stem)

    def stem(self, word: str) -> str:
        """Return the stem of a word in small letters."""
        return self.known(word) or self.guess(word)

    def guess(self, word: str) -> str:
        """Return the stem of a word whose root is none of roots.yaml."""
        return self._bare(self.key(self._guessed(word)))

    def _bare(self, key: str) -> str:
        """Take н of ан and с of ыс off an unknown stem: whose they are nobody can tell.

        аудан-ы and жоба-ны, жұмыс-ы and қаулы-сы look the same.
        """
        if len(key) > SHORTEST + 1 and key[-1] == "н" and key[-2] in "ае":
            return key[:-1]
        if len(key) > SHORTEST + 1 and key[-1] == "с" and key[-2] in self._unstable:
            return key[:-2]
        return key

    def known(self, word: str) -> str:
        """Return the stem when its root is one of roots.yaml, else ""."""
        if word in self._irregular:
            return self._irregular[word]
        verb = self._verb(word, self._moods)
        names, rare = self._names, self._rare
        for end in range(len(word), max(1, len(verb)), -1):
            tail = word[end:]
            is_usual = not tail or tail in names
            if is_usual and self._is_name(word, end, names):
                return self.key(word[:end])
            if tail in rare and self._is_name(word, end, rare):
                return self.key(word[:end])
            if is_usual and word[end - 1] in self._closing:
                found = self._verb(word[:end], self._named)
                verb = found if len(found) > len(verb) else verb
        return self.key(verb) if verb else ""

    def _is_name(self, word: str, end: int, table: endings.Table) -> bool:
        """Whether word[:end] is a known name that the rest, an ending of `table`, may follow."""
        is_known = self.key(word[:end]) in self._known_names
        return (
            is_known
            and (end >= SHORTEST or table is self._names)
            and self._joints.join(word, end, table)
        )

    def _verb(self, word: str, table: endings.Table) -> str:
        """Return the longest known verb that `word` is a form of, by an ending of `table`."""
        for end in range(len(word) - 1, max(1, len(word) - LONGEST), -1):
            if word[end:] in table and self._joints.join(word, end, table):
                verb = self._unvoiced(word[:end])
                if verb:
                    return verb
        apart = _apart(word)
        return self._verb(apart, table) if apart != word else ""

    def _unvoiced(self, verb: str) -> str:
        """Return the known verb that `verb` is a voice of; "" when there is none."""
        if self.key(verb) in self._known_verbs:
            return verb
        if not verb.endswith(self._voices):
            return ""
        for ending in self._voices:
            if verb.endswith(ending) and len(verb) > len(ending) + 1:
                inner = self._unvoiced(verb[: -len(ending)])
                if inner:
                    return inner
        return ""

    def _guessed(self, word: str) -> str:
        """Take endings off a word whose root is not known, until none is left."""
        for _ in range(ROUNDS):
            name, verb = self._guessed_name(word), self._guessed_verb(word)
            shorter = verb if verb and len(verb) < len(name) else name
            if shorter == word:
                break
            word = shorter
        return word

    def _guessed_name(self, word: str) -> str:
        for end in range(SHORTEST, len(word)):
            is_ending = word[end:] in self._names and not self._splits(word, end)
            if is_ending and self._joints.agree(word, end, self._names):
                return word[:end]
        return word

    def _splits(self, word: str, end: int) -> bool:
        """Whether the ending would begin with the word's own л: капитал-ы."""
        is_quality = word[end] == "л" and word[end + 1 : end + 2] in self._unstable
        return is_quality and word[end + 2 : end + 3] not in self._hard_or_soft

    def _guessed_verb(self, word: str) -> str:
        for table in (self._moods, self._named):
            for end in range(SHORTEST, len(word)):
                is_ending = word[end:] in table and self._is_meant(word, end)
                is_ending = is_ending and not self._cuts_maker(word, end)
                if is_ending and self._joints.agree(word, end, table):
                    return self._active(word[:end])
        return ""

    def _is_meant(self, word: str, end: int) -> bool:
        """Whether the ending can be of nothing but a verb; many a name ends in мақ."""
        tail, before = word[end:], word[end - 2 : end]
        if tail == "п":
            return end > SHORTEST + 1 and before in MAKERS
        if tail in self._past:
            return end > SHORTEST and (before[1] in "ае" or before in self._passives)
        longer = tail[0] in "мбп"
        return len(tail) >= MEANT + longer or tail in self._plain

    def _cuts_maker(self, word: str, end: int) -> bool:
        """Whether the ending would begin with the last letter of ла, ша …: сырла-ды, қорша-ды."""
        return word[end] in "ае" and word[end - 1] in CLOSED and word[end - 2] in CONSONANTS

    def _active(self, verb: str) -> str:
        """Take the passive off a verb that is not known: жариялан, бекітіл."""
        if verb[-1] in "лн" and len(verb) > SHORTEST + 1:
            if verb[-2] in self._unstable:
                return verb[:-2]
            if verb[-2] in "ае":
                return verb[:-1]
        return verb


def _apart(word: str) -> str:
    """Write the two sounds of ю and я as two letters: жою is жой and у."""
    return word.replace("ю", "йу").replace("я", "йа") if "ю" in word or "я" in word else word
