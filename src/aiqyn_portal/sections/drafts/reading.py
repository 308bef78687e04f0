"""An uploaded text: read into an act, judged, kept."""

import msgspec
from msgspec.structs import replace

from aiqyn.acts.model import Act, Trouble, paragraphs
from aiqyn.acts.reading import read
from aiqyn.acts.troubles import Unreadable, wordings
from aiqyn_portal.base.formats import say_phrase
from aiqyn_portal.evidence.store import store
from aiqyn_portal.sections.drafts.models import Text, Version
from aiqyn_portal.sections.drafts.refusals import (
    FileEmpty,
    FileTooBig,
    FileUnreadable,
    SameText,
    TextTooLong,
    TextWithoutUnits,
    WrongLanguage,
)

MEGABYTES = 10  # of one file
MOST_PARAGRAPHS = 12_000


def read_act(content: bytes, name: str, language: str) -> Act:
    """Read a file. Raises FileEmpty, FileTooBig, FileUnreadable, TextWithoutUnits, TextTooLong."""
    if not content.strip():
        raise FileEmpty
    if len(content) > MEGABYTES * 1024 * 1024:
        raise FileTooBig(MEGABYTES)
    try:
        act = read(content, name, language)
    except Unreadable as problem:
        raise FileUnreadable(said(problem.trouble)) from None
    found = paragraphs(act)
    words = "\n".join(each.text for each in found)
    if not words.strip():
        raise TextWithoutUnits
    if len(found) > MOST_PARAGRAPHS:
        raise TextTooLong(MOST_PARAGRAPHS)
    return act if act.language == language else replace(act, language=language)


def refuse_other_language(act: Act) -> None:
    """Raise WrongLanguage where the words are of another language than the field."""
    if any(each.code == "language_other" for each in act.troubles):
        raise WrongLanguage


def said(trouble: Trouble) -> str:
    """What is wrong and what helps, in the reader's language."""
    wording = wordings()[trouble.code]
    return f"{say_phrase(wording.title)}. {say_phrase(wording.repair)}"


def refuse_same(version: Version, act: Act) -> None:
    """Raise SameText where the other language of the version says the very same."""
    other = version.texts.exclude(language=act.language).first()
    if other is not None and _words(act_of(other)) == _words(act):
        raise SameText


def _words(act: Act) -> list[str]:
    return [" ".join(each.text.split()) for each in paragraphs(act)]


def keep_act(act: Act) -> str:
    """Keep an act as JSON in the evidence store; return its digest."""
    return store().put(msgspec.json.encode(act))


def act_of(text: Text) -> Act:
    """The act of a text, as it was read when it was uploaded."""
    return msgspec.json.decode(store().get(text.act_sha256), type=Act)
