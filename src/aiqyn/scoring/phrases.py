"""The words for what the engine says: reasons, measures, labels of a printed rating."""

from functools import lru_cache

from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Noun
from aiqyn.text import Text, say


class Phrases(Noun, frozen=True, kw_only=True):
    """Phrases by code."""

    whys: dict[str, Text]  # by `why` of a score
    measures: dict[str, Text]  # by name of a measure
    labels: dict[str, Text]


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    return read(ROOT / "scoring" / "phrases.yaml", Phrases)


def why_text(why: str) -> Text:
    """Return why there are no points; an empty phrase for an empty reason."""
    return phrases().whys[why] if why else Text({})


def measure_text(name: str) -> Text:
    """Return what a measure does, in a few words."""
    return phrases().measures[name]


def label(code: str, language: str) -> str:
    """Return one label of a printed rating."""
    return say(phrases().labels[code], language)
