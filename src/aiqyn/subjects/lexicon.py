"""One vote a word: which language it speaks for, by its letters, a list of words, its ending.

A vote is one byte, so that the votes of a text are counted as bytes are. Votes of words
with a capital letter are lower case: they may be names, which belong to no language.
"""

import re
from collections.abc import Iterable
from functools import cache

from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Noun

KAZAKH, RUSSIAN, ENGLISH, KYRGYZ, TATAR, UZBEK, BASHKIR = b"K", b"R", b"E", b"Y", b"T", b"U", b"B"
UZBEK_LATIN, KAZAKH_LATIN, TURKIC_LATIN = b"Z", b"Q", b"J"
KAZAKH_IN_RUSSIAN_LETTERS = b"L"
LIKE_KAZAKH, LIKE_RUSSIAN = b"M", b"I"  # by endings, and by words that others may have too
ANY_TURKIC, HARD_TURKIC, SOFT_TURKIC, FRONT_TURKIC = b"S", b"X", b"A", b"G"
KYRGYZ_OR_TATAR = (
    b"N"  # Kyrgyz or Tatar: letters side by side as no Kazakh, Russian or Uzbek word has them
)
TYPED = b"P"  # the same, or Kazakh typed with Russian letters
CYRILLIC, LATIN, OTHER_CYRILLIC, NOTHING = b"C", b"W", b"O", b"-"

_LISTED_AS = {
    "kk": (KAZAKH, LIKE_KAZAKH, KAZAKH_LATIN),
    "ru": (RUSSIAN,),
    "en": (ENGLISH,),
}

LONGEST = 40  # letters; longer is an address, not a word
MOST_KNOWN = 60_000  # words kept in memory, about 8 MB
FOLDED = str.maketrans("әғқңөұүһі", "агкноуухи")  # how Kazakh is typed on a Russian keyboard
_LOOKALIKES = str.maketrans("iaceopxyh", "іасеорхуһ")  # Latin letters inside Cyrillic words

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[a-z]")
_EDGES = "".join(map(chr, range(0x21, 0x30))) + ":;<=>?@[\\]^_`{|}~«»„“”‘’…–—•·№©°0123456789"
_MARKS = re.compile(r"[\d@/\\_]|\.\w")  # addresses, numbers, file names
_APOSTROPHES = str.maketrans("'`‘’ʼ", "ʻʻʻʻʻ")
# «и» after back vowels, where the others have «ы».
_UZBEK_HARMONY = (
    "[аоуяё][бвгджзйклмнпрстфхчш]{1,2}"
    "(?:с?и(?:ни|га|дан|нинг)|сида|лик(?:ни|ка|лар|лари|да)?|лиг[аи]|и?лади|и?р?ил(?:ди|ган)"
    "|ишди|(?:т?ир)?иш(?:ни|га|и|лар|лари)?|лаш(?:ни|га|ди|тир)"
    "|имиз(?:ни|га|да|дан|нинг)?)$|диган|[аоуё][бвджзйклмнпрстхч]{1,2}иб$|[кзнртшмйх]лаб$"
    "|[аоуё][бвгзклмнпрстхчш]{1,2}(?<!^ган)ди(?:м|к|нг|лар)?$|ингиз(?:ми|ни|га|да)?$"
    "|лаш(?:ни|га)$|[а-я]{3}манг$|[ая]пти$"
    "|[а-яқғ][бвгйклмнпртхчқғ]ади(?:лар)?$|[а-я]{2}[ая]йди(?:лар)?$"
)
# Words of which the others begin with «ж» or «и», and verbal nouns, in Kyrgyz in «-үү».
_TATAR_SOUNDS = (
    "[еиә][^аоуыеиөүә]*ү$|ый(?:м|быз|сы)$|сүз(?!ү)|[зкптсшчфхц]лар(?:ы|ны)"
    "|^й(?:о(?:к[лы]|лд|м|рт)|[өәы])|^я(?:пк|зд|зы[пл]|лг|шә|шь|тк|кты|вым)|^э(?:ш(?!ик|ел|аф|то)|ч(?!ки)|зл|реп|т$)"
)
_OF_LETTERS = tuple(
    (re.compile(letters), vote)
    for letters, vote in (
        ("[ҙҫҡ]", BASHKIR),
        ("[ўҳ]|[аеиоуэ]ъ", UZBEK),
        ("җ|[гк]ъ", TATAR),
        ("[їєґђѓѕјљњћќџӣӯҷ]|^і$", OTHER_CYRILLIC),
        ("[өү][^аоыу]*у(?!л)", KAZAKH),  # where Kyrgyz and Tatar have «ү»
        ("[ұі]|[қғ].*[әөүңһы]|[әөүңһы].*[қғ]", KAZAKH),
        ("[әһ].*ч|ч.*[әһ]", TATAR),  # no Kazakh word has «ч» beside letters of its own
        ("[әһ]", SOFT_TURKIC),
        (_TATAR_SOUNDS, TATAR),
        ("[қғ].*ч|ч.*[қғ]", UZBEK),
        ("[қғ]", HARD_TURKIC),
        ("[ңөү].*ч|ч.*[ңөү]|^жаңылык", KYRGYZ),
        ("[ңөү]", FRONT_TURKIC),
        (_UZBEK_HARMONY, UZBEK),
        ("[бвдзст]ъ[еёюя]", LIKE_RUSSIAN),
        ("чы|[бжкм]ый[а-я]", KYRGYZ_OR_TATAR),
        ("^э(?:ски(?!з)|скер|сеп|стел|мге|ре[жк]|ге[рм]|гин|рте|рки|лдин|лге|лчи|ши)", KYRGYZ),
        ("[гкх]ы|[лнйзж]ган|ркан$", TYPED),
    )
)
_LATIN_Y = "(?<![aeiouʻy])y(?![aeiouy])"  # stands for «ы»; in Uzbek words for «й», beside vowels
_OF_LATIN_LETTERS = (
    (re.compile("oʻ|gʻ"), UZBEK_LATIN),
    (re.compile(f"[ñğūǵńşýáıä]|q(?!u[aeiou]).*{_LATIN_Y}|{_LATIN_Y}.*q"), KAZAKH_LATIN),
)
_DOUBLE_VOWEL = re.compile(
    r"өө|үү|ээ|[^во]оо(?!пер|рд|б|тве|тно|ру[жд]|парк|лог|щ)"
    r"|[гдклмнрстчш]уу|[бжкмнрстш]аа(?![кт])"
)
_Q_OF_TURKIC = re.compile(r"q(?!u)")
_UZBEK_ENDINGS = (
    *("нинг", "чилик", "алари", "олари", "илари", "ларини", "ларига", "ларида", "ларидан"),
    *("блари", "злари", "йлари", "рлари", "тлари", "шлари", "члари", "млари", "нлари"),
    *("ларни", "дилар", "лигини", "лигига", "лигида", "ишди", "моқда", "даги"),
)
_TATAR_ENDINGS = (
    *("ырга", "ннар", "ннары", "ннарын", "ннарда", "ннарга", "ннарны", "ларны", "нарны", "нарга"),
    *("ыгыз", "агыз", "ачак", "ячак", "учы", "учылар", "учылары", "учысы"),
    *(
        "ннан",
        "мнар",
        "мнары",
        "мнарда",
        "мнарга",
        "мнарны",
        "гызны",
        "легез",
        "тегез",
        "регез",
        "негез",
    ),
)
# Beside «қ» and «ғ» Uzbek says «-ган» and «-га», beside «ө», «ү» and «ң» Kyrgyz says «менен».
_KAZAKH_BESIDE_HARD = (
    *("лған", "рған", "йған", "нған", "ға", "уда", "нан", "лау", "тау", "лу", "ру", "ту", "ну"),
    *("тар", "дар", "тарда", "дарда", "тардан", "дардан"),
)
_KAZAKH_BESIDE_FRONT = ("бен", "пен")
_KAZAKH_PARTICIPLES = ("атынын", "йтынын")  # «-нын» is Kyrgyz elsewhere
_NOT_KYRGYZ = ("ның", "дың", "тың")  # «-нын» there
_MAY_BE_KYRGYZ = (FRONT_TURKIC, KYRGYZ_OR_TATAR, TYPED, b"")
_SURNAME = ("ов", "ев", "ова", "ева", "ин", "ина")


class _Lists(Noun, frozen=True, kw_only=True):
    words: str
    endings: str
    running: str = ""  # words that speak in running text; a lone name may be a loan or a brand


class _File(Noun, frozen=True, kw_only=True):
    kk: _Lists
    ru: _Lists
    en: _Lists
    ky: _Lists
    tt: _Lists
    uz: _Lists
    uz_latin: _Lists
    ba: _Lists
    shared: str
    latin_kazakh: str
    latin_kazakh_endings: str
    not_unfolded: str


@cache
def _file() -> _File:
    return read(ROOT / "subjects" / "languages.yaml", _File)


@cache
def _listed() -> dict[str, bytes]:
    """Vote of every listed word; of those listed for several languages, what they share."""
    file = _file()
    votes: dict[str, bytes] = {}
    for lists, vote in (
        (file.ru, RUSSIAN), (file.en, ENGLISH), (file.kk, KAZAKH), (file.ky, KYRGYZ),
        (file.tt, TATAR), (file.uz, UZBEK), (file.ba, BASHKIR), (file.uz_latin, UZBEK_LATIN),
    ):  # fmt: skip
        for word in set(lists.words.split()):
            sure = LIKE_KAZAKH if vote == KAZAKH and word == word.translate(FOLDED) else vote
            votes[word] = _shared(word, votes[word], vote) if word in votes else sure
    for lists, vote in ((file.ru, LIKE_RUSSIAN), (file.en, ENGLISH)):
        for word in lists.running.split():
            votes.setdefault(word, vote)
    votes |= dict.fromkeys(file.shared.split(), ANY_TURKIC)
    for word in file.latin_kazakh.split():
        votes.setdefault(word, KAZAKH_LATIN)
    for folded in unfolded():
        votes.setdefault(folded, KAZAKH_IN_RUSSIAN_LETTERS)
    return votes


@cache
def _running() -> frozenset[str]:
    return frozenset(f"{_file().ru.running} {_file().en.running}".split())


def _shared(word: str, one: bytes, other: bytes) -> bytes:
    if {one, other} & {RUSSIAN, ENGLISH, UZBEK_LATIN}:
        return NOTHING
    return _by_letters(word) or ANY_TURKIC


@cache
def unfolded() -> dict[str, str]:
    """Kazakh words by the way they look when typed with Russian letters only."""
    words = sorted(word for word in _file().kk.words.split() if len(word) > 3)
    unclear = {*words, *_file().not_unfolded.split(), *_file().ru.words.split()}
    pairs = ((word.translate(FOLDED), word) for word in words)
    return {folded: word for folded, word in pairs if folded not in unclear}


@cache
def _endings() -> tuple[tuple[tuple[str, ...], bytes], ...]:
    """Endings of Cyrillic words, the surest language first."""
    file = _file()
    return (
        (tuple(file.ru.endings.split()), LIKE_RUSSIAN),
        (_TATAR_ENDINGS, TATAR),
        (_KAZAKH_PARTICIPLES, LIKE_KAZAKH),
        (tuple(file.ky.endings.split()), KYRGYZ),
        (tuple(file.kk.endings.split()), LIKE_KAZAKH),
        (_UZBEK_ENDINGS, UZBEK),
    )


@cache
def _soft_endings() -> dict[bytes, tuple[tuple[tuple[str, ...], bytes], ...]]:
    """Endings that tell the other Turkic languages apart, beside the letters they stand with."""
    file = _file()
    tatar, bashkir = tuple(file.tt.endings.split()), tuple(file.ba.endings.split())
    uzbek = tuple(file.uz.endings.split())
    return {
        SOFT_TURKIC: ((tatar, TATAR), (bashkir, BASHKIR)),
        HARD_TURKIC: ((_KAZAKH_BESIDE_HARD, KAZAKH), (uzbek, UZBEK)),
        FRONT_TURKIC: ((_KAZAKH_BESIDE_FRONT, KAZAKH), (_NOT_KYRGYZ, LIKE_KAZAKH)),
    }


def _by_letters(word: str) -> bytes:
    """Return the vote of letters that only some languages have; b"" when it has none."""
    return next((vote for letters, vote in _OF_LETTERS if letters.search(word)), b"")


def _cyrillic(word: str) -> bytes:
    if _LATIN.search(word):
        word = word.translate(_LOOKALIKES)
    if vote := _listed().get(word):
        return vote
    vote = _by_letters(word)
    if vote in _MAY_BE_KYRGYZ and _DOUBLE_VOWEL.search(word):
        return KYRGYZ
    if endings := _soft_endings().get(vote):
        return _ended(word, endings) or vote
    if vote and vote not in _MAY_BE_KYRGYZ:
        return vote
    ended = _ended(word, _endings()) if len(word) >= 5 else b""
    return vote if vote and ended in (LIKE_KAZAKH, b"") else ended or CYRILLIC


def _latin(word: str) -> bytes:
    vote = _listed().get(word) or _listed().get(word := word.translate(_APOSTROPHES))
    if vote:
        return vote
    by_letters = next((vote for form, vote in _OF_LATIN_LETTERS if form.search(word)), b"")
    if by_letters or len(word) < 6:
        return by_letters or LATIN
    is_turkic = _Q_OF_TURKIC.search(word) is not None
    vote = _ended(word, _latin_endings())
    return TURKIC_LATIN if is_turkic and vote in (ENGLISH, b"") else vote or LATIN


@cache
def _latin_endings() -> tuple[tuple[tuple[str, ...], bytes], ...]:
    file = _file()
    return (
        (tuple(file.latin_kazakh_endings.split()), KAZAKH_LATIN),
        (("nning",), LATIN),  # "planning" and "kunning": no telling
        (tuple(file.uz_latin.endings.split()), UZBEK_LATIN),
        (tuple(file.en.endings.split()), ENGLISH),
    )


def _ended(word: str, by: Iterable[tuple[tuple[str, ...], bytes]]) -> bytes:
    return next((vote for endings, vote in by if word.endswith(endings)), b"")


def vote_of(written: str) -> bytes:
    """Return the vote of one word as it stands in a text, punctuation and all."""
    if len(written) > LONGEST:
        return NOTHING
    word = written.strip(_EDGES)
    if not word or _MARKS.search(word):
        return NOTHING
    is_acronym = len(word) < 5 and word.isupper()
    if is_acronym and len(word) > 1:
        return NOTHING
    low = word.lower()
    vote = _cyrillic(low) if _CYRILLIC.search(low) else _latin(low)
    if word.isupper() or not word[0].isupper():
        return vote
    return CYRILLIC.lower() if vote == LIKE_RUSSIAN and low.endswith(_SURNAME) else vote.lower()


class _Votes(dict[str, int]):
    """Votes by word, each worked out once; forgotten all at once when there are too many."""

    def __missing__(self, written: str) -> int:
        if len(self) >= MOST_KNOWN:
            self.clear()
        vote = self[written] = vote_of(written)[0]
        return vote


_votes = _Votes()


def votes_of(words: Iterable[str]) -> bytes:
    """Return the votes of words in a row, one byte each."""
    return bytes(map(_votes.__getitem__, words))


def is_listed(written: str, language: str) -> bool:
    """Whether a word stands in the list of "kk", "ru" or "en" and of no other language.

    What speaks in running text alone is listed for nobody.
    """
    word = written.strip(_EDGES).lower()
    return _listed().get(word, NOTHING) in _LISTED_AS[language] and word not in _running()
