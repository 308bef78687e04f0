"""Which of Kazakh, Russian and English a text is written in: letters and function words.

Only these three are told apart: a site of a state body has no duty to write any
other. A short or mixed text has no language here, so nobody is accused by it.
"""

import re

from aiqyn.subjects.spaces import opening, squeeze

ENOUGH = 200  # characters of text below which we do not judge
SAMPLE = 1_000  # characters from the beginning, and as many from the middle: more changes nothing

# Letters are counted in KZ-1048, one byte each: deleting a set of bytes is the fastest count.
KAZAKH_LETTERS = "әғқңөұүһі".encode("kz1048")
CYRILLIC_LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя".encode("kz1048") + KAZAKH_LETTERS
LATIN_LETTERS = b"abcdefghijklmnopqrstuvwxyz"

_KAZAKH = """
және мен бен пен үшін туралы бойынша бұл осы сол деп да де та те ол біз оның оны бар жоқ
болып болды болады болған ретінде арқылы дейін кейін сондай ақ барлық өз әр ғана тиіс
қазақстан республикасы республикасының мемлекеттік облысы облысының ауданы ауданының жылғы
жылы жыл әкімі әкімдігі жылдың қала қаласы
"""
KAZAKH_WORDS = frozenset(_KAZAKH.split())
_RUSSIAN = """
и в во на с со по для о об от из что к ко за при не как это или до а также его их том был
была были было года году год является все быть которые который области района будет
"""
RUSSIAN_WORDS = frozenset(_RUSSIAN.split())
_ENGLISH = """
the of and to in for on is are was were by with at from as be that this it an or which has
have will not its their
"""
ENGLISH_WORDS = frozenset(_ENGLISH.split())

_QUOTED = re.compile(r"[«“„\"][^«»“”„\"]{1,120}[»”\"]")
# A Latin i beside a Cyrillic letter stands for «і»: keyboards without a Kazakh layout.
_LATIN_I = re.compile(r"i(?:(?<=[а-яёәғқңөұүһ]i)|(?=[а-яёәғқңөұүһ]))")


def language_of(text: str) -> str | None:
    """Return "kk", "ru" or "en"; None when the text is too short, mixed or of another language."""
    text = _sample(text)
    if len(text) < ENOUGH:
        return None
    text = text.lower()
    letters = text.encode("kz1048", "ignore")
    cyrillic, latin = _count(letters, CYRILLIC_LETTERS), _count(letters, LATIN_LETTERS)
    if cyrillic + latin < ENOUGH // 2:
        return None
    if latin > 2 * cyrillic:
        return "en" if _share(text.split(), ENGLISH_WORDS) >= 0.12 else None
    return None if latin > cyrillic / 2 else _cyrillic_language(text, letters)


def _sample(text: str) -> str:
    if len(text) > 4 * SAMPLE:
        return opening(text, SAMPLE) + opening(text[len(text) // 2 :], SAMPLE)
    text = squeeze(text)
    middle = max(SAMPLE, len(text) // 2)
    return text[:SAMPLE] + text[middle : middle + SAMPLE]


def _count(text: bytes, letters: bytes) -> int:
    return len(text) - len(text.translate(None, letters))


def _kazakh_share(letters: bytes) -> float:
    return _count(letters, KAZAKH_LETTERS) / (_count(letters, CYRILLIC_LETTERS) or 1)


def _share(words: list[str], known: frozenset[str]) -> float:
    return sum(map(known.__contains__, words)) / (len(words) or 1)


def _cyrillic_language(text: str, letters: bytes) -> str | None:
    """Judge by the share of Kazakh letters first; quoted names do not count against Russian."""
    if b"i" in letters:
        text = _LATIN_I.sub("і", text)
        letters = text.encode("kz1048", "ignore")
    words = text.split()
    kazakh, russian_words = _kazakh_share(letters), _share(words, RUSSIAN_WORDS)
    if kazakh >= 0.08 and russian_words < 0.05:
        return "kk"
    if kazakh < 0.01 and russian_words >= 0.04:
        return "ru"
    if russian_words >= 0.08:
        unquoted = _QUOTED.sub(" ", text).encode("kz1048", "ignore")
        return "ru" if _kazakh_share(unquoted) < 0.04 else None
    if russian_words < 0.02 and _share(words, KAZAKH_WORDS) >= 0.05:
        return "kk"  # typed with Russian letters in place of some Kazakh ones
    return None


def declared(tag: str) -> str:
    """Return the primary subtag of a language tag, lower case: "kk" for "kk-Cyrl-KZ"."""
    return re.split(r"[-_]", tag.strip().lower(), maxsplit=1)[0]
