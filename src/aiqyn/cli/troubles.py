"""What went wrong, in the reader's language: sentences are known by their English words."""

import re
from functools import cache

from aiqyn.catalogue import ROOT, read
from aiqyn.report.words import said_place
from aiqyn.text import Sentences, Text, say

_NEAR = re.compile(r"; did you mean (?P<names>.+)\?$")
_CAUSE = re.compile(r"(?:HTTP (?P<status>\d{3})|(?P<code>\w+))(?: \((?P<detail>.*)\))?", re.DOTALL)
_RAW = re.compile(r"(?:\S+: )?(?:\w+ \()?\w*(?:Error|Address|Exception)\b")  # words of a library
_OTHERS = ("harvest", "signatures")  # packages with sentences of their own
_FRAMES = ("error", "try_help", "did_you_mean")  # what stands around a sentence


def word(key: str, language: str, **filled: object) -> str:
    """Return one phrase of error_words.yaml."""
    return say(_words()[key], language).format(**filled)


def said(problem: object, language: str) -> str:
    """Say an error in `language`; its places and values stay, what nobody translated is English."""
    return "\n".join(_line(line, language) for line in str(problem).split("\n"))


def _line(line: str, language: str) -> str:
    """The longest end of "place: value: sentence" that is known is the sentence."""
    stripped = line.strip()
    near = _NEAR.search(stripped)
    pieces = (stripped[: near.start()] if near else stripped).split(": ")
    for count in range(len(pieces)):
        told = _sentence(": ".join(pieces[count:]), language)
        if told is not None:
            break
    else:
        return line
    places = (
        pieces[:count] if language == "en" else [said_place(p, language) for p in pieces[:count]]
    )
    ahead = line[: len(line) - len(line.lstrip())]
    hint = f"; {word('did_you_mean', language, **near.groupdict())}" if near else ""
    return ahead + ": ".join([*places, told]) + hint


def _sentence(words: str, language: str) -> str | None:
    if known := _sentences().find(words):
        text, gaps = known
        if detail := gaps.get("detail"):  # it may be a sentence of ours, too
            gaps["detail"] = _sentence(detail, language) or detail
        return say(text, language).format(**gaps)
    cause = _CAUSE.fullmatch(words)
    return (cause and _caused(cause, language)) or _blame(words, language)


def _caused(cause: re.Match[str], language: str) -> str | None:
    """Why an address gave nothing: a code, and in brackets what a library said or counted."""
    key = "cause_http" if cause["status"] else f"cause_{cause['code']}"
    if key not in _words():
        return None
    happened, detail = word(key, language, status=cause["status"]), cause["detail"] or ""
    if blame := _blame(detail, language):
        return blame
    of_audit = f"; {word('no_page', 'en')}"
    told, is_unread = detail.removesuffix(of_audit), detail.endswith(of_audit)
    if known := _of_sites().find(told):
        sentence = say(known[0], language).format(**known[1])
        happened = f"{happened} ({sentence})" if cause["status"] else sentence
    elif _adds(told, language) and not is_unread:
        happened = f"{happened} ({told})"
    return f"{happened}; {word('no_page', language)}" if is_unread else happened


def _adds(detail: str, language: str) -> bool:
    """Whether a reader gains by it: figures do, English words to who reads English."""
    tells = detail if language == "en" else re.search(r"\d", detail)
    return bool(tells) and not _RAW.match(detail)


@cache
def _words() -> dict[str, Text]:
    return read(ROOT / "cli" / "error_words.yaml", dict[str, Text])


@cache
def _of_sites() -> Sentences:
    """What is said of a site that could not be read, by its English words."""
    return Sentences(
        [text for key, text in _words().items() if key.startswith(("tls_", "unread_"))]
    )


def _blame(detail: str, language: str) -> str | None:
    """What a catalogue was blamed for, where an address gave an answer and it was none."""
    from aiqyn.harvest.telling import blame  # noqa: PLC0415  slow to load, and seldom needed

    return blame(detail, language) if detail else None


@cache
def _sentences() -> Sentences:
    """Every sentence: of the commands, harvests, signatures and acts, in the order of the files."""
    from aiqyn.acts.troubles import wordings  # noqa: PLC0415  needed by errors alone

    own = [
        text
        for key, text in _words().items()
        if key not in _FRAMES and not key.startswith("cause_")
    ]
    others = [read(ROOT / name / "errors.yaml", dict[str, Text]) for name in _OTHERS]
    acts = [wording.title for wording in wordings().values() if wording.stops]
    seen = [Text({code: f"{told}: {{detail}}" for code, told in it.items()}) for it in acts]
    return Sentences([*own, *(text for each in others for text in each.values()), *acts, *seen])
