"""Which language a text is written in: every word has a vote, and the votes can be shown.

Kazakh, Russian and English are what a site may owe its readers. Kyrgyz, Tatar, Bashkir
and Uzbek are known so that none of them is taken for Kazakh. A text that is short, of
another language or of several has no language here, so nobody is accused by it.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from aiqyn.subjects import lexicon
from aiqyn.subjects.spaces import squeeze

ENOUGH = 200  # characters of text below which a page is not judged
SAMPLE = 1_200  # characters from the beginning, and as many from the middle: more changes nothing
THIN = 120  # words of a sample below which it is taken again, of the squeezed text
A_VOICE = 0.2  # share of votes from which a second language makes a text mixed
A_PIECE = 40  # characters of a sentence or a line worth telling the language of
MOSTLY = 0.7  # of the characters of such pieces that make the language of a page
LOOSE = 20  # times as many characters may be white space
A_FEW = 3  # sentences that tell the language of a short text
FEW = 2  # votes of running words below which capitalised ones are heard too

A_TEXT = 3  # words from which the lack of Kazakh letters means something
A_TALE = 20  # words of which Kyrgyz ones would show
NOT_KYRGYZ = 10  # words to a letter or a long vowel of Kyrgyz; of Kyrgyz two or three, five at most

# Of equals the first.
_OWN = {"kk": b"K", "tt": b"T", "ky": b"Y", "uz": b"UZ", "ba": b"B"}
_HEARD = {"kk": b"GAXML", "ky": b"GNP", "tt": b"GANP", "uz": b"X", "ba": b"GA"}
# Of letters, where no word is Kazakh for sure.
_WHOSE = {b"A": "tt", b"G": "ky", b"X": "uz", b"N": "ky"}
_ANY_TURKIC = b"GAXSMLNP"
_CYRILLIC_VOTES = b"KRIYTUBLSXAGCOMNP"
_LATIN_VOTES = b"EZQWJ"
_NO_TATAR = bytes.maketrans(b"Tt", b"Cc")
_NOT_RUSSIAN = re.compile("[җәһөүң]")
_AROUND = "«»“”„\"'().,:;!?…–—-"
_QUOTED = re.compile(r"[«“„\"][^«»“”„\"]{1,120}[»”\"]")
# A Latin i beside a Cyrillic letter stands for «і»: keyboards without a Kazakh layout.
_LATIN_I = re.compile(r"i(?:(?<=[а-яёәғқңөұүһ]i)|(?=[а-яёәғқңөұүһ]))")
_OF_KYRGYZ = re.compile("[өүң]|оо|ээ|уу", re.IGNORECASE)
_ACCENTED = re.compile("[À-ÖØ-öø-ÿ]")
_END = re.compile(r"[.!?…][»”\")]?\s+(?=[«“\"(]?[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ0-9—–-])")
_CLOSED = (".", "?", "!", "…")
_PIECES = re.compile(r"[.!?…]\s+|\s*\n\s*|\s{2,}")
LONGEST_SHORTENED = 6  # characters, with what stands before and the dot
_SHORTENED = re.compile(
    r"(?:^|[\s(«.])(?:[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]|(?i:г|гг|ж|жж|ул|обл|көш|к-сі|тел|им|млн|млрд|тг|руб|ст|п"
    r"|пп|стр|см|проф|акад|т|б|д|с|dr|mr|mrs|no))\.$"
)


class Told(Struct, frozen=True):
    """What the votes say. `shares` are percents of the votes, the strongest language first."""

    language: str = ""  # "kk", "ru", "en", "ky", "tt", "uz", "ba", "mixed"; "" when it is not told
    shares: tuple[tuple[str, int], ...] = ()
    letters: str = ""  # of Kazakh: "latin", "russian" in place of its own, "latin_i"

    def __str__(self) -> str:
        return ", ".join(f"{language} {share} %" for language, share in self.shares)


NOTHING_TOLD = Told()


def tell(text: str) -> Told:
    """Tell the language of a sentence, a heading or a whole text."""
    return _tell(text.split(), text)


def language_of(text: str) -> str | None:
    """Return "kk", "ru" or "en" for a page's text; None when it is mixed, another or too short."""
    told = tell_page(text).language
    return told if told in ("kk", "ru", "en") else language_of_few(text)


def tell_page(text: str) -> Told:
    """Tell the language of a page's text by samples of it; nothing is told of a short one.

    A text with words of two languages is of the one its sentences are written in, if nearly
    all are: headings and names of another language do not make it mixed.
    """
    whole, text = text, _shortened(text)
    words = text.split()
    if len(words) < THIN and len(text) < len(whole):  # mostly white space
        text = _shortened(squeeze(whole))
        words = text.split()
    if len(words) < ENOUGH and len(" ".join(words)) < ENOUGH:
        return NOTHING_TOLD
    told = _tell(words, text)
    return _by_pieces(text) or told if told.language == "mixed" else told


def language_of_few(text: str) -> str | None:
    """Return the language of a text too short for `tell_page`, where each sentence tells it.

    Names and labels are no sentences; one in another language, or of none, leaves a doubt.
    """
    text = squeeze(text) if len(text) < LOOSE * ENOUGH else text
    if len(text) >= ENOUGH:
        return None
    spoken = [each for each in sentences(text) if each.endswith(_CLOSED)]
    spoken = [each for each in spoken if each.count(" ") >= A_TEXT - 1]
    if len(spoken) > A_FEW:  # before the first stands the heading, maybe in another language
        spoken = spoken[1:]
    told = {language_of_name(each) for each in spoken}
    return told.pop() if len(spoken) >= A_FEW and len(told) == 1 else None


def _by_pieces(text: str) -> Told | None:
    """Return the language of MOSTLY all of the text's longer pieces; None when they differ."""
    weight: dict[str, int] = {}
    for piece in _PIECES.split(text):
        if len(piece) >= A_PIECE:
            language = tell(piece).language
            weight[language] = weight.get(language, 0) + len(piece)
    most = max(weight, key=weight.__getitem__, default="")
    is_clear = most not in ("", "mixed") and weight[most] >= MOSTLY * sum(weight.values())
    return _weighed({most: weight[most]}) if is_clear else None


def _tell(words: list[str], text: str) -> Told:
    votes = _votes_of(words)
    cyrillic, latin = _count(votes, _CYRILLIC_VOTES), _count(votes, _LATIN_VOTES)
    if latin > 2 * cyrillic:
        return NOTHING_TOLD if _is_garbled(text) else _tell_latin(votes)
    told = _tell_cyrillic(votes)
    if told.language == "ky" and _lacks_kyrgyz(words):
        return Told("kk", (("kk", 100),), "russian")  # «нын» stands for «ның»
    if told.language != "ru" and (len(told.shares) > 1 or len(text) < ENOUGH):
        told = _without_quoted(text) or told
    if latin > cyrillic / 2 and _count(votes, b"E") > FEW:
        return _with_english(told, votes)
    if told.language == "kk" and "i" in text and _LATIN_I.search(text):
        return Told("kk", told.shares, "latin_i")
    return told


def _votes_of(words: list[str]) -> bytes:
    """Return a vote a word; none for a lone word of Tatar in letters of Russian.

    It may be a name, unless other words are Turkic too and may be of no Kazakh.
    """
    votes = lexicon.votes_of(words)
    beside = b"AGN" if _count(votes, b"K") else b"AGNMPS"
    if not _count(votes, b"T") or _count(votes, beside):
        return votes
    tatar = {
        word.lower().strip(_AROUND)
        for word, vote in zip(words, votes, strict=True)
        if vote in b"Tt"
    }
    is_sure = len(tatar) >= FEW or any(map(_NOT_RUSSIAN.search, tatar))
    return votes if is_sure else votes.translate(_NO_TATAR)


def _lacks_kyrgyz(words: list[str]) -> bool:
    """Whether letters and long vowels of Kyrgyz are too few; names may have them in Kazakh."""
    if len(words) < A_TALE:
        return False
    spoken = " ".join(word for word in words if word.islower()) or " ".join(words)
    return len(_OF_KYRGYZ.findall(spoken)) * NOT_KYRGYZ <= len(words)


def _is_garbled(text: str) -> bool:
    """Whether most letters have accents: Cyrillic of windows-1251 was read as Western."""
    if text.isascii():
        return False
    return 2 * len(_ACCENTED.findall(text)) > sum(map(str.isalpha, text))


def _without_quoted(text: str) -> Told | None:
    """Return the verdict on `text` less what it quotes; None when that says nothing."""
    unquoted, quotes = _QUOTED.subn(" ", text)
    told = _tell_cyrillic(_votes_of(unquoted.split())) if quotes else NOTHING_TOLD
    return told if told.language else None


def language_of_name(name: str) -> str | None:
    """Return "kk", "ru" or "en" for a short name, as of a link; None unless it is sure."""
    told = tell(name)
    is_sure = len(told.shares) == 1 and told.language in ("kk", "ru", "en")
    return told.language if is_sure else None


def sentences(text: str) -> Iterator[str]:
    """Split running text at the ends of sentences; initials and shortened words end none."""
    text, start = squeeze(text), 0
    for end in _END.finditer(text):
        mark = end.start() + 1
        if not _SHORTENED.search(text[max(start, mark - LONGEST_SHORTENED) : mark]):
            yield text[start : end.end()].strip()
            start = end.end()
    if text[start:]:
        yield text[start:]


def declared(tag: str) -> str:
    """Return the primary subtag of a language tag, lower case: "kk" for "kk-Cyrl-KZ"."""
    return tag.strip().lower().replace("_", "-").partition("-")[0]


def _shortened(text: str) -> str:
    """Return `text`, of a long one its beginning and as much from its middle."""
    if len(text) <= 2 * SAMPLE:
        return text
    middle = max(SAMPLE, len(text) // 2)
    return f"{text[:SAMPLE]}\n{text[middle : middle + SAMPLE]}"


def _count(votes: bytes, of: bytes) -> int:
    return len(votes) - len(votes.translate(None, of + of.lower()))


def _heard(votes: bytes, of: bytes) -> int:
    return len(votes) - len(votes.translate(None, of))


def _tell_cyrillic(votes: bytes) -> Told:
    """Running words decide; where there are next to none, names are heard too."""
    if _heard(votes, b"KYTUBLXAGMNP") < FEW and not _heard(votes, b"RI"):
        votes = votes.upper()
    turkic = _turkic(votes) if _count(votes, b"KYTUBLXAGSMNP") else ""
    weight = {"ru": _heard(votes, b"RI")}
    if turkic:
        weight[turkic] = _heard(votes, _OWN[turkic] + _ANY_TURKIC)
        if not _heard(votes, b"R") and _count(votes, _OWN[turkic]):
            weight["ru"] = 0  # endings alone do not make Russian of a text with letters of Turkic
    told = _weighed(weight)
    if told.language == "kk":
        own, typed = _heard(votes, b"KGAX"), _heard(votes, b"L")
        return Told("kk", told.shares, "russian") if typed > 2 * own else told
    return told


def _turkic(votes: bytes) -> str:
    """Return the Turkic language the votes speak for; "" for none."""
    by_language = {
        language: 3 * _heard(votes, own) + _count(votes, own + _HEARD[language])
        for language, own in _OWN.items()
        if _count(votes, own)
    }
    letters = [each for each in _WHOSE if _count(votes, each)]
    if b"X" in letters and len(letters) > 1 and b"N" not in letters:
        by_language["kk"] = by_language.get("kk", 0) + 3  # no neighbour has all of these letters
    typed = _count(votes, b"LMP")
    if not letters and not _count(votes, b"K") and _count(votes, b"L") and typed >= A_TEXT:
        by_language["kk"] = 3 * typed  # Kazakh typed on a Russian keyboard
    if letters == [b"G"] and not _count(votes, b"YP") and _count(votes, b"M") >= FEW:
        return "kk"
    if by_language:
        return max(by_language, key=by_language.__getitem__)
    if letters and _count(votes, _CYRILLIC_VOTES) >= A_TEXT and not _heard(votes, b"L"):
        return _WHOSE[letters[0]]
    return "kk" if _heard(votes, _ANY_TURKIC) >= (FEW if len(votes) >= A_TEXT else 1) else ""


def _tell_latin(votes: bytes) -> Told:
    words = _count(votes, _LATIN_VOTES)
    heard = votes if words > 2 * FEW else votes.upper()
    weight = {
        language: number
        for language, code in (("en", b"E"), ("kk", b"Q"), ("uz", b"ZJ"))
        if (number := _heard(heard, code)) / (words or 1) >= 0.12
    }
    if "kk" in weight and weight["kk"] >= _heard(heard, b"Z"):
        weight["kk"] += weight.pop("uz", 0)
    told = _weighed(weight)
    return Told("kk", told.shares, "latin") if told.language == "kk" else told


def _with_english(told: Told, votes: bytes) -> Told:
    """Return the verdict on a text of which Latin words are a good part."""
    weight = {language: share / 100 for language, share in told.shares}
    others = max(1, _heard(votes.upper(), b"KRIYTUBLSXAGMNP"))
    weight["en"] = _count(votes, b"E") / others
    return _weighed({language: round(100 * part) for language, part in weight.items()})


def _weighed(weight: dict[str, int]) -> Told:
    total = sum(weight.values())
    if not total:
        return NOTHING_TOLD
    order = sorted(weight.items(), key=lambda each: (-each[1], each[0]))
    shares = tuple((language, round(100 * part / total)) for language, part in order if part)
    second = order[1][1] if len(order) > 1 else 0
    if second >= FEW and second / total >= A_VOICE:
        return Told("mixed", shares)
    return Told(order[0][0] if order[0][1] > second else "", shares)
